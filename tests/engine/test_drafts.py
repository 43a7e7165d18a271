"""What was done is kept through a crash, and every step goes back though memory holds few."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from annotating import BOX, TRIANGLE, brushed, now, six_photographs

from engine.data import draft
from engine.data.annotation import Annotation
from engine.data.draft import Draft
from engine.data.edits import Add, Edit, Remove
from engine.data.forms import form
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.jobs import result_of


@pytest.fixture
def photos(tmp_path: Path) -> PhotoSet:
    return six_photographs(tmp_path / "set")


# Many edits, little memory


def test_a_thousand_steps_go_back_one_by_one_though_memory_holds_few(photos: PhotoSet) -> None:
    annotation, log = Annotation(photos, memory=40_000), Draft(photos)
    first = marks = now(annotation, 0, log)
    states = []
    for step in range(1000):
        edit: Edit = brushed(marks, (step % 60, 10), (59 - step % 60, 30), step % 2)
        marks = edit.apply(marks)
        annotation.do(0, edit)
        states.append(marks.mask)
        if step % 50 == 49:
            annotation.written(*log.write(annotation.said()))
    assert annotation.bytes <= 60_000
    assert now(annotation, 0, log) == marks
    for state in reversed([None, *states[:-1]]):
        step_back = annotation.next_back(0)
        assert step_back is not None
        if step_back.edit is None:
            steps = annotation.missing(0, back=True)
            edits = result_of(draft.read_steps(log, [s.place for s in steps if s.place]))
            annotation.refill(steps, edits)
        assert step_back.edit is not None
        marks = step_back.edit.undo(marks)
        annotation.undo(0)
        assert (marks.mask is None) if state is None else np.array_equal(marks.mask, state)
    annotation.written(*log.write(annotation.said()))
    assert annotation.next_back(0) is None and marks == first
    assert annotation.unsaved == 0
    annotation.redo(0)
    assert now(annotation, 0, log).mask is not None


def test_steps_of_one_picture_are_no_steps_of_another(photos: PhotoSet) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    annotation.do(2, Add(1, BOX))
    annotation.do(4, Add(1, TRIANGLE))
    annotation.undo(2)
    assert len(now(annotation, 2, log).objects) == 1
    assert now(annotation, 4, log).objects[1] == TRIANGLE
    assert annotation.touched == (4,)


def test_a_step_undone_and_another_done_cannot_come_back(photos: PhotoSet) -> None:
    annotation = Annotation(photos)
    annotation.do(0, Add(1, BOX))
    annotation.undo(0)
    annotation.do(0, Add(1, TRIANGLE))
    assert annotation.next_again(0) is None
    assert annotation.unsaved == 1


# Through a crash

CRASH = """
import signal, os, sys
from pathlib import Path
from engine.data.annotation import Annotation
from engine.data.draft import Draft
from engine.data.edits import Add, Mark
from engine.data.forms import form
from engine.jobs import result_of
photos = result_of(form("coco").read(Path(sys.argv[1]), "train"))
annotation, log = Annotation(photos), Draft(photos)
for n in range(20):
    annotation.do(n % 3, Add(1, Mark((float(n), 1.0, n + 9.0, 12.0), 1)))
annotation.undo(0)
annotation.add_class("새")
annotation.written(*log.write(annotation.said()))
with log.path.open("ab") as file:
    file.write(b'{"number":23,"what":"do","pic')  # and then the power went
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_was_done_before_kill_9_is_offered_again_and_goes_on(photos: PhotoSet) -> None:
    result_of(form("coco").write(photos, photos.folder, pictures=False))  # type: ignore[misc]
    ended = subprocess.run([sys.executable, "-c", CRASH, str(photos.folder)], check=False)
    assert ended.returncode == -signal.SIGKILL
    again = result_of(form("coco").read(photos.folder, "train"))
    found = result_of(draft.find(again))
    assert found.annotation.unsaved == 20 and found.annotation.touched == (0, 1, 2)
    log = result_of(draft.take(found))
    annotation = found.annotation
    assert [m.box[0] for m in now(annotation, 0, log).objects] == [1, 15, 12, 9, 6, 3, 0]
    assert [name.en for name in annotation.classes] == ["cat", "dog", "새"]
    annotation.redo(0)
    annotation.written(*log.write(annotation.said()))
    read_again = result_of(draft.find(again))  # the torn line is gone, the new one is there
    assert read_again.annotation.unsaved == 21


def test_a_draft_that_holds_nothing_unsaved_is_removed(photos: PhotoSet) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    annotation.do(0, Add(1, BOX))
    annotation.undo(0)
    log.write(annotation.said())
    assert result_of(draft.find(photos)) is None
    assert not log.path.exists()


def test_the_draft_of_the_set_being_worked_on_is_left_alone(photos: PhotoSet) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    annotation.do(0, Add(1, BOX))
    log.write(annotation.said())
    assert result_of(draft.find(photos, mine={log.path})) is None
    assert log.path.exists()


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"{}\n", b'{"number": 9, "what": "do"}\n', b"[" * 5000 + b"\n"])
def test_a_damaged_draft_gives_what_stands_before_the_damage(photos: PhotoSet, damage: bytes) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    annotation.do(0, Add(1, BOX))
    log.write(annotation.said())
    whole = log.path.read_bytes()
    log.path.write_bytes(whole + damage + whole)
    assert result_of(draft.find(photos)).annotation.unsaved == 1


def test_a_draft_that_cannot_be_read_is_not_thrown_away(photos: PhotoSet) -> None:
    log = Draft(photos)
    log.path.parent.mkdir(parents=True)
    log.path.write_bytes(b"{}\n\x00\x00\x00\n{}\n")
    assert result_of(draft.find(photos)) is None
    assert log.path.exists()


def test_changes_that_do_not_fit_the_set_any_more_are_said_so(photos: PhotoSet) -> None:
    annotation, log = Annotation(photos), Draft(photos)
    annotation.do(0, Remove(0, TRIANGLE))
    with pytest.raises(LabError, match="do not fit the pictures"):
        now(annotation, 0, log)
