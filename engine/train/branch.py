"""Going back to a checkpoint of a run and on from there with other settings, in a run of its own.

The new run is the old one up to the checkpoint: same data, same held-out part, same weights, Adam's moments and
random numbers; its run.json names the parent. What decides those (seed, held-out part, architecture) stays.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine import places
from engine.errors import LabError
from engine.fields import changed
from engine.files import read_json
from engine.jobs import Job, Progress
from engine.knobs import Box
from engine.text import Text
from engine.train.checkpoints import kept, read_checkpoint
from engine.train.curves import CHECK, read_columns
from engine.train.event_folder import check_run
from engine.train.fit import train
from engine.train.recipes import recipe
from engine.train.run_folder import RunFolder, new_folder
from engine.train.runs import RunSummary

FIXED = ("seed", "held_out")
_OF_THE_PARENT = ("recipe", "dataset", "data_folder", "fingerprint", "device", "precision", "threads", "versions")


def steps_to_rewind(run: Path) -> tuple[int, ...]:
    """The steps of the kept checkpoints of a run, in order."""
    return tuple(one.step for one in kept(run))


def make_branch(
    parent: Path, step: int, assignments: Sequence[str] = (), *, settings: Any = None, out: Path | None = None
) -> Job:
    """Write a new run that stands where `parent` stood at `step`; `train(resume=…)` takes it further. A job.

    Args:
        step: of a kept checkpoint, or of the run's last one.
        assignments: "key=value" changes to the checkpoint's settings. settings: instead, all of them.
        out: the new run's folder; None makes one.
    Returns: the new run's folder.
    Raises:
        LabError: no run, no checkpoint there, a setting that must stay, a folder in use.
    """
    yield Progress(0, 3)
    about = about_run(parent)
    chosen = recipe(about["recipe"])
    tensors, progress = read_checkpoint(parent, step)
    try:
        before = chosen.settings_from(progress["settings"])
    except (KeyError, TypeError) as error:
        raise LabError(_damaged(parent)) from error
    now = settings if settings is not None else changed(before, list(assignments))
    _must_stay(before, now, (*FIXED, *(name for name in chosen.architecture if not _live(before, name))))
    columns = yield from read_columns(parent)
    progress |= _as_best(columns.checks, step)
    yield Progress(1, 3)
    folder = RunFolder(out or new_folder(places.runs(), chosen.id))
    try:
        if (folder.path / "run.json").exists():
            raise LabError(_taken(folder.path))
        _write(folder, parent, step, {**progress, "settings": dataclasses.asdict(now)}, tensors)
        folder.write_about(
            **{name: about[name] for name in _OF_THE_PARENT if name in about},
            settings=dataclasses.asdict(now),
            parent={"folder": parent.name, "step": step},
            started=datetime.now().astimezone().isoformat(timespec="seconds"),
            state="stopped",
        )
    finally:
        folder.close()
    yield Progress(3, 3)
    return folder.path


def branch(
    parent: Path,
    step: int,
    assignments: Sequence[str] = (),
    *,
    settings: Any = None,
    out: Path | None = None,
    spare: int = 0,
    knobs: Box[Any] | None = None,
    seconds: float | None = None,
) -> Job:
    """`make_branch`, and train it to its end; a job that yields and returns what `train` does."""
    folder = yield from make_branch(parent, step, assignments, settings=settings, out=out)
    return (yield from train("", resume=folder, spare=spare, knobs=knobs, seconds=seconds))


def about_run(parent: Path) -> dict[str, Any]:
    """What run.json says. Raises `LabError` for what is no run, or damaged."""
    check_run(parent)
    about = read_json(parent / "run.json")
    if not isinstance(about.get("recipe"), str):
        raise LabError(_damaged(parent))
    return about


def _damaged(folder: Path) -> Text:
    text = Text(
        "{folder} cannot be branched: its run.json or checkpoint is damaged or from another version.",
        "{folder} 실행에서 가지를 낼 수 없어요. run.json이나 체크포인트가 손상됐거나 다른 버전의 것이에요.",
    )
    return text(folder=folder)


def _taken(folder: Path) -> Text:
    text = Text(
        "{folder} already holds a run. Choose an empty folder.",
        "{folder} 폴더에 이미 실행이 있어요. 빈 폴더를 골라 주세요.",
    )
    return text(folder=folder)


def _live(settings: Any, name: str) -> bool:
    fields = {f.name: f for f in dataclasses.fields(settings)}
    return bool(fields[name].metadata["field"].live)


def _must_stay(before: Any, now: Any, names: Sequence[str]) -> None:
    for name in names:
        if getattr(before, name) != getattr(now, name):
            text = Text(
                "{name} cannot change in a branch: it decides the network or which pictures are held out. "
                "Start a new run for that.",
                "가지에서는 {name} 설정을 바꿀 수 없어요. 신경망이나 따로 둔 그림을 정하는 값이에요. "
                "새 실행을 시작해 주세요.",
            )
            raise LabError(text(name=name))


def _as_best(checks: Any, step: int) -> dict[str, Any]:
    """The branch's best so far is its own beginning: what the parent reached elsewhere does not count."""
    at = [i for i, value in enumerate(checks[CHECK.index("step")]) if value == step]
    if not at:
        return {"best": -1.0, "best_loss": 0.0, "stale": 0}
    row = checks[:, at[-1]]
    return {"best": float(row[CHECK.index("accuracy")]), "best_loss": float(row[CHECK.index("loss")]), "stale": 0}


def _write(folder: RunFolder, parent: Path, step: int, progress: Mapping[str, Any], tensors: Mapping[str, Any]) -> None:
    """The curves up to `step`, the state to go on from, and its weights as the best so far."""
    folder.copy_metrics(parent, step)
    own = {k: v for k, v in progress.items() if k not in ("format", "settings")}
    if progress["best"] >= 0:
        part = "averaged." if any(name.startswith("averaged.") for name in tensors) else "network."
        weights = {name.removeprefix(part): value for name, value in tensors.items() if name.startswith(part)}
        folder.save("best", weights, own)
    folder.save("last", dict(tensors), {"settings": progress["settings"], **own})


# The tree


@dataclass(frozen=True, slots=True)
class Branch:
    """One run in the tree of runs: it leaves `parent` (None: it began from zero) after `start` steps.

    lane: its row, top to bottom; a run's branches stand below it.
    """

    run: RunSummary
    parent: RunSummary | None
    start: int
    lane: int


def tree_of(runs: Sequence[RunSummary], root: Path | None = None) -> tuple[Branch, ...]:
    """The runs as trees, one lane each; with `root` only the family of the run in that folder.

    A run whose parent was deleted stands as a root from its step on.
    """
    by_name = {run.folder.name: run for run in runs}
    children: dict[str, list[RunSummary]] = {}
    roots = []
    for run in sorted(runs, key=lambda run: run.started):
        parent = by_name.get(run.parent[0]) if run.parent else None
        if parent is None or parent is run:
            roots.append(run)
        else:
            children.setdefault(parent.folder.name, []).append(run)
    if root is not None:
        top = _top(by_name.get(root.name), by_name)
        roots = [top] if top else []
    found: list[Branch] = []
    for run in roots:
        _grow(run, None, children, found)
    return tuple(found)


def _top(run: RunSummary | None, by_name: Mapping[str, RunSummary]) -> RunSummary | None:
    seen = set()
    while run and run.parent and run.parent[0] in by_name and run.folder.name not in seen:
        seen.add(run.folder.name)
        run = by_name[run.parent[0]]
    return run


def _grow(
    run: RunSummary, parent: RunSummary | None, children: Mapping[str, list[RunSummary]], found: list[Branch]
) -> None:
    stack: list[tuple[RunSummary, RunSummary | None]] = [(run, parent)]
    while stack:  # not by recursion: a chain of a thousand branches is only long
        run, parent = stack.pop()
        if any(one.run is run for one in found):  # runs that claim to be each other's parent
            continue
        found.append(Branch(run, parent, run.parent[1] if run.parent else 0, len(found)))
        below = sorted(children.get(run.folder.name, ()), key=lambda one: one.parent[1] if one.parent else 0)
        stack += [(one, run) for one in below]  # the last is grown first: the latest branch stands nearest
