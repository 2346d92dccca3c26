-- BizHawk's Lua libraries over the headless console. The C# side offers a table of natives; all that can be said in Lua is said here.
-- Names, parameters and results are those of EmuHawk 2.11's own definition files.
--
-- A native returns true and its results, or false and a message: an error is raised here, in Lua, never from inside a native.

local native = ...

local function settle(ok, ...)
    if not ok then
        error(..., 3)
    end
    return ...
end

local function call(name, ...)
    local function raise(ok, ...)
        if not ok then
            error(..., 0)
        end
        return ...
    end
    return raise(native[name](...))
end

-- Messages carry the script's line: level 2 of whoever called the library's function.
local function offer(name)
    local f = native[name]
    return function(...)
        return settle(f(...))
    end
end

local function missing(name, reason)
    return function()
        error(name .. " is not offered by the headless host: " .. reason, 2)
    end
end

local function integer(value, what, level)
    local n = math.tointeger(tonumber(value))
    if not n then
        error(what .. " is " .. tostring(value) .. "; expected a whole number", (level or 2) + 1)
    end
    return n
end

-- Scripts find files beside themselves, whatever folder the host was started in; EmuHawk sees to that by changing folders.

local scriptFolder = ""

local function beside(path)
    path = tostring(path)
    if path:match("^[/\\]") or path:match("^%a:[/\\]") then
        return path
    end
    return scriptFolder .. path
end

local plainOpen, plainLoadfile, plainLines, plainRemove, plainRename = io.open, loadfile, io.lines, os.remove, os.rename
function io.open(path, ...)
    return plainOpen(beside(path), ...)
end
function io.lines(path, ...)
    return plainLines(path and beside(path), ...)
end
function os.remove(path)
    return plainRemove(beside(path))
end
function os.rename(from, to)
    return plainRename(beside(from), beside(to))
end
function loadfile(path, ...)
    return plainLoadfile(path and beside(path), ...)
end
function dofile(path)
    local chunk, message = loadfile(path)
    if not chunk then
        error(message, 2)
    end
    return chunk()
end

-- console

console = {}

local function text(...)
    local parts = table.pack(...)
    for i = 1, parts.n do
        local part = parts[i]
        if type(part) == "table" then
            local lines = {}
            for key, value in pairs(part) do
                lines[#lines + 1] = string.format('"%s": "%s"', tostring(key), tostring(value))
            end
            table.sort(lines)
            part = table.concat(lines, "\n")
        end
        parts[i] = tostring(part)
    end
    return table.concat(parts, "\t")
end

function console.log(...)
    call("print", text(...) .. "\n")
end
console.writeline = console.log
function console.write(...)
    call("print", text(...))
end
function console.clear()
end
function console.getluafunctionslist()
    local names = {}
    for _, library in ipairs({ "bit", "bizstring", "client", "console", "emu", "event", "gameinfo", "gui", "input", "joypad", "mainmemory", "memory", "memorysavestate", "movie", "nes", "savestate", "userdata" }) do
        for name in pairs(_G[library]) do
            names[#names + 1] = library .. "." .. name
        end
    end
    table.sort(names)
    return table.concat(names, "\n")
end
print = console.log

-- memory, mainmemory

local MAIN = "RAM"
local currentDomain = MAIN

-- name, string.pack's format, bytes; u24 and s24 are put together from bytes.
local WORDS = {
    { "u8", "B", 1 }, { "s8", "b", 1 },
    { "u16_le", "<I2", 2 }, { "u16_be", ">I2", 2 }, { "s16_le", "<i2", 2 }, { "s16_be", ">i2", 2 },
    { "u24_le", "<I3", 3 }, { "u24_be", ">I3", 3 }, { "s24_le", "<i3", 3 }, { "s24_be", ">i3", 3 },
    { "u32_le", "<I4", 4 }, { "u32_be", ">I4", 4 }, { "s32_le", "<i4", 4 }, { "s32_be", ">i4", 4 },
}

local function library(pickDomain)
    local lib = {}

    local function read(address, length, domain)
        return settle(native.read(pickDomain(domain), integer(address, "the address", 4), length))
    end

    local function write(address, bytes, domain)
        settle(native.write(pickDomain(domain), integer(address, "the address", 4), bytes))
    end

    for _, word in ipairs(WORDS) do
        local name, format, size = table.unpack(word)
        local mask = (1 << 8 * size) - 1
        local unsigned = format:upper()
        lib["read_" .. name] = function(address, domain)
            return (string.unpack(format, read(address, size, domain)))
        end
        lib["write_" .. name] = function(address, value, domain)
            write(address, string.pack(unsigned, integer(value, "the value", 3) & mask), domain)
        end
    end

    lib.readbyte = lib.read_u8
    lib.writebyte = lib.write_u8

    function lib.readfloat(address, bigEndian, domain)
        return (string.unpack(bigEndian and ">f" or "<f", read(address, 4, domain)))
    end

    function lib.writefloat(address, value, bigEndian, domain)
        write(address, string.pack(bigEndian and ">f" or "<f", value), domain)
    end

    function lib.read_bytes_as_binary_string(address, length, domain)
        return read(address, integer(length, "the length"), domain)
    end

    function lib.write_bytes_as_binary_string(address, bytes, domain)
        write(address, bytes, domain)
    end

    local function values(address, length, domain)
        return read(address, integer(length, "the length", 3), domain)
    end

    function lib.read_bytes_as_array(address, length, domain)
        local bytes, result = values(address, length, domain), {}
        for i = 1, #bytes do
            result[i] = bytes:byte(i)
        end
        return result
    end

    function lib.readbyterange(address, length, domain)
        local bytes, result = values(address, length, domain), {}
        for i = 1, #bytes do
            result[i - 1] = bytes:byte(i)
        end
        return result
    end

    function lib.read_bytes_as_dict(address, length, domain)
        local bytes, result = values(address, length, domain), {}
        for i = 1, #bytes do
            result[address + i - 1] = bytes:byte(i)
        end
        return result
    end

    function lib.write_bytes_as_array(address, bytes, domain)
        local packed = {}
        for i, value in ipairs(bytes) do
            packed[i] = string.char(value & 0xFF)
        end
        write(address, table.concat(packed), domain)
    end

    function lib.write_bytes_as_dict(map, domain)
        for address, value in pairs(map) do
            write(address, string.char(value & 0xFF), domain)
        end
    end
    lib.writebyterange = lib.write_bytes_as_dict

    return lib
end

memory = library(function(domain)
    return domain or currentDomain
end)
mainmemory = library(function()
    return MAIN
end)

local domainSize = offer("domainsize")

function mainmemory.getname()
    return MAIN
end
function mainmemory.getcurrentmemorydomainsize()
    return domainSize(MAIN)
end

function memory.getmemorydomainlist()
    local names, at = {}, 0
    for name in call("domains"):gmatch("[^\n]+") do
        names[at] = name
        at = at + 1
    end
    return names
end
function memory.getmemorydomainsize(name)
    return domainSize(name or currentDomain)
end
function memory.getcurrentmemorydomain()
    return currentDomain
end
function memory.getcurrentmemorydomainsize()
    return domainSize(currentDomain)
end
function memory.usememorydomain(name)
    if not pcall(call, "domainsize", name) then
        return false
    end
    currentDomain = name
    return true
end
function memory.hash_region(address, length, domain)
    return settle(native.hash(domain or currentDomain, integer(address, "the address"), integer(length, "the length")))
end

-- joypad, input

local BUTTONS = { A = 0x01, B = 0x02, Select = 0x04, Start = 0x08, Up = 0x10, Down = 0x20, Left = 0x40, Right = 0x80 }

local function pad(mask, prefix, result)
    for name, bit in pairs(BUTTONS) do
        result[prefix .. name] = mask & bit ~= 0
    end
    return result
end

local function pads(source, controller)
    if controller then
        return pad(call(source, integer(controller, "the controller", 3)), "", {})
    end
    local all = pad(call(source, 2), "P2 ", pad(call(source, 1), "P1 ", {}))
    all.Power, all.Reset = false, false
    return all
end

joypad = {}
function joypad.get(controller)
    return pads("pad", controller)
end
function joypad.getwithmovie(controller)
    return pads("pad", controller)
end
function joypad.getimmediate(controller)
    return pads("userpad", controller)
end
function joypad.set(buttons, controller)
    if type(buttons) ~= "table" then
        error("joypad.set expects a table of buttons, such as { Right = true, A = true }", 2)
    end
    for name, value in pairs(buttons) do
        local number, button = controller, name
        if not controller then
            local digit, rest = tostring(name):match("^P(%d) (.+)$")
            number, button = tonumber(digit), rest
        end
        if value == "" then
            value = nil
        end
        if button == nil and (name == "Reset" or name == "Power") then
            if value then
                call("press", name)
            end
        elseif BUTTONS[button] then
            settle(native.setpad(integer(number, "the controller"), BUTTONS[button], value and true or false))
        end
    end
end
joypad.setanalog = missing("joypad.setanalog", "a standard controller has no axes")
function joypad.setfrommnemonicstr(line)
    settle(native.setmnemonic(line))
end

input = {}
function input.get()
    local keys = {}
    for key in call("keys"):gmatch("[^\n]+") do
        keys[key] = true
    end
    return keys
end
function input.getmouse()
    return { X = 0, Y = 0, Left = false, Middle = false, Right = false, XButton1 = false, XButton2 = false, Wheel = 0 }
end
function input.get_pressed_axes()
    return {}
end

-- emu

emu = {
    framecount = offer("framecount"),
    lagcount = offer("lagcount"),
    setlagcount = offer("setlagcount"),
    islagged = offer("islagged"),
    totalexecutedcycles = offer("cycles"),
    getboardname = offer("board"),
    getdisplaytype = offer("displaytype"),
    getregisters = missing("emu.getregisters", "the core keeps its registers to itself between frames"),
    getregister = missing("emu.getregister", "the core keeps its registers to itself between frames"),
    setregister = missing("emu.setregister", "the core keeps its registers to itself between frames"),
    disassemble = missing("emu.disassemble", "it has no disassembler"),
}
function emu.setislagged(value)
    settle(native.setislagged(value ~= false))
end
function emu.getsystemid()
    return "NES"
end
function emu.frameadvance()
    coroutine.yield("frame")
end
function emu.yield()
    coroutine.yield("yield")
end
function emu.displayvsync()
end
function emu.limitframerate()
end
function emu.minimizeframeskip()
end
function emu.setrenderplanes(sprites, background)
    settle(native.setrenderplanes(sprites and true or false, background and true or false))
end

-- event

event = {}
local handlers, nextId = {}, 0

local function register(kind)
    return function(f, name)
        if type(f) ~= "function" then
            error("expected a function to call, got " .. type(f), 2)
        end
        nextId = nextId + 1
        local id = string.format("00000000-0000-0000-0000-%012x", nextId)
        handlers[#handlers + 1] = { kind = kind, f = f, name = name, id = id }
        return id
    end
end

for _, kind in ipairs({ "framestart", "frameend", "inputpoll", "loadstate", "savestate", "exit", "consoleclose" }) do
    event["on" .. kind] = register(kind)
end
for _, name in ipairs({ "on_bus_read", "on_bus_write", "on_bus_exec", "on_bus_exec_any", "onmemoryread", "onmemorywrite", "onmemoryexecute", "onmemoryexecuteany" }) do
    event[name] = missing("event." .. name, "its core does not report single accesses; look at RAM after each frame instead")
end

local function unregister(field, value)
    for i, handler in ipairs(handlers) do
        if handler[field] == value then
            table.remove(handlers, i)
            return true
        end
    end
    return false
end
function event.unregisterbyid(id)
    return unregister("id", id)
end
function event.unregisterbyname(name)
    return unregister("name", name)
end
function event.availableScopes()
    return { [0] = "System Bus" }
end
function event.can_use_callback_params(subset)
    return subset == "memory"
end

local function fire(kind, ...)
    for _, handler in ipairs({ table.unpack(handlers) }) do
        if handler.kind == kind then
            handler.f(...)
        end
    end
end

-- gui

local COLOURS = {
    black = 0xFF000000, white = 0xFFFFFFFF, red = 0xFFFF0000, green = 0xFF008000, lime = 0xFF00FF00, blue = 0xFF0000FF, yellow = 0xFFFFFF00, cyan = 0xFF00FFFF,
    magenta = 0xFFFF00FF, orange = 0xFFFFA500, purple = 0xFF800080, pink = 0xFFFFC0CB, brown = 0xFFA52A2A, gray = 0xFF808080, grey = 0xFF808080,
    silver = 0xFFC0C0C0, maroon = 0xFF800000, navy = 0xFF000080, teal = 0xFF008080, olive = 0xFF808000, transparent = 0x00FFFFFF,
}

local function colour(value, default)
    if value == nil then
        return default
    end
    if type(value) == "number" then
        return math.tointeger(value) & 0xFFFFFFFF
    end
    local text = tostring(value):lower()
    local six, eight = text:match("^#(%x%x%x%x%x%x)$"), text:match("^#(%x%x%x%x%x%x%x%x)$")
    local known = COLOURS[text] or six and (0xFF000000 | tonumber(six, 16)) or eight and tonumber(eight, 16)
    if not known then
        error("'" .. tostring(value) .. "' is no colour; expected a number 0xAARRGGBB, '#AARRGGBB' or a name such as 'red'", 3)
    end
    return known
end

local ink, paper, textPaper, surface = 0xFFFFFFFF, 0, 0x7F000000, "emucore"
local FONTS = { fceux = "fceux", gens = "gens", ["0"] = "fceux", ["1"] = "gens" }

local function whole(value)
    return math.tointeger(value) or math.floor(tonumber(value) or error("a coordinate is " .. tostring(value) .. "; expected a number", 4))
end

local function draw(kind, x1, y1, x2, y2, line, fill, message, size, on)
    settle(native.draw(kind, whole(x1), whole(y1), whole(x2), whole(y2), line, fill, message or "", size or 0, on or surface))
end

gui = {}
function gui.drawPixel(x, y, line, on)
    draw("line", x, y, x, y, colour(line, ink), 0, nil, nil, on)
end
function gui.drawLine(x1, y1, x2, y2, line, on)
    draw("line", x1, y1, x2, y2, colour(line, ink), 0, nil, nil, on)
end
function gui.drawBox(x1, y1, x2, y2, line, fill, on)
    draw("box", math.min(x1, x2), math.min(y1, y2), math.max(x1, x2), math.max(y1, y2), colour(line, ink), colour(fill, paper), nil, nil, on)
end
function gui.drawRectangle(x, y, width, height, line, fill, on)
    draw("box", x, y, x + width, y + height, colour(line, ink), colour(fill, paper), nil, nil, on)
end
function gui.drawEllipse(x, y, width, height, line, fill, on)
    draw("ellipse", x, y, x + width, y + height, colour(line, ink), colour(fill, paper), nil, nil, on)
end
function gui.drawAxis(x, y, size, line, on)
    draw("line", x - size, y, x + size, y, colour(line, ink), 0, nil, nil, on)
    draw("line", x, y - size, x, y + size, colour(line, ink), 0, nil, nil, on)
end
function gui.drawPolygon(points, offsetX, offsetY, line, fill, on)
    for i, from in ipairs(points) do
        local to = points[i % #points + 1]
        draw("line", from[1] + (offsetX or 0), from[2] + (offsetY or 0), to[1] + (offsetX or 0), to[2] + (offsetY or 0), colour(line, ink), 0, nil, nil, on)
    end
end
function gui.pixelText(x, y, message, fore, back, font, on)
    local _ = font == nil or FONTS[tostring(font)] or error("'" .. tostring(font) .. "' is no pixel font; expected fceux or gens", 2)
    draw("text", x, y, 0, 0, colour(fore, ink), colour(back, textPaper), tostring(message), 1, on)
end
function gui.drawString(x, y, message, fore, back, size, family, style, across, down, on)
    message = tostring(message)
    local scale = math.max(1, math.floor((size or 12) / 12 + 0.5))
    local width, height = #message * 6 * scale, 8 * scale
    x = across == "center" and x - width // 2 or across == "right" and x - width or x
    y = down == "middle" and y - height // 2 or down == "bottom" and y - height or y
    draw("text", x, y, 0, 0, colour(fore, ink), colour(back, 0), message, scale, on)
end
gui.drawText = gui.drawString
function gui.text(x, y, message, fore, anchor)
    message = tostring(message)
    local width, height = 256, 224
    if anchor == "topright" or anchor == "bottomright" then
        x = width - x - #message * 6
    end
    if anchor == "bottomleft" or anchor == "bottomright" then
        y = height - y - 8
    end
    draw("text", x, y, 0, 0, colour(fore, ink), 0, message, 1, "client")
end
gui.addmessage = function(message)
    call("message", tostring(message))
end
gui.clearGraphics = function(on)
    call("clear", on or surface)
end
function gui.cleartext()
    call("clear", "client")
end
function gui.clearImageCache()
end
function gui.defaultForeground(value)
    ink = colour(value, ink)
end
function gui.defaultBackground(value)
    paper = colour(value, paper)
end
function gui.defaultTextBackground(value)
    textPaper = colour(value, textPaper)
end
function gui.defaultPixelFont(font)
    return FONTS[tostring(font)] or error("'" .. tostring(font) .. "' is no pixel font; expected fceux or gens", 2)
end
function gui.use_surface(name)
    if name ~= "emucore" and name ~= "client" then
        error("'" .. tostring(name) .. "' is no surface; expected emucore or client", 2)
    end
    surface = name
end
function gui.DrawNew(name, clear)
    if name == "emu" then
        name = "emucore"
    elseif name == "native" then
        name = "client"
    end
    gui.use_surface(name)
    if clear ~= false then
        call("clear", name)
    end
end
function gui.DrawFinish()
end
for _, name in ipairs({ "drawImage", "drawImageRegion", "drawIcon", "drawBezier", "drawPie", "createcanvas" }) do
    gui[name] = missing("gui." .. name, "it draws pixels, lines, boxes, ellipses and text")
end

-- client

client = {
    pause = offer("pause"),
    unpause = offer("unpause"),
    ispaused = offer("ispaused"),
    reboot_core = offer("reboot"),
    exitCode = offer("exit"),
    openrom = missing("client.openrom", "it runs the one game it was started with"),
    closerom = missing("client.closerom", "it runs the one game it was started with"),
    addcheat = missing("client.addcheat", "it has no cheats"),
    removecheat = missing("client.removecheat", "it has no cheats"),
    show_future = missing("client.show_future", "it has no window"),
}
function client.togglepause()
    call(call("ispaused") and "unpause" or "pause")
end
function client.exit()
    call("exit", 0)
end
function client.screenshot(path)
    settle(native.screenshot(beside(path or "screenshot.png")))
end
function client.getversion()
    return "2.11"
end
function client.get_lua_engine()
    return "NLua+Lua"
end
function client.bufferwidth()
    return 256
end
function client.bufferheight()
    return 224
end
client.screenwidth, client.screenheight = client.bufferwidth, client.bufferheight
function client.borderwidth()
    return 0
end
client.borderheight, client.xpos, client.ypos, client.gettargetscanlineintensity = client.borderwidth, client.borderwidth, client.borderwidth, client.borderwidth
function client.getwindowsize()
    return 1
end
function client.transformPoint(x, y)
    return { x = x, y = y }
end
function client.get_approx_framerate()
    return 60
end
local function no()
    return false
end
client.isturbo, client.isseeking, client.is_rewinding, client.GetSoundOn = no, no, no, no
function client.getavailabletools()
    return {}
end
-- What concerns a window, sound or speed has no meaning here and is taken without a word.
for _, name in ipairs({ "speedmode", "frameskip", "setwindowsize", "displaymessages", "enablerewind", "SetSoundOn", "SetClientExtraPadding", "SetGameExtraPadding", "setscreenshotosd",
    "settargetscanlineintensity", "saveram", "clearautohold", "pause_av", "unpause_av", "sleep", "exactsleep", "screenshottoclipboard", "opencheats", "openhexeditor", "openramsearch", "openramwatch",
    "opentasstudio", "opentoolbox", "opentracelogger" }) do
    client[name] = function()
    end
end
client.getluafunctionslist = console.getluafunctionslist

-- savestate, memorysavestate

savestate = {}
function savestate.save(path)
    path = beside(path)
    settle(native.savestate(path))
    fire("savestate", path)
end
function savestate.load(path)
    path = beside(path)
    settle(native.loadstate(path))
    fire("loadstate", path)
    return true
end
function savestate.saveslot(slot)
    settle(native.saveslot(integer(slot, "the slot")))
    fire("savestate", "QuickSave" .. slot)
end
function savestate.loadslot(slot)
    settle(native.loadslot(integer(slot, "the slot")))
    fire("loadstate", "QuickSave" .. slot)
    return true
end

memorysavestate = {
    savecorestate = offer("memsave"),
    loadcorestate = offer("memload"),
    removestate = offer("memremove"),
    clearstatesfrommemory = offer("memclear"),
}

-- movie

local mode = offer("moviemode")
movie = {
    mode = mode,
    length = offer("movielength"),
    filename = offer("moviefilename"),
    getrerecordcount = offer("getrerecords"),
    setrerecordcount = offer("setrerecords"),
    getinputasmnemonic = offer("moviemnemonic"),
}
local readOnly = true
function movie.isloaded()
    return mode() ~= "INACTIVE"
end
function movie.getinput(frame, controller)
    local one, two = settle(native.movieinput(integer(frame, "the frame")))
    if not one then
        return nil
    end
    if controller then
        return pad(controller == 2 and two or one, "", {})
    end
    return pad(two, "P2 ", pad(one, "P1 ", {}))
end
function movie.play_from_start(path)
    return settle(native.movieplay(path and beside(path) or ""))
end
function movie.save(path)
    settle(native.moviesave(path and beside(path) or ""))
end
function movie.stop(save)
    settle(native.moviestop(save ~= false))
end
function movie.getfps()
    return call("displaytype") == "PAL" and 50.00698 or 60.0988
end
function movie.getreadonly()
    return readOnly
end
function movie.setreadonly(value)
    readOnly = value and true or false
end
movie.getrerecordcounting = offer("counting")
function movie.setrerecordcounting(value)
    call("setcounting", value and true or false)
end
function movie.startsfromsavestate()
    return false
end
movie.startsfromsaveram = movie.startsfromsavestate
function movie.getcomments()
    return {}
end
movie.getsubtitles = movie.getcomments
function movie.getheader()
    return { Platform = "NES", GameName = call("romname"), SHA1 = call("romhash") }
end

-- gameinfo, nes, userdata

gameinfo = { getromname = offer("romname"), getromhash = offer("romhash"), getboardtype = offer("board") }
function gameinfo.getstatus()
    return "Unknown"
end
gameinfo.indatabase, gameinfo.isstatusbad = no, no
function gameinfo.getoptions()
    return {}
end

nes = {}
function nes.gettopscanline()
    return 8
end
function nes.getbottomscanline()
    return 231
end
nes.getdispbackground, nes.getdispsprites = offer("showsbackground"), offer("showssprites")
nes.getclipleftandright, nes.getallowmorethaneightsprites = no, no
function nes.setdispbackground(show)
    emu.setrenderplanes(nes.getdispsprites(), show)
end
function nes.setdispsprites(show)
    emu.setrenderplanes(show, nes.getdispbackground())
end
for _, name in ipairs({ "setscanlines", "setclipleftandright", "setallowmorethaneightsprites" }) do
    nes[name] = missing("nes." .. name, "its picture is always that of scanlines 8 to 231, as the console draws it")
end

userdata = {}
local notes = {}
function userdata.set(name, value)
    notes[name] = value
end
function userdata.get(name)
    return notes[name]
end
function userdata.clear()
    notes = {}
end
function userdata.remove(name)
    local had = notes[name] ~= nil
    notes[name] = nil
    return had
end
function userdata.containskey(name)
    return notes[name] ~= nil
end

-- bit, bizstring

bit = {}
local function u32(value)
    return math.tointeger(value) & 0xFFFFFFFF
end
function bit.band(a, b)
    return u32(a) & u32(b)
end
function bit.bor(a, b)
    return u32(a) | u32(b)
end
function bit.bxor(a, b)
    return u32(a) ~ u32(b)
end
function bit.bnot(a)
    return ~u32(a) & 0xFFFFFFFF
end
function bit.lshift(a, by)
    return u32(u32(a) << (by & 31))
end
function bit.rshift(a, by)
    return u32(a) >> (by & 31)
end
function bit.arshift(a, by)
    local value = u32(a)
    return (value < 0x80000000 and value or value - 0x100000000) // (1 << (by & 31))
end
function bit.rol(a, by)
    by = by & 31
    return u32(u32(a) << by | u32(a) >> (32 - by))
end
function bit.ror(a, by)
    by = by & 31
    return u32(u32(a) >> by | u32(a) << (32 - by))
end
function bit.check(a, position)
    return a & (1 << position) ~= 0
end
function bit.set(a, position)
    return a | (1 << position)
end
function bit.clear(a, position)
    return a & ~(1 << position)
end
function bit.byteswap_16(a)
    return (string.unpack(">I2", string.pack("<I2", a & 0xFFFF)))
end
function bit.byteswap_32(a)
    return (string.unpack(">I4", string.pack("<I4", u32(a))))
end
function bit.byteswap_64(a)
    return (string.unpack(">i8", string.pack("<i8", a)))
end

bizstring = {}
function bizstring.hex(n)
    return string.format("%X", n)
end
function bizstring.binary(n)
    local digits = {}
    repeat
        table.insert(digits, 1, n & 1)
        n = n >> 1
    until n == 0
    return table.concat(digits)
end
function bizstring.octal(n)
    return string.format("%o", n)
end
function bizstring.trim(s)
    return (s:match("^%s*(.-)%s*$"))
end
function bizstring.contains(s, part)
    return s:find(part, 1, true) ~= nil
end
function bizstring.startswith(s, part)
    return s:sub(1, #part) == part
end
function bizstring.endswith(s, part)
    return part == "" or s:sub(-#part) == part
end
function bizstring.toupper(s)
    return s:upper()
end
function bizstring.tolower(s)
    return s:lower()
end
function bizstring.replace(s, from, to)
    local result, at = {}, 1
    while from ~= "" do
        local first, last = s:find(from, at, true)
        if not first then
            break
        end
        result[#result + 1] = s:sub(at, first - 1) .. to
        at = last + 1
    end
    return table.concat(result) .. s:sub(at)
end
function bizstring.substring(s, position, length)
    return s:sub(position + 1, position + length)
end
function bizstring.remove(s, position, count)
    return s:sub(1, position) .. s:sub(position + count + 1)
end
function bizstring.split(s, separator)
    local parts, at = {}, 1
    while true do
        local first, last = s:find(separator, at, true)
        parts[#parts + 1] = s:sub(at, (first or 0) - 1)
        if not first then
            return parts
        end
        at = last + 1
    end
end
function bizstring.pad_start(s, length, with)
    return string.rep((with or " "):sub(1, 1), length - #s) .. s
end
function bizstring.pad_end(s, length, with)
    return s .. string.rep((with or " "):sub(1, 1), length - #s)
end

-- Libraries that are not here say so when used, not when looked for.
for _, name in ipairs({ "forms", "comm", "SQL", "tastudio" }) do
    _G[name] = setmetatable({}, {
        __index = function(_, member)
            error(name .. "." .. tostring(member) .. " is not offered by the headless host: it has no windows, sockets, databases or TAStudio", 2)
        end,
    })
end

-- The script is a coroutine that runs from one emu.frameadvance to the next. All coroutines are watched, so that a loop that never comes to one can be stopped.

local WATCH = 100000 -- Instructions between looks at whether to stop.
local plainCreate, plainSetHook = coroutine.create, debug.sethook

local function watched(co)
    local function look()
        if native.stopped() then
            -- From now on at every instruction: a pcall in the script catches this once, not for ever.
            plainSetHook(co, function()
                error("stopped", 0)
            end, "", 1)
            error("stopped", 0)
        end
    end
    plainSetHook(co, look, "", WATCH)
    return co
end

function coroutine.create(f)
    return watched(plainCreate(f))
end
function coroutine.wrap(f)
    local co = coroutine.create(f)
    return function(...)
        local results = table.pack(coroutine.resume(co, ...))
        if not results[1] then
            error(results[2], 2)
        end
        return table.unpack(results, 2, results.n)
    end
end
debug.sethook = nil

local script, waitsFor, exited
local host = {}

-- Runs f to its end or next wait; afterwards says which, or raises the error with a traceback of the script.
local function resume(co, ...)
    local ok, what = coroutine.resume(co, ...)
    if not ok then
        error(what == "stopped" and what or debug.traceback(co, tostring(what)), 0)
    end
    return coroutine.status(co) == "dead" and "done" or what or "frame"
end

local function guarded(f, ...)
    local co = coroutine.create(f)
    if resume(co, ...) ~= "done" then
        error("an event handler may not wait for a frame; only the script itself may", 0)
    end
end

function host.start(path, folder)
    scriptFolder = folder
    package.path = folder .. "?.lua;" .. folder .. "?/init.lua;" .. package.path
    local chunk, message = plainLoadfile(path)
    if not chunk then
        error(message, 0)
    end
    script = coroutine.create(chunk)
    waitsFor = resume(script)
    return waitsFor
end

-- One turn: a frame has passed, or (while paused) none has.
function host.turn(framePassed)
    if waitsFor ~= "done" and (framePassed or waitsFor == "yield") then
        waitsFor = resume(script)
    end
    return waitsFor
end

function host.fire(kind, ...)
    guarded(fire, kind, ...)
end

function host.waits()
    return waitsFor
end

function host.listens()
    for _, handler in ipairs(handlers) do
        if handler.kind == "framestart" or handler.kind == "frameend" or handler.kind == "inputpoll" then
            return true
        end
    end
    return false
end

function host.note(name, value)
    notes[name] = value
end

return host
