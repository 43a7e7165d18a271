"""Frames of a camera kept as a folder for each class."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from skimage import data

from engine.data import load
from engine.data.capture import CaptureBin
from engine.data.opened import open_place
from engine.errors import LabError
from engine.jobs import result_of


def test_captured_frames_open_as_a_set(tmp_path: Path) -> None:
    keep = CaptureBin(tmp_path / "손짓")
    frame = data.chelsea()
    files = [keep.add(frame, kind) for kind in ("가위", "바위", "가위")]
    assert [file.relative_to(keep.folder).as_posix() for file in files] == [
        "가위/00001.jpg",
        "바위/00001.jpg",
        "가위/00002.jpg",
    ]
    assert keep.counts() == {"가위": 2, "바위": 1}
    (card,) = result_of(open_place(keep.folder))
    photos = result_of(load(card.id, "all"))
    assert [name.en for name in photos.classes] == ["가위", "바위"] and photos.labels.tolist() == [0, 0, 1]
    assert np.abs(photos.read(0).astype(int) - frame).mean() < 3


def test_numbers_go_on_where_an_earlier_session_stopped(tmp_path: Path) -> None:
    grey = data.camera()[::4, ::4]
    for _ in range(2):
        keep = CaptureBin(tmp_path)
        last = keep.add(grey, "a")
    assert last.name == "00002.jpg"
    keep.take_back(last)
    assert keep.counts() == {"a": 1}
    keep.take_back(last)  # already gone


def test_names_that_are_no_folder_names_are_made_so(tmp_path: Path) -> None:
    keep = CaptureBin(tmp_path / "bin")
    assert keep.add(data.camera()[:8, :8], "../a:b").parent.parent == tmp_path / "bin"
    with pytest.raises(LabError, match="Name the class"):
        keep.add(data.camera()[:8, :8], "  ")
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["bin"]
