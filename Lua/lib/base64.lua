-- Bytes as text (RFC 4648) and back.

local base64 = {}

local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local VALUES = {}
for i = 1, #LETTERS do
    VALUES[LETTERS:byte(i)] = i - 1
end

function base64.encode(bytes)
    local parts = {}
    for at = 1, #bytes, 3 do
        local a, b, c = bytes:byte(at, at + 2)
        local word = a << 16 | (b or 0) << 8 | (c or 0)
        local function letter(shift)
            local i = (word >> shift & 63) + 1
            return LETTERS:sub(i, i)
        end
        parts[#parts + 1] = letter(18) .. letter(12) .. (b and letter(6) or "=") .. (c and letter(0) or "=")
    end
    return table.concat(parts)
end

function base64.decode(text)
    local parts, pack = {}, string.char
    for at = 1, #text, 4 do
        local a, b, c, d = text:byte(at, at + 3)
        local word = VALUES[a] << 18 | VALUES[b] << 12 | (VALUES[c] or 0) << 6 | (VALUES[d] or 0)
        parts[#parts + 1] = VALUES[d] and pack(word >> 16, word >> 8 & 255, word & 255) or VALUES[c] and pack(word >> 16, word >> 8 & 255) or pack(word >> 16)
    end
    return table.concat(parts)
end

return base64
