"""From a request to a captioner or writer that can learn, new or where a stopped run left off."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor

from engine import places
from engine.caption.events import RECORDED
from engine.caption.recipes import CaptionRecipe, caption_recipe
from engine.devices import Device, choose
from engine.errors import LabError
from engine.fields import check
from engine.files import read_tensors
from engine.jobs import Event
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.event_folder import EventFolder, check_run, read_events, started_now
from engine.train.run_folder import new_folder, versions

_TAKEN = Text(
    "The run {name} is being written by another Convoscope. Stop it there first.",
    "다른 Convoscope가 {name} 실행을 쓰고 있어요. 먼저 거기서 정지해 주세요.",
)


class Learner(Protocol):
    """What differs between a captioner and a writer of text. chosen_by: the figure that is to grow."""

    chosen_by: str

    @property
    def count(self) -> int: ...

    def about(self) -> dict[str, Any]: ...

    def next_batch(self) -> Tensor: ...

    def update(self, chosen: Tensor, done: float) -> float: ...

    def check(self) -> tuple[dict[str, float], str]: ...

    def weights(self) -> dict[str, Tensor]: ...

    def tensors(self) -> dict[str, Tensor]: ...

    def restore(self, kept: dict[str, Tensor]) -> None: ...


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A learner with its data. words: how many it knows. counts: of what it learns from, and of what is held out."""

    learner: Learner
    dataset: str
    fingerprint: str
    counts: tuple[int, int]
    words: int


@dataclass(slots=True, eq=False)
class Plan:
    """What a run was asked for and found, and how far it is.

    seen: sentences or windows learnt from. best: figures of the best check so far. before: what it told until now.
    """

    recipe: CaptionRecipe
    settings: Any
    ready: Prepared
    folder: EventFolder
    step: int = 0
    seen: int = 0
    seconds: float = 0.0
    checks: int = 0
    best: dict[str, float] = dataclasses.field(default_factory=dict)
    before: tuple[Event, ...] = ()

    @property
    def epoch(self) -> float:
        return self.seen / self.ready.learner.count


def tellings() -> Path:
    """Where these runs are kept: beside the trainings, not among them."""
    return places.runs().with_name("tellings")


def begin(
    recipe_id: str,
    settings: Any,
    *,
    data: Path | None,
    dataset: str,
    device: str,
    precision: str,
    out: Path | None,
) -> Generator[Event, None, Plan]:
    """Prepare a new run. Yields `Progress` while reading; raises `LabError` before anything is written."""
    chosen = caption_recipe(recipe_id)
    _known(chosen, dataset)
    now, root = check(settings or chosen.defaults), data or load_settings()[0].data()
    where = _on_processor(device, precision)
    ready = yield from _prepare(chosen, now, root, where)
    path = out or new_folder(tellings(), chosen.id)
    if (path / "run.json").exists():
        text = Text(
            "{folder} already holds a run. Choose an empty folder, or --resume it.",
            "{folder} 폴더에 이미 실행이 있어요. 빈 폴더를 고르거나 --resume으로 이어 하세요.",
        )
        raise LabError(text(folder=path))
    folder = EventFolder(path, recorded=RECORDED, taken=_TAKEN)
    try:
        folder.write_about(**_about(chosen, now, ready, where, root))
    except LabError:
        folder.close()
        raise
    return Plan(chosen, now, ready, folder)


def begin_again(path: Path, *, data: Path | None) -> Generator[Event, None, Plan]:
    """Prepare to go on with the run in `path`. Raises `LabError` when it is none, has ended, or its data has changed."""
    check_run(path)
    folder = EventFolder(path, recorded=RECORDED, taken=_TAKEN)
    try:
        return (yield from _plan_again(folder, data))
    except (KeyError, TypeError, ValueError) as error:
        folder.close()
        text = Text("{path} cannot be continued: it is damaged.", "{path} 실행을 이어 할 수 없어요. 손상됐어요.")
        raise LabError(text(path=path)) from error
    except (LabError, GeneratorExit):
        folder.close()
        raise


def _plan_again(folder: EventFolder, data: Path | None) -> Generator[Event, None, Plan]:
    about = folder.about()
    if about["state"] == "done":
        raise LabError(Text("This run has ended. Start a new one.", "이 실행은 이미 끝났어요. 새로 시작해 보세요."))
    chosen = caption_recipe(about["recipe"])
    now = check(chosen.settings_from(about["settings"]))
    root = data or (Path(about["data"]) if about.get("data") else load_settings()[0].data())
    ready = yield from _prepare(chosen, now, root, _on_processor(about["device"], about["precision"]))
    if (ready.fingerprint, ready.words, list(ready.counts)) != (about["fingerprint"], about["words"], about["counts"]):
        text = Text(
            "{path} learnt from other data than is in {data} now. Name the folder it learnt from with --data.",
            "{path} 실행은 지금 {data}에 있는 것과 다른 데이터로 배웠어요. --data로 배우던 폴더를 알려 주세요.",
        )
        raise LabError(text(path=folder.path, data=root or "-"))
    plan, last = Plan(chosen, now, ready, folder), folder.path / "last.safetensors"
    if last.is_file():  # killed before its first minute was over, it begins anew
        tensors, progress = read_tensors(last)
        ready.learner.restore(tensors)
        plan.step, plan.seen, plan.checks = (int(progress[name]) for name in ("step", "seen", "checks"))
        plan.seconds, plan.best = float(progress["seconds"]), dict(progress["best"])
    folder.cut(plan.step)
    plan.before = tuple(read_events(folder.path, RECORDED))
    folder.write_about(state="running", resumed=started_now())
    return plan


def _on_processor(device: str, precision: str) -> Device:
    where = choose("cpu" if device == "auto" else device, precision)
    if where.where.type != "cpu":
        raise LabError(
            Text(
                "These small networks learn on the processor: leave --device away.",
                "이 작은 신경망은 CPU에서 배워요. --device를 빼 주세요.",
            )
        )
    torch.set_num_threads(1)  # two cores that are not idle wait for each other at every word
    return dataclasses.replace(where, threads=1)


def _known(chosen: CaptionRecipe, dataset: str) -> None:
    if dataset not in ("auto", *chosen.datasets):
        text = Text(
            "{recipe} learns from {known}, not from {word}.", "{recipe} 레시피가 쓰는 데이터: {known}. 받은 값: {word}."
        )
        raise LabError(text(recipe=chosen.id, known=", ".join(chosen.datasets), word=dataset))


def _prepare(chosen: CaptionRecipe, now: Any, root: Path | None, where: Device) -> Generator[Event, None, Prepared]:
    if chosen.kind == "text":
        from engine.caption.text_learner import TextLearner, read_tales

        tales = read_tales()
        writer = TextLearner(now, tales, where)
        return Prepared(writer, "tales", tales.fingerprint, writer.counts, len(writer.vocabulary))
    from engine.caption.learner import CaptionLearner
    from engine.caption.pairs import divided, joined, more_pairs, read_pairs, words_known

    how = {"views": now.views, "seed": now.seed}
    photos, whole = yield from read_pairs(chosen.datasets[0], "train", root, **how)
    pairs, held_out = divided(whole, now)
    more = (yield from more_pairs(root, **how)) if now.coco else []
    pairs = joined([pairs, *more])
    vocabulary = words_known(pairs, now.least)
    learner = CaptionLearner(chosen.kind, now, vocabulary, pairs, held_out, where)
    return Prepared(learner, photos.id, photos.fingerprint, (len(pairs), len(held_out)), len(vocabulary))


def _about(chosen: CaptionRecipe, now: Any, ready: Prepared, where: Device, root: Path | None) -> dict[str, Any]:
    return {
        "captioner": chosen.kind,
        "recipe": chosen.id,
        "dataset": ready.dataset,
        "data": str(root) if root else "",
        "fingerprint": ready.fingerprint,
        "counts": ready.counts,
        "words": ready.words,
        "pack": chosen.pack,
        "settings": dataclasses.asdict(now),
        "device": where.where.type,
        "precision": "bf16" if where.precision is torch.bfloat16 else "fp32",
        "threads": where.threads,
        "versions": versions(),
        "started": started_now(),
        "state": "running",
    }
