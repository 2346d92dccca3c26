-- Mario HUD: what the agent knows of Mario, drawn over the game.
--
-- Shows state, position with its sub-pixel, speeds, lives and clock of Super Mario Bros. (NES), read from RAM.
-- To run it: load the game in EmuHawk, Tools > Lua Console, Script > Open Script, choose this file.
-- Press H to hide and show it. It needs nothing of Mario Agent Tool and changes nothing in the game.

local TOGGLE_KEY = "H"
local LEFT, TOP, LINE = 8, 40, 9 -- below the game's own status bar, in NES pixels
local INK, PAPER = 0xFFFFFFFF, 0xA0000000

-- CPU $0000-$07FF. Names as in the disassembly.
local RAM = "RAM"
local PLAYER_ROUTINE = 0x000E -- GameEngineSubroutine
local FLOAT_STATE = 0x001D -- Player_State
local X_SPEED, Y_SPEED = 0x0057, 0x009F -- Player_X_Speed, Player_Y_Speed
local X_PAGE, X_IN_PAGE, X_SUBPIXEL = 0x006D, 0x0086, 0x0400 -- Player_PageLoc, Player_X_Position, SprObject_X_MoveForce
local Y_HIGH, Y_LOW = 0x00B5, 0x00CE -- Player_Y_HighPos, Player_Y_Position
local POWER = 0x0756 -- PlayerStatus
local LIVES, STAGE, WORLD = 0x075A, 0x075C, 0x075F -- NumberofLives, LevelNumber, WorldNumber
local OPERATING_MODE = 0x0770 -- OperMode
local TIME_DIGITS = 0x07F8 -- three of them

local ROUTINES = {
    [0x00] = "entering", [0x01] = "vine", [0x02] = "side pipe", [0x03] = "pipe", [0x04] = "flagpole", [0x05] = "to the castle",
    [0x06] = "life lost", [0x07] = "entering", [0x08] = "playing", [0x09] = "growing", [0x0A] = "hurt", [0x0B] = "dying",
    [0x0C] = "flower",
}
local FLOATS = { [0] = "ground", "jump", "fall", "climb" }
local POWERS = { [0] = "small", "super", "fire" }
local MODES = { [0] = "title", "game", "victory", "game over" }

local function u8(address)
    return memory.read_u8(address, RAM)
end

local function s8(address)
    local value = u8(address)
    return value < 128 and value or value - 256
end

local function lines()
    if u8(OPERATING_MODE) ~= 1 then
        return { MODES[u8(OPERATING_MODE)] or "?" }
    end

    local time = u8(TIME_DIGITS) * 100 + u8(TIME_DIGITS + 1) * 10 + u8(TIME_DIGITS + 2)
    return {
        string.format("%d-%d  %s, %s", u8(WORLD) + 1, u8(STAGE) + 1, ROUTINES[u8(PLAYER_ROUTINE)] or "?", FLOATS[u8(FLOAT_STATE)] or "?"),
        string.format("x %d.%02X  y %d", u8(X_PAGE) * 256 + u8(X_IN_PAGE), u8(X_SUBPIXEL), (s8(Y_HIGH) - 1) * 256 + u8(Y_LOW)),
        string.format("speed %+d, %+d", s8(X_SPEED), s8(Y_SPEED)),
        string.format("%s  lives %d  time %d", POWERS[math.min(u8(POWER), 2)], u8(LIVES), time),
    }
end

local visible, wasDown = true, false
while true do
    local isDown = input.get()[TOGGLE_KEY] == true
    if isDown and not wasDown then
        visible = not visible
    end
    wasDown = isDown

    if visible and emu.getsystemid() == "NES" then
        for i, text in ipairs(lines()) do
            gui.pixelText(LEFT, TOP + (i - 1) * LINE, text, INK, PAPER)
        end
    end

    emu.frameadvance()
end
