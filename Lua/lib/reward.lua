-- The reward the agent learns from: ProgressReward of the C# side, for one stage.
-- r = pixels / 32 - 0.02 a step; -2 for a death or a stall, +5 for the flag.

local ram = require("lib.ram")

local reward = { PIXELS_PER_POINT = 32, PER_STEP = -0.02, DEATH = -2, FLAG = 5 }

local JUMP = 16 -- Pixels in one frame that only a change of place explains. Running is 2.5.

local Reward = {}
Reward.__index = Reward

-- stall_steps: steps without new ground before an episode ends; 0 for never.
function reward.new(stall_steps)
    return setmetatable({ stall_steps = stall_steps }, Reward)
end

local function price(ending)
    return ending == "None" and 0 or ending == "FlagReached" and reward.FLAG or reward.DEATH
end

function Reward:enter(x)
    self.x, self.furthest, self.new_ground = x, x, 0
end

function Reward:begin_episode(frame)
    self:enter(frame.level_x)
    self.walked, self.walked_before, self.furthest_walked, self.idle = 0, 0, 0, 0
    self.last_ending = "None"
    self:begin_step()
end

function Reward:begin_step()
    self.walked_before, self.progress, self.ending = self.walked, 0, 0
end

-- Pixels walked since the last frame; 0 on a change of place, and on ground walked before a maze turned Mario back.
function Reward:advance(frame)
    local x = frame.level_x
    local dx = x - self.x
    if dx > JUMP or dx < -JUMP then
        if dx < 0 and frame.routine == ram.PlayerRoutines.Control then
            self.x, self.new_ground = x, self.furthest
        else
            self:enter(x)
        end
        return 0
    end
    self.x = x
    if x < self.new_ground then
        return 0
    end
    self.new_ground, self.furthest = 0, math.max(self.furthest, x)
    return dx
end

-- A frame with the action held; says which ending it shows.
function Reward:after_frame(frame)
    self.walked = self.walked + self:advance(frame)
    local ending = frame.ending
    if ending ~= self.last_ending then
        self.ending = self.ending + price(ending)
    end
    self.last_ending = ending
    self.progress = (self.walked - self.walked_before) / reward.PIXELS_PER_POINT
    return ending
end

-- A frame in which the game led Mario.
function Reward:after_passed_frame(frame)
    self:advance(frame)
end

-- The step is over without an ending; the last chance to name one.
function Reward:end_step()
    if self.walked > self.furthest_walked then
        self.furthest_walked, self.idle = self.walked, 0
        return "None"
    end
    self.idle = self.idle + 1
    if self.idle == self.stall_steps then
        self.ending = self.ending + reward.DEATH
        return "Stalled"
    end
    return "None"
end

function Reward:total()
    return self.progress + reward.PER_STEP + self.ending
end

return reward
