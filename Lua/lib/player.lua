-- Plays a policy: presses Start on the title screen, waits until the game listens, and holds what the network chooses. No state is
-- loaded and, for 1-1, no RAM written: the buttons alone lead where they led, and can be a movie.
--
--     while true do
--         bizhawk.hold(player.buttons)
--         emu.frameadvance()
--         player:after_frame(mario.frame(bizhawk.ram()))
--     end

local ram = require("lib.ram")
local bizhawk = require("lib.bizhawk")
local session = require("lib.session")
local starter = require("lib.starter")
local tiles = require("lib.tiles")

local player = {}

local Player = {}
Player.__index = Player

-- net: see lib/policy.lua. settings: world, stage, to begin in from the title screen; no_ops, frames to wait there before the
-- first action.
function player.new(net, settings)
    local d = net.description
    local observer = tiles.new({ planes = d.observation.planes, place = d.observation.place, one_hot = d.observation.one_hot or false })
    if observer.length ~= d.observation.bytes then
        error(string.format("the network sees %d bytes and these scripts give %d; export it with the same release", d.observation.bytes, observer.length), 0)
    end
    return setmetatable({
        net = net,
        world = settings.world or 1,
        stage = settings.stage or 1,
        no_ops = settings.no_ops or 0,
        session = session.new({ frame_skip = d.frame_skip, observer = observer, stack = d.observation.stack }),
        buttons = 0,
    }, Player)
end

-- Told of each frame. Returns how the episode ended on it, or nil.
function Player:after_frame(frame)
    self.chosen, self.values = nil, nil
    if frame.mode == ram.OperatingModes.Title and not (self.starter and self.starter.is_started) then
        self.starter = self.starter or starter.new(self.world, self.stage)
    end
    if self.starter and not self.starter.is_started then
        self.starter:after_frame(frame, bizhawk.write)
        self.buttons = self.starter.buttons
        local problem = self.starter:problem(frame)
        if problem then
            error(string.format("%d-%d cannot be begun: %s", self.world, self.stage, problem), 0)
        end
        if self.starter.is_started then
            self.starter = nil
            self.session:begin(frame, self.no_ops)
            self:choose()
        end
        return nil
    end

    local ended
    if self.session.phase == "idle" or self.session.phase == "over" then
        -- The life lost, the castle walked to: until the next stage begins.
        if frame.ending == "None" and frame.is_listening then
            self.session:begin(frame)
        end
    else
        self.session:after_frame(frame)
        if self.session.phase == "over" then
            ended = self.session.ending
        end
    end
    self:choose()
    return ended
end

function Player:choose()
    if self.session.awaits_action then
        self.chosen, self.values = self.net:choose(self.session.observations)
        self.action = self.chosen
        self.session:act()
    end
    self.buttons = self.session:is_holding() and self.net.actions[self.action] or 0
end

return player
