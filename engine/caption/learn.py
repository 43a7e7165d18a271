"""The training of captioners and of the writer of text, from the window and the command line: one job."""

from __future__ import annotations

import dataclasses
import math
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor

from engine import places
from engine.caption.events import RECORDED, Checked, Learned, Outcome, Started
from engine.caption.recipes import CaptionRecipe, caption_recipe
from engine.devices import Device, choose
from engine.errors import LabError
from engine.fields import check
from engine.jobs import Event, Job
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.event_folder import EventFolder, started_now
from engine.train.run_folder import new_folder, versions

TELL_SECONDS = 0.5
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

    def batches(self) -> Iterator[Tensor]: ...

    def update(self, chosen: Tensor, done: float) -> float: ...

    def check(self) -> tuple[dict[str, float], str]: ...

    def weights(self) -> dict[str, Tensor]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A learner with its data. words: how many it knows. counts: of what it learns from, and of what is held out."""

    learner: Learner
    dataset: str
    fingerprint: str
    counts: tuple[int, int]
    words: int


def tellings() -> Path:
    """Where these runs are kept: beside the trainings, not among them."""
    return places.runs().with_name("tellings")


def train(
    recipe_id: str,
    settings: Any = None,
    *,
    data: Path | None = None,
    dataset: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    out: Path | None = None,
    seconds: float | None = None,
) -> Job:
    """Teach a captioner or a writer of text from nothing; a job that yields Started, Learned, Checked and `Progress`.

    Args:
        settings: None takes the recipe's own. data: the folder of data sets.
        out: the run's folder; None makes one. seconds: stop after this much learning.
    Returns:
        `Outcome`. Cancelled, the run keeps the best weights of its checks.
    Raises:
        LabError: bad settings, no data, a folder that cannot be written.
    """
    chosen = caption_recipe(recipe_id)
    _known(chosen, dataset)
    now = check(settings or chosen.defaults)
    where = choose("cpu" if device == "auto" else device, precision)
    if where.where.type != "cpu":
        raise LabError(
            Text(
                "These small networks learn on the processor: leave --device away.",
                "이 작은 신경망은 CPU에서 배워요. --device를 빼 주세요.",
            )
        )
    where = dataclasses.replace(where, threads=1)  # two cores that are not idle wait for each other at every word
    torch.set_num_threads(where.threads)
    ready: Prepared = yield from _prepare(chosen, now, data or load_settings()[0].data(), where)
    path = out or new_folder(tellings(), chosen.id)
    if (path / "run.json").exists():
        text = Text(
            "{folder} already holds a run. Choose an empty folder.",
            "{folder} 폴더에 이미 실행이 있어요. 빈 폴더를 고르세요.",
        )
        raise LabError(text(folder=path))
    folder, end = EventFolder(path, recorded=RECORDED, taken=_TAKEN), "stopped"
    try:
        folder.write_about(**_about(chosen, now, ready, where))
        yield _started(chosen, now, ready, path)
        outcome = yield from _learn(chosen, now, ready, folder, seconds)
        end = "done"
        return outcome
    finally:
        try:
            folder.write_about(state=end)
        finally:
            folder.close()


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


def _about(chosen: CaptionRecipe, now: Any, ready: Prepared, where: Device) -> dict[str, Any]:
    return {
        "captioner": chosen.kind,
        "recipe": chosen.id,
        "dataset": ready.dataset,
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


def _started(chosen: CaptionRecipe, now: Any, ready: Prepared, path: Path) -> Started:
    return Started(
        folder=str(path),
        recipe=chosen.id,
        dataset=ready.dataset,
        train_count=ready.counts[0],
        held_out_count=ready.counts[1],
        words=ready.words,
        epochs=now.epochs,
        parameters=sum(t.numel() for t in ready.learner.weights().values()),
    )


def _learn(
    chosen: CaptionRecipe, now: Any, ready: Prepared, folder: EventFolder, budget: float | None
) -> Generator[Event, None, Outcome]:
    learner, total = ready.learner, max(1, round(now.epochs * ready.learner.count))
    step = seen = 0
    spent, told_at, losses, checks = 0.0, -math.inf, list[float](), 0
    best: tuple[float, dict[str, float]] = (-math.inf, {})
    batches = learner.batches()
    while seen < total and (budget is None or spent < budget):
        began = time.perf_counter()
        batch = next(batches, None)
        if batch is None:
            batches = learner.batches()
            continue
        losses.append(learner.update(batch, min(1.0, seen / total)))
        step, seen = step + 1, seen + len(batch)
        spent += time.perf_counter() - began
        epoch = seen / learner.count
        events: list[Event] = []
        if spent - told_at > TELL_SECONDS:
            events.append(Learned(step, epoch, spent, _mean(losses)))
            losses, told_at = [], spent
        ends = seen >= total or (budget is not None and spent >= budget)
        if ends or int(epoch / now.check_every + 1e-9) > checks:
            checks = int(epoch / now.check_every + 1e-9)
            checked = _check(chosen, ready, folder, (step, epoch, spent), best[0])
            if checked.best:
                best = (checked.figures[learner.chosen_by], dict(checked.figures))
            events.append(checked)
        for event in events:
            folder.record(event)
        yield from events
    why = Text("All epochs are done.", "모든 에폭을 마쳤어요.")
    if seen < total:
        why = Text("The time was used up.", "정한 시간을 다 썼어요.")
    return _finished(chosen, ready, folder, (step, seen, spent), best[1], why)


def _mean(losses: list[float]) -> float:
    mean = sum(losses) / len(losses)
    if not math.isfinite(mean):
        raise LabError(
            Text(
                "The loss is no longer a finite number. Try a third of the learning rate.",
                "손실이 유한한 수가 아니게 됐어요. 학습률을 3분의 1로 줄여 보세요.",
            )
        )
    return mean


def _check(
    chosen: CaptionRecipe, ready: Prepared, folder: EventFolder, at: tuple[int, float, float], before: float
) -> Checked:
    found, example = ready.learner.check()
    better = found[ready.learner.chosen_by] > before
    step, epoch, spent = at
    if better:
        about = {"recipe": chosen.id, "step": step, "pack": chosen.pack, **ready.learner.about(), "figures": found}
        folder.save("best", ready.learner.weights(), about)
    return Checked(step, epoch, spent, found, better, example)


def _finished(
    chosen: CaptionRecipe,
    ready: Prepared,
    folder: EventFolder,
    at: tuple[int, int, float],
    figures: dict[str, float],
    why: Text,
) -> Outcome:
    step, seen, spent = at
    outcome = Outcome(str(folder.path), chosen.id, step, seen / ready.learner.count, spent, figures, why)
    folder.write_about(summary=summary(outcome))
    return outcome


def summary(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain values, for run.json and `--json`."""
    names = ("recipe", "folder", "steps", "epochs", "seconds")
    return {**{name: getattr(outcome, name) for name in names}, **outcome.figures, "why": outcome.why.en}
