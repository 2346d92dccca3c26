"""What the three notebooks' own transforms make of some screens: writes golden_frames.npz beside this file.

    /usr/bin/python3 golden_frames.py [folder of the notebooks' texts]

For Debian's Python 3.11 with torch 1.13, torchvision 0.14, numpy, PIL 9.4 and OpenCV 4.6. The notebooks' wrappers are run out of their
texts (see notebooks.py). gym is not installed: its three wrappers that the notebooks use are stood in for here by the calls that
gym 0.2x makes: cv2.resize with INTER_AREA, cv2.cvtColor with COLOR_RGB2GRAY, and a deque that reset fills with the first frame.

Screens are 240 x 256 palette indices, coloured by nes-py's palette: four by formula (`formula`), which the test computes too,
and those of trail_screens.npz. For each: `area` (000), `torch` (001, its 0 to 1 as 1/64 grey level), `pillow` (002, its 0 to 1 as grey
levels). `stack_000`, `_001`, `_002`: which screen each picture of an observation is, after reset and after each of two steps of four
frames, when the environment shows screen 0 and then one after the other.
"""

import sys
from collections import deque
from pathlib import Path

import cv2
import numpy as np
import torch

from notebooks import Notebook, Wrapper

HERE = Path(__file__).parent
TEXTS = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[2] / "shared" / "seeds"

# nes-py 8.2.1, include/palette.hpp.
PALETTE = """
7C7C7C 0000FC 0000BC 4428BC 940084 A80020 A81000 881400 503000 007800 006800 005800 004058 000000 000000 000000
BCBCBC 0078F8 0058F8 6844FC D800CC E40058 F83800 E45C10 AC7C00 00B800 00A800 00A844 008888 000000 000000 000000
F8F8F8 3CBCFC 6888FC 9878F8 F878F8 F85898 F87858 FCA044 F8B800 B8F818 58D854 58F898 00E8D8 787878 000000 000000
FCFCFC A4E4FC B8B8F8 D8B8F8 F8B8F8 F8A4C0 F0D0B0 FCE0A8 F8D878 D8F878 B8F8B8 B8F8D8 00FCFC F8D8F8 000000 000000
""".split()


def formula(number):
    """Noise, a gradient, a checkerboard of dots, and bars that grow by a dot, each in other colours."""
    y, x = np.mgrid[0:240, 0:256]
    if number == 0:
        state, noise = 1, np.empty(240 * 256, np.uint8)
        for i in range(noise.size):
            state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
            noise[i] = state >> 26
        return noise.reshape(240, 256)
    if number == 1:
        return ((x // 4 + y // 4) & 63).astype(np.uint8)
    if number == 2:
        return np.where((x ^ y) & 1, 0x30, 0x0F).astype(np.uint8)
    return np.where((x * x // 64 + y * y // 48) & 1, 0x22, 0x17).astype(np.uint8)


def coloured(indices):
    table = np.array([[int(c[i:i + 2], 16) for i in (0, 2, 4)] for c in PALETTE], np.uint8)
    return table[indices]


class Show:
    """An environment that shows screens, one a frame, and reports nothing but progress."""

    def __init__(self, screens, step_values):
        self.screens, self.step_values, self.at = screens, step_values, 0
        self.observation_space = type("Space", (), {"shape": (240, 256, 3)})
        self.unwrapped, self.ram = self, bytes(0x800)

    def _get_done(self):
        return False

    def reset(self, **kwargs):
        self.at = 0
        return self.screens[0]

    def step(self, action):
        self.at = (self.at + 1) % len(self.screens)
        info = {"x_pos": 40 + self.at, "y_pos": 79, "flag_get": False}
        return (self.screens[self.at], 1.0, *[False] * (self.step_values - 3), info)


class GymResize(Wrapper):
    def __init__(self, env, shape):
        super().__init__(env)
        self.size = (shape, shape)

    def observation(self, seen):
        return cv2.resize(seen, self.size, interpolation=cv2.INTER_AREA)


class GymGrey(Wrapper):
    def __init__(self, env, keep_dim=False):
        super().__init__(env)
        self.keep_dim = keep_dim

    def observation(self, seen):
        grey = cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY)
        return grey[:, :, None] if self.keep_dim else grey


class GymStack(Wrapper):
    def __init__(self, env, num_stack, lz4_compress=False):
        super().__init__(env)
        self.frames = deque(maxlen=num_stack)

    def reset(self, **kwargs):
        first = self.env.reset(**kwargs)
        self.frames.extend([first] * self.frames.maxlen)
        return np.array([np.asarray(f) for f in self.frames])

    def step(self, action):
        seen, *rest = self.env.step(action)
        self.frames.append(seen)
        return (np.array([np.asarray(f) for f in self.frames]), *rest)


def observing(wrapper):
    """A wrapper whose observation() is applied to what reset and step give."""
    def reset(self, **kwargs):
        return self.observation(self.env.reset(**kwargs))

    def step(self, action):
        seen, *rest = self.env.step(action)
        return (self.observation(seen), *rest)
    wrapper.reset, wrapper.step = reset, step
    return wrapper


observing(GymResize)
observing(GymGrey)


def environments(screens):
    """The three notebooks' wrapped environments, and how each is stepped."""
    first, second, third = (Notebook(next(TEXTS.glob(f"{n}_*.txt"))) for n in ("000", "001", "002"))
    space = first.load("SkipFrame", "apply_wrappers", ResizeObservation=GymResize, GrayScaleObservation=GymGrey, FrameStack=GymStack)
    yield "000", space["apply_wrappers"](Show(screens, 5)), lambda e: e.step(0)[0]

    space = second.load("SkipFrame", "GrayScaleObservation", "ResizeObservation")
    env = space["ResizeObservation"](space["GrayScaleObservation"](space["SkipFrame"](Show(screens, 5), skip=4)), shape=84)
    yield "001", GymStack(env, num_stack=4), lambda e: e.step(0)[0]

    space = third.load("custom_reward", "FrameStackAndSkip")
    env = space["FrameStackAndSkip"](GymGrey(Show(screens, 4), keep_dim=True))
    yield "002", env, lambda e: e.step(0, 40, 0, False, False)[0]


def main():
    trail = np.load(HERE / "trail_screens.npz")["screens"]
    screens = [formula(n) for n in range(4)] + list(trail)
    colours = [coloured(s) for s in screens]
    golden = {}
    for name, key, to_whole in (("000", "area", 1), ("001", "torch", 255 * 64), ("002", "pillow", 255)):
        seen = []
        for picture in colours:
            env = next(e for n, e, _ in environments([picture]) if n == name)
            seen.append(np.asarray(env.reset())[0])
        golden[key] = np.rint(np.array(seen, np.float64) * to_whole).astype(np.uint16 if name == "001" else np.uint8)

        # A stack's pictures by the number of the screen that looks like it.
        for n, env, step in environments(colours[:7]):
            if n == name:
                stacks = [env.reset(), step(env), step(env)]
                shown = [np.asarray(s) for s in seen[:7]]
                golden[f"stack_{name}"] = np.array([[next(i for i, s in enumerate(shown) if np.array_equal(s, np.asarray(p))) for p in stack] for stack in stacks], np.uint8)
    np.savez_compressed(HERE / "golden_frames.npz", **golden)
    for key, value in golden.items():
        print(key, value.dtype, value.shape, value.tolist() if key.startswith("stack") else "")


if __name__ == "__main__":
    main()
