"""One short script that repeats a run, in plain PyTorch: "see the code".

`script_of` reads a run and writes its script; `export` puts it into a file, with the pictures beside it where no
package or publisher has them under the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.data import dataset, load
from engine.data.imageset import ImageSet
from engine.errors import LabError
from engine.files import read_json, write_bytes, write_whole
from engine.jobs import Job, Progress
from engine.settings import load as load_settings
from engine.text import Text
from engine.train.code import data as data_source
from engine.train.code import keras
from engine.train.code.network import row_of
from engine.train.code.script import Run, write
from engine.train.recipes import recipe_of, settings_of
from engine.train.run_folder import read_events

_WRITING = Text("Writing the code", "코드를 쓰는 중")


@dataclass(frozen=True, slots=True)
class Script:
    """text: the Python source. beside: True when it reads its pictures from a .npz of the same name.

    keras: the network as Keras writes it (lecture row 33); "" where it is no row of layers.
    """

    text: str
    beside: bool
    dataset: str
    keras: str = ""


def script_of(folder: Path, *, data: Path | None = None) -> Job:
    """The script that repeats the run in `folder`; a job that returns a `Script`.

    Raises: `LabError` when the folder is no run, its data is not here, or a script cannot repeat it.
    """
    yield Progress(0, 2, _WRITING)
    about = read_json(folder / "run.json")
    must_fit(about)
    train = yield from load(about["dataset"], "train", _root(about, data))
    assert isinstance(train, ImageSet)
    yield Progress(1, 2, _WRITING)
    run = Run(folder.name, about, read_events(folder), train)
    return Script(write(run), data_source.beside(train.id), train.id, _keras(run))


def must_fit(about: dict[str, Any]) -> None:
    """Raises `LabError` for a run that no script repeats: what run.json says is enough to know."""
    row_of(recipe_of(about).build(settings_of(about)))
    if before := about.get("parent", {}).get("folder") or about.get("from", {}).get("source"):
        text = Text(
            "This run went on from {before}, and a script has no weights to begin with: it would learn something else. "
            "Export the code of a run that began from nothing.",
            "이 실행은 {before}에서 이어진 거예요. 스크립트에는 시작할 가중치가 없어서 다른 것을 배우게 돼요. "
            "처음부터 배운 실행의 코드를 내보내 보세요.",
        )
        raise LabError(text(before=Path(before).name))


def _root(about: dict[str, Any], data: Path | None) -> Path | None:
    """The folder of data sets: as asked for, the run's, or the usual one."""
    return data or (Path(about["data_folder"]) if about.get("data_folder") else load_settings()[0].data())


def _keras(run: Run) -> str:
    height, width = run.train.images.shape[1:3]
    shape = (3 if run.train.images.ndim == 4 else 1, height, width)
    network = recipe_of(run.about).build(run.settings)
    return keras.source_of(network, run.settings, dataset=run.train.id, shape=shape)


def export(folder: Path, to: Path, *, data: Path | None = None) -> Job:
    """Write the script to `to`, and its pictures to a .npz beside it where it needs one; returns `to`."""
    script: Script = yield from script_of(folder, data=data)
    if script.beside:
        root = _root(read_json(folder / "run.json"), data)
        arrays: dict[str, np.ndarray] = {}
        for name, split in (("train", "train"), ("test", dataset(script.dataset).last_split)):
            found: ImageSet = yield from load(script.dataset, split, root)
            arrays |= {f"{name}_images": found.images[:], f"{name}_labels": found.labels}
        write_whole(to.with_suffix(".npz"), lambda file: np.savez_compressed(file, **arrays))  # type: ignore[arg-type]
    write_bytes(to, script.text.encode())
    return to
