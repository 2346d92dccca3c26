-- BizHawk's movie format, written in pure Lua: a zip, its entries stored. EmuHawk needs the header, the sync settings and the log.
--
--     bk2.save("clear.bk2", { core = "NesHawk", rom = { name = .., sha1 = .. }, is_pal = false, frames = { masks of pad 1 } })

local bk2 = {}

local CRC = {}
for i = 0, 255 do
    local value = i
    for _ = 1, 8 do
        value = value & 1 ~= 0 and value >> 1 ~ 0xEDB88320 or value >> 1
    end
    CRC[i] = value
end

local function crc32(text)
    local crc = 0xFFFFFFFF
    for i = 1, #text do
        crc = crc >> 8 ~ CRC[(crc ~ text:byte(i)) & 0xFF]
    end
    return crc ~ 0xFFFFFFFF
end

-- A zip whose entries are stored, all of the earliest moment a zip can hold: the same movie is the same file.
-- https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
local function zip(entries)
    local EPOCH = 1 << 5 | 1 -- 1 January 1980.
    local files, directory, at = {}, {}, 0
    for _, entry in ipairs(entries) do
        local name, text = entry[1], entry[2]
        local fields = string.pack("<I2I2I2I2I2I4I4I4I2I2", 20, 0, 0, 0, EPOCH, crc32(text), #text, #text, #name, 0)
        files[#files + 1] = "PK\3\4" .. fields .. name .. text
        directory[#directory + 1] = "PK\1\2" .. string.pack("<I2", 20) .. fields .. string.pack("<I2I2I2I4I4", 0, 0, 0, 0, at) .. name
        at = at + #files[#files]
    end
    local listing = table.concat(directory)
    return table.concat(files) .. listing .. "PK\5\6" .. string.pack("<I2I2I2I2I4I4I2", 0, 0, #entries, #entries, #listing, at, 0)
end

-- Both cores name the pad's buttons in this order; the console's own stand in another.
local PAD = { { "Up", "U", 0x10 }, { "Down", "D", 0x20 }, { "Left", "L", 0x40 }, { "Right", "R", 0x80 }, { "Start", "S", 0x08 }, { "Select", "s", 0x04 }, { "B", "B", 0x02 }, { "A", "A", 0x01 } }
local CONSOLE = { NesHawk = "#Power|Reset|", quickerNES = "#Reset|Power|" }
local SETTINGS = {
    NesHawk = '{"o":{"$type":"BizHawk.Emulation.Cores.Nintendo.NES.NES+NESSyncSettings, BizHawk.Emulation.Cores","BoardProperties":{},"RegionOverride":%d,'
        .. '"Controls":{"Famicom":false,"NesLeftPort":"ControllerNES","NesRightPort":"UnpluggedNES","FamicomExpPort":"UnpluggedFam"},"InitialWRamStatePattern":[]}}',
    quickerNES = '{"o":{"$type":"BizHawk.Emulation.Cores.Consoles.Nintendo.QuickNES.QuickNES+QuickNESSyncSettings, BizHawk.Emulation.Cores","Port1":1,"Port2":0}}',
}

local function log(movie)
    local names, lines = {}, {}
    for i, button in ipairs(PAD) do
        names[i] = "P1 " .. button[1] .. "|"
    end
    lines[1] = "[Input]"
    lines[2] = "LogKey:" .. CONSOLE[movie.core] .. "#" .. table.concat(names)
    local written = {} -- By mask: there are few.
    for _, mask in ipairs(movie.frames) do
        local line = written[mask]
        if not line then
            local letters = {}
            for i, button in ipairs(PAD) do
                letters[i] = mask & button[3] ~= 0 and button[2] or "."
            end
            line = "|..|" .. table.concat(letters) .. "|"
            written[mask] = line
        end
        lines[#lines + 1] = line
    end
    lines[#lines + 1] = "[/Input]\n"
    return table.concat(lines, "\n")
end

-- The movie as bytes. core: NesHawk or quickerNES; frames: from power-on, pad 1 as bits of bizhawk.BUTTONS; comment: a line.
function bk2.encode(movie)
    if not CONSOLE[movie.core] then
        error("the core is " .. tostring(movie.core) .. "; movies are written for NesHawk and quickerNES", 2)
    end
    local header = {
        "MovieVersion BizHawk v2.0.0", "Author " .. (movie.author or "mario_record.lua"), "emuVersion Version " .. client.getversion(), "Platform NES",
        "GameName " .. movie.rom.name, "SHA1 " .. movie.rom.sha1, "Core " .. movie.core,
    }
    if movie.is_pal then
        header[#header + 1] = "PAL 1"
    end
    return zip({
        { "Header.txt", table.concat(header, "\n") .. "\n" },
        { "Comments.txt", (movie.comment or ""):gsub("[\r\n]", " ") .. "\n" },
        { "SyncSettings.json", string.format(SETTINGS[movie.core], movie.is_pal and 2 or 1) .. "\n" },
        { "Input Log.txt", log(movie) },
    })
end

-- Writes the movie beside the scripts.
function bk2.save(path, movie)
    local file, message = io.open(path, "wb")
    if not file then
        error(message .. "; name another file", 0)
    end
    file:write(bk2.encode(movie))
    file:close()
end

return bk2
