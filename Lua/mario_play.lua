-- Mario Play: a trained agent plays Super Mario Bros. (NES) in BizHawk, without the plug-in: the network is computed in Lua.
--
-- Before: mario-agent weights export runs/<run> --out Lua/policy.lua, for a run that sees tiles (the default).
-- To run it: load the game in EmuHawk, Tools > Lua Console, Script > Open Script, choose this file. On the title screen it presses
-- Start itself; in a stage it takes over as soon as the game listens. It goes on from stage to stage until you stop it.
-- Settings, as EmuHawk --userdata=policy:other.lua;stage:1-1;show:no :
--     policy   the exported network, beside this script; policy.lua
--     stage    what to begin in from the title screen, whose numbers are then written to RAM; the one it was trained on
--     show     whether to draw what it chooses: yes or no
-- NesHawk and quickerNES. It writes no RAM in 1-1 and loads no states, so that you may record a movie meanwhile.

package.path = (debug.getinfo(1, "S").source:match("^@(.*[/\\])") or "") .. "?.lua;" .. package.path

local bizhawk = require("lib.bizhawk")
local mario = require("lib.mario")
local player = require("lib.player")
local policy = require("lib.policy")
local starter = require("lib.starter")

bizhawk.expect_nes()
local net = policy.load(bizhawk.option("policy", "policy.lua"))
local stage_name = bizhawk.option("stage", net.description.stages[1])
local world, stage = starter.parse(stage_name)
if not world then
    error("stage is " .. stage_name .. "; expected world-stage from 1-1 to 8-4", 0)
end
local show = bizhawk.option("show", "yes") ~= "no"

if gameinfo.getromhash():upper() ~= net.description.rom.sha1 then
    console.log("The network was trained on " .. net.description.rom.name .. "; this is another ROM, and may play otherwise.")
end
for _, note in ipairs(net.description.notes) do
    console.log(note)
end

local LETTERS = { { "R", 0x80 }, { "L", 0x40 }, { "U", 0x10 }, { "D", 0x20 }, { "B", 0x02 }, { "A", 0x01 } }

-- The values of all actions as bars, the chosen one bright.
local function draw(values, chosen)
    local low, high = math.huge, -math.huge
    for _, value in ipairs(values) do
        low, high = math.min(low, value), math.max(high, value)
    end
    for a, value in ipairs(values) do
        local name, y = "", 40 + (a - 1) * 9
        for _, letter in ipairs(LETTERS) do
            name = name .. (net.actions[a] & letter[2] ~= 0 and letter[1] or "")
        end
        local length = high > low and math.floor((value - low) / (high - low) * 40) or 0
        gui.drawRectangle(34, y, length + 2, 6, nil, a == chosen and 0xC0FFD040 or 0x80808080)
        gui.pixelText(8, y, name == "" and "-" or name, a == chosen and 0xFFFFD040 or 0xFFFFFFFF, 0xA0000000)
    end
end

local agent = player.new(net, { world = world, stage = stage })
local values, chosen
while true do
    bizhawk.hold(agent.buttons)
    emu.frameadvance()
    local frame = mario.frame(bizhawk.ram())
    local ended = agent:after_frame(frame)
    if ended then
        local s = agent.session
        console.log(string.format("%d-%d: %s after %d steps, %d frames, reward %.2f", s.world or frame.world, s.stage or frame.stage, ended, s.steps, s.frames, s.total))
    end
    values, chosen = agent.values or values, agent.chosen or chosen
    if show and values and agent.session:is_holding() then
        draw(values, chosen)
    end
end
