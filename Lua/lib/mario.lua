-- One frame of work RAM, asked in the game's words: MarioFrame of the C# side, fact for fact; a test compares the two.
--
--     local frame = mario.frame(bizhawk.ram())
--     print(frame.level_x, frame.is_dying, frame:tile_at(12, 10), frame:object(0).kind)

local ram = require("lib.ram")

local Mode, Routine, Float, Type = ram.OperatingModes, ram.PlayerRoutines, ram.FloatStates, ram.ObjectTypes

local mario = {}

local function u8(bytes, address)
    return bytes:byte(address + 1)
end

local function s8(bytes, address)
    local value = bytes:byte(address + 1)
    return value < 128 and value or value - 256
end

local function u16(bytes, page, low)
    return bytes:byte(page + 1) << 8 | bytes:byte(low + 1)
end

local function digits(bytes, address, count)
    local number = 0
    for i = 0, count - 1 do
        number = number * 10 + u8(bytes, address + i)
    end
    return number
end

local facts = {}
mario.facts = facts

-- What the program is doing

function facts.mode(f)
    return u8(f.ram, ram.OperatingMode)
end
function facts.routine(f)
    return u8(f.ram, ram.PlayerRoutine)
end
-- A stage is running, whoever moves Mario.
function facts.is_in_stage(f)
    return f.mode == Mode.Game and u8(f.ram, ram.ModeTask) == ram.PlayTask
end
-- Buttons count: a stage runs, and the game does not lead Mario along.
function facts.is_listening(f)
    return f.is_in_stage and (f.routine == Routine.LoseLife or f.routine >= Routine.Control)
end
function facts.is_frozen(f)
    return u8(f.ram, ram.TimerControl) ~= 0
end
function facts.is_paused(f)
    return u8(f.ram, ram.PauseStatus) & 1 ~= 0
end

-- Mario

-- Left edge of his 16-pixel column in the area, pixels.
function facts.level_x(f)
    return u16(f.ram, ram.PlayerPage, ram.PlayerXInPage)
end
-- Scanline of the top of his 32-pixel frame; negative above the screen, 256 and more below.
function facts.y(f)
    return (s8(f.ram, ram.PlayerYHigh) - 1) * 256 + u8(f.ram, ram.PlayerY)
end
function facts.x_subpixel(f)
    return u8(f.ram, ram.XSubpixel)
end
function facts.y_subpixel(f)
    return u8(f.ram, ram.YSubpixel)
end
-- 1/16 pixel a frame, right positive.
function facts.x_speed(f)
    return s8(f.ram, ram.XSpeed)
end
-- Pixels a frame, down positive.
function facts.y_speed(f)
    return s8(f.ram, ram.YSpeed)
end
function facts.y_speed_fraction(f)
    return u8(f.ram, ram.YSpeedFraction)
end
function facts.maximum_right_speed(f)
    return s8(f.ram, ram.MaximumRightSpeed)
end
function facts.gravity(f)
    return u8(f.ram, ram.Gravity)
end
function facts.float_state(f)
    return u8(f.ram, ram.FloatState)
end
-- 0 small, 1 super, 2 fire.
function facts.power(f)
    return math.min(u8(f.ram, ram.PlayerPower), 2)
end
function facts.is_big(f)
    return u8(f.ram, ram.PlayerSize) == 0
end
function facts.is_crouching(f)
    return u8(f.ram, ram.Crouching) ~= 0
end
function facts.is_swimming(f)
    return u8(f.ram, ram.Swimming) ~= 0
end
function facts.faces_right(f)
    return u8(f.ram, ram.Facing) == 1
end
function facts.moves_right(f)
    return u8(f.ram, ram.MovingDirection) == 1
end
function facts.is_on_spring(f)
    return u8(f.ram, ram.JumpspringAnimation) ~= 0
end
function facts.injury_timer(f)
    return u8(f.ram, ram.InjuryTimer)
end
function facts.star_timer(f)
    return u8(f.ram, ram.StarTimer)
end
function facts.running_timer(f)
    return u8(f.ram, ram.RunningTimer)
end
function facts.jump_swim_timer(f)
    return u8(f.ram, ram.JumpSwimTimer)
end
-- What the game took from the pad last, as bits of bizhawk.BUTTONS; while A is set here, pressing it again starts no jump.
function facts.held(f)
    local pad = u8(f.ram, ram.PreviousActionButtons) & 0xC0 | u8(f.ram, ram.Joypad1) & 0x0F
    return (pad & 0x80 ~= 0 and 0x01 or 0) | (pad & 0x40 ~= 0 and 0x02 or 0) | (pad & 0x08 ~= 0 and 0x10 or 0)
        | (pad & 0x04 ~= 0 and 0x20 or 0) | (pad & 0x02 ~= 0 and 0x40 or 0) | (pad & 0x01 ~= 0 and 0x80 or 0)
end
-- A press of A in the coming frame would start a jump or a swimming stroke.
function facts.can_jump(f)
    return f.held & 0x01 == 0 and (f.float_state == Float.Ground or f.is_swimming)
end
function facts.fireballs(f)
    return (u8(f.ram, ram.FireballState) ~= 0 and 1 or 0) + (u8(f.ram, ram.FireballState + 1) ~= 0 and 1 or 0)
end

-- The status bar

function facts.lives(f)
    return u8(f.ram, ram.Lives)
end
function facts.coins(f)
    return u8(f.ram, ram.Coins)
end
function facts.score(f)
    return digits(f.ram, ram.ScoreDigits, ram.ScoreDigitCount) * 10
end
function facts.time(f)
    return digits(f.ram, ram.TimeDigits, ram.TimeDigitCount)
end
function facts.world(f)
    return u8(f.ram, ram.World) + 1
end
function facts.stage(f)
    return u8(f.ram, ram.Stage) + 1
end
function facts.area(f)
    return u8(f.ram, ram.Area) + 1
end
function facts.area_type(f)
    return u8(f.ram, ram.AreaType) & 3
end
function facts.is_cloud_area(f)
    return u8(f.ram, ram.CloudArea) ~= 0
end
function facts.is_time_up(f)
    return u8(f.ram, ram.TimeUp) ~= 0
end
function facts.is_harder(f)
    return u8(f.ram, ram.SecondaryHardMode) ~= 0
end

-- The screen and the level

-- Level pixel of the screen's left edge.
function facts.screen_left(f)
    return u16(f.ram, ram.ScreenLeftPage, ram.ScreenLeftX)
end
-- Mario's distance from it, pixels.
function facts.screen_x(f)
    return f.level_x - f.screen_left
end
function facts.is_scroll_locked(f)
    return u8(f.ram, ram.ScrollLock) ~= 0
end
-- Level column to be parsed next; this and what follows holds no tiles yet.
function facts.parsed_columns(f)
    return u8(f.ram, ram.ParserPage) * 16 + (u8(f.ram, ram.ParserColumn) & 15)
end
function facts.is_in_current(f)
    return f.area_type == ram.AreaTypes.Water and u8(f.ram, ram.Whirlpool) ~= 0
end
-- Where a castle may send Mario back four pages.
function facts.is_in_loop(f)
    return u8(f.ram, ram.LoopCommand) ~= 0
end
function facts.maze_correct(f)
    return u8(f.ram, ram.MazeCorrect)
end
function facts.maze_passed(f)
    return u8(f.ram, ram.MazePassed)
end

-- How a stage ends

-- The death leap, or the life already gone.
function facts.is_dying(f)
    return f.routine == Routine.Death or f.routine == Routine.LoseLife
end
-- Below the screen with no way back. In a coin heaven that is the exit, unless the clock has run out.
function facts.has_fallen(f)
    return s8(f.ram, ram.PlayerYHigh) > 1 and (not f.is_cloud_area or f.is_time_up)
end
-- Flagpole or axe.
function facts.is_cleared(f)
    return f.routine == Routine.FlagpoleSlide or f.routine == Routine.EndOfLevel or f.mode == Mode.Victory
end
-- None, Fell, Hit, TimeUp or FlagReached.
function facts.ending(f)
    if f.is_cleared then
        return "FlagReached"
    elseif not (f.has_fallen or f.is_dying) then
        return "None"
    elseif f.is_time_up then
        return "TimeUp"
    end
    return f.y >= 256 and "Fell" or "Hit"
end

local methods = {}

-- The metatile at a level column and row; 0 where there is nothing, and where the ring does not hold the column.
function methods:tile_at(column, row)
    local parsed = self.parsed_columns
    if row < 0 or row >= ram.TileRows or column < 0 or column >= parsed or column < parsed - ram.TileColumns then
        return 0
    end
    return u8(self.ram, ram.Tiles + (column >> 4 & 1) * ram.TilePageBytes + row * 16 + (column & 15))
end

-- Where a hammer flies: left, top, right, bottom in level pixels; nil where none does.
function methods:hammer(slot)
    if u8(self.ram, ram.MiscState + slot) & 0x80 == 0 then
        return nil
    end
    local x, y = u16(self.ram, ram.MiscPage + slot, ram.MiscX + slot), u8(self.ram, ram.MiscY + slot)
    return x, y, x + 8, y + 8
end

-- Objects

-- The names that kinds have; 0 is nothing to meet.
mario.KINDS = { [0] = "none", "stompable", "hazard", "platform", "power-up" }

local KIND = {}
for _, name in ipairs({ "GreenKoopa", "RedKoopaUnused", "BuzzyBeetle", "RedKoopa", "HammerBro", "Goomba", "Blooper", "BulletBill", "GreyCheepCheep", "RedCheepCheep",
    "GreenParatroopaHopping", "RedParatroopa", "GreenParatroopaFlying", "Lakitu", "FlyingCheepCheep", "CannonBulletBill" }) do
    KIND[Type[name]] = 1
end
for _, name in ipairs({ "Podoboo", "PiranhaPlant", "Spiny", "BowserFlame", "Bowser" }) do
    KIND[Type[name]] = 2
end
for type = Type.FireBar, Type.FireBarLong do
    KIND[type] = 2
end
for type = Type.BalancePlatform, Type.LiftDownSmall do
    KIND[type] = 3
end
KIND[Type.Jumpspring] = 3
KIND[Type.PowerUp] = 4

-- Left, top, right and bottom of a picture, from its slot's x and y; walkers where nothing is said.
local SHAPE = {
    [Type.BowserFlame] = { 0, 0, 24, 8 },
    [Type.PowerUp] = { 2, 8, 14, 24 }, [Type.BulletBill] = { 2, 0, 14, 16 }, [Type.CannonBulletBill] = { 2, 0, 14, 16 }, [Type.Podoboo] = { 2, 0, 14, 16 },
    [Type.GreyCheepCheep] = { 2, 2, 14, 16 }, [Type.RedCheepCheep] = { 2, 2, 14, 16 }, [Type.FlyingCheepCheep] = { 2, 2, 14, 16 },
    [Type.PiranhaPlant] = { 2, 0, 14, 24 }, [Type.HammerBro] = { 2, 0, 14, 24 }, [Type.Lakitu] = { 2, 0, 14, 24 }, [Type.Jumpspring] = { 2, 0, 14, 24 }, [Type.Blooper] = { 2, 0, 14, 24 },
}
for type = Type.BalancePlatform, Type.SlidingPlatform do
    SHAPE[type] = { 0, 0, 48, 8 }
end
for type = Type.FireBar, Type.FireBarLong do
    SHAPE[type] = { 0, 0, 8, 8 }
end
SHAPE[Type.LiftUpSmall], SHAPE[Type.LiftDownSmall] = { 0, 0, 24, 8 }, { 0, 0, 24, 8 }
local WALKER, BOWSER_FRONT, BOWSER_REAR = { 2, 8, 14, 24 }, { 0, 8, 16, 40 }, { 0, 0, 16, 32 }

-- A slot, 0-5. kind counts from 0 as mario.KINDS does, left to bottom are level pixels.
function methods:object(slot)
    local bytes = self.ram
    local active, type, state = u8(bytes, ram.ObjectActive + slot), u8(bytes, ram.ObjectType + slot), u8(bytes, ram.ObjectState + slot)
    local double = active & 0x80 ~= 0
    local x, y = u16(bytes, ram.ObjectPage + slot, ram.ObjectX + slot), (s8(bytes, ram.ObjectYHigh + slot) - 1) * 256 + u8(bytes, ram.ObjectY + slot)
    local kind = KIND[type] or 0
    if active == 0 or state & 0x20 ~= 0 or (double and type ~= Type.Bowser) or (type == Type.Goomba and state >= 2) then
        kind = 0
    end
    local shape = type == Type.Bowser and (double and BOWSER_REAR or BOWSER_FRONT) or SHAPE[type] or WALKER
    return {
        slot = slot, is_active = active ~= 0, type = type, state = state, kind = kind, x = x, y = y,
        x_speed = s8(bytes, ram.ObjectXSpeed + slot), y_speed = s8(bytes, ram.ObjectYSpeed + slot),
        left = x + shape[1], top = y + shape[2], right = x + shape[3], bottom = y + shape[4],
        is_fire_bar = type >= Type.FireBar and type <= Type.FireBarLong,
        fire_bar_angle = u8(bytes, ram.ObjectYSpeed + slot) & 31,
        fire_bar_spin = (u8(bytes, ram.ObjectYSpeed + slot) & 31) << 8 | u8(bytes, ram.ObjectXSpeed + slot),
        fire_bar_balls = type == Type.FireBarLong and 12 or 6,
    }
end

-- Metatiles: what the ids in the ring mean. From these on, within the same top two bits, a tile is climbed instead of met.
local CLIMBABLE_FROM = { [0] = 0x24, 0x6D, 0x8A, 0xC6 }
local PASSABLE = { [0x5F] = true, [0x60] = true, [0xC2] = true, [0xC3] = true, [0xC5] = true } -- Hidden blocks, coins, the axe.

function mario.is_solid(id)
    return id ~= 0 and id < CLIMBABLE_FROM[id >> 6] and not PASSABLE[id]
end
function mario.is_bumpable(id)
    return id == 0x51 or id == 0x52 or (id >= 0x55 and id <= 0x5E) or id == 0xC0 or id == 0xC1
end
function mario.is_coin(id)
    return id == 0xC2 or id == 0xC3
end
function mario.is_goal(id)
    return id == 0xC5 or (id ~= 0 and id >= CLIMBABLE_FROM[id >> 6])
end

local meta = {}
function meta.__index(frame, name)
    local fact = facts[name]
    if fact then
        local value = fact(frame)
        rawset(frame, name, value)
        return value
    end
    return methods[name] or error("a frame has no '" .. tostring(name) .. "'; see lib/mario.lua for what it has", 2)
end

-- A frame, from work RAM as a string of 2,048 bytes. Each fact is computed once, when first asked for.
function mario.frame(bytes)
    if #bytes < ram.Size then
        error("work RAM is " .. ram.Size .. " bytes; got " .. #bytes, 2)
    end
    return setmetatable({ ram = bytes }, meta)
end

return mario
