-- What the scripts ask of BizHawk, in one place. For NesHawk and quickerNES, from BizHawk 2.9 on.

local ram = require("lib.ram")

local bizhawk = {}

bizhawk.DOMAIN = "RAM" -- CPU $0000-$07FF; both cores call it so.

-- A pad's buttons as bits, in the order in which the controller shifts them out.
bizhawk.BUTTONS = { A = 0x01, B = 0x02, Select = 0x04, Start = 0x08, Up = 0x10, Down = 0x20, Left = 0x40, Right = 0x80 }

-- Work RAM after the last frame, as a string of 2,048 bytes: byte(address + 1).
function bizhawk.ram()
    if memory.read_bytes_as_binary_string then
        return memory.read_bytes_as_binary_string(0, ram.Size, bizhawk.DOMAIN)
    end
    local bytes, parts = memory.read_bytes_as_array(0, ram.Size, bizhawk.DOMAIN), {}
    for from = 1, ram.Size, 256 do
        parts[#parts + 1] = string.char(table.unpack(bytes, from, from + 255))
    end
    return table.concat(parts)
end

function bizhawk.write(address, value)
    memory.write_u8(address, value, bizhawk.DOMAIN)
end

-- Holds these buttons, and no others, on pad 1 during the coming frame.
function bizhawk.hold(mask)
    local pad = {}
    for name, bit in pairs(bizhawk.BUTTONS) do
        pad[name] = mask & bit ~= 0
    end
    joypad.set(pad, 1)
end

-- What pad 1 held during the last frame, a movie's and a script's presses included.
function bizhawk.held()
    local pad, mask = (joypad.getwithmovie or joypad.get)(1), 0
    for name, bit in pairs(bizhawk.BUTTONS) do
        if pad[name] then
            mask = mask | bit
        end
    end
    return mask
end

-- The core's name as movies have it: only NesHawk shows the PPU's bus.
function bizhawk.core()
    for _, name in pairs(memory.getmemorydomainlist()) do
        if name == "PPU Bus" then
            return "NesHawk"
        end
    end
    return "quickerNES"
end

-- A setting of the script: what EmuHawk's --userdata=name:value says, else the default.
function bizhawk.option(name, default)
    local value = userdata.get(name)
    if value == nil or value == "" then
        return default
    end
    return value
end

function bizhawk.number_option(name, default)
    local text = bizhawk.option(name, default)
    return math.tointeger(tonumber(text)) or error(name .. " is " .. tostring(text) .. "; expected a whole number", 0)
end

-- Stops with a sentence where the game is not one of the NES.
function bizhawk.expect_nes()
    if emu.getsystemid() ~= "NES" then
        error("the system is " .. emu.getsystemid() .. "; load Super Mario Bros. (NES) first, then start this script", 0)
    end
end

-- How fast frames come: as fast as they can, or as the console's.
function bizhawk.unthrottle(on)
    emu.limitframerate(not on)
    client.speedmode(on and 3200 or 100)
end

return bizhawk
