"""`train melody`: a small LSTM learns from the tunes of a text file; a minute on any machine (lecture row 114)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

import resources
from engine.errors import LabError
from engine.files import read_json, read_tensors, sha256, write_json, write_tensors
from engine.jobs import Event, Job, Progress
from engine.latent.melody import EDGE, MelodyNet, build, longest_copy, numbers, write
from engine.latent.melody_tunes import Note, Tune, tunes
from engine.latent.run_folder import dreams, started_now
from engine.text import Text
from engine.train.event_folder import EventFolder
from engine.train.run_folder import new_folder, versions
from engine.zoo.weights import put

ID = "melody"
NAME = Text("Melodies", "멜로디")
EPOCHS, HIDDEN, RATE = 60, 96, 4e-3  # after about 40 passes the tunes held out get no better
_TAKEN = Text(
    "The melody network {name} is learning in another Convoscope. Stop it there first.",
    "다른 Convoscope에서 {name} 멜로디 신경망이 배우고 있어요. 먼저 거기서 정지해 주세요.",
)


@dataclass(frozen=True, slots=True)
class Heard(Event):
    """One pass over the tunes. bits: a note's surprise in tunes it learns from; held: in tunes it never learns from."""

    epoch: int
    epochs: int
    bits: float
    held: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Composer:
    """A trained network and its tunes. figures: as its card or run has them."""

    network: MelodyNet
    source: Path
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Melody(Event):
    """What was written. copied: notes in a row that a tune of the file has too."""

    notes: tuple[Note, ...]
    seed: int
    temperature: float
    copied: int


def train_melody(*, out: Path | None = None, file: Path | None = None, epochs: int = EPOCHS, seed: int = 7) -> Job:
    """Learn from nothing; a job that yields `Heard` after each pass and returns the run's figures.

    The best pass is chosen by the four tunes held out, so their figure is a little too good; the count of pairs of notes
    that it is compared with had no such help. Raises: `LabError` for a file of tunes that cannot be read.
    """
    every = tunes(file)
    learnt, held = [one for one in every if not one.held], [one for one in every if one.held]
    held = held or learnt[-1:]  # a person's own file
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    folder = EventFolder(out or new_folder(dreams(), ID), recorded={"heard": Heard}, taken=_TAKEN)
    state, began = "stopped", time.perf_counter()
    try:
        folder.write_about(melody=True, recipe=ID, seed=seed, epochs=epochs, versions=versions(), started=started_now())
        network, best = MelodyNet(hidden=HIDDEN), float("inf")
        optimizer = torch.optim.Adam(network.parameters(), RATE, weight_decay=1e-5)
        data, test = _padded(learnt), _padded(held)
        for epoch in range(1, epochs + 1):
            bits, now = _pass(network, optimizer, *data), _held(network, *test)
            told = Heard(epoch, epochs, bits, now, time.perf_counter() - began)
            folder.record(told)
            if now < best:
                best = now
                _save(folder.path, network, epoch)
            yield told
        figures = _figures(best, learnt, held, seed) | {"seconds": time.perf_counter() - began, "epochs": epochs}
        folder.write_about(summary=figures)
        state = "done"
        return {"recipe": ID, "folder": str(folder.path), **figures}
    finally:
        folder.write_about(state=state)
        folder.close()


def _padded(some: Sequence[Tune]) -> tuple[Tensor, Tensor]:
    """((N, T, 3) tunes with edges, (N, T − 1) True where a note comes)."""
    rows = [numbers(tune.notes) for tune in some]
    longest = max(map(len, rows))
    whole = torch.zeros(len(rows), longest, 3, dtype=torch.int64)
    whole[..., 0] = EDGE
    there = torch.zeros(len(rows), longest - 1, dtype=torch.bool)
    for place, row in enumerate(rows):
        whole[place, : len(row)] = row
        there[place, : len(row) - 1] = True
    return whole, there


def _pass(network: MelodyNet, optimizer: torch.optim.Optimizer, whole: Tensor, there: Tensor) -> float:
    network.train()
    total, count = 0.0, 0
    for rows in torch.randperm(len(whole)).split(7):
        cost = network.cost(whole[rows, :-1], whole[rows, 1:])[there[rows]]
        optimizer.zero_grad(set_to_none=True)
        cost.mean().backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        total, count = total + float(cost.detach().sum()), count + len(cost)
    return total / count


@torch.inference_mode()
def _held(network: MelodyNet, whole: Tensor, there: Tensor) -> float:
    network.eval()
    return float(network.cost(whole[:, :-1], whole[:, 1:])[there].mean())


def _save(folder: Path, network: MelodyNet, epoch: int) -> None:
    tensors = {name: value.detach().clone() for name, value in network.state_dict().items()}
    write_tensors(folder / "best.safetensors", tensors, {"recipe": ID, "hidden": HIDDEN, "epoch": epoch})


def _figures(best: float, learnt: Sequence[Tune], held: Sequence[Tune], seed: int) -> dict[str, Any]:
    return {
        **({"seed": seed} if seed >= 0 else {}),
        "tunes": len(learnt),
        "held_tunes": len(held),
        "notes": sum(len(tune.notes) for tune in learnt),
        "count": sum(len(tune.notes) + 1 for tune in held),
        "bits_held": best,
        "bits_pairs": pair_bits(learnt, held),
    }


def pair_bits(learnt: Sequence[Tune], held: Sequence[Tune]) -> float:
    """A note's surprise in bits for one who only counts which note follows which: what a network must beat.

    Pairs are mixed with single notes and with all notes alike; the shares are those that suit the held tunes best.
    """
    pairs: Counter[tuple[Note | None, Note | None]] = Counter()
    for tune in learnt:
        pairs.update(zip((None, *tune.notes), (*tune.notes, None), strict=True))
    after: Counter[Note | None] = Counter()
    single: Counter[Note | None] = Counter()
    for (before, note), n in pairs.items():
        after[before] += n
        single[note] += n
    asked = [p for tune in held for p in zip((None, *tune.notes), (*tune.notes, None), strict=True)]
    pair = np.array([pairs[p] / max(1, after[p[0]]) for p in asked])
    alone = np.array([single[p[1]] / sum(single.values()) for p in asked])
    found = [-np.log2(a * pair + b * alone + (1 - a - b) / 156).mean() for a, b in _SHARES]  # 26 pitches × 6 lengths
    return float(min(found))


_SHARES = [(a / 10, b / 10) for a in range(10) for b in range(10 - a)]


def composer(which: str = ID) -> Composer:
    """The network that `which` names: "melody" is the bundled one, else a run's folder or file. Raises `LabError`."""
    if which == ID:
        source = resources.path("melodies", f"{ID}.safetensors")
        tensors, about = read_tensors(source)
    else:
        place = Path(which) if Path(which).exists() else dreams() / which
        source = place / "best.safetensors" if place.is_dir() else place
        tensors, about = read_tensors(source)
    if about.get("recipe") != ID:
        text = Text("{path} writes no melodies.", "{path} 파일은 멜로디를 쓰는 신경망이 아니에요.")
        raise LabError(text(path=source))
    network = build(about)
    put(network, tensors, source)
    return Composer(network.eval(), source, dict(about))


def is_melody(which: str) -> bool:
    """True for "melody" and for the folder or name of one of its runs."""
    if which == ID:
        return True
    folders = (Path(which), dreams() / which) if which else ()
    return any((at / "run.json").is_file() and "melody" in read_json(at / "run.json") for at in folders)


def compose(
    which: str = ID, *, seed: int = 0, temperature: float = 0.8, start: Sequence[Note] = (), file: Path | None = None
) -> Job:
    """Write one melody; a job that yields and returns `Melody`. Raises `LabError`."""
    if not 0.05 <= temperature <= 3:
        raise LabError(Text("Choose a temperature between 0.05 and 3.", "온도를 0.05에서 3 사이로 정해 주세요."))
    torch.set_num_threads(1)
    found = composer(which)
    notes = write(found.network, seed=seed, temperature=temperature, start=start)
    copied = longest_copy(notes, [tune.notes for tune in tunes(file) if not tune.held])
    melody = Melody(notes, seed, temperature, copied)
    yield melody
    return melody


def figures_of(which: str = ID, *, file: Path | None = None) -> Job:
    """A network measured on the tunes held out: `bits_held` beside `bits_pairs`; a job, returns plain figures."""
    found, every = composer(which), tunes(file)
    learnt, held = [one for one in every if not one.held], [one for one in every if one.held] or [every[-1]]
    yield Progress(0, 1, NAME)
    return {"model": which, **_figures(_held(found.network, *_padded(held)), learnt, held, -1)}


def bundle_melody(run: Path, *, to: Path | None = None) -> dict[str, Any]:
    """Copy a run's best weights to resources/melodies, beside the tunes, with their card. Raises `LabError` for a run that has not ended."""
    about, best = read_json(run / "run.json"), run / "best.safetensors"
    if about.get("state") != "done":
        text = Text(
            "{path} has not ended. Let it learn to its end first.",
            "{path} 실행이 끝나지 않았어요. 끝까지 배우게 해 주세요.",
        )
        raise LabError(text(path=run.name))
    tensors, kept = read_tensors(best)
    path = (to or resources.path("melodies")) / f"{ID}.safetensors"
    write_tensors(path, {name: value.half() for name, value in tensors.items()}, kept)
    card = {
        "id": ID,
        "task": "compose",
        "pack": "open",
        "command": "python main.py train melody",
        "dataset": "resources/melodies/tunes.txt",
        "selected_on": "the best pass on four tunes held out, which its figure bits_held is measured on too",
        **{name: kept[name] for name in ("recipe", "hidden", "epoch")},
        **about["summary"],
        "date": about["started"][:10],
        "versions": about["versions"],
        "code_licence": "MIT",
        "data_licence": "public-domain tunes, written down for this program (MIT)",
        "weights_licence": "MIT",
        "metric": "bits_held",
        "sha256": sha256(path),
        "bytes": path.stat().st_size,
        "parameters": sum(tensor.numel() for tensor in tensors.values()),
    }
    write_json(path.with_suffix(".json"), card)
    return card


def as_json() -> dict[str, Any]:
    """The recipe for `list recipes`."""
    return {
        "id": ID,
        "task": "compose",
        "name": {"en": NAME.en, "ko": NAME.ko},
        "lecture_rows": [114],
        "datasets": ["resources/melodies/tunes.txt"],
        "settings": {"epochs": EPOCHS, "learning_rate": RATE, "hidden": HIDDEN},
        "pack": "open",
    }
