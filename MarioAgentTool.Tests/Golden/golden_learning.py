"""Runs the notebooks' own learning on scripted weights, batches and worlds, and writes what comes out: learning.json.

    /usr/bin/python3 golden_learning.py 000*.txt 001*.txt 002*.txt > learning.json

Weights, pictures, rewards and episodes are formulas of whole numbers, which NotebookScript.cs computes alike; so only results are
kept: Q values, targets, losses, and of each weight tensor its norm, its sum and sixteen entries; epsilon over scripted runs; at which
steps was learned, copied, saved.

Learning is scripted twice. "free": weights as PyTorch draws them, one update. Beyond some five updates of such a network no two orders
of summation agree, PyTorch's own with and without oneDNN among them: a ReLU's input comes within rounding of zero, one run opens it and
the other does not, and Adam makes full steps of small differences. "firm": biases hold every ReLU open or shut, with more room than
100 updates can use up, so that rounding stays rounding; 1, 10 and 100 updates.
"""

import copy
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

from notebooks import Notebook

KEPT = {"free": (1,), "firm": (1, 10, 100)}
PROBES = 8
SAMPLES = 16

# PyTorch's names of the plain network's tensors, in order; ours for the dueling one are the notebook's.
PLAIN = ["features.0.weight", "features.0.bias", "features.2.weight", "features.2.bias", "features.4.weight", "features.4.bias",
         "features.7.weight", "features.7.bias", "head.weight", "head.bias"]


# Of each layer with a ReLU behind it: how far biases hold that from zero in the firm script. 100 updates of Adam move a weight by
# 100 learning rates at most, so a layer's room exceeds that times its open inputs times their size.
ROOM = [("features.0.", 0.5), ("features.2.", 1), ("features.4.", 2), ("features.7.", 24), ("bn", 1), ("val_fc1", 12), ("adv_fc1", 12)]


# ---------------------------------------------------------------- formulas

U = np.uint64


def mix(x):
    """32 bits to 32 bits, well shaken (after Wellons, https://nullprogram.com/blog/2018/07/31/)."""
    x = np.asarray(x).astype(U) & U(0xFFFFFFFF)
    x = ((x ^ (x >> U(16))) * U(0x7FEB352D)) & U(0xFFFFFFFF)
    x = ((x ^ (x >> U(15))) * U(0x846CA68B)) & U(0xFFFFFFFF)
    return (x ^ (x >> U(16))).astype(np.int64)


def units(stream, count):
    """`count` numbers in [0, 1), 24 bits each."""
    return (mix(np.arange(count) + int(mix(stream))) >> 8).astype(np.float64) / (1 << 24)


def stream_of(name, seed):
    hash = 0x811C9DC5
    for c in name.encode():
        hash = ((hash ^ c) * 0x01000193) & 0xFFFFFFFF
    return (hash + 7919 * seed) & 0xFFFFFFFF


def weights(name, shape, fan_in, seed, room=None):
    """`room`: how far biases hold a layer's ReLUs from zero, one in eight open; without, PyTorch's own spread."""
    count = int(np.prod(shape))
    spread = 2 * units(stream_of(name, seed), count) - 1
    kind = name.split(".")[-1]
    side = np.where(np.arange(count) % 8 == 0, 1, -1) * (1 + spread / 8)
    if name.startswith("bn"):
        gamma, beta = (1 + spread / 4, spread / 4) if room is None else ((1 + spread / 4) / 4, room * side)
        values = {"weight": gamma, "bias": beta, "running_mean": spread / 4, "running_var": 1 + spread / 4}[kind]
    elif room is None:
        values = spread / np.sqrt(fan_in)
    else:
        values = room * side if kind == "bias" and room > 0 else spread / np.sqrt(fan_in) / 4
    return torch.tensor(values.astype(np.float32).reshape(shape))


def pictures(first, count, size, greys):
    """count × 4 × size × size bytes. 256 greys: blocks of eight pixels in eight greys, with noise on them. Fewer: blocks of twelve
    pixels in so many greys from black, four pictures by turns."""
    j, f, y, x = np.ogrid[0:count if greys == 256 else 4, 0:4, 0:size, 0:size]
    j = j + first
    if greys == 256:
        blocks = mix(j * 65_537 + f * 4_096 + (y >> 3) * 64 + (x >> 3)) & 0xE0
        noise = mix(((j * 4 + f) * size + y) * size + x + 12_345) & 0x1F
        return torch.tensor((blocks | noise).astype(np.uint8))
    four = mix(j * 65_537 + f * 4_096 + (y // 12) * 64 + x // 12) & (greys - 1)
    return torch.tensor(four[np.arange(count) % 4].astype(np.uint8))


def batch(step, size, actions, pixels, low, high, greys):
    """Of the update numbered `step`: bytes of s and s', actions, rewards, endings."""
    seed = 10 * step
    return {
        "state": pictures(1_000 * step, size, pixels, greys),
        "next_state": pictures(1_000 * step + 500, size, pixels, greys),
        "action": torch.tensor(np.floor(units(seed, size) * actions).astype(np.int64)),
        "reward": torch.tensor((low + (high - low) * units(seed + 1, size)).astype(np.float32)),
        "done": torch.tensor(units(seed + 2, size) < 0.1),
    }


def set_weights(network, names, seed, script, unit=1):
    """By the names that ours have; running statistics included."""
    def room(name):
        return None if script == "free" else unit * next((r for n, r in ROOM if name.startswith(n)), 0)
    with torch.no_grad():
        for ours, (name, parameter) in zip(names, network.named_parameters()):
            owner = network.get_submodule(name.rsplit(".", 1)[0])
            fan_in = owner.weight[0].numel() if owner.weight.dim() > 1 else 1
            parameter.copy_(weights(ours, parameter.shape, fan_in, seed, room(ours)))
        for name, buffer in network.named_buffers():
            if not name.endswith("num_batches_tracked"):
                buffer.copy_(weights(name, buffer.shape, 1, seed, room(name)))


# ---------------------------------------------------------------- what is kept

def rounded(values):
    return [float(f"{float(v):.9g}") for v in values]


def tensors(network, names):
    out = {}
    named = list(zip(names, network.parameters())) + [(n, b) for n, b in network.named_buffers() if not n.endswith("num_batches_tracked")]
    for name, value in named:
        flat = value.detach().double().flatten()
        at = [int(mix(stream_of(name, 99) + i)) % len(flat) for i in range(SAMPLES)]
        out[name] = rounded([flat.norm(), flat.sum(), *flat[at]])
    if DUMP:
        torch.save(dict(named), DUMP / f"{len(list(DUMP.iterdir()))}.pt")
    return out


def probe(network, to_input, size, greys):
    """Q of eight pictures, each alone."""
    with torch.no_grad():
        return rounded(torch.cat([network(to_input(pictures(900_000 + i, 1, size, greys))) for i in range(PROBES)]).flatten())


# ---------------------------------------------------------------- 000 and 001

def right_only(notebook, script, greys):
    space = notebook.load()
    agent = space["Agent"]((4, 84, 84), 5)
    set_weights(agent.q_net.net, PLAIN, 1, script, 20)
    set_weights(agent.target_net.net, PLAIN, 2, script, 20)
    to_input = lambda p: p.float()
    agent.replay_buffer.items = [None] * agent.batch_size
    losses, kept, current, seen = [], {}, {}, {}
    def loss(prediction, target, inner=agent.loss):
        seen.update(estimates=rounded(prediction), targets=rounded(target))
        result = inner(prediction, target)
        losses.append(result.item())
        return result
    agent.loss = loss
    for step in range(1, KEPT[script][-1] + 1):
        current = batch(step, agent.batch_size, 5, 84, -15, 15, greys)
        current.update(state=to_input(current["state"]), next_state=to_input(current["next_state"]))
        agent.replay_buffer.script = [space["TensorDict"](current)]
        agent.learn()
        if step in KEPT[script]:
            kept[step] = dict(seen, tensors=tensors(agent.q_net.net, PLAIN), q=probe(agent.q_net, to_input, 84, greys))
    return dict(losses=rounded(losses), steps=kept)


def tutorial(notebook, script, greys):
    space = notebook.load()
    mario = space["Mario"]((4, 84, 84), 2, Path("."))
    set_weights(mario.net.online, PLAIN, 1, script)
    set_weights(mario.net.target, PLAIN, 2, script)
    mario.device = "cpu"
    to_input = lambda p: p.float() / 255
    losses, kept = [], {}
    for step in range(1, KEPT[script][-1] + 1):
        current = batch(step, mario.batch_size, 2, 84, -15, 15, greys)
        current.update(state=to_input(current["state"]), next_state=to_input(current["next_state"]))
        mario.memory.script = [space["TensorDict"](current)]
        mario.curr_step = 10_002 + 3 * step
        if step in KEPT[script]:
            seen = dict(estimates=rounded(mario.td_estimate(current["state"], current["action"])),
                        targets=rounded(mario.td_target(current["reward"], current["next_state"], current["done"])))
        losses.append(mario.learn()[1])
        if step in KEPT[script]:
            kept[step] = dict(seen, tensors=tensors(mario.net.online, PLAIN), q=probe(lambda p: mario.net(p, model="online"), to_input, 84, greys))
    return dict(losses=rounded(losses), steps=kept)


# ---------------------------------------------------------------- 002: its training loop, on a stand-in world

class World:
    """Steps are told to `watch`, which may end the loop as its author did: by interrupting it."""

    def __init__(self, watch):
        self.watch = watch
        self.unwrapped = self

    def render(self):
        pass

    def reset(self):
        self.episode_step = 0
        return torch.zeros(1)

    def step(self, action, max_x, t, flag, died_flag):
        self.episode_step += 1
        x, reach, done = self.watch(self.episode_step, max_x)
        return torch.zeros(1), 0.0, done, {"x_pos": x}, reach, t, flag, died_flag


class Scripted:
    """A replay memory that hands out the batches it was given."""

    def __init__(self, size):
        self.size, self.batches = size, []

    def __len__(self):
        return self.size

    def push(self, *transition):
        self.size += self.size < 0

    def sample(self, size):
        b = self.batches.pop(0)
        return b["state"].float() / 255, b["action"], b["reward"], b["next_state"].float() / 255, b["done"]


def dueling_space(notebook, **given):
    space = notebook.load(**given)
    exec(notebook.assignments(
        "alpha", "epsilon", "decay", "gamma", "replay_buffer2", "batch_size", "targ_updater", "device", "main_dqn", "target_dqn", "optimizer",
        "criterion", "num_episodes", "replay_active", "global_steps", "global_max_x", "max_x_dq", "counter"), space)
    space.update(writer=space["SummaryWriter"](), num_episodes=10 ** 9)
    return space


def dueling(notebook, script, greys):
    space = dueling_space(notebook)
    online, target = space["main_dqn"], space["target_dqn"]
    names = [n for n, _ in online.named_parameters()]
    set_weights(online, names, 1, script)
    set_weights(target, names, 2, script)
    to_input = lambda p: p.float() / 255
    memory = space["memory"] = Scripted(space["batch_size"] + 1)
    losses, kept = [], {}
    done_steps = 0

    def watch(step, max_x):
        nonlocal done_steps
        if step > 1:
            done_steps = step - 1
            losses.append(space["loss"].item())
            if done_steps in KEPT[script]:
                kept[done_steps] = dict(
                    estimates=rounded(space["q_values"]), targets=rounded(space["targets"]), tensors=tensors(online, names),
                    target=tensors(target, names), q=probe(copy.deepcopy(online), to_input, 96, greys))
        if done_steps == KEPT[script][-1]:
            raise KeyboardInterrupt
        memory.batches = [batch(step, space["batch_size"], 7, 96, -10, 25, greys)]
        return 40, max_x, False

    space["env"] = World(watch)
    space["epsilon"] = 2.0   # Acting asks no network.
    exec(notebook.loop(0), space)

    # Acting, a picture at a time, as the loop does it: the running statistics move along.
    q = probe(online, to_input, 96, greys)
    after = {n: v for n, v in tensors(online, names).items() if "running" in n}
    return dict(losses=rounded(losses), steps=kept, acting=dict(q=q, running=after, batches=int(online.bn1.num_batches_tracked)))


# ---------------------------------------------------------------- schedules

def right_only_schedule(notebook):
    space = notebook.load()
    agent = space["Agent"]((4, 84, 84), 5)
    q, t = torch.nn.Linear(1, 5), torch.nn.Linear(1, 5)
    q.device = "cpu"
    agent.q_net, agent.target_net, agent.optimizer = q, t, torch.optim.SGD(q.parameters(), lr=0.0)
    syncs, updates, trace, step = [], [], [], 0
    t.load_state_dict = lambda _: syncs.append(step)
    one = space["TensorDict"](dict(state=torch.zeros(32, 1), next_state=torch.zeros(32, 1), action=torch.zeros(32, dtype=torch.int64),
                                   reward=torch.zeros(32), done=torch.zeros(32, dtype=torch.bool)))
    for step in range(1, 20_101):
        agent.replay_buffer.items.append(None)
        agent.replay_buffer.script = [one]
        before = agent.learn_step_counter
        agent.learn()
        updates += [step] * (agent.learn_step_counter - before)
        if step % 1_009 == 0:
            trace.append(agent.epsilon)
    agent.epsilon = 0.1 * (1 + 3e-7)
    agent.decay_epsilon()
    floor = [agent.epsilon]
    agent.decay_epsilon()
    return dict(steps=20_100, first_update=updates[0], updates=len(updates), syncs=syncs, every=1_009, epsilon=trace, floor=floor + [agent.epsilon])


def tutorial_schedule(notebook):
    space = notebook.load()
    mario = space["Mario"]((4, 84, 84), 2, Path("."))
    answer = torch.zeros(1, 2)
    mario.net = lambda state, model: answer
    updates, syncs, saves, trace = [], [], [], []
    mario.recall = lambda: (None,) * 5
    mario.td_estimate = lambda *a: answer
    mario.td_target = lambda *a: None
    mario.update_Q_online = lambda *a: updates.append(mario.curr_step) or 0.0
    mario.sync_Q_target = lambda: syncs.append(mario.curr_step)
    mario.save = lambda: saves.append([mario.curr_step, f"mario_net_{int(mario.curr_step // mario.save_every)}.chkpt"])
    state = np.zeros(1)
    for step in range(1, 500_101):
        mario.act(state)
        mario.learn()
        if step % 10_007 == 0:
            trace.append(mario.exploration_rate)
    mario.exploration_rate = 0.1 * (1 + 3e-7)
    floor = []
    for _ in range(2):
        mario.act(state)
        floor.append(mario.exploration_rate)
    return dict(steps=500_100, first_update=updates[0], updates=len(updates), syncs=syncs, saves=saves, every=10_007, epsilon=trace, floor=floor)


def episode(number, step):
    """Of a scripted run: position after the step, and whether the episode ends. Later episodes come further; each turns back."""
    length = 30 + int(mix(number)) % 60
    speed = 1 + int(mix(number + 7_777)) % (1 + min(number // 40, 60))
    turn = 2 * length // 3
    return 40 + speed * (step if step <= turn else 2 * turn - step), step == length


def dueling_schedule(notebook):
    space = dueling_space(notebook)
    space["memory"] = Scripted(-10 ** 9)   # Nothing is learned: only epsilon, the frontier and the copies are looked at.
    space["memory"].__class__.__len__ = lambda self: max(self.size, 0)
    trace, raises, frontier, syncs = [], [], [], []
    steps = number = 0
    last = space["epsilon"]
    space["target_dqn"].load_state_dict = lambda _: syncs.append(number)
    answer = torch.zeros(1, 7)
    space["main_dqn"] = type("Still", (), {"__call__": lambda self, x: answer, "state_dict": lambda self: None})()

    def watch(step, max_x):
        nonlocal steps, number, last
        number += step == 1 and steps > 0
        if steps > 0 and step == 1 and (not frontier or frontier[-1][1] != space["global_max_x"]):
            frontier.append([number, space["global_max_x"]])
        if steps == 200_000:
            raise KeyboardInterrupt
        steps += 1
        epsilon = space["epsilon"]
        if epsilon > last:
            raises.append(steps)
        last = epsilon
        if steps % 997 == 0:
            trace.append(epsilon)
        x, done = episode(number, step)
        return x, max(max_x, x), done

    space["env"] = World(watch)
    exec(notebook.loop(0), space)
    return dict(steps=steps, every=997, epsilon=trace, raises=raises, frontier=frontier, syncs=syncs)


def dueling_burn_in(notebook):
    """The first step after which the optimiser moves."""
    space = dueling_space(notebook)
    space["main_dqn"] = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(1, 7))
    space["target_dqn"] = copy.deepcopy(space["main_dqn"])
    optimiser = space["optimizer"] = torch.optim.SGD(space["main_dqn"].parameters(), lr=0.0)
    space["memory"] = space["FastReplayBuffer"](1_000, (1,), "cpu")
    steps, updates = 0, []
    inner = optimiser.step
    optimiser.step = lambda: updates.append(steps) or inner()

    def watch(step, max_x):
        nonlocal steps
        if steps == 300:
            raise KeyboardInterrupt
        steps += 1
        return 40, max_x, step == 50

    space["env"] = World(watch)
    exec(notebook.loop(0), space)
    return dict(first_update=updates[0], updates=len(updates), of=steps)


if __name__ == "__main__":
    DUMP = Path(sys.argv.pop(1)[7:]) if sys.argv[1].startswith("--dump=") else None
    torch.set_num_threads(1)
    np.random.seed(0)
    zero, one, two = (Notebook(p) for p in sys.argv[1:4])
    sys.stdout, out = sys.stderr, sys.stdout
    with tempfile.TemporaryDirectory():
        result = {
            "torch": torch.__version__,
            **{script: {
                "right-only-dqn": right_only(zero, script, greys),
                "tutorial-ddqn": tutorial(one, script, greys),
                "dueling-custom": dueling(two, script, greys),
            } for script, greys in (("free", 256), ("firm", 4))},
            "schedules": {
                "right-only-dqn": right_only_schedule(zero),
                "tutorial-ddqn": tutorial_schedule(one),
                "dueling-custom": dict(dueling_schedule(two), burn_in=dueling_burn_in(two)),
            },
        }
    json.dump(result, out, separators=(",", ":"))
    out.write("\n")
