-- Mario States: makes a folder of starting savestates of Super Mario Bros. (NES), one for each stage.
--
-- Each state is of the first frame on which the stage can be played, as the agent's episodes begin: Start is pressed on the title
-- screen, and for all but 1-1 the stage's numbers are written to RAM there. Stages the game does not have are left out.
-- To run it: load the game in EmuHawk, Tools > Lua Console, Script > Open Script, choose this file. It restarts the game for each
-- stage and takes a few seconds in all. The states are states/1-1.State to states/8-4.State beside this script.
-- Settings, as EmuHawk --userdata=stages:1-1,4-2;folder:starts :
--     stages   which; all 32
--     folder   where; states
-- NesHawk and quickerNES; a state can be loaded by the core that made it.

local scripts = debug.getinfo(1, "S").source:match("^@(.*[/\\])") or ""
package.path = scripts .. "?.lua;" .. package.path

local bizhawk = require("lib.bizhawk")
local mario = require("lib.mario")
local starter = require("lib.starter")

bizhawk.expect_nes()
if movie.isloaded() then
    error("a movie is loaded; stop it first (File > Movie > Stop Movie): states belong to no movie", 0)
end

local stages, wanted = {}, bizhawk.option("stages", "all")
if wanted == "all" then
    for i = 0, 31 do
        stages[#stages + 1] = { i // 4 + 1, i % 4 + 1 }
    end
else
    for name in wanted:gmatch("[^,]+") do
        local world, stage = starter.parse(name)
        if not world then
            error("'" .. name .. "' is no stage; expected world-stage from 1-1 to 8-4, with commas between", 0)
        end
        stages[#stages + 1] = { world, stage }
    end
end

-- Lua alone cannot make a folder; the system's mkdir can.
local folder = bizhawk.option("folder", "states")
if not folder:match("^[/\\]") and not folder:match("^%a:[/\\]") then
    folder = scripts .. folder
end
local function is_there()
    local probe = io.open(folder .. "/.probe", "w")
    if probe then
        probe:close()
        os.remove(folder .. "/.probe")
    end
    return probe ~= nil
end
if not is_there() then
    os.execute('mkdir "' .. folder .. '"')
    if not is_there() then
        error("the folder " .. folder .. " is not there and cannot be made; make it, or name another with --userdata=folder:NAME", 0)
    end
end

bizhawk.unthrottle(true)
local made, missing = 0, {}
for _, id in ipairs(stages) do
    client.reboot_core()
    local start, problem = starter.new(id[1], id[2]), nil
    repeat
        bizhawk.hold(start.buttons)
        emu.frameadvance()
        local frame = mario.frame(bizhawk.ram())
        start:after_frame(frame, bizhawk.write)
        problem = start:problem(frame)
    until start.is_started or problem
    local name = id[1] .. "-" .. id[2]
    if problem then
        missing[#missing + 1] = name
        console.log(name .. " is left out: " .. problem)
    else
        savestate.save(folder .. "/" .. name .. ".State")
        made = made + 1
    end
end
bizhawk.unthrottle(false)
console.log(string.format("%d states in %s%s", made, folder, #missing == 0 and "" or "; the game has no " .. table.concat(missing, ", ")))
if made == 0 then
    error("no stage could be started; is this Super Mario Bros.?", 0)
end
