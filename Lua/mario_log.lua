-- Mario Log: writes what happens in Super Mario Bros. (NES), played by a human or an agent, as transitions: one line of JSON a step.
--
-- To run it: load the game in EmuHawk, Tools > Lua Console, Script > Open Script, choose this file, and play. (mario_play.lua or a
-- movie may play as well.) A step is four frames and those in which the game leads Mario; an episode is a life in a stage.
-- mario-agent rom --log mario.jsonl reads the file back, computes every reward and observation anew from RAM, and shows the first
-- difference.
-- Settings, as EmuHawk --userdata=log:mine.jsonl;skip:4 :
--     log      the file, beside this script, written anew; mario.jsonl
--     skip     frames a step; 4
-- NesHawk and quickerNES. It only reads; a loaded state ends the episode.
--
-- Lines: {"log":1,...} once; {"episode":n,"ram":..,"observation":..} as one begins; {"step":n,"buttons":[a frame each],
-- "frames":[the reward's bytes of each frame, hex],"reward":..,"end":..,"ram":..,"observation":..} a step. ram is $0000-$07FF after the last frame,
-- observation the 1,062 bytes that the agent sees, both base64; buttons are bits: A 1, B 2, select 4, start 8, up 16, down 32, left 64, right 128.

package.path = (debug.getinfo(1, "S").source:match("^@(.*[/\\])") or "") .. "?.lua;" .. package.path

local base64 = require("lib.base64")
local bizhawk = require("lib.bizhawk")
local mario = require("lib.mario")
local ram = require("lib.ram")
local session = require("lib.session")
local tiles = require("lib.tiles")

bizhawk.expect_nes()
local path, skip = bizhawk.option("log", "mario.jsonl"), bizhawk.number_option("skip", 4)
local STALL_STEPS = 90

-- What the reward and the endings are made of.
local ADDRESSES = {
    ram.OperatingMode, ram.ModeTask, ram.PlayerRoutine, ram.PlayerPage, ram.PlayerXInPage, ram.PlayerYHigh, ram.PlayerY,
    ram.CloudArea, ram.TimeUp, ram.World, ram.Stage,
}

local file, message = io.open(path, "w")
if not file then
    error(message .. "; name another file with --userdata=log:FILE", 0)
end

local function list(values, format)
    local parts = {}
    for i, value in ipairs(values) do
        parts[i] = string.format(format, value)
    end
    return "[" .. table.concat(parts, ",") .. "]"
end

local function quote(text)
    return '"' .. tostring(text):gsub('[%c"\\]', function(c)
        return string.format("\\u%04x", c:byte())
    end) .. '"'
end

file:write(string.format('{"log":1,"rom":%s,"sha1":%s,"core":%s,"frameSkip":%d,"stallSteps":%d,"addresses":%s}\n',
    quote(gameinfo.getromname()), quote(gameinfo.getromhash():upper()), quote(bizhawk.core()), skip, STALL_STEPS, list(ADDRESSES, "%d")))

local life = session.new({ frame_skip = skip, observer = tiles.new({ planes = "folded" }), stall_steps = STALL_STEPS })
local episode, steps, buttons, frames = 0, 0, {}, {}

local function seen(frame)
    return string.format('"ram":"%s","observation":"%s"', base64.encode(frame.ram), base64.encode(tiles.bytes(life.observations[1])))
end

local function bytes_of(frame)
    local hex = {}
    for i, address in ipairs(ADDRESSES) do
        hex[i] = string.format("%02x", frame.ram:byte(address + 1))
    end
    return table.concat(hex)
end

local function begin(frame)
    life:begin(frame)
    episode, steps = episode + 1, 0
    file:write(string.format('{"episode":%d,"frame":%d,"stage":"%d-%d",%s}\n', episode, emu.framecount(), frame.world, frame.stage, seen(frame)))
    life:act()
    buttons, frames = {}, {}
end

local function after_frame(frame)
    if life.phase == "idle" or life.phase == "over" then
        if frame.ending == "None" and frame.is_listening then
            begin(frame)
        end
        return
    end

    buttons[#buttons + 1], frames[#frames + 1] = bizhawk.held(), bytes_of(frame)
    life:after_frame(frame)
    if life.phase ~= "over" and not life.awaits_action then
        return
    end
    steps = steps + 1
    file:write(string.format('{"step":%d,"buttons":%s,"frames":%s,"reward":%.6f,"end":"%s",%s}\n',
        steps, list(buttons, "%d"), list(frames, '"%s"'), life.step_reward, life.ending, seen(frame)))
    buttons, frames = {}, {}
    if life.awaits_action then
        life:act()
    else
        file:flush()
        console.log(string.format("episode %d: %s after %d steps, reward %.2f", episode, life.ending, life.steps, life.total))
        if life.ending == "Stalled" then
            begin(frame) -- The game goes on; so does the log.
        end
    end
end

event.onloadstate(function()
    life.phase = "idle"
end)
event.onexit(function()
    file:close()
end)

while true do
    emu.frameadvance()
    after_frame(mario.frame(bizhawk.ram()))
end
