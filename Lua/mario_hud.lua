-- Mario HUD: what the agent reads of Super Mario Bros. (NES), drawn over the game.
--
-- To run it: load the game in EmuHawk, Tools > Lua Console, Script > Open Script, choose this file.
--     H  hides and shows everything
--     G  the tiles around Mario as the agent sees them: white solid, yellow bumpable, green prize and goal, blue lift, red deadly
--     E  boxes of Mario, enemies, hazards (red), lifts (blue) and power-ups (green)
--     R  what the reward is made of, step by step
-- NesHawk and quickerNES. It needs nothing of Mario Agent Tool but its folder lib, and changes nothing in the game.

package.path = (debug.getinfo(1, "S").source:match("^@(.*[/\\])") or "") .. "?.lua;" .. package.path

local bizhawk = require("lib.bizhawk")
local mario = require("lib.mario")
local ram = require("lib.ram")
local session = require("lib.session")
local tiles = require("lib.tiles")

bizhawk.expect_nes()

local KEYS = { H = "all", G = "grid", E = "boxes", R = "reward" }
local LEFT, TOP, LINE = 6, 28, 9 -- Below the game's own status bar, in pixels of the picture.
local INK, PAPER = 0xFFFFFFFF, 0xA0000000
local CELL, GRID_LEFT, GRID_TOP = 4, 182, 28
local KIND_COLOURS = { 0xFFFF8040, 0xFFFF3030, 0xFF40A0FF, 0xFF40E060 } -- Stompable, hazard, platform, power-up.

local ROUTINES = {
    [0] = "entering", "vine", "side pipe", "pipe", "flagpole", "to the castle", "life lost", "entering", "playing", "growing", "hurt", "dying", "flower",
}
local FLOATS = { [0] = "ground", "jump", "fall", "climb" }
local POWERS = { [0] = "small", "super", "fire" }
local MODES = { [0] = "title", "game", "victory", "game over" }

local shown = { all = true, grid = true, boxes = true, reward = true }
local down = {}

local function toggle()
    local keys = input.get()
    for key, part in pairs(KEYS) do
        if keys[key] and not down[key] then
            shown[part] = not shown[part]
        end
        down[key] = keys[key]
    end
end

local function write(lines, top)
    for i, line in ipairs(lines) do
        gui.pixelText(LEFT, top + (i - 1) * LINE, line, INK, PAPER)
    end
end

local function draw_state(frame)
    if frame.mode ~= ram.OperatingModes.Game then
        write({ MODES[frame.mode] or "?" }, TOP)
        return
    end
    write({
        string.format("%d-%d  %s, %s", frame.world, frame.stage, ROUTINES[frame.routine] or "?", FLOATS[frame.float_state] or "?"),
        string.format("x %d.%02X  y %d", frame.level_x, frame.x_subpixel, frame.y),
        string.format("speed %+d, %+d", frame.x_speed, frame.y_speed),
        string.format("%s  lives %d  time %d", POWERS[frame.power], frame.lives, frame.time),
    }, TOP)
end

local function draw_reward(life)
    local step = life.shown
    if step then
        write({
            string.format("step %d  reward %+.2f", life.steps, step.total),
            string.format("ground %+.2f  time %+.2f", step.progress, step.time),
            string.format("ending %+.2f  all %+.1f", step.ending, life.total),
        }, TOP + 5 * LINE)
    end
end

-- The planes of an observation, folded, as little squares. Mario's own tile is outlined.
local function draw_grid(values)
    local plane = tiles.ROWS * tiles.COLUMNS
    gui.drawRectangle(GRID_LEFT - 1, GRID_TOP - 1, tiles.COLUMNS * CELL + 1, tiles.ROWS * CELL + 1, INK, PAPER)
    for cell = 0, plane - 1 do
        local solid, stompable, hazard, other = values[cell + 1], values[cell + 1 + plane], values[cell + 1 + 2 * plane], values[cell + 1 + 3 * plane]
        local colour = hazard ~= 0 and KIND_COLOURS[2] or stompable ~= 0 and KIND_COLOURS[1] or other > 0 and KIND_COLOURS[3] or other < 0 and KIND_COLOURS[4]
            or solid == 127 and 0xFFFFD040 or solid ~= 0 and 0xFFD0D0D0 or nil
        if colour then
            local x, y = GRID_LEFT + cell % tiles.COLUMNS * CELL, GRID_TOP + cell // tiles.COLUMNS * CELL
            gui.drawRectangle(x, y, CELL - 1, CELL - 1, colour, colour)
        end
    end
    local x, y = GRID_LEFT + tiles.COLUMNS_BEHIND * CELL, GRID_TOP + tiles.ROWS_ABOVE * CELL
    gui.drawRectangle(x, y, CELL - 1, CELL - 1, 0xFFFF00FF)
end

local function draw_boxes(frame)
    local first_line = client.bufferheight() < 240 and 8 or 0 -- The cores leave out eight lines above and below.
    local function box(left, top, right, bottom, colour)
        gui.drawRectangle(left - frame.screen_left, top - first_line, right - left - 1, bottom - top - 1, colour)
    end
    box(frame.level_x, frame.y + (frame.is_big and 0 or 16), frame.level_x + 16, frame.y + 32, 0xFFFF00FF)
    for slot = 0, ram.ObjectSlots - 1 do
        local thing = frame:object(slot)
        if thing.kind ~= 0 then
            box(thing.left, thing.top, thing.right, thing.bottom, KIND_COLOURS[thing.kind])
        end
    end
    for slot = 0, ram.MiscSlots - 1 do
        local left, top, right, bottom = frame:hammer(slot)
        if left then
            box(left, top, right, bottom, KIND_COLOURS[2])
        end
    end
end

-- Steps as the agent counts them, whoever plays.
local life = session.new({ frame_skip = 4 })

local function count(frame)
    if life.phase == "idle" or life.phase == "over" then
        if frame.ending == "None" and frame.is_listening then
            life:begin(frame)
        end
    else
        life:after_frame(frame)
        if life.awaits_action or life.phase == "over" then
            life.shown = { total = life.step_reward, progress = life.reward.progress, time = life.step_reward - life.reward.progress - life.reward.ending, ending = life.reward.ending }
        end
    end
    if life.awaits_action then
        life:act()
    end
end

event.onloadstate(function()
    life.phase = "idle"
end)

local eyes = tiles.new({ planes = "folded" })
while true do
    toggle()
    local frame = mario.frame(bizhawk.ram())
    if shown.all then
        draw_state(frame)
        if frame.is_in_stage then
            if shown.reward then
                draw_reward(life)
            end
            if shown.boxes then
                draw_boxes(frame)
            end
            if shown.grid then
                draw_grid(eyes:observe(frame))
            end
        end
    end
    emu.frameadvance()
    count(mario.frame(bizhawk.ram()))
end
