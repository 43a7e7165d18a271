"""Writing tables: a line for each small picture (label, pixels), photograph (file, label) or sample of a signal."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np

from engine.data.forms.csv_shape import side_of
from engine.data.forms.form import AnySet
from engine.data.forms.labels import LIST, list_of
from engine.data.forms.signals_table import MOST
from engine.data.forms.writing import WRITING, check_part, copy_files, short_names, write_marks
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.text import Text

_STEP = 200


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part as `PART.csv`, with `classes.txt` beside it; returns the folder."""
    part = check_part(set_.split)
    if isinstance(set_, ImageSet):
        lines = yield from _pixels(set_)
    elif isinstance(set_, SignalSet):
        lines = yield from _samples(set_)
    else:
        assert isinstance(set_, PhotoSet) and set_.labels is not None
        names = short_names(set_)
        if pictures:
            yield from copy_files([(set_.path(i), folder / part / name) for i, name in enumerate(names)])
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("file", "label"))
        kinds = ["" if label < 0 else set_.classes[label].en for label in set_.labels]
        writer.writerows(zip(names, kinds, strict=True))
        lines = [table.getvalue()]
    classes = list_of(set_.classes)
    if classes is not None:
        write_marks(folder / LIST, classes)
    write_marks(folder / f"{part}.csv", "".join(lines).encode())
    return folder


def _pixels(images: ImageSet) -> Job:
    shape = tuple(images.images.shape[1:])
    count = int(np.prod(shape))
    if side_of(count) != shape:
        text = Text(
            "A table of pixels can only hold square pictures, not {shape}. Choose another form.",
            "픽셀 표에는 정사각형 그림만 담을 수 있어요. 이 그림은 {shape}이에요. 다른 형식을 골라 주세요.",
        )
        raise LabError(text(shape="×".join(str(n) for n in shape)))
    lines = [",".join(["label", *(f"pixel{n}" for n in range(count))]) + "\n"]
    for start in range(0, len(images), _STEP):
        yield Progress(start, len(images), WRITING)
        some = np.asarray(images.images[start : start + _STEP]).reshape(-1, count)
        for label, row in zip(images.labels[start : start + _STEP], some, strict=True):
            lines.append(f"{label}," + ",".join(map(str, row.tolist())) + "\n")
    return lines


def _samples(signals: SignalSet) -> Job:
    """One line a sample: its window, the time in it where the rate is known, every channel, label and group."""
    channels = [f"{name} [{signals.unit}]" if signals.unit else name for name in signals.channels]
    timed = ["t"] if signals.rate else []
    grouped = [] if signals.groups is None else ["group"]
    lines = [_row(["window", *timed, *channels, "label", *grouped])]
    times = [f"{n / signals.rate:.9g}" for n in range(signals.x.shape[1])] if signals.rate else []
    for index in range(len(signals)):
        if index % _STEP == 0:
            yield Progress(index, len(signals), WRITING)
        tail = [signals.classes[int(signals.labels[index])].en]
        tail += [] if signals.groups is None else [str(int(signals.groups[index]))]
        for number, values in enumerate(signals.x[index].astype(np.float32).astype(str)):
            lines.append(_row([str(index), *times[number : number + 1], *values.tolist(), *tail]))
    return lines


def _row(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def takes(set_: AnySet) -> bool:
    if isinstance(set_, ImageSet):
        shape = tuple(set_.images.shape[1:])
        return int(np.prod(shape)) > 30 and side_of(int(np.prod(shape))) == shape
    if isinstance(set_, SignalSet):
        return set_.x.shape[2] + 4 <= MOST
    return isinstance(set_, PhotoSet) and set_.labels is not None
