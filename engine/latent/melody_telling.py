"""`train melody`, `generate melody` and `evaluate melody` on the command line, with words for a person at a terminal."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from engine.console import Console
from engine.errors import LabError
from engine.jobs import Job
from engine.latent.melody_learn import EPOCHS, ID, Heard, Melody, compose, figures_of, is_melody, train_melody
from engine.latent.melody_sound import seconds_of, write_wav
from engine.text import Text

EVERY = 10  # passes between two lines
_LINE = Text(
    "pass {epoch} of {epochs}  a note’s surprise {bits:.2f} bits, in tunes held out {held:.2f}  {seconds:.0f} s",
    "{epochs}번 가운데 {epoch}번째  음 하나의 놀라움 {bits:.2f}비트, 따로 둔 곡에서 {held:.2f}  {seconds:.0f}초",
)
_WRITTEN = Text(
    "{n} notes, {seconds:.0f} s. At most {copied} notes in a row are those of a tune it learnt from.",
    "음 {n}개, {seconds:.0f}초. 배운 곡과 이어서 같은 음은 길어야 {copied}개예요.",
)


def is_melody_recipe(args: argparse.Namespace) -> bool:
    """True where `train` is asked for melodies."""
    return str(args.recipe) == ID or bool(args.resume and is_melody(str(args.resume)))


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """`train melody`. --dataset FILE takes another file of tunes. Raises `LabError`."""
    if args.resume:
        raise LabError(
            Text("Melodies are learnt in a minute: start anew.", "멜로디는 1분이면 배워요. 새로 시작해 보세요.")
        )
    if args.assignments:
        raise LabError(
            Text("For melodies set --epochs and --seed only.", "멜로디에서는 --epochs와 --seed만 정할 수 있어요.")
        )
    file = None if args.dataset == "auto" else Path(args.dataset)
    seed = 7 if args.seed is None else args.seed
    job = train_melody(out=args.out, file=file, epochs=max(1, int(args.epochs or EPOCHS)), seed=seed)
    found: dict[str, Any] = console.run(_told(job, console))
    return found


def _told(job: Job, console: Console) -> Job:
    try:
        while True:
            event = next(job)
            if isinstance(event, Heard) and (event.epoch % EVERY == 0 or event.epoch == event.epochs):
                values = {name: getattr(event, name) for name in ("epoch", "epochs", "bits", "held", "seconds")}
                if console.as_json:
                    console.line({"event": "heard", **values})
                else:
                    console.say(_LINE(**values))
            yield event
    except StopIteration as end:
        return end.value
    finally:
        job.close()


def write_melody(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """`generate melody --out FILE.wav`: --seed another melody, --truncation its temperature. Raises `LabError`."""
    melody: Melody = console.run(compose(args.model, seed=args.seed, temperature=args.truncation))
    write_wav(args.out, melody.notes)
    values = {"n": len(melody.notes), "seconds": seconds_of(melody.notes), "copied": melody.copied}
    if not args.json:
        console.say(_WRITTEN(**values))
    notes = " ".join(f"{note.pitch}:{note.eighths}" for note in melody.notes)
    return {"model": args.model, "file": args.out, "seed": args.seed, **values, "notes": notes}


def evaluate_melody(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    """`evaluate melody`: a note's surprise in the tunes held out, beside one who only counts pairs."""
    found: dict[str, Any] = console.run(figures_of(args.id))
    return found
