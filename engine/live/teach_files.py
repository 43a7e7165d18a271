"""Taught classes on disk: recordings from a folder of pictures, a head saved and opened again.

A head is one safetensors file with a JSON beside it that says in plain words what it is.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.data.pictures import read_rgb
from engine.errors import LabError, cannot_read
from engine.files import read_tensors, sha256, write_json, write_tensors
from engine.jobs import Job, Progress
from engine.live.teach import (
    FEATURES,
    FEWEST,
    MOST,
    Guess,
    Recording,
    Taught,
    described,
    guess,
    teach,
)
from engine.predict import Predictor
from engine.text import Text

SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff")
LONGEST_RECORDING = 200  # pictures of one folder that are used, evenly chosen
_KIND = "taught head"
_READING = Text("Reading {name}", "{name} 읽는 중")


def read_folder(folder: Path) -> Job:
    """Recordings from FOLDER/CLASS/pictures, or FOLDER/CLASS/RECORDING/pictures; a job.

    A folder in a class is one recording. Pictures that lie in the class itself are taken as independent
    photographs: each is a recording of its own, which is honest only when they really are.
    Returns:
        (tuple of class names, list of `Recording`).
    Raises:
        LabError: no folder, not two to five classes with pictures, or a picture that cannot be read.
    """
    classes = tuple(d.name for d in _folders(folder) if next(_pictures(d, deep=True), None))
    if not FEWEST <= len(classes) <= MOST:
        text = Text(
            "{path} holds {n} folders with pictures; it needs two to five, one for each class.",
            "{path} 폴더에 사진이 든 폴더가 {n}개 있어요. 클래스마다 하나씩, 두 개에서 다섯 개가 필요해요.",
        )
        raise LabError(text(path=folder, n=len(classes)))
    found: list[Recording] = []
    for label, name in enumerate(classes):
        yield Progress(label, len(classes), _READING(name=name))
        for own in _folders(folder / name):
            if files := _evenly(list(_pictures(own))):
                found.append((yield from described([read_rgb(f) for f in files], label)))
        if files := _evenly(list(_pictures(folder / name))):
            whole: Recording = yield from described([read_rgb(f) for f in files], label)
            found += [
                Recording(label, whole.features[i : i + 1], whole.border[i : i + 1], whole.small[i : i + 1])
                for i in range(len(whole))
            ]
    return classes, found


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(d for d in folder.iterdir() if d.is_dir() and not d.name.startswith("."))
    except OSError as error:
        raise cannot_read(folder, error) from error


def _pictures(folder: Path, *, deep: bool = False) -> Generator[Path, None, None]:
    for file in sorted(folder.rglob("*") if deep else folder.iterdir()):
        if file.suffix.lower() in SUFFIXES and file.is_file():
            yield file


def _evenly(files: list[Path]) -> list[Path]:
    if len(files) <= LONGEST_RECORDING:
        return files
    return [files[i] for i in np.linspace(0, len(files) - 1, LONGEST_RECORDING).astype(int)]


def teach_folder(folder: Path, out: Path | None) -> Job:
    """Read a folder, teach, save to `out` when it is given; a job, returns `Taught`."""
    classes, recordings = yield from read_folder(folder)
    taught: Taught = yield from teach(recordings, classes)
    if out is not None:
        yield from save(taught, out)
    return taught


def facts(taught: Taught) -> dict[str, Any]:
    """What is known of a head as plain values: for the JSON beside it and the command line."""
    arrays = ("weights", "bias", "centre", "scale", "confusion")
    values = {k: v for k, v in asdict(taught).items() if k not in arrays}
    values["classes"] = list(taught.classes)
    values["confusion"] = None if taught.confusion is None else taught.confusion.tolist()
    values["warning"] = None if taught.warning is None else str(taught.warning)
    return values


def save(taught: Taught, path: Path) -> Job:
    """Write the head to `path` (safetensors) and what it is to the same name with .json; a job, returns the path.

    Raises: `LabError` when they cannot be written.
    """
    yield Progress(0, 1, Text("Saving {name}", "{name} 저장 중")(name=path.name))
    arrays = {"weights": taught.weights, "bias": taught.bias, "centre": taught.centre}
    tensors = {name: torch.from_numpy(np.ascontiguousarray(a, np.float32)) for name, a in arrays.items()}
    about = {"kind": _KIND, "network": "efficientnet-lite0", "scale": taught.scale, **facts(taught)}
    write_tensors(path, tensors, about)
    write_json(path.with_suffix(".json"), {**about, "sha256": sha256(path), "bytes": path.stat().st_size})
    return path


def load(path: Path) -> Taught:
    """A head that was saved.

    Raises: `LabError` when the file is missing, damaged, or something else than a taught head.
    """
    tensors, about = read_tensors(path)
    try:
        classes = tuple(str(name) for name in about["classes"])
        count = len(classes)
        shapes = {"weights": (count, FEATURES), "bias": (count,), "centre": (FEATURES,)}
        if about["kind"] != _KIND or any(tuple(tensors[k].shape) != s for k, s in shapes.items()):
            raise ValueError
        if not all(bool(t.isfinite().all()) for t in tensors.values()) or float(about["scale"]) <= 0:
            raise ValueError
        table = about["confusion"]
        return Taught(
            classes,
            weights=tensors["weights"].float().numpy(),
            bias=tensors["bias"].float().numpy(),
            centre=tensors["centre"].float().numpy(),
            scale=float(about["scale"]),
            frames=int(about["frames"]),
            recordings=int(about["recordings"]),
            accuracy=_share(about["accuracy"]),
            by_frame=_share(about["by_frame"]),
            background=_share(about["background"]),
            confusion=None if table is None else np.array(table, np.int64).reshape(count, count),
            seconds=float(about["seconds"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        text = Text(
            "{path} holds no classes taught here. Choose a file that Teach saved.",
            "{path} 파일에는 여기서 가르친 클래스가 없어요. ‘가르치기’에서 저장한 파일을 고르세요.",
        )
        raise LabError(text(path=path)) from error


def _share(value: Any) -> float | None:
    return None if value is None else float(value)


def load_job(path: Path) -> Job:
    """`load` as a job."""
    yield Progress(0, 1, Text("Opening {name}", "{name} 여는 중")(name=path.name))
    return load(path)


def _ask(path: Path, model: str) -> Job:
    if not model:
        raise LabError(
            Text(
                "Name the file of a taught head: predict taught PICTURE --model FILE.",
                "가르친 헤드 파일을 알려 주세요: predict taught 사진 --model 파일.",
            )
        )
    return (yield from guess(read_rgb(path), load(Path(model))))


def sentence(found: Guess) -> Text:
    """The answer in words: unsure below 60 %."""
    best = int(found.probabilities.argmax())
    values: dict[str, Any] = {"name": found.classes[best], "p": float(found.probabilities[best])}
    if found.probabilities[best] < 0.6:
        return Text("Not sure: perhaps {name} ({p:.0%}).", "잘 모르겠어요. 아마 {name} ({p:.0%}).")(**values)
    return Text("This is {name} ({p:.0%}).", "{name} 같아요({p:.0%}).")(**values)


def _values(found: Guess) -> dict[str, Any]:
    best = int(found.probabilities.argmax())
    return {
        "answer": found.classes[best],
        "confidence": float(found.probabilities[best]),
        "milliseconds": found.milliseconds,
        "probabilities": dict(zip(found.classes, found.probabilities.tolist(), strict=True)),
    }


PREDICTOR = Predictor(_ask, sentence, _values)
