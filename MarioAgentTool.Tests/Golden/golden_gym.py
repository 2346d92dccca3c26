"""Golden traces of gym-super-mario-bros 7.4.0: its own environment class over RAM that a small generator scripts.

    python3 golden_gym.py FOLDER_WITH_gym_super_mario_bros > gym.json

No game and no emulator: `gym` and `nes_py` are stood in for by the lines below, of which NESEnv.step keeps nes-py's order (frame,
reward, done, info, skipping, clip). RAM changes from frame to frame as `Script` says; the tests say the same in C#. What is kept is
what gym makes of it: each step's info, reward and done, the frames it took, and what it wrote.
"""

import json
import sys
import types

STEPS = 700


class Script:
    """RAM as a function of the frame's number; wild enough to meet every branch of gym's."""

    def __init__(self, seed):
        self.state = seed

    def next(self, below):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.state >> 16) % below

    def frame(self, ram):
        n = self.next
        r = n(100)
        ram[0x0E] = 0x0B if r < 2 else 0x06 if r < 3 else [0, 1, 2, 3, 4, 5, 7][n(7)] if r < 12 else [9, 10, 12][n(3)] if r < 15 else 8
        x = ram[0x6D] * 256 + ram[0x86] + n(8) - 2
        x = n(3000) if n(50) == 0 else max(x, 0)
        ram[0x6D], ram[0x86] = x >> 8 & 255, x & 255
        r = n(150)
        ram[0xB5] = [0, 2, 255, 5][r] if r < 4 else 1
        ram[0x3B8] = n(256)
        ram[0x770] = 2 if n(150) == 0 else 1
        ram[0x1D] = 3 if n(20) == 0 else n(3)
        ram[0x16 + n(5)] = [0x2D, 0x31, 0x06, 0x2F, 0x00, 0x30][n(6)]
        time = ram[0x7F8] * 100 + ram[0x7F9] * 10 + ram[0x7FA]
        time -= 1 if n(6) == 0 else 0
        time = 400 if time <= 0 or time > 999 else time
        ram[0x7F8], ram[0x7F9], ram[0x7FA] = time // 100, time // 10 % 10, time % 10
        if n(200) == 0:
            ram[0x7F8 + n(3)] = n(256)
        ram[0x7DD + n(7)] = n(256) if n(30) == 0 else n(10)
        ram[0x7ED + n(2)] = n(10)
        if n(40) == 0:
            ram[0x75A] = [2, 1, 0, 255][n(4)]
            ram[0x75F], ram[0x75C], ram[0x756] = n(8), n(4), n(4)
        if n(10) == 0:
            ram[0x6DE] = n(256)


class Ram(list):
    """Remembers what is written from outside."""

    def __init__(self, script):
        super().__init__([0] * 0x800)
        self.script, self.writes = script, []

    def __setitem__(self, address, value):
        super().__setitem__(address, value)
        if not self.script.running:
            self.writes.append([address, value])


class NESEnv:
    metadata, observation_space, action_space, screen = {}, None, None, None
    script = None

    def __init__(self, rom):
        NESEnv.script.running = False
        self.ram, self.inputs, self.backup = Ram(NESEnv.script), [], None

    def _frame_advance(self, action):
        self.inputs.append(action)
        self.script.running = True
        self.script.frame(self.ram)
        self.script.running = False

    def _backup(self):
        self.backup = list(self.ram)

    def reset(self):
        self._will_reset()
        if self.backup is not None:
            self.script.running = True
            self.ram[:] = self.backup
            self.script.running = False
        self._did_reset()

    def step(self, action):
        self._frame_advance(action)
        reward = float(self._get_reward())
        done = bool(self._get_done())
        info = self._get_info()
        self._did_step(done)
        return max(-15.0, min(15.0, reward)), done, info


class Boot(Script):
    """Power-on as gym sees it: the clock is set once a title has heard Start and its card is gone, and ticks a while later."""

    def __init__(self, set_at, ticks_at):
        self.frames, self.set_at, self.ticks_at = 0, set_at, ticks_at

    def frame(self, ram):
        self.frames += 1
        ram[0x7A0] = 7
        if self.frames >= self.set_at:
            ram[0x7F8], ram[0x7F9], ram[0x7FA] = (4, 0, 0) if self.frames < self.ticks_at else (3, 9, 9)


def load(folder):
    gym = types.ModuleType("gym")
    gym.Env = object
    gym.make = load
    gym.envs = types.SimpleNamespace(registration=types.SimpleNamespace(register=lambda **k: None))
    nes_py = types.ModuleType("nes_py")
    nes_py.NESEnv = NESEnv
    sys.modules.update({"gym": gym, "nes_py": nes_py})
    sys.path.insert(0, folder)
    from gym_super_mario_bros.smb_env import SuperMarioBrosEnv
    return SuperMarioBrosEnv


def boot(kind, target, set_at, ticks_at):
    NESEnv.script = Boot(set_at, ticks_at)
    env = kind(target=target)
    return {"target": target, "set_at": set_at, "ticks_at": ticks_at, "inputs": "".join(map(str, env.inputs)), "writes": env.ram.writes}


def trace(kind, target, seed):
    NESEnv.script = Boot(5, 9)
    env = kind(target=target)
    env.script = NESEnv.script = Script(seed)
    env.script.running = True
    for address, value in {0x0E: 8, 0xB5: 1, 0x86: 40, 0x3B8: 176, 0x770: 1, 0x75A: 2, 0x7F8: 4, 0x7F9: 0, 0x7FA: 0}.items():
        env.ram[address] = value
    env.ram[0x7A0] = 0
    env._backup()
    env.script.running = False
    env.ram.script = env.script
    env.reset()
    steps = []
    for _ in range(STEPS):
        env.ram.writes, env.inputs = [], []
        reward, done, info = env.step(0x80)
        steps.append([int(v) if not isinstance(v, str) else v for v in info.values()] + [reward, int(done), len(env.inputs), env.ram.writes])
        if done:
            env.reset()
    return {"full_game": target is None, "seed": seed, "steps": steps}


def main(folder):
    kind = load(folder)
    result = {
        "boots": [boot(kind, (4, 2), 38, 61), boot(kind, (1, 1), 41, 60), boot(kind, None, 38, 61), boot(kind, (8, 4), 2, 3)],
        "traces": [trace(kind, (1, 1), 1), trace(kind, (1, 1), 2), trace(kind, None, 3), trace(kind, None, 4)],
    }
    text = json.dumps(result, separators=(",", ":"))
    print(text.replace('{"target"', '\n{"target"').replace('{"full_game"', '\n{"full_game"'))


if __name__ == "__main__":
    main(sys.argv[1])
