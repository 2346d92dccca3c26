"""Golden rewards: the steps of the three notebooks, run by their own code over scripted episodes.

    /usr/bin/python3 golden_rewards.py FOLDER_OF_THE_NOTEBOOKS > rewards.json

An episode is a list of segments [frames, dx, y, yhigh, routine, flag, post_routine, post_yhigh]: that many frames, each dx pixels
on, with that scanline, $00B5 and $000E, and with (1) or without (0) Bowser or the castle's flag while he climbs; then $000E and
$00B5 as they are once gym has skipped on from the frame. The clock loses one every 24 frames. What gym makes of a frame (v + c + d,
clipped; done; info) is said below in a few lines, the notebooks say the rest.
"""

import json
import sys
from pathlib import Path

from notebooks import Notebook

SKIP = 4
STAND, RUN, DEAD, DYING = 176, 3, 6, 11


def seg(frames, dx=0, y=STAND, yhigh=1, routine=8, flag=0, post=None, post_yhigh=None):
    return [frames, dx, y, yhigh, routine, flag, routine if post is None else post, yhigh if post_yhigh is None else post_yhigh]


EPISODES = {
    "runs into a foe": [seg(37, 2), seg(1, 2, routine=DYING)],
    "dies on a step's last frame": [seg(7, 2), seg(1, 2, routine=DYING)],
    "dies on a step's first frame": [seg(8, 2), seg(1, 0, routine=DYING)],
    "falls into a pit": [seg(50, 3), seg(10, 2, y=240), seg(1, 1, y=4, yhigh=2)],
    "a life lost unseen": [seg(20, 1), seg(1, -700, routine=DEAD)],
    "stands, then walks on": [seg(30, 2), seg(70), seg(20, 2), seg(62), seg(3, 1), seg(9, 3), seg(1, routine=DYING)],
    "jumps where he is stuck": [seg(30, 2), seg(61), seg(9, y=100), seg(9, y=20), seg(9, y=250, yhigh=0), seg(9, y=230), seg(5, 2), seg(1, routine=DYING)],
    "gives up": [seg(10, 3), seg(520)],
    "gives up shuffling": [seg(33, 2)] + [seg(3, -1), seg(3, 1)] * 90,
    "one pixel a frame": [seg(9, 1)] * 6 + [seg(1, 0, routine=DYING)],
    "checkpoint": [seg(400, 3), seg(30, 3), seg(11, 2), seg(5, 6), seg(1, 2, routine=DYING)],
    "checkpoint and flag in one step": [seg(420, 3), seg(1, 3), seg(1, 20), seg(1, 1, flag=1)],
    "flag": [seg(61, 3), seg(1, 1, flag=1)],
    "flag on a step's first frame": [seg(60, 3), seg(1, 0, flag=1)],
    "flag after standing": [seg(60, 3), seg(90), seg(1, 0, flag=1)],
    "leaps of x": [seg(10, 5), seg(2, 6), seg(10, -5), seg(2, -6), seg(6, 16), seg(3, 200), seg(1, routine=DYING)],
    "x falls": [seg(40, 3), seg(20, -2), seg(40, 3), seg(1, routine=DYING)],
    "a pipe to a smaller x": [seg(90, 3), seg(1, 0, routine=3, post=8), seg(1, -250), seg(80, 3), seg(1, routine=DYING)],
    "death shows after the skip": [seg(21, 2), seg(1, 1, routine=2, post=8, post_yhigh=2), seg(1, 0), seg(1, 2, y=9, yhigh=2)],
    "death shows after the skip and goes away": [seg(21, 2), seg(1, 1, routine=2, post=11), seg(7, 2), seg(5, 0), seg(1, 2, routine=DYING)],
    "life lost shows after the skip, then the flag": [seg(22, 2), seg(1, 1, routine=2, post=6), seg(5, 2), seg(1, 1, flag=1)],
    "high above the screen": [seg(12, 2, y=200, yhigh=0), seg(12, 2, y=10, yhigh=255, routine=8)],
    "the clock runs": [seg(240), seg(240), seg(300, 1), seg(1, routine=DYING)],
}


class ScriptedEnv:
    """gym's environment as far as the notebooks ask, over a list of frames."""

    def __init__(self):
        self.ram, self.tag = {0x0e: 8, 0xb5: 1}, 0

    def reset(self, frames=(), **kwargs):
        self.frames, self.count, self.x, self.time, self.tag = iter(frames), 0, 40, 400, 0
        return self.tag

    def step(self, action):
        dx, y, yhigh, routine, flag, post, post_yhigh = next(self.frames)
        last_x, last_time = self.x, self.time
        self.count += 1
        self.x = max(0, self.x + dx)
        self.time = 400 - self.count // 24
        self.ram = {0x0e: routine, 0xb5: yhigh}
        self.flag = bool(flag)
        v = self.x - last_x if abs(self.x - last_x) <= 5 else 0
        reward = v + min(self.time - last_time, 0) + (-25 if self._is_dying or self._is_dead else 0)
        done = bool(self._get_done())
        info = {"x_pos": self.x, "y_pos": 255 - y + (255 if yhigh < 1 else 0), "flag_get": self.flag}
        if not done:
            self.ram = {0x0e: post, 0xb5: post_yhigh}
        self.tag += 1
        return self.tag, float(max(-15, min(15, reward))), done, *self.extra, info

    extra = ()

    unwrapped = property(lambda self: self)
    _is_dying = property(lambda self: self.ram[0x0e] == DYING or self.ram[0xb5] > 1)
    _is_dead = property(lambda self: self.ram[0x0e] == DEAD)

    def _get_done(self):
        return self._is_dying or self._is_dead or self.flag


def frames_of(episode):
    return [s[1:] for s in episode for _ in range(s[0])]


def sum_of_skip(wrapper, env, episode):
    """000 and 001: [reward, done, frames] a step."""
    env.reset(frames_of(episode))
    steps, done = [], False
    try:
        while not done:
            before = env.count
            _, reward, done, _, _ = wrapper.step(0)
            steps.append([reward, int(done), env.count - before])
    except StopIteration:
        pass
    return steps


def frame_stack_and_skip(wrapper, env, episode):
    """002: [reward, done, frames, max_x, t, flag, died_flag, stacked frames] a step, as the training loop calls it."""
    wrapper.in_death = False
    wrapper.reset(frames=frames_of(episode))
    max_x, t, flag, died_flag, steps, done = 40, 0, False, False, [], False
    try:
        while not done:
            before = env.count
            stack, reward, done, _, max_x, t, flag, died_flag = wrapper.step(0, max_x, t, flag, died_flag)
            steps.append([reward, int(done), env.count - before, max_x, t, int(flag), int(died_flag), [int(f) for f in stack]])
    except StopIteration:
        pass
    return steps


def main(folder):
    def notebook(number):
        return Notebook(next(Path(folder).glob(f"{number}_*")))

    env = ScriptedEnv()
    env.extra = (False,)
    shaped = notebook("000").load("SkipFrame")["SkipFrame"](env, skip=SKIP)
    summed = notebook("001").load("SkipFrame")["SkipFrame"](env, skip=SKIP)

    stacked_env = ScriptedEnv()
    space = notebook("002").load("custom_reward", "FrameStackAndSkip", print=lambda *a: None)
    stacked = space["FrameStackAndSkip"](stacked_env, skip=SKIP)
    torch = space["torch"]
    stacked.transform = lambda tag: torch.tensor([tag])

    result = {"skip": SKIP, "episodes": [
        {
            "name": name,
            "segments": episode,
            "000": sum_of_skip(shaped, env, episode),
            "001": sum_of_skip(summed, env, episode),
            "002": frame_stack_and_skip(stacked, stacked_env, episode),
        }
        for name, episode in EPISODES.items()]}
    text = json.dumps(result, separators=(",", ":"))
    print(text.replace('{"name"', '\n{"name"').replace('"00', '\n "00'))


if __name__ == "__main__":
    main(sys.argv[1])
