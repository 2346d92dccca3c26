"""The other side of `mario-agent bench learn`: the same steps, in PyTorch as people write them.

Reads a line of JSON a request and answers with one. {"step": ...} makes a step ready; {"take": n} takes it n times and answers with
the milliseconds of each and what the last one computed; {"about": 1} tells of this PyTorch.
"""
import copy
import json
import os
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Tiles(nn.Module):
    def __init__(self, inputs, actions):
        super().__init__()
        self.features = nn.Sequential(
            nn.Linear(inputs, 256), nn.LayerNorm(256), nn.ReLU(), nn.Linear(256, 256), nn.LayerNorm(256), nn.ReLU())
        self.value, self.advantage = nn.Linear(256, 1), nn.Linear(256, actions)

    def forward(self, x):
        h = self.features(x)
        advantage = self.advantage(h)
        return self.value(h) + advantage - advantage.mean(1, keepdim=True)


class Nature(nn.Module):
    def __init__(self, features, actions):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(4, 32, 8, 4), nn.ReLU(), nn.Conv2d(32, 64, 4, 2), nn.ReLU(), nn.Conv2d(64, 64, 3, 1), nn.ReLU(),
            nn.Flatten(), nn.Linear(features, 512), nn.ReLU())
        self.head = nn.Linear(512, actions)

    def forward(self, x):
        return self.head(self.features(x))


class Dueling(nn.Module):
    def __init__(self, features, actions):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(4, 32, 8, 4), nn.BatchNorm2d(32)
        self.conv2, self.bn2 = nn.Conv2d(32, 64, 4, 2), nn.BatchNorm2d(64)
        self.conv3, self.bn3 = nn.Conv2d(64, 64, 3, 1), nn.BatchNorm2d(64)
        self.val_fc1, self.adv_fc1 = nn.Linear(features, 256), nn.Linear(features, 256)
        self.val_fc2, self.adv_fc2 = nn.Linear(256, 1), nn.Linear(256, actions)

    def forward(self, x):
        for conv, norm in ((self.conv1, self.bn1), (self.conv2, self.bn2), (self.conv3, self.bn3)):
            x = F.relu(norm(conv(x)))
        x = x.flatten(1)
        value, advantage = self.val_fc2(F.relu(self.val_fc1(x))), self.adv_fc2(F.relu(self.adv_fc1(x)))
        return value + advantage - advantage.mean(1, keepdim=True)


class Step:
    def __init__(self, r):
        self.kind, self.scale, self.discount, self.clip = r["kind"], r["scale"], r["discount"], r["gradientNorm"]
        self.input = [r["batch"], *r["shape"]]
        self.dtype = torch.int8 if r["signed"] else torch.uint8
        self.online = self.network(r, "online")
        self.states = self.bytes(r["states"])
        if self.kind == "forward":
            return
        self.actions, self.returns = torch.tensor(r["actions"])[:, None], torch.tensor(r["returns"])[:, None]
        if self.kind == "returns":
            self.optimiser = torch.optim.RAdam(self.online.parameters(), lr=r["learningRate"])
            return
        self.next, self.alive = self.bytes(r["nextStates"]), torch.tensor(r["discounts"])[:, None]
        self.target = self.network(r, "target")
        self.optimiser = torch.optim.Adam(self.online.parameters(), lr=r["learningRate"])

    def network(self, r, which):
        tensors = r[which]
        make = {"tiles": Tiles, "nature": Nature, "dueling": Dueling}[r["network"]]
        widest = {"tiles": "features.0.weight", "nature": "features.7.weight", "dueling": "val_fc1.weight"}[r["network"]]
        net = make(next(t["shape"][1] for t in tensors if t["name"] == widest), r["actionCount"])
        with open(r[which + "File"], "rb") as file:
            state = {}
            for t in tensors:
                values = torch.frombuffer(bytearray(file.read(4 * t["length"])), dtype=torch.float32)
                state[t["name"]] = values.reshape(t["shape"])
        net.load_state_dict(state)
        return net

    def bytes(self, path):
        with open(path, "rb") as file:
            return torch.frombuffer(bytearray(file.read()), dtype=self.dtype).reshape(self.input)

    def floats(self, x):
        return x.float().mul_(self.scale)

    def take(self):
        if self.kind == "forward":
            with torch.no_grad():
                return self.online(self.floats(self.states)).flatten().tolist()
        if self.kind == "returns":
            wanted = self.returns
        else:
            with torch.no_grad():
                x = self.floats(self.next)
                target = self.target(x)
                best = target.gather(1, self.online(x).argmax(1, keepdim=True)) if self.kind == "double" else target.amax(1, keepdim=True)
                wanted = self.returns + self.discount * self.alive * best
        q = self.online(self.floats(self.states)).gather(1, self.actions)
        loss = F.smooth_l1_loss(q, wanted) if self.kind == "double" else F.mse_loss(q, wanted)
        loss = loss / 2 if self.kind == "returns" else loss
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        if self.clip > 0:
            nn.utils.clip_grad_norm_(self.online.parameters(), self.clip)
        self.optimiser.step()
        return [loss.item()]


def about():
    """Which linear algebra this PyTorch was linked with: dense layers are as fast as that."""
    with open("/proc/self/maps") as maps:
        paths = {os.path.realpath(line.split()[-1]) for line in maps if "/" in line}
    preloaded = {os.path.realpath(path) for path in os.environ.get("LD_PRELOAD", "").split()}
    blas = sorted(p for p in paths if p in preloaded or any(k in os.path.basename(p) for k in ("blas", "libmkl_", "blis")))
    return {"version": torch.__version__, "blas": ", ".join(blas) or "its own", "reference": not preloaded and any("/blas/libblas.so" in p for p in blas)}


def main():
    step = None
    torch.manual_seed(1)
    for line in sys.stdin:
        request = json.loads(line)
        if "about" in request:
            torch.set_num_threads(request["threads"])
            answer = about()
        elif "step" in request:
            step = Step(request["step"])
            answer = {"ready": True}
        else:
            times, result = [], []
            for _ in range(request["take"]):
                start = time.perf_counter()
                result = step.take()
                times.append(1000 * (time.perf_counter() - start))
            answer = {"milliseconds": times, "result": result}
        print(json.dumps(answer), flush=True)


main()
