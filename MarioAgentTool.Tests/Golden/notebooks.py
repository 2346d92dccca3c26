"""Runs classes, functions and loops of the three notebooks without a line of theirs being kept here.

    from notebooks import Notebook
    n = Notebook(path_of_the_text)            # 000, 001 or 002; which one is told from the text itself
    space = n.load()                          # every class and function, in a namespace with stand-ins
    space["Agent"](...)                       # the notebook's own code, on this machine's PyTorch
    exec(n.code("custom_reward"), space)      # one definition alone
    exec(n.loop(0), space)                    # the n-th top-level loop (the training loop), likewise

For Debian's Python 3.11 with torch 1.13, torchvision, numpy, PIL and OpenCV. What the notebooks import beyond that (gym, nes_py,
gym_super_mario_bros, tensordict, torchrl, tensorboard, matplotlib) is stood in for by the few lines below: enough for the notebooks'
code to run, nothing of what those packages do.

Two texts are notebooks with their lines; the third is a web page whose code lost its line ends, indentation, and the space after
`class` and `def`. See `rebuild`.
"""

import ast
import datetime
import os
import random
import re
import sys
import textwrap
import time
import types
from collections import deque
from pathlib import Path


class Notebook:
    def __init__(self, path):
        text = Path(path).read_text(encoding="utf-8")
        cells = text.count("\nIn [") or text.startswith("In [")
        self.name = Path(path).name.split("_")[0]
        self.tree = ast.Module(body=_cells(text) if cells else _page(text), type_ignores=[])

    def names(self):
        """Classes and functions, in order; one that is defined again appears again."""
        return [s.name for s in self.tree.body if isinstance(s, (ast.ClassDef, ast.FunctionDef))]

    def source(self, name=None):
        """What will be run, for reading it through."""
        return "\n\n".join(ast.unparse(s) for s in self._pick(name))

    def code(self, *names):
        """The definitions of these names, ready for exec; all of them without a name."""
        return self._compile([s for s in self.tree.body if isinstance(s, (ast.ClassDef, ast.FunctionDef)) and (not names or s.name in names)])

    def assignments(self, *names):
        """The first top-level assignment to each of these plain names (hyperparameters, counters, networks), ready for exec."""
        first = {}
        for s in self.tree.body:
            if isinstance(s, ast.Assign) and isinstance(s.targets[0], ast.Name):
                first.setdefault(s.targets[0].id, s)
        return self._compile([s for s in first.values() if s.targets[0].id in names])

    def loop(self, number=0):
        """The number-th top-level loop (or try around one), ready for exec."""
        return self._compile([[s for s in self.tree.body if isinstance(s, (ast.For, ast.While, ast.Try))][number]])

    def load(self, *names, **given):
        """A namespace with the stand-ins, `given`, and the definitions of `names` (of everything without names)."""
        space = stand_ins()
        space.update(given)
        exec(self.code(*names), space)
        return space

    def _pick(self, name):
        return [s for s in self.tree.body if name is None or getattr(s, "name", None) == name]

    def _compile(self, statements):
        return compile(ast.Module(body=list(statements), type_ignores=[]), f"notebook {self.name}", "exec")


# ---------------------------------------------------------------- notebooks with their lines

def _cells(text):
    """Each cell is what parses from its first line on: prose and printed output after it do not."""
    body = []
    for cell in re.split(r"(?m)^In \[[^\]]*\]:\s*$", text)[1:]:
        lines = cell.split("\n")
        for end in range(len(lines), 0, -1):
            try:
                tree = ast.parse("\n".join(lines[:end]))
            except SyntaxError:
                continue
            body += tree.body
            break
    return [s for s in body if not isinstance(s, (ast.Import, ast.ImportFrom))]


# ---------------------------------------------------------------- the page without line ends

def _page(text):
    body = []
    for line in text.split("\n"):
        if re.match(r"(class[A-Z]\w*\s*[(:]|import\w|\w+ = \w)", line):
            source = rebuild(line)
            body += ast.parse(source).body
    return body


# Blocks end where the structure says so (else, def, class, after return and break); any other block is taken to be one statement
# long, save these. Keyed by class, method and the block's number in it; a loop outside of classes has neither.
_BLOCK_LENGTHS = {
    ("SkipFrame", "step", 0): 3,
    ("Mario", "act", 1): 4,
    ("MetricLogger", "log_step", 0): 3,
    ("MetricLogger", "log_episode", 0): 2,
    ("MetricLogger", "log_episode", 1): 2,
    ("MetricLogger", "record", 1): 4,
    (None, None, 0): 4,
    (None, None, 1): 7,
}

_TOKEN = re.compile(r"""
      (?P<string>[rRbBfF]{0,2}(?:\"\"\"(?s:.*?)\"\"\"|'''(?s:.*?)'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))
    | (?P<number>\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?)
    | (?P<name>[^\W\d]\w*)
    | (?P<op>\*\*=|//=|>>=|<<=|==|!=|<=|>=|\+=|-=|\*=|/=|%=|->|:=|\*\*|//|[-+*/%@&|^~<>()\[\]{},:.=;!?`$\\])
""", re.VERBOSE)

_OPENERS = {"return", "raise", "break", "continue", "pass", "while", "for", "with", "def", "class", "elif", "try", "assert", "del", "global"}
_BLOCKS = {"if", "elif", "else", "for", "while", "with", "def", "class"}
_WORDS = {"and", "or", "not", "in", "is", "if", "else", "as", "for", "lambda", "from", "import"} | _OPENERS


def rebuild(line):
    """Source with lines and indentation from a line of code that lost both."""
    return "\n".join(_indent(_statements(_tokens(line)))) + "\n"


def _tokens(line):
    """(kind, text, whether it is the first of a comment). An apostrophe inside a word is no string."""
    at, tokens, comment = 0, [], False
    line = re.sub(r"(?<=[a-z])'(?=s\b)", "", line)
    while at < len(line):
        if line[at] == "#":
            comment, at = True, at + 1
        elif line[at].isspace():
            at += 1
        else:
            found = _TOKEN.match(line, at)
            at = found.end() if found else at + 1
            if found:
                tokens += [(kind, text, comment and i == 0) for i, (kind, text) in enumerate(_unglue(found.lastgroup, found.group(), line, at))]
                comment = False
    return tokens


def _unglue(kind, text, line, end):
    """`classX(` and `deff(` are two words each; so is `defX` before its parameters."""
    glued = re.fullmatch(r"(class(?=[A-Z])|def(?=[a-z_]))(\w+)", text) if kind == "name" else None
    follows = line[end:].lstrip()[:1]
    if glued and follows and follows in "(:" and re.match(r"\s*(\([^()]*(\([^()]*\)[^()]*)*\))?\s*:", line[end:]):
        return [("name", glued.group(1)), ("name", glued.group(2))]
    return [(kind, text)]


def _statements(tokens):
    """Token lists, one a statement. A new one begins where two operands meet, and at words that only begin statements.

    Words of a comment come out as statements that do nothing, and are dropped; so is a comment's first, whatever it would do.
    """
    statements, current, depth = [], [], 0
    for i, (kind, text, comment) in enumerate(tokens):
        if depth == 0 and current and (comment or _begins(tokens, i, current)):
            statements.append(current)
            current = []
        depth += (text in "([{") - (text in ")]}") if kind == "op" else 0
        current.append((kind, text, comment))
        if depth == 0 and text == ":" and kind == "op" and current[0][1] in _BLOCKS:
            statements.append(current)
            current = []
    statements.append(current)

    kept, in_comment = [], False
    for s in filter(None, statements):
        in_comment |= s[0][2]
        if _does_something(s) and not (in_comment and _is_prose(s)):
            kept.append(s)
            in_comment = False
    return kept


def _begins(tokens, i, current):
    kind, text, _ = tokens[i]
    last_kind, last, _ = current[-1]
    after_operand = last_kind in ("string", "number") or last in (")", "]", "}") or (last_kind == "name" and last not in _WORDS)
    if last in ("break", "continue", "pass"):
        return True
    if kind == "op":
        return text == "@"
    if text in ("if", "else"):
        return last == "." or _reaches_colon(tokens, i)
    if text in _OPENERS:
        return last not in ("class", "def")
    if text in ("and", "or", "in", "is", "as"):
        return False
    if text == "not":
        return after_operand and tokens[i + 1][1] != "in"
    return after_operand and current[0][1] not in ("class", "def", "@") or (after_operand and current[0][1] == "@")


def _reaches_colon(tokens, i):
    """Whether this `if` heads a block (its colon comes before any else), or this `else` does."""
    depth = 0
    for kind, text, _ in tokens[i + 1:]:
        if kind == "op":
            depth += (text in "([{") - (text in ")]}")
        if depth == 0 and (text == ":" or text == "else"):
            return text == ":"
        if tokens[i][1] == "else":
            return False
    return False


def _is_prose(statement):
    """In a comment, `record()` is the name of a function."""
    return statement[0][2] or len(statement) > 1 and statement[0][0] == "name" and statement[1][1] == "("


def _does_something(statement):
    source = _join(statement)
    if source.endswith(":") or source.startswith("@"):
        return statement[0][1] in _BLOCKS or source[0] == "@"
    try:
        tree = ast.parse(source).body if statement[0][1] not in ("return", "break", "continue") else None
    except SyntaxError:
        return False
    return tree is None or not isinstance(tree[0], ast.Expr) or isinstance(tree[0].value, ast.Call) or statement[0][0] == "string"


def _join(statement):
    return " ".join(text for _, text, _ in statement)


def _indent(statements):
    """Lines with indentation. A stack holds the open blocks and how many statements each may still take."""
    lines, stack, where, blocks = [], [], [None, None], 0

    def close(until):
        while stack and not until(stack[-1]):
            stack.pop()

    for s in statements:
        head = s[0][1]
        if head == "class":
            stack.clear()
            where, blocks = [s[1][1], None], 0
        elif head == "@" or head == "def":
            is_method = head == "@" or "self" in [t[1] for t in s[:5]] or (stack and stack[-1]["head"] == "class")
            if is_method:
                close(lambda b: b["head"] == "class")
            if head == "def" and is_method:
                where, blocks = [where[0], s[1][1]], 0
        elif head in ("else", "elif"):
            # The nearest `if` that could still have one, whose body is closed by it.
            while stack and not (stack[-1]["head"] in ("if", "elif")):
                stack.pop()
            stack.pop()
        else:
            while stack and stack[-1]["left"] == 0:
                stack.pop()
            if stack and stack[-1]["returned"]:
                stack.clear()
        if head not in ("else", "elif", "def", "class", "@") and stack and stack[-1]["left"] is not None:
            stack[-1]["left"] -= 1

        lines.append("    " * len(stack) + _join(s))
        if s[-1][1] == ":" and head in _BLOCKS:
            length = None
            if head not in ("class", "def"):
                length = _BLOCK_LENGTHS.get((*where, blocks), 1)
                blocks += 1
            elif head == "def" and not is_method:
                length = 1
            stack.append({"head": head, "left": length, "returned": False})
        elif head == "return" and stack[-1]["head"] == "def" and stack[-1]["left"] is None:
            stack[-1]["returned"] = True
    return lines


# ---------------------------------------------------------------- stand-ins

class Wrapper:
    """gym's, as far as a scripted environment needs it."""

    def __init__(self, env):
        self.env = env
        self.observation_space = getattr(env, "observation_space", None)
        self.action_space = getattr(env, "action_space", None)

    def __getattr__(self, name):
        if name == "env":
            raise AttributeError(name)
        return getattr(self.env, name)

    @property
    def unwrapped(self):
        return getattr(self.env, "unwrapped", self.env)

    def reset(self, **kwargs):
        return self.env.reset(**kwargs)

    def step(self, action):
        return self.env.step(action)


class ObservationWrapper(Wrapper):
    def reset(self, **kwargs):
        return self.observation(self.env.reset(**kwargs))

    def step(self, action):
        seen, *rest = self.env.step(action)
        return (self.observation(seen), *rest)


class Box:
    def __init__(self, low=0, high=255, shape=(), dtype=None):
        self.low, self.high, self.shape, self.dtype = low, high, shape, dtype


class TensorDict(dict):
    def __init__(self, values, batch_size=()):
        super().__init__(values)

    def to(self, device):
        return self


class TensorDictReplayBuffer:
    """Keeps what it is given. `sample` hands out what a test put into `script`, else draws with random.Random."""

    def __init__(self, storage=None):
        self.items, self.script = [], []

    def __len__(self):
        return len(self.items)

    def add(self, item):
        self.items.append(item)

    def sample(self, size):
        import torch
        if self.script:
            return self.script.pop(0)
        drawn = [random.choice(self.items) for _ in range(size)]
        return TensorDict({k: torch.stack([d[k] for d in drawn]) for k in drawn[0]})


class SummaryWriter:
    def __init__(self, *args, **kwargs):
        self.scalars = []

    def add_scalar(self, tag, value, step):
        self.scalars.append((tag, value, step))

    def close(self):
        pass


def stand_ins():
    """What the notebooks import, under the names they use."""
    import numpy as np
    import torch
    import torch.nn as nn
    import torch.nn.functional as functional
    import torchvision.transforms as transforms
    from PIL import Image

    gym = types.ModuleType("gym")
    gym.__version__ = "0.23.0"
    gym.Wrapper, gym.ObservationWrapper = Wrapper, ObservationWrapper
    gym.spaces = types.SimpleNamespace(Box=Box)
    gym.wrappers = types.SimpleNamespace(FrameStack=Wrapper, GrayScaleObservation=Wrapper, ResizeObservation=Wrapper)
    plt = types.SimpleNamespace(clf=lambda: None, plot=lambda *a, **k: None, legend=lambda: None, savefig=lambda *a: None)

    # gym-super-mario-bros' action lists, as far as their lengths matter here.
    return {
        "np": np, "torch": torch, "nn": nn, "F": functional, "T": transforms, "Image": Image, "plt": plt,
        "gym": gym, "Box": Box, "FrameStack": Wrapper, "JoypadSpace": lambda env, actions: env,
        "TensorDict": TensorDict, "TensorDictReplayBuffer": TensorDictReplayBuffer, "LazyMemmapStorage": lambda *a, **k: None,
        "SummaryWriter": SummaryWriter, "RIGHT_ONLY": [None] * 5, "SIMPLE_MOVEMENT": [None] * 7, "COMPLEX_MOVEMENT": [None] * 12,
        "Path": Path, "deque": deque, "random": random, "datetime": datetime, "os": os, "time": time, "types": types, "cwd": os.getcwd(),
        "__name__": "notebook",
    }


if __name__ == "__main__":
    for given in sys.argv[1:]:
        print(f"# {given}")
        print(Notebook(given).source())
