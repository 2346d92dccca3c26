-- What the agent sees of a frame: TileObserver of the C# side, byte for byte; a test compares the two.
--
--     local observer = tiles.new({ planes = "folded", place = false, one_hot = true })
--     observer:begin()                          an episode begins
--     local values = observer:observe(frame)    numbers from -127 to 127, each read as number / 64

local ram = require("lib.ram")
local mario = require("lib.mario")

local tiles = { COLUMNS = 17, COLUMNS_BEHIND = 4, ROWS = 13, ROWS_ABOVE = 8, ONE = 64, OBJECTS = 5, OBJECT_BYTES = 9, SCALARS = 56 }

-- What is told as flags too, a byte for each value, in the order of TileObserver.OneHot: tile x, tile y, x speed, y speed, steps that A was held.
tiles.ONE_HOTS = { 16, 16, 17, 17, 11 }

local ONE, COLUMNS, ROWS = tiles.ONE, tiles.COLUMNS, tiles.ROWS
local PLANE = COLUMNS * ROWS

-- Plane (from 0) and number of each kind of thing.
local INKS = {
    folded = {
        planes = 4, bumpable = { 0, 127 }, coin = { 3, -16 }, goal = { 3, -127 },
        { 1, ONE }, { 2, ONE }, { 3, ONE }, { 3, -64 }, -- stompable, hazard, platform, power-up
    },
    separate = {
        planes = 7, bumpable = { 1, ONE }, coin = { 2, ONE // 4 }, goal = { 2, ONE },
        { 3, ONE }, { 4, ONE }, { 5, ONE }, { 6, ONE },
    },
}

-- x and y of a fire bar's end at radius 64, by angle: clockwise from straight up, 32 a turn.
local SINE = { [0] = 0, 12, 24, 36, 45, 53, 59, 63, 64, 63, 59, 53, 45, 36, 24, 12, 0, -12, -24, -36, -45, -53, -59, -63, -64, -63, -59, -53, -45, -36, -24, -12 }

-- Division towards zero, as C# divides.
local function divide(a, b)
    return a >= 0 and a // b or -(-a // b)
end

local function clamp(value)
    return value > 127 and 127 or value < -127 and -127 or value
end

local Observer = {}
Observer.__index = Observer

-- planes: folded or separate. place: whether world, stage and the place in it are told. one_hot: whether flags are (unless false).
function tiles.new(settings)
    local inks = INKS[settings.planes or "folded"] or error("planes is " .. tostring(settings.planes) .. "; expected folded or separate", 2)
    local self = setmetatable({ inks = inks, place = settings.place or false, one_hot = settings.one_hot ~= false, solid = {}, other = {}, known = {}, steps_held = 0 }, Observer)
    self.objects = inks.planes * PLANE
    self.scalars = self.objects + tiles.OBJECTS * tiles.OBJECT_BYTES
    self.flags = self.scalars + tiles.SCALARS
    self.length = self.flags
    for _, count in ipairs(self.one_hot and tiles.ONE_HOTS or {}) do
        self.length = self.length + count
    end
    for id = 0, 255 do
        local bumpable = mario.is_bumpable(id)
        local other = mario.is_coin(id) and inks.coin or mario.is_goal(id) and inks.goal or bumpable and inks.bumpable or nil
        self.solid[id] = bumpable and inks.bumpable[1] == 0 and inks.bumpable[2] or mario.is_solid(id) and ONE or 0
        self.other[id] = other and other[1] ~= 0 and other or nil
    end
    return self
end

function Observer:begin()
    self.steps_held, self.known = 0, {}
end

-- The observation of a frame: a new array of self.length numbers. Changes what the observer remembers.
function Observer:observe(frame)
    local values = {}
    for i = 1, self.length do
        values[i] = 0
    end
    self.column = (frame.level_x + 8) // 16 - tiles.COLUMNS_BEHIND
    self.row = (frame.y + 24 - ram.TileTop) // 16 - tiles.ROWS_ABOVE
    self:draw_tiles(frame, values)
    for slot = 0, ram.MiscSlots - 1 do
        local left, top, right, bottom = frame:hammer(slot)
        if left then
            self:mark(values, self.inks[2], left, top, right, bottom)
        end
    end
    local nearest = self:draw_objects(frame, values)
    self:list_objects(frame, nearest, values)
    self:write_scalars(frame, values)
    if self.one_hot then
        self:write_flags(frame, values)
    end
    self:remember_objects(frame)
    return values
end

function Observer:draw_tiles(frame, values)
    local top, bottom = math.max(-self.row, 0), math.min(ram.TileRows - self.row, ROWS)
    local parsed, bytes, solid, other = frame.parsed_columns, frame.ram, self.solid, self.other
    for column = 0, COLUMNS - 1 do
        local level = self.column + column
        if level >= 0 and level < parsed and level >= parsed - ram.TileColumns then
            local at = ram.Tiles + (level >> 4 & 1) * ram.TilePageBytes + (level & 15) + 1
            for row = top, bottom - 1 do
                local id = bytes:byte(at + (self.row + row) * 16)
                if id ~= 0 then
                    local cell = row * COLUMNS + column + 1
                    values[cell] = solid[id]
                    local ink = other[id]
                    if ink then
                        values[ink[1] * PLANE + cell] = ink[2]
                    end
                end
            end
        end
    end
end

-- Marks every tile of the window that a box of level pixels reaches into.
function Observer:mark(values, ink, left, top, right, bottom)
    local first, last = math.max(left // 16 - self.column, 0), math.min((right - 1) // 16 - self.column, COLUMNS - 1)
    local upper, lower = math.max((top - ram.TileTop) // 16 - self.row, 0), math.min((bottom - 1 - ram.TileTop) // 16 - self.row, ROWS - 1)
    for row = upper, lower do
        for column = first, last do
            values[ink[1] * PLANE + row * COLUMNS + column + 1] = ink[2]
        end
    end
end

-- Nothing is stomped under water.
local function kind_of(frame, thing)
    return thing.kind == 1 and frame.is_swimming and 2 or thing.kind
end

function Observer:draw_objects(frame, values)
    local nearest = {}
    for slot = 0, ram.ObjectSlots - 1 do
        local thing = frame:object(slot)
        local kind = kind_of(frame, thing)
        if kind ~= 0 then
            self:mark(values, self.inks[kind], thing.left, thing.top, thing.right, thing.bottom)
            if thing.is_fire_bar then
                self:draw_fire_bar(thing, values)
            end
            thing.kind_here = kind
            thing.centre_x, thing.centre_y = (thing.left + thing.right) // 2, (thing.top + thing.bottom) // 2
            thing.distance = math.abs(thing.centre_x - frame.level_x - 8) + math.abs(thing.centre_y - frame.y - 24)
            local place = #nearest + 1
            while place > 1 and nearest[place - 1].distance > thing.distance do
                place = place - 1
            end
            table.insert(nearest, place, thing)
        end
    end
    return nearest
end

function Observer:draw_fire_bar(bar, values)
    local angle = bar.fire_bar_angle
    for ball = 1, bar.fire_bar_balls - 1 do
        local x, y = bar.x + divide(ball * 8 * SINE[angle], 64), bar.y - divide(ball * 8 * SINE[(angle + 8) & 31], 64)
        self:mark(values, self.inks[2], x, y, x + 8, y + 8)
    end
end

function Observer:list_objects(frame, nearest, values)
    for i = 1, math.min(tiles.OBJECTS, #nearest) do
        local thing, at = nearest[i], self.objects + (i - 1) * tiles.OBJECT_BYTES
        local vx, vy = thing.x_speed * 2, thing.y_speed * 8
        if thing.is_fire_bar then
            vx, vy = SINE[thing.fire_bar_angle], -SINE[(thing.fire_bar_angle + 8) & 31]
        elseif thing.kind_here == 3 then
            vx, vy = self:motion(thing)
        end
        values[at + 1] = ONE
        values[at + 2] = clamp(divide(thing.centre_x - frame.level_x - 8, 2))
        values[at + 3] = clamp(divide(thing.centre_y - frame.y - 24, 2))
        values[at + 4] = clamp(vx)
        values[at + 5] = clamp(vy)
        values[at + 5 + thing.kind_here] = ONE
        if thing.is_fire_bar then
            values[at + 8] = clamp(self:turn(thing))
        end
    end
end

-- How far a lift went since the last observation, 8 a pixel; its speed bytes hold other things.
function Observer:motion(lift)
    local was = self.known[lift.slot]
    if not was or was.type ~= lift.type or math.abs(lift.x - was.x) > ram.TileSize or math.abs(lift.y - was.y) > ram.TileSize then
        return 0, 0
    end
    return (lift.x - was.x) * 8, (lift.y - was.y) * 8
end

-- How far a fire bar turned since the last observation, clockwise positive; 40 in four frames of a slow one.
function Observer:turn(bar)
    local was = self.known[bar.slot]
    local turn = was and (bar.fire_bar_spin - was.x + 0x3000) % 0x2000 - 0x1000
    return was and was.type == bar.type and math.abs(turn) <= 0x200 and divide(turn, 4) or 0
end

function Observer:remember_objects(frame)
    for slot = 0, ram.ObjectSlots - 1 do
        local thing = frame:object(slot)
        self.known[slot] = thing.is_active and { type = thing.type, x = thing.is_fire_bar and thing.fire_bar_spin or thing.x, y = thing.y } or nil
    end
end

function Observer:write_scalars(frame, values)
    local at, held = self.scalars, frame.held
    local function write(value)
        at = at + 1
        values[at] = clamp(value)
    end
    local function flag(set)
        write(set and ONE or 0)
    end
    local Float, Area = ram.FloatStates, ram.AreaTypes

    write(frame.x_speed)
    write(frame.y_speed * 12)
    flag(frame.float_state == Float.Ground)
    flag(frame.float_state == Float.Jumping)
    flag(frame.float_state == Float.Falling)
    flag(frame.float_state == Float.Climbing)
    write(((frame.level_x + 8) & 15) * 4)
    write(frame.x_subpixel >> 2)
    write((frame.y & 15) * 4)
    write(frame.y_subpixel >> 2)
    write(math.max(divide(frame.y, 4), -ONE))
    flag(held & 0x01 ~= 0)
    flag(held & 0x02 ~= 0)
    flag(held & 0x10 ~= 0)
    flag(held & 0x20 ~= 0)
    flag(held & 0x40 ~= 0)
    flag(held & 0x80 ~= 0)
    flag(frame.can_jump)
    flag(frame.is_big)
    flag(frame.power == 1)
    flag(frame.power == 2)
    flag(frame.is_crouching)
    write(frame.injury_timer * 8)
    write(frame.star_timer * 2)
    write(frame.faces_right and ONE or -ONE)
    write(frame.moves_right and ONE or -ONE)
    write(divide(frame.screen_x, 4))
    flag(frame.is_swimming)
    write(frame.running_timer * 6)
    write(frame.jump_swim_timer * 2)
    write(frame.gravity // 2)
    write(frame.y_speed_fraction >> 2)
    write(frame.maximum_right_speed)
    write(frame.time * ONE // 400)
    flag(frame.is_frozen)
    flag(frame.area_type == Area.Water)
    flag(frame.area_type == Area.Ground)
    flag(frame.area_type == Area.Underground)
    flag(frame.area_type == Area.Castle)
    flag(frame.is_scroll_locked)
    flag(frame.is_on_spring)
    flag(frame.routine == ram.PlayerRoutines.Control)
    self.steps_held = held & 0x01 ~= 0 and math.min(self.steps_held + 1, 15) or 0
    write(self.steps_held * 8)
    flag(frame.is_in_current)
    write(frame.fireballs * 32)
    flag(frame.is_in_loop)
    write(frame.maze_correct * 16)
    write(frame.maze_passed * 16)
    flag(frame.is_cloud_area)
    flag(frame.is_harder)
    if self.place then
        write(frame.world * 8)
        write(frame.stage * 16)
        write(frame.area * 12)
        write((frame.level_x >> 8) * 4)
        write((frame.level_x & 255) >> 2)
    else
        at = at + 5
    end
    flag(true)
end

function Observer:write_flags(frame, values)
    local y_speed = frame.y_speed * 256 + frame.y_speed_fraction
    local told = { (frame.level_x + 8) & 15, frame.y & 15, divide(frame.x_speed + 42, 5), divide(y_speed + 1088, 128), self.steps_held }
    local at = self.flags
    for i, count in ipairs(tiles.ONE_HOTS) do
        values[at + 1 + math.min(math.max(told[i], 0), count - 1)] = ONE
        at = at + count
    end
end

-- An observation as a string of bytes, as the C# side keeps it.
function tiles.bytes(values)
    local parts = {}
    for i = 1, #values do
        parts[i] = string.char(values[i] & 0xFF)
    end
    return table.concat(parts)
end

return tiles
