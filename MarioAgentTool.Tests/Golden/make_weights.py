"""Makes the files under weights/: small ones of every kind that torch.save writes, and what they hold as JSON.

    /usr/bin/python3 make_weights.py

The files are committed, so that machines without PyTorch read them too. They were made with PyTorch 1.13 and numpy 1.24.
"""
import collections
import json
import pathlib

import numpy
import torch

FOLDER = pathlib.Path(__file__).parent / "weights"
torch.manual_seed(1)


def network():
    return torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4), torch.nn.ReLU(), torch.nn.Linear(4, 2))


def views():
    grid = torch.arange(24.0).reshape(2, 3, 4)
    return collections.OrderedDict(
        transposed=grid.permute(2, 0, 1),
        sliced=grid[1, 1:, ::2],
        expanded=torch.tensor([[1.5], [-2.5]]).expand(2, 3),
        whole=grid,
        number=torch.tensor(3.25),
        empty=torch.zeros(0, 5),
        parameter=torch.nn.Parameter(torch.tensor([1.0, 2.0])),
        double=torch.tensor([1.0, 1e-300], dtype=torch.float64),
        half=torch.tensor([1.0, -0.5, 65504.0, 6e-8, float("inf")], dtype=torch.float16),
        bfloat16=torch.tensor([1.0, -3.140625], dtype=torch.bfloat16),
        int64=torch.tensor([-1, 2 ** 40]),
        int32=torch.tensor([-7], dtype=torch.int32),
        int16=torch.tensor([-300], dtype=torch.int16),
        int8=torch.tensor([-128], dtype=torch.int8),
        uint8=torch.tensor([255], dtype=torch.uint8),
        bool=torch.tensor([True, False]),
    )


def checkpoint():
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=2.5e-4)
    net(torch.rand(5, 3)).sum().backward()
    optimizer.step()
    return dict(model=net.state_dict(), exploration_rate=numpy.float64(0.9353), optimizer=optimizer.state_dict(), steps=123456789012,
                episodes=numpy.int64(77), reward=numpy.float32(1.5), note="a \u00e9 text", device=torch.device("cpu"), nothing=None, done=True, size=torch.Size([4, 84, 84]))


def leaves(value, name=""):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, (list, tuple)) else None
    if items is None:
        yield name, value
    else:
        for key, item in items:
            yield from leaves(item, f"{name}.{key}" if name else str(key))


def describe(value):
    tensors, scalars = [], {}
    for name, leaf in leaves(value):
        if isinstance(leaf, torch.Tensor):
            tensors.append(dict(name=name, shape=list(leaf.shape), type=str(leaf.dtype).split(".")[1],
                                values=[str(x) for x in leaf.detach().to(torch.float32).reshape(-1).tolist()]))
        else:
            scalars[name] = leaf if isinstance(leaf, (bool, str, type(None), int, float)) else leaf.item() if isinstance(leaf, numpy.generic) else str(leaf)
    return dict(tensors=tensors, scalars=scalars)


def save(name, value, **how):
    torch.save(value, FOLDER / name, **how)
    return name, describe(value)


shared = network()
FOLDER.mkdir(exist_ok=True)
expected = dict([
    save("plain.pt", shared.state_dict()),
    save("views.pt", views()),
    save("old.pth", views(), _use_new_zipfile_serialization=False),
    save("protocol4.pth", checkpoint(), pickle_protocol=4),
    save("checkpoint.chkpt", checkpoint()),
])
(FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
