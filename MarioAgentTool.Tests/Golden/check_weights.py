"""The networks as PyTorch has them, to compare outputs with.

    check_weights.py evaluate FILE KIND SHAPE ACTIONS SCALE FRAMES OUT   loads a state dict and writes its outputs
    check_weights.py make     FILE KIND SHAPE ACTIONS SCALE FRAMES OUT   saves a network of its own as the notebook would, and writes its outputs

KIND says whose modules: right-only-dqn, tutorial-ddqn, dueling-custom; or of networks under this project's names: own (flat), rainbow
(flat, noisy dueling streams, 51 atoms from -10 to 10), impala (a picture through residual blocks, 8 quantiles).
SHAPE is 4x84x84 or the like; FRAMES holds bytes, OUT gets 32-bit floats, one row an observation. A frame's byte counts SCALE times.
"""
import sys

import numpy
import torch
from torch import nn


def convolutions(channels, norm=lambda n: []):
    layers = []
    for inputs, outputs, kernel, stride in [(channels, 32, 8, 4), (32, 64, 4, 2), (64, 64, 3, 1)]:
        layers += [nn.Conv2d(inputs, outputs, kernel, stride), *norm(outputs), nn.ReLU()]
    return layers


def length(layers, shape):
    with torch.no_grad():
        return nn.Sequential(*layers)(torch.zeros(1, *shape)).numel()


class RightOnly(nn.Module):
    def __init__(self, shape, actions):
        super().__init__()
        self.conv_layers = nn.Sequential(*convolutions(shape[0]))
        self.net = nn.Sequential(self.conv_layers, nn.Flatten(), nn.Linear(length(self.conv_layers, shape), 512), nn.ReLU(), nn.Linear(512, actions))

    def forward(self, x):
        return self.net(x)


class Tutorial(nn.Module):
    def __init__(self, shape, actions):
        super().__init__()
        def build():
            layers = convolutions(shape[0])
            return nn.Sequential(*layers, nn.Flatten(), nn.Linear(length(layers, shape), 512), nn.ReLU(), nn.Linear(512, actions))
        self.online, self.target = build(), build()
        self.target.load_state_dict(self.online.state_dict())

    def forward(self, x):
        return self.online(x)


class Dueling(nn.Module):
    def __init__(self, shape, actions):
        super().__init__()
        layers = convolutions(shape[0], norm=lambda n: [nn.BatchNorm2d(n)])
        self.conv1, self.bn1, _, self.conv2, self.bn2, _, self.conv3, self.bn3, _ = layers
        features = length(layers, shape)
        self.adv_fc1, self.adv_fc2 = nn.Linear(features, 256), nn.Linear(256, actions)
        self.val_fc1, self.val_fc2 = nn.Linear(features, 256), nn.Linear(256, 1)

    def forward(self, x):
        for conv, norm in [(self.conv1, self.bn1), (self.conv2, self.bn2), (self.conv3, self.bn3)]:
            x = norm(conv(x)).relu()
        x = x.flatten(1)
        value, advantage = self.val_fc2(self.val_fc1(x).relu()), self.adv_fc2(self.adv_fc1(x).relu())
        return value + advantage - advantage.mean(1, keepdim=True)


class Own(nn.Module):
    """Two hidden layers of 256 with LayerNorm, and a dueling head of one layer."""

    def __init__(self, shape, actions):
        super().__init__()
        self.features = nn.Sequential(nn.Linear(shape[0], 256), nn.LayerNorm(256), nn.ReLU(), nn.Linear(256, 256), nn.LayerNorm(256), nn.ReLU())
        self.value, self.advantage = nn.Linear(256, 1), nn.Linear(256, actions)

    def forward(self, x):
        x = self.features(x)
        advantage = self.advantage(x)
        return self.value(x) + advantage - advantage.mean(1, keepdim=True)


class NoisyLinear(nn.Module):
    """Its mean: what it is when it does not explore."""

    def __init__(self, inputs, outputs):
        super().__init__()
        for name, shape in dict(weight=(outputs, inputs), bias=(outputs,)).items():
            self.register_parameter(f"{name}_mu", nn.Parameter(torch.randn(shape) / inputs ** 0.5))
            self.register_parameter(f"{name}_sigma", nn.Parameter(torch.randn(shape)))

    def forward(self, x):
        return nn.functional.linear(x, self.weight_mu, self.bias_mu)


class Rainbow(Own):
    def __init__(self, shape, actions):
        super().__init__(shape, actions)
        del self.value, self.advantage
        self.val_fc1, self.val_fc2 = NoisyLinear(256, 32), NoisyLinear(32, 51)
        self.adv_fc1, self.adv_fc2 = NoisyLinear(256, 32), NoisyLinear(32, actions * 51)

    def forward(self, x):
        x = self.features(x)
        value, advantage = self.val_fc2(self.val_fc1(x).relu()).unflatten(1, (1, 51)), self.adv_fc2(self.adv_fc1(x).relu()).unflatten(1, (-1, 51))
        chances = (value + advantage - advantage.mean(1, keepdim=True)).softmax(2)
        return (chances * torch.linspace(-10, 10, 51)).sum(2)


class Block(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, padding=1)
        for name in "res0", "res1":
            self.add_module(name, nn.ModuleDict({c: nn.Conv2d(outputs, outputs, 3, padding=1) for c in ("conv0", "conv1")}))

    def forward(self, x):
        x = nn.functional.max_pool2d(self.conv(x), 3, 2, 1)
        for residual in self.res0, self.res1:
            x = x + residual["conv1"](residual["conv0"](x.relu()).relu())
        return x


class Impala(nn.Module):
    def __init__(self, shape, actions):
        super().__init__()
        self.blocks = nn.ModuleList([Block(shape[0], 16), Block(16, 32), Block(32, 32)])
        self.features = nn.Sequential(nn.Linear(1152, 64), nn.ReLU())
        self.value, self.advantage = nn.Linear(64, 8), nn.Linear(64, actions * 8)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        x = self.features(nn.functional.adaptive_max_pool2d(x.relu(), 6).flatten(1))
        value, advantage = self.value(x).unflatten(1, (1, 8)), self.advantage(x).unflatten(1, (-1, 8))
        return (value + advantage - advantage.mean(1, keepdim=True)).mean(2)


KINDS = {"right-only-dqn": RightOnly, "tutorial-ddqn": Tutorial, "dueling-custom": Dueling, "own": Own, "rainbow": Rainbow, "impala": Impala}


def main(verb, file, kind, shape, actions, scale, frames, out):
    shape = [int(n) for n in shape.split("x")]
    signed = kind in ("own", "rainbow")
    x = torch.from_numpy(numpy.fromfile(frames, numpy.int8 if signed else numpy.uint8)).reshape(-1, *shape).float() * float(scale)
    torch.manual_seed(7)
    net = KINDS[kind](shape, int(actions))
    if verb == "make":
        if kind == "dueling-custom":
            net.train()
            with torch.no_grad():
                net(x)  # running statistics other than 0 and 1
        if file.endswith(".chkpt"):
            torch.save(dict(model=net.state_dict(), exploration_rate=0.5), file)
        else:
            torch.save(net.state_dict(), file)
    else:
        # PyTorch 1.13 refuses any float under weights_only, those of its own checkpoints too; 2.0 and later read them.
        floats = int(torch.__version__.split(".")[0]) >= 2
        saved = torch.load(file, map_location="cpu", weights_only=floats or not file.endswith(".chkpt"))
        if file.endswith(".chkpt"):
            assert 0 < saved["exploration_rate"] <= 1, saved["exploration_rate"]
            saved = saved["model"]
        net.load_state_dict(saved, strict=True)
    net.eval()
    with torch.no_grad():
        net(x).numpy().astype(numpy.float32).tofile(out)


main(*sys.argv[1:])
