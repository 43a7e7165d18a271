"""What a person writes about runs: kept beside them, never in the way of reading them; found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import places
from engine.errors import LabError
from engine.files import read_json, write_json
from engine.jobs import result_of
from engine.train.notes import FILE, Notes, as_tags, read_notes, write_notes
from engine.train.runs import RunSummary, list_runs, matches


@pytest.fixture
def run() -> Path:
    folder = places.runs() / "20261121-100000-digits-quick"
    about = {"recipe": "digits-quick", "dataset": "digits8", "state": "done", "started": "2026-11-21T10:00:00+00:00"}
    write_json(folder / "run.json", {**about, "settings": {"learning_rate": 0.006, "dropout": 0.1}})
    return folder


def listed() -> RunSummary:
    (run,) = result_of(list_runs())
    found: RunSummary = run
    return found


def test_notes_are_listed_with_their_run(run: Path) -> None:
    notes = Notes("첫 실행: 괜찮다", ("baseline", "증강 없음"), star=True)
    result_of(write_notes(run, notes))
    assert listed().notes == notes


def test_tags_are_cleaned(run: Path) -> None:
    assert as_tags([" #best ", "best", "", "  ", "two  words", "#"]) == ("best", "two words")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"words": 3}', '{"tags": "x"}', '{"star": "yes"}', '{"format": 99}']
)
def test_damaged_notes_do_not_hide_the_run(run: Path, content: str) -> None:
    (run / FILE).write_text(content)
    assert read_notes(run) == Notes()
    assert listed().recipe == "digits-quick"


def test_notes_are_written_to_runs_alone(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="is not a run"):
        result_of(write_notes(tmp_path, Notes("x")))
    assert list(tmp_path.iterdir()) == [tmp_path / "home"] or not (tmp_path / FILE).exists()


def test_a_run_is_not_touched_by_its_notes(run: Path) -> None:
    before = read_json(run / "run.json")
    result_of(write_notes(run, Notes("x")))
    assert read_json(run / "run.json") == before


def test_runs_are_found_by_words_tags_and_settings(run: Path) -> None:
    result_of(write_notes(run, Notes("Baseline without augmentation", ("paper",))))
    found = listed()
    for words in ("", "baseline", "BASELINE digits8", "#paper", "dropout=0.1", "digits-quick done", "20261121"):
        assert matches(found, words), words
    for words in ("nothing", "#pap3r", "dropout=0.2", "baseline mnist"):
        assert not matches(found, words), words
