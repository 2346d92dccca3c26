-- Mario Record: lets a trained agent clear a stage of Super Mario Bros. (NES) and saves that as a movie (.bk2).
--
-- Before: mario-agent weights export runs/<run> --out Lua/policy.lua
-- To run it: load the game in EmuHawk, Tools > Lua Console, Script > Open Script, choose this file.
-- While you are recording a movie (File > Movie > Record Movie), it plays on in that one and saves it when the stage is cleared.
-- Otherwise it switches the console off and on, plays 1-1 with the buttons alone, and writes clear.bk2 beside this script; a try
-- that fails is begun anew after waiting one frame longer. File > Movie > Play Movie shows it, and mario-agent replay does.
-- Settings, as EmuHawk --userdata=policy:other.lua;out:mine.bk2;tries:31 :
--     policy   the exported network, beside this script; policy.lua
--     out      the movie to write; clear.bk2
--     tries    how often to begin anew; 31
-- NesHawk and quickerNES.

package.path = (debug.getinfo(1, "S").source:match("^@(.*[/\\])") or "") .. "?.lua;" .. package.path

local bizhawk = require("lib.bizhawk")
local bk2 = require("lib.bk2")
local mario = require("lib.mario")
local player = require("lib.player")
local policy = require("lib.policy")

bizhawk.expect_nes()
local net = policy.load(bizhawk.option("policy", "policy.lua"))
local out = bizhawk.option("out", "clear.bk2")
local tries = bizhawk.number_option("tries", 31)

-- Plays until an episode ends; says how, and returns what was held on every frame.
local function play(no_ops)
    local agent, held, ended = player.new(net, { no_ops = no_ops }), {}, nil
    repeat
        bizhawk.hold(agent.buttons)
        held[#held + 1] = agent.buttons
        emu.frameadvance()
        ended = agent:after_frame(mario.frame(bizhawk.ram()))
    until ended
    local s = agent.session
    console.log(string.format("%d-%d: %s after %d frames", s.world, s.stage, ended, s.frames))
    return ended, held, s
end

if movie.mode() == "RECORD" then
    while play(0) ~= "FlagReached" do
    end
    movie.save()
    console.log("Cleared; the movie is saved as " .. movie.filename())
    return
end

if movie.isloaded() then
    error("a movie is playing; stop it (File > Movie > Stop Movie), or record one, then start this script again", 0)
end

bizhawk.unthrottle(true)
local done
for try = 1, tries do
    client.reboot_core()
    local ended, held, episode = play(try - 1)
    if ended == "FlagReached" then
        local comment = string.format("%d-%d cleared in %d frames by a network trained on %s", episode.world, episode.stage, episode.frames, net.description.rom.name)
        bk2.save(out, {
            core = bizhawk.core(), rom = { name = gameinfo.getromname(), sha1 = gameinfo.getromhash():upper() },
            is_pal = emu.getdisplaytype() == "PAL", frames = held, comment = comment,
        })
        console.log(string.format("Cleared on try %d; %s holds %d frames", try, out, #held))
        done = true
        break
    end
end
bizhawk.unthrottle(false)
if not done then
    error(string.format("the stage was not cleared in %d tries; train longer, or give more with --userdata=tries:100", tries), 0)
end
