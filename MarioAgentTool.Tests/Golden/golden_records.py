"""What the notebooks' own logging writes about scripted episodes.

    /usr/bin/python3 golden_records.py FOLDER_OF_THE_NOTEBOOKS

Writes records.json: the steps, and the lines and scalars that the notebooks' code made of them. Times are those of a scripted clock.
"""
import io
import json
import pathlib
import random
import sys
import tempfile
import types

import numpy
import torch

from notebooks import Notebook

HERE = pathlib.Path(__file__).parent
SEEDS = pathlib.Path(sys.argv[1])
FILES = {path.name.split("_")[0]: path for path in SEEDS.glob("0*.txt")}


def script(episodes, seed, learn_from):
    """Steps as lists: reward, whether the episode ends, and the update's loss and mean value or null."""
    draw = random.Random(seed)
    steps = []
    for _ in range(episodes):
        length = draw.randint(1, 9)
        for i in range(length):
            learns = len(steps) >= learn_from and draw.random() < 0.7
            loss = 0.0 if draw.random() < 0.05 else draw.random() * 3
            steps.append([draw.choice([-15.0, -0.5, 0.1, 3.0, draw.uniform(-5, 20)]), i == length - 1, loss if learns else None, draw.uniform(-2, 40) if learns else None])
    return steps


class Clock:
    """time.time and datetime.datetime.now, half a second and a bit apart at each look."""

    def __init__(self):
        self.now = 1_700_000_000.0

    def time(self):
        self.now += 36.4741
        return self.now

    @property
    def datetime(self):
        import datetime
        return types.SimpleNamespace(now=lambda: datetime.datetime.utcfromtimestamp(self.now))


def metric_logger(name):
    """Three hundred episodes through MetricLogger, recorded as the tutorial's loop does."""
    steps = script(301, 5, 40)
    clock = Clock()
    printed = io.StringIO()
    space = Notebook(FILES[name]).load("MetricLogger", print=lambda *a: print(*a, file=printed))
    space["time"], space["datetime"] = clock, clock
    with tempfile.TemporaryDirectory() as folder:
        logger = space["MetricLogger"](pathlib.Path(folder))
        start = clock.now
        episode, epsilon, records = 0, 1.0, []
        for count, (reward, ended, loss, q) in enumerate(steps, 1):
            epsilon = max(0.1, epsilon * 0.9987)
            logger.log_step(reward, loss, q)
            if ended:
                logger.log_episode()
                if episode % 20 == 0 or episode == 300:
                    logger.record(episode=episode, epsilon=epsilon, step=count)
                    records.append(clock.now)
                episode += 1
        log = (pathlib.Path(folder) / "log").read_text()
    averages = {m: [float(x) for x in getattr(logger, f"moving_avg_{m}")] for m in ("ep_rewards", "ep_lengths", "ep_avg_losses", "ep_avg_qs")}
    return dict(steps=steps, decay=0.9987, start=start, times=records, log=log.splitlines(), console=printed.getvalue().splitlines(), averages=averages)


def scores():
    """000's training loop over a scripted environment and agent."""
    steps = script(41, 6, 0)
    printed, log = io.StringIO(), io.StringIO()
    log_close, log.close = log.close, lambda: None
    at = iter(steps)

    def step(action):
        reward, ended, _, _ = next(at)
        return 0, reward, ended, False, {}

    class Agent:
        epsilon, learn_step_counter, replay_buffer = 1.0, 0, []

        def choose_action(self, state):
            return 0

        def store_transition(self, *transition):
            self.replay_buffer.append(0)

        def learn(self):
            if len(self.replay_buffer) >= 32:
                self.learn_step_counter += 1
                self.epsilon = max(0.1, self.epsilon * 0.999)

        def save_model(self, path):
            pass

    notebook = Notebook(FILES["000"])
    space = notebook.load(print=lambda *a: print(*a, file=printed))
    space.update(env=types.SimpleNamespace(step=step, reset=lambda: (0, {})), agent=Agent(), NUM_EPISODES=41, update_interval=10, CKPT_SAVE_INTERVAL=100,
                 SHOULD_TRAIN=True, total_score=0.0, log_file=log, save_dir="", env_name="")
    exec(notebook.loop(0), space)
    return dict(steps=steps, decay=0.999, burn_in=32, console=printed.getvalue().splitlines(), log=log.getvalue().splitlines())


def scalars():
    """002's training loop, with a network and pictures of a few numbers, over a scripted environment."""
    steps = script(60, 7, 0)
    at = iter(steps)
    furthest = random.Random(8)
    x = [furthest.randint(20, 900) for _ in range(60)]
    losses, episode, epsilons = [], [0], []

    class Tiny(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(4, 7)

        def forward(self, state):
            return self.layer(state.reshape(len(state), -1))

    def step(action, max_x, t, flag, died_flag):
        reward, ended, _, _ = next(at)
        max_x = max(max_x, x[episode[0]])
        epsilons.append(float(space["epsilon"]))
        episode[0] += ended
        return torch.rand(4), reward, ended, {"x_pos": max_x}, max_x, t, flag, died_flag

    torch.manual_seed(1)
    numpy.random.seed(1)
    notebook = Notebook(FILES["002"])
    space = notebook.load("FastReplayBuffer")
    exec(notebook.assignments("decay", "gamma"), space)
    space["epsilon"] = 0.99  # The text assigns it twice, the second time for playing.
    main, target = Tiny(), Tiny()
    mse = torch.nn.MSELoss()

    def criterion(q, y):
        loss = mse(q, y)
        losses.append(float(loss.item()))
        return loss

    writer = space["SummaryWriter"]()
    space.update(env=types.SimpleNamespace(step=step, reset=lambda: torch.rand(4), render=lambda: None), main_dqn=main, target_dqn=target, device="cpu",
                 optimizer=torch.optim.Adam(main.parameters()), criterion=criterion, memory=space["FastReplayBuffer"](1000, (4,), "cpu"), batch_size=8,
                 targ_updater=125, writer=writer, num_episodes=60, replay_active=False, global_steps=0, global_max_x=40, max_x_dq=space["deque"](maxlen=25), counter=0,
                 SIMPLE_MOVEMENT=[None] * 7, print=lambda *a: None)
    exec(notebook.loop(0), space)
    frontier = {episode: value for tag, value, episode in writer.scalars if tag == "GMax_X"}
    return dict(steps=steps, first_learning_step=8, losses=losses, frontier=frontier, epsilons=epsilons,
                scalars=[[tag, float(value), episode] for tag, value, episode in writer.scalars])


golden = dict(tutorial=metric_logger("001"), right_only=metric_logger("000"), scores=scores(), scalars=scalars())
assert golden["tutorial"]["log"] == golden["right_only"]["log"], "both notebooks have the same MetricLogger"
del golden["right_only"]
(HERE / "records.json").write_text(json.dumps(golden) + "\n")
