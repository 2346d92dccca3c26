"""What a step of the tutorial costs in Python: its own wrappers, network, replay and learn(), by user CPU time on one thread.

    PYTHONPATH=DIRS /usr/bin/python3 time_tutorial.py 001*.txt [ROM] [STEPS]

DIRS hold gym, nes_py and gym_super_mario_bros 7.4.0; ROM is what that plays, Trail.nes for one. Without a ROM the pictures are random and
cost nothing. As the tutorial is when it has learned for long: epsilon at its least (0.1), an update every third step. Replay keeps tensors
in a list, which costs less than the tutorial's mapped files. Ours: the `train` command that README.md names beside the figure.
"""

import os
import sys
import time
from collections import deque
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import torch

from notebooks import Box, Notebook, Wrapper

WARM_UP, REPLAY = 300, 2000


class Pictures:
    """No emulator: a random picture a frame."""

    observation_space = Box(shape=(240, 256, 3))
    action_space = None

    def __init__(self):
        self.pictures = np.random.default_rng(1).integers(0, 256, (16, 240, 256, 3), dtype=np.uint8)
        self.frame = 0

    def reset(self):
        return self.pictures[0], {}

    def step(self, action):
        self.frame += 1
        return self.pictures[self.frame % 16], 1.0, self.frame % 4000 == 0, False, {}


class FiveValues(Wrapper):
    """gym 0.26's way of answering, for an environment of before; two actions of the pad: right, and right with A."""

    def __init__(self, env):
        super().__init__(env)
        self.observation_space = Box(shape=(240, 256, 3))

    def reset(self):
        return self.env.reset(), {}

    def step(self, action):
        seen, reward, done, info = self.env.step((0x80, 0x81)[action])
        return seen.copy(), reward, done, False, info


class Stack(Wrapper):
    """gym's FrameStack of four, as an array."""

    def reset(self):
        seen, info = self.env.reset()
        self.frames = deque([np.asarray(seen)] * 4, maxlen=4)
        return np.stack(self.frames), info

    def step(self, action):
        seen, *rest = self.env.step(action)
        self.frames.append(np.asarray(seen))
        return (np.stack(self.frames), *rest)


class Seen(Wrapper):
    """gym's ObservationWrapper where reset answers with information."""

    def reset(self):
        seen, info = self.env.reset()
        return self.observation(seen), info

    def step(self, action):
        seen, *rest = self.env.step(action)
        return (self.observation(seen), *rest)


def environment(rom):
    if rom is None:
        return Pictures()
    import gym_super_mario_bros.smb_env as smb
    smb.rom_path = lambda *_: rom
    return FiveValues(smb.SuperMarioBrosEnv(target=(1, 1)))


def main():
    notebook = Notebook(sys.argv[1])
    rom = sys.argv[2] if len(sys.argv) > 2 and sys.argv[2].endswith(".nes") else None
    steps = int(sys.argv[-1]) if sys.argv[-1].isdigit() else 900
    torch.set_num_threads(1)
    torch.manual_seed(1)
    np.random.seed(1)
    from notebooks import stand_ins
    gym = stand_ins()["gym"]
    gym.ObservationWrapper = Seen
    space = notebook.load(gym=gym)
    env = Stack(space["ResizeObservation"](space["GrayScaleObservation"](space["SkipFrame"](environment(rom), skip=4)), shape=84))
    mario = space["Mario"]((4, 84, 84), 2, Path("."))
    mario.device, mario.exploration_rate, mario.curr_step = "cpu", 0.1, 10_001
    spent = dict.fromkeys(("environment and picture", "choosing", "storing", "learning"), 0.0)

    def timed(what, call):
        before = time.process_time()
        answer = call()
        spent[what] += time.process_time() - before
        return answer

    state, _ = env.reset()
    for step in range(WARM_UP + steps):
        if step == WARM_UP:
            spent = dict.fromkeys(spent, 0.0)
        action = timed("choosing", lambda: mario.act(state))
        following, reward, done, _, _ = timed("environment and picture", lambda: env.step(action))
        timed("storing", lambda: mario.cache(state, following, action, reward, done))
        del mario.memory.items[:-REPLAY]
        timed("learning", mario.learn)
        state = env.reset()[0] if done else following
    for what, seconds in spent.items():
        print(f"{what:<26}{1000 * seconds / steps:8.3f} ms a step")
    print(f"{'all':<26}{1000 * sum(spent.values()) / steps:8.3f} ms a step, PyTorch {torch.__version__}, {'no emulator' if rom is None else rom}")


if __name__ == "__main__":
    main()
