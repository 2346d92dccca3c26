-- One life in a stage, step by step: GameSession of the C# side. A step is frame_skip frames in which Mario is held by an action,
-- and what frames follow in which the game leads him.
--
--     session:begin(frame)                  waits until the game listens, then
--     session.awaits_action                 session:act() is due before the next frame
--     session:after_frame(frame)            told of each frame, right after it
--     session.ending                        None while it lasts

local reward = require("lib.reward")

local session = { LONGEST_PASS = 1800 } -- Frames in a row in which the game may lead Mario before an episode is cut off.

local Session = {}
Session.__index = Session

-- settings: frame_skip; observer (see lib/tiles.lua), or none; stack, 1 or more observations; stall_steps.
function session.new(settings)
    return setmetatable({
        frame_skip = settings.frame_skip or 4,
        observer = settings.observer,
        stack = settings.stack or 1,
        reward = reward.new(settings.stall_steps or 0),
        phase = "idle",
    }, Session)
end

-- no_ops: frames to wait before the first action.
function Session:begin(frame, no_ops)
    self.ending, self.steps, self.total, self.frames, self.passed, self.no_ops = "None", 0, 0, 0, 0, no_ops or 0
    self.phase, self.awaits_action, self.observations = "opening", false, {}
    if self.observer then
        self.observer:begin()
    end
    self:open_when_ready(frame)
end

function Session:open_when_ready(frame)
    if self.no_ops > 0 or not frame.is_listening then
        return
    end
    for _ = 1, self.stack do
        self.observations[#self.observations + 1] = self.observer and #self.observations == 0 and self.observer:observe(frame) or self.observations[1]
    end
    self.reward:begin_episode(frame)
    self.world, self.stage = frame.world, frame.stage
    self.phase, self.awaits_action = "choosing", true
end

-- The action for the coming frames has been chosen; whoever plays holds its buttons while is_holding.
function Session:act()
    assert(self.phase == "choosing", "no action is due; run frames until awaits_action")
    self.frames_left, self.phase, self.awaits_action = self.frame_skip, "stepping", false
    self.reward:begin_step()
end

function Session:is_holding()
    return self.phase == "stepping"
end

function Session:after_frame(frame)
    self.frames = self.frames + 1
    if self.phase == "opening" then
        self.no_ops = math.max(self.no_ops - 1, 0)
        if frame.ending ~= "None" then
            self:over(frame.ending)
            return
        end
        self:open_when_ready(frame)
    elseif self.phase == "stepping" then
        self.frames_left = self.frames_left - 1
        local ending = self.reward:after_frame(frame)
        if ending ~= "None" then
            self:observe(frame)
            self:over(ending)
        elseif not frame.is_listening then
            self.phase, self.passed = "passing", 0
        else
            self:after_held_frame(frame)
        end
    elseif self.phase == "passing" then
        self.reward:after_passed_frame(frame)
        self.passed = self.passed + 1
        if frame.is_listening then
            self.phase = "stepping"
            self:after_held_frame(frame)
        elseif self.passed >= session.LONGEST_PASS then
            self:observe(frame)
            self:over("Truncated")
        end
    end
end

-- A held frame is over and the game listens again.
function Session:after_held_frame(frame)
    if frame.world ~= self.world or frame.stage ~= self.stage then
        self:observe(frame)
        self:over("Truncated")
        return
    end
    if self.frames_left > 0 then
        return
    end
    self:observe(frame)
    local ending = self.reward:end_step()
    if ending ~= "None" then
        self:over(ending)
        return
    end
    self:end_step()
    self.phase, self.awaits_action = "choosing", true
end

function Session:observe(frame)
    if self.observer then
        table.remove(self.observations, 1)
        self.observations[self.stack] = self.observer:observe(frame)
    end
end

function Session:end_step()
    self.step_reward = self.reward:total()
    self.steps, self.total = self.steps + 1, self.total + self.step_reward
end

function Session:over(ending)
    if self.phase ~= "opening" then
        self:end_step()
    end
    self.phase, self.ending, self.awaits_action = "over", ending, false
end

return session
