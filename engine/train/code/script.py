"""A recorded run as one short script: what it says first, its data, network, steps and checks.

The script does what engine/train/fit.py does, in the same order and with the same random numbers. On the same
machine, threads and precision it repeats the run's losses to the last digit or nearly so; elsewhere sums are
rounded otherwise, and its accuracy agrees within what a few pictures make (`TOLERANCE`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine import __version__
from engine.data.imageset import ImageSet
from engine.jobs import Event
from engine.train.code import augmentation, colour, data, network, optimizers
from engine.train.colour_settings import ColourSettings
from engine.train.events import Checked, KnobMoved, Step
from engine.train.recipes import recipe_of, settings_of
from engine.train.settings import TrainSettings
from engine.zoo.colour import ColourNet

TOLERANCE = 0.01  # of accuracy, between the run and its script
LIVE = ("batch_size", "learning_rate", "dropout", "augment")
_FAR = "seen / (EPOCHS * len(train))"  # how much of the run is done


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What a script is written from: a run's name, its run.json, its events, and the pictures it learnt from."""

    name: str
    about: dict[str, Any]
    events: Sequence[Event]
    train: ImageSet

    @property
    def settings(self) -> TrainSettings:
        """What it began with."""
        found: TrainSettings = settings_of(self.about)
        return found


def write(run: Run) -> str:
    """The script. Raises `LabError` for a network that is too large for one."""
    settings, chosen = run.settings, recipe_of(run.about)
    shape, classes = run.train.images.shape[1:], len(run.train.classes)
    channels = 3 if len(shape) == 3 else 1
    built = chosen.build(settings)
    if isinstance(settings, ColourSettings) and isinstance(built, ColourNet):
        net = colour.network_source(built, classes=classes, place=_place(run))
    else:
        net = network.source_of(built, shape=(channels, shape[0], shape[1]), classes=classes)
    parts = (
        _head(run, settings),
        _values(run, settings),
        data.source_of(run.train.id, shape),
        _pictures(run, settings, channels),
        augmentation.source_of(_turned_only(settings)),
        _changes(settings, classes),
        net,
        _MEASURE.replace("AUTOCAST", _autocast(run))
        .replace("TO\n", f"{_to(run)}\n")
        .replace("net", _answering(settings)),
        *optimizers.sources_of(settings),
        _loop(run, settings),
    )
    return "\n\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _turned_only(settings: TrainSettings) -> TrainSettings:
    """The settings of `augment`: photographs are moved before it, with their edges reflected."""
    return replace(settings, shift=0.0) if isinstance(settings, ColourSettings) else settings


def _changes(settings: TrainSettings, classes: int) -> str:
    """What makes a batch of photographs; nothing for digits, whose loop says it in a line."""
    if not isinstance(settings, ColourSettings):
        return ""
    augments = augmentation.changes(_turned_only(settings))
    return colour.pictures_source(settings, augments=augments, classes=classes)


def _answering(settings: TrainSettings) -> str:
    """The network that is measured and kept: the average where there is one."""
    return "mean" if getattr(settings, "average", 0.0) else "net"


def _head(run: Run, settings: TrainSettings) -> str:
    summary = run.about.get("summary", {})
    ended = f"It read {100 * summary['accuracy']:.2f} % of {summary['test_count']:,} test pictures." if summary else ""
    needs = ", ".join(filter(None, ("torch, numpy", data.NEEDS.get(run.train.id))))
    uses = {
        "import copy\n": _answering(settings) == "mean",
        "import math\n": settings.schedule == "one-cycle" or augmentation.changes(_turned_only(settings)),
        "from collections import OrderedDict\n": True,
        "from pathlib import Path\n": data.beside(run.train.id),
        "from types import SimpleNamespace\n": True,
    }
    imports = "".join(line for line, used in uses.items() if used)
    return f'''"""{run.about["recipe"]} on {run.train.id}: the run {run.name}, written out by Convoscope {__version__}.

It learns what the run learnt: the same pictures in the same order, the same random numbers, the same steps.
{ended + " " if ended else ""}Needs {needs}.
"""

{imports}
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
'''


def _values(run: Run, settings: TrainSettings) -> str:
    changes = isinstance(settings, ColourSettings) or augmentation.changes(settings)
    live = [name for name in LIVE if name != "augment" or changes]
    now = ", ".join(f"{name}={getattr(settings, name)!r}" for name in live)
    turned: dict[int, dict[str, float]] = defaultdict(dict)
    for event in run.events:
        if isinstance(event, KnobMoved) and event.name in live:
            turned[event.step][event.name] = int(event.new) if event.name == "batch_size" else event.new
    lines = [
        f"SEED, EPOCHS, STEPS = {settings.seed}, {settings.epochs:g}, {_last_step(run)}",
        f"now = SimpleNamespace({now})",
    ]
    if turned:
        lines.append(f"TURNED = {dict(turned)}  # knobs that a hand turned, by step")
    if run.about["threads"]:
        lines.append(f"torch.set_num_threads({run.about['threads']})  # another number adds up in another order")
    lines.append("draw = torch.Generator().manual_seed(SEED)  # all random numbers of weights, dropout, augmentation")
    return "\n".join(lines)


def _last_step(run: Run) -> int:
    """Where the script ends: where the run did, or at its last check when that was broken off."""
    kinds: tuple[type[Event], ...] = (Step,) if run.about.get("state") == "done" else (Checked,)
    return max((event.step for event in run.events if isinstance(event, kinds)), default=0)  # type: ignore[attr-defined]


def _pictures(run: Run, settings: TrainSettings, channels: int) -> str:
    axes = "[:, None]" if channels == 1 else ".permute(0, 3, 1, 2)"
    return f'''
images, labels = read("train")
mixed = torch.randperm(len(labels), generator=torch.Generator().manual_seed(SEED)).numpy()
held_out, train = mixed[:{settings.held_out}], mixed[{settings.held_out}:]  # to choose the best weights by, and to learn from


def as_input(some):
    """uint8 pictures as (B, {channels}, H, W) float32 in [0, 1]."""
    x = torch.from_numpy(np.ascontiguousarray(some)){axes}
    return x.to({_place(run)}torch.float32, memory_format=torch.channels_last).div_(255)
'''


_MEASURE = '''
@torch.inference_mode()
def measure(images, labels, exact=False):
    """(accuracy, mean loss) with dropout off."""
    net.eval()
    parts = [as_input(images[at : at + 1000]) for at in range(0, len(labels), 1000)]
    with AUTOCAST:
        scores = torch.cat([net(x).float() for x in parts])
    net.train()
    answers = torch.from_numpy(labels)TO
    return (scores.argmax(1) == answers).double().mean().item(), F.cross_entropy(scores, answers).item()
'''


def _place(run: Run) -> str:
    """The device as the first argument of `.to`; nothing for the CPU, where all is made."""
    return "" if run.about["device"] == "cpu" else f'"{run.about["device"]}", '


def _to(run: Run) -> str:
    return "" if run.about["device"] == "cpu" else f'.to("{run.about["device"]}")'


def _autocast(run: Run) -> str:
    if run.about["precision"] == "bf16":
        return f'torch.autocast("{run.about["device"]}", torch.bfloat16, enabled=not exact)'
    return f'torch.autocast("{run.about["device"]}", enabled=False)'


_LOOP = """
net = Net()
for layer in net.modules():
    if isinstance(layer, (nn.Conv2d, nn.Linear)):
        {start}
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
net.to({place}memory_format=torch.channels_last)
{mean}{name} = {optimizer}
step = seen = checked = 0
best, kept = (-1.0, 0.0), {{}}

while step < STEPS:
{turned}    epoch, at = divmod(seen, len(train))
    left = len(train) - at
    size = left if left < 1.5 * now.batch_size else now.batch_size  # the last batch takes a small rest with it
    picked = np.random.default_rng((SEED, epoch)).permutation(len(train))[at : at + size]
    chosen = train[picked]
{rate}    x = {pictures}
{mixed}    with {autocast}:
        scores = net(x).float()
    loss = F.cross_entropy(scores, {answers}{smoothing})
    {name}.zero_grad()
    loss.backward()
    {name}.step()
{follow}    step, seen = step + 1, seen + len(chosen)
    if {checks}seen // len(train) > checked or step == STEPS:
        checked = {checks}seen // len(train)
        accuracy, held_loss = measure(images[held_out], labels[held_out])
        print(f"step {{step:,}}  loss {{loss.item():.4f}}  held out {{accuracy:.2%}}")
        if (accuracy, -held_loss) > best:
            best, kept = (accuracy, -held_loss), {{name: value.clone() for name, value in {answering}.state_dict().items()}}

{answering}.load_state_dict(kept)
print(f"held out {{best[0]:.4f}}  test {{measure(*read('test'), exact=True)[0]:.4f}}")
"""


_FOLLOW = """    with torch.no_grad():
        share = 1 - min({average:g}, (1 + step) / (10 + step))
        for slow, fast in zip(mean.parameters(), net.parameters(), strict=True):
            slow.lerp_(fast, share)
        for slow, fast in zip(mean.buffers(), net.buffers(), strict=True):
            slow.copy_(fast)
"""


def _loop(run: Run, settings: TrainSettings) -> str:
    often = recipe_of(run.about).checks  # in an epoch
    turned = any(isinstance(event, KnobMoved) and event.name in LIVE for event in run.events)
    answers = f"torch.from_numpy(labels[chosen]){_to(run)}"
    values = _colour_values(settings, answers) if isinstance(settings, ColourSettings) else _digit_values(settings)
    return _LOOP.format(
        **{"answers": answers, **values},
        name=optimizers.name_of(settings),
        optimizer=optimizers.call_of(settings),
        turned="    vars(now).update(TURNED.get(step, {}))\n" if turned else "",
        autocast=_autocast(run).replace(", enabled=not exact", ""),
        place=_place(run),
        checks=f"{often} * " if often != 1 else "",
        answering=_answering(settings),
    )


def _digit_values(settings: TrainSettings) -> dict[str, str]:
    """What the loop of a digit network has in the places that differ."""
    x = "augment(as_input(images[chosen]))" if augmentation.changes(settings) else "as_input(images[chosen])"
    return {
        "start": colour.START["he"],
        "rate": optimizers.rate_of(settings, _FAR),
        "pictures": f"{x}.contiguous(memory_format=torch.channels_last)",
        "mixed": "",
        "smoothing": "",
        "mean": "",
        "follow": "",
    }


def _colour_values(settings: ColourSettings, answers: str) -> dict[str, str]:
    """What the loop of a photograph network has there. answers: the labels of a batch."""
    mean = "mean = copy.deepcopy(net).eval()  # a running average of the weights is measured and kept\n"
    mixed = {"mixed": f"    x, answers = cutmix(x, {answers}, progress)\n", "answers": "answers"}
    return {
        "start": colour.start_of(settings),
        "rate": f"    progress = {_FAR}\n{optimizers.rate_of(settings, 'progress')}",
        "pictures": "prepared(picked, epoch, progress)",
        "smoothing": f", label_smoothing={settings.smoothing:g}" if settings.smoothing else "",
        "mean": mean if settings.average else "",
        "follow": _FOLLOW.format(average=settings.average) if settings.average else "",
        **(mixed if settings.mix else {"mixed": ""}),
    }
