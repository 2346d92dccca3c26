-- A trained network as mario-agent weights export RUN --out policy.lua writes it, and what it makes of an observation.
--
--     local net = policy.load("policy.lua")
--     local action, values = net:choose(observations)     action from 1; net.actions[action] are its buttons as bits
--
-- Computed in doubles: the C# side sums in singles, so the two differ in the seventh digit.

local base64 = require("lib.base64")

local policy = {
    FORMAT = 1,
    -- Multiplications a decision, zeros included, that fit into a frame. Two layers of 256 (318,000) took 4 ms, two of 750 (1,307,000) 19 ms.
    LARGEST = 1000000,
}

local EPSILON = 1e-5 -- LayerNorm's, PyTorch's default.

local Policy = {}
Policy.__index = Policy

local function numbers(text, count, what)
    local bytes = base64.decode(text)
    if #bytes ~= count * 4 then
        error(string.format("%s holds %d numbers; expected %d. Export the network anew", what, #bytes // 4, count), 0)
    end
    local values = {}
    for from = 0, count - 1, 64 do
        local n = math.min(64, count - from)
        local chunk = table.pack(string.unpack("<" .. string.rep("f", n), bytes, from * 4 + 1))
        table.move(chunk, 1, n, from + 1, values)
    end
    return values
end

-- weight[output][input], and for the first layer weight[input][output]: most inputs are 0, and whole rows of it are left out.
local function matrix(flat, outputs, inputs, by_input)
    local rows = {}
    if by_input then
        for i = 1, inputs do
            local row = {}
            for o = 1, outputs do
                row[o] = flat[(o - 1) * inputs + i]
            end
            rows[i] = row
        end
    else
        for o = 1, outputs do
            rows[o] = table.move(flat, (o - 1) * inputs + 1, o * inputs, 1, {})
        end
    end
    return rows
end

local function check(ok, path, message)
    if not ok then
        error(path .. ": " .. message, 0)
    end
end

-- description: what the file returns; path: what messages call it.
function policy.new(description, path)
    local d = description
    check(type(d) == "table" and d.format ~= nil and d.layers, path, "this is no exported network; write one with mario-agent weights export RUN --out policy.lua")
    check(d.format == policy.FORMAT, path, "format " .. tostring(d.format) .. "; these scripts read format " .. policy.FORMAT .. ". Export the network with the same release")
    check(d.observation.kind == "tiles", path, "the network sees " .. tostring(d.observation.kind) .. "; Lua plays networks that see tiles")

    local self = setmetatable({ description = d, actions = d.actions, layers = {} }, Policy)
    local work, inputs = 0, d.observation.bytes * d.observation.stack
    for i, layer in ipairs(d.layers) do
        if layer.kind == "linear" or layer.kind == "dueling" then
            work = work + inputs * layer.outputs
            inputs = layer.outputs
        elseif layer.kind ~= "norm" then
            check(false, path, "layer " .. i .. " is " .. tostring(layer.kind) .. "; Lua plays networks of linear layers. Use the plug-in for others")
        end
    end
    check(work <= policy.LARGEST, path, string.format(
        "the network takes %d multiplications a decision, and Lua keeps up to %d at full speed; train a smaller one (--set pqn.network.hiddenUnits=256), or use the plug-in", work, policy.LARGEST))

    inputs = d.observation.bytes * d.observation.stack
    for i, layer in ipairs(d.layers) do
        local what = path .. ", layer " .. i
        local built = { kind = layer.kind, relu = layer.relu, inputs = inputs, outputs = layer.outputs }
        if layer.kind == "norm" then
            built.gamma, built.beta = numbers(layer.weight, inputs, what), numbers(layer.bias, inputs, what)
            built.outputs = inputs
        else
            built.weight = matrix(numbers(layer.weight, layer.outputs * inputs, what), layer.outputs, inputs, i == 1)
            built.bias = numbers(layer.bias, layer.outputs, what)
        end
        inputs = built.outputs
        self.layers[i] = built
    end
    local last = self.layers[#self.layers]
    local atoms = d.bins and d.bins.count or 1
    last.atoms = atoms
    local given = last.outputs / atoms - (last.kind == "dueling" and 1 or 0)
    check(given == #self.actions, path, string.format("the network values %g actions and the file names %d. Export it anew", given, #self.actions))
    return self
end

-- Reads an exported network.
function policy.load(path)
    local chunk, message = loadfile(path)
    if not chunk then
        error(message .. "\nExpected a network: mario-agent weights export RUN --out policy.lua writes one", 0)
    end
    return policy.new(chunk(), path)
end

local function first(layer, observations, scale)
    local y, weight, outputs = table.move(layer.bias, 1, layer.outputs, 1, {}), layer.weight, layer.outputs
    local at = 0
    for _, values in ipairs(observations) do
        for i = 1, #values do
            local value = values[i]
            if value ~= 0 then
                local row = weight[at + i]
                value = value * scale
                for o = 1, outputs do
                    y[o] = y[o] + value * row[o]
                end
            end
        end
        at = at + #values
    end
    return y
end

local function linear(layer, x)
    local y, inputs = {}, layer.inputs
    for o = 1, layer.outputs do
        local row, sum = layer.weight[o], layer.bias[o]
        for i = 1, inputs do
            sum = sum + x[i] * row[i]
        end
        y[o] = sum
    end
    return y
end

-- y = gamma (x - mean) / sqrt(variance + epsilon) + beta
local function norm(layer, x)
    local n, mean, variance = layer.inputs, 0, 0
    for i = 1, n do
        mean = mean + x[i]
    end
    mean = mean / n
    for i = 1, n do
        variance = variance + (x[i] - mean) ^ 2
    end
    local scale = 1 / math.sqrt(variance / n + EPSILON)
    for i = 1, n do
        x[i] = layer.gamma[i] * (x[i] - mean) * scale + layer.beta[i]
    end
    return x
end

-- Q = V + A - mean(A), number by number; the value comes first.
local function dueling(layer, x)
    local streams, atoms, q = linear(layer, x), layer.atoms, {}
    local count = layer.outputs // atoms - 1
    for i = 1, atoms do
        local mean = 0
        for a = 1, count do
            mean = mean + streams[a * atoms + i]
        end
        for a = 1, count do
            q[(a - 1) * atoms + i] = streams[i] + streams[a * atoms + i] - mean / count
        end
    end
    return q
end

-- The mean of each action's bins: sum of p z, p the softmax of its logits.
local function means(bins, logits)
    local q = {}
    for a = 1, #logits // bins.count do
        local at, highest, total, sum = (a - 1) * bins.count, -math.huge, 0, 0
        for i = 1, bins.count do
            highest = math.max(highest, logits[at + i])
        end
        for i = 1, bins.count do
            local p = math.exp(logits[at + i] - highest)
            total = total + p
            sum = sum + p * (bins.first + (i - 1) * bins.step)
        end
        q[a] = sum / total
    end
    return q
end

-- The value of each action. observations: the stack, oldest first, as lib/tiles.lua gives them.
function Policy:values(observations)
    local x
    for i, layer in ipairs(self.layers) do
        if i == 1 then
            x = first(layer, observations, self.description.observation.scale)
        elseif layer.kind == "norm" then
            x = norm(layer, x)
        elseif layer.kind == "dueling" then
            x = dueling(layer, x)
        else
            x = linear(layer, x)
        end
        if layer.relu then
            for j = 1, #x do
                x[j] = x[j] > 0 and x[j] or 0.0
            end
        end
    end
    local bins = self.description.bins
    if bins then
        return means(bins, x)
    end
    return x
end

-- The action of the highest value, the first among equals, and all values.
function Policy:choose(observations)
    local values, best = self:values(observations), 1
    for a = 2, #values do
        if values[a] > values[best] then
            best = a
        end
    end
    return best, values
end

return policy
