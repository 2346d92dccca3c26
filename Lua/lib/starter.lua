-- From the title screen to where a stage's episodes start: StageStarter of the C# side. Start is pressed on every other frame of
-- the title screen; for any stage but 1-1 its numbers are written meanwhile.

local ram = require("lib.ram")

local starter = { FRAME_LIMIT = 1200 } -- 20 seconds; the game needs about four.

-- Area of the world, from 0, that a stage begins in. Worlds 1, 2, 4 and 7 open their second stage with a walk into a pipe, an area
-- of its own, which is left out.
function starter.area_index(world, stage)
    local walks = world == 1 or world == 2 or world == 4 or world == 7
    return stage - 1 + (walks and stage > 1 and 1 or 0)
end

-- Reads "4-2"; nil where that is no stage.
function starter.parse(text)
    local world, stage = tostring(text):match("^%s*([1-8])%-([1-4])%s*$")
    return tonumber(world), tonumber(stage)
end

local Starter = {}
Starter.__index = Starter

function starter.new(world, stage)
    return setmetatable({ world = world, stage = stage, buttons = 0, frames = 0, is_started = false }, Starter)
end

-- Told of each frame; write(address, value) writes RAM. self.buttons is for the coming frame.
function Starter:after_frame(frame, write)
    self.frames = self.frames + 1
    self.is_started = frame.is_in_stage and frame.routine == ram.PlayerRoutines.Control and not frame.is_frozen and frame.time > 0
    local in_title = frame.mode == ram.OperatingModes.Title
    self.buttons = in_title and self.buttons == 0 and 0x08 or 0
    if in_title and not (self.world == 1 and self.stage == 1) then
        write(ram.World, self.world - 1)
        write(ram.Stage, self.stage - 1)
        write(ram.Area, starter.area_index(self.world, self.stage))
    end
end

-- Why this did not become the stage, as the end of a sentence; nil while it may, or has.
function Starter:problem(frame)
    if self.is_started and (frame.world ~= self.world or frame.stage ~= self.stage) then
        return string.format("the game began %d-%d instead", frame.world, frame.stage)
    elseif not self.is_started and self.frames >= starter.FRAME_LIMIT then
        return string.format("no stage was in play after %d frames", self.frames)
    end
end

return starter
