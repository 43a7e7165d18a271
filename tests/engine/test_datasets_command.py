"""`datasets …` and `bench annotations`: the same work as in the window, as JSON."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from form_sets import marked, pictures, tree

from engine.cli import main
from engine.data import DATASETS
from engine.data.export import export
from engine.jobs import result_of


class Command:
    """Runs `datasets …` in this process; the status must be as expected."""

    def __init__(self, said: pytest.CaptureFixture[str]) -> None:
        self.said = said

    def __call__(self, *words: object, status: int = 0) -> dict[str, Any]:
        self.said.readouterr()
        assert main(["datasets", *map(str, words), "--json"]) == status
        lines = self.said.readouterr().out.splitlines()
        return json.loads(lines[-1]) if lines else {}


@pytest.fixture
def datasets(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def boxes(tmp_path: Path) -> Path:
    """A COCO folder with a train and a val part of six pictures each."""
    for part in ("train", "val"):
        result_of(export(marked(tmp_path / part, part), "coco", tmp_path / "상자"))
    return tmp_path / "상자"


def test_opening_describing_and_forgetting(datasets: Command, boxes: Path) -> None:
    opened = datasets("open", boxes)
    assert (opened["count"], opened["items"][0]["splits"]) == (1, ["train", "val"])
    id = opened["id"]
    assert [item["id"] for item in datasets("list")["items"]][len(DATASETS) :] == [id]
    info = datasets("info", id)
    assert (info["count"], info["objects"], info["splits"]) == (12, 18, {"train": 6, "val": 6})
    assert info["classes"] == ["person", "강아지", "traffic light"]
    assert info["objects_per_picture"] == pytest.approx(1.5)
    part = datasets("info", id, "--split", "val")
    assert (part["count"], part["objects"], part["crowds"], part["empty_pictures"], part["outlined"]) == (6, 9, 1, 1, 5)
    assert part["objects_per_class"] == [3, 4, 2]
    assert datasets("forget", id)["id"] == id
    assert len(datasets("list")["items"]) == len(DATASETS)
    assert datasets("forget", id, status=2) == {}


def test_a_path_serves_as_an_id(datasets: Command, boxes: Path) -> None:
    assert datasets("info", boxes)["count"] == 12


def test_exporting_all_parts_and_opening_what_came_out(datasets: Command, boxes: Path, tmp_path: Path) -> None:
    done = datasets("export", boxes, "--form", "yolo", "--out", tmp_path / "out")
    assert (done["count"], done["splits"], done["form"]) == (12, {"train": 6, "val": 6}, "yolo")
    again = datasets("info", tmp_path / "out")
    assert (again["count"], again["objects"]) == (12, 16)  # without the crowds


def test_a_split_is_written_and_used_by_an_export(datasets: Command, boxes: Path, tmp_path: Path) -> None:
    words = ("split", boxes, "--split", "train", "--shares", "train=.5,val=.5", "--by", "random", "--seed", 4)
    first = datasets(*words, "--out", tmp_path / "a.json")
    datasets(*words, "--out", tmp_path / "b.json")
    assert (first["splits"], first["count"], first["seed"]) == ({"train": 3, "val": 3}, 6, 4)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    datasets(
        "export", boxes, "--split", "train", "--parts", tmp_path / "a.json", "--form", "voc", "--out", tmp_path / "o"
    )
    assert datasets("info", tmp_path / "o")["splits"] == {"train": 3, "val": 3}


def test_what_does_not_work_is_one_sentence_and_status_2(
    datasets: Command, boxes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [
        ("info", "nothing-of-this-name"),
        ("open", tmp_path / "gone"),
        ("export", boxes, "--form", "npz", "--out", tmp_path / "out"),
        ("export", boxes, "--form", "pickle", "--out", tmp_path / "out"),
        ("split", boxes, "--shares", "train=2", "--out", tmp_path / "s.json"),
        ("info", boxes, "--split", "test"),
    ]
    for words in wrong:
        assert main(["datasets", *map(str, words), "--lang", "ko"]) == 2
        said = capsys.readouterr()
        assert said.out == "" and "Traceback" not in said.err
        assert any("가" <= letter <= "힣" for letter in said.err.splitlines()[-1])
    assert not (tmp_path / "out").exists() or tree(tmp_path / "out") == {}


def test_unreadable_files_are_told_one_by_one(datasets: Command, tmp_path: Path) -> None:
    pictures(tmp_path / "p", ("1.jpg",))
    (tmp_path / "p" / "2.jpg").touch()
    info = datasets("info", tmp_path / "p")
    assert info["unreadable_count"] == 1 and info["unreadable"][0]["file"] == "2.jpg"
    assert info["unreadable"][0]["why"]["ko"] == "빈 파일이에요"


def test_the_bench_of_annotations_measures_and_compares_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = importlib.import_module("engine.bench.annotations")
    monkeypatch.setattr(bench, "IMAGES", 60)
    told = bench.run(data=None, repeats=2, say=lambda text: None)
    assert told["byte_stable"] and told["count"] == 60 and told["repeats"] == 2
    assert told["objects"] == told["objects_made"] > 300
    assert 0 < told["seconds"] <= told["seconds_spread"]["max"]
