"""Writing a set in any form that can be read again (lecture row 65)."""

from __future__ import annotations

from pathlib import Path

from engine.data.forms import FORMS, AnySet, Form, form
from engine.data.photoset import PhotoSet
from engine.errors import LabError
from engine.jobs import Job
from engine.text import Text


def forms_for(set_: AnySet) -> tuple[Form, ...]:
    """The forms in which this set can be written."""
    return tuple(one for one in FORMS if one.write is not None and one.takes(set_))


def export(set_: AnySet, form_id: str, to: Path, *, pictures: bool = True) -> Job:
    """Write one part of a set below the folder `to`; yields `Progress`, returns the place to open.

    Several parts may be written into one folder, one after the other. A picture that lies there already is never
    replaced by another one; marks that lay there are kept beside the new ones as `….kept`.

    Args:
        pictures: False leaves photographs where they are and writes only their marks.
    Raises:
        LabError: the form cannot hold such a set, a picture is missing or in the way, or the disk is full.
    """
    one = form(form_id)
    if one.write is None or not one.takes(set_):
        text = Text(
            "{form} cannot hold this set. It can be written as: {known}.",
            "{form} 형식에는 이 데이터셋을 담을 수 없어요. 쓸 수 있는 형식: {known}.",
        )
        raise LabError(text(form=one.name, known=", ".join(one.id for one in forms_for(set_))))
    if not len(set_):
        raise LabError(Text("There is nothing to write: the part is empty.", "쓸 것이 없어요. 이 부분은 비어 있어요."))
    if isinstance(set_, PhotoSet) and pictures and _same_folder(set_.folder, to):
        text = Text(
            "{to} is the folder this set was read from. Choose another one.",
            "{to} 폴더는 이 데이터셋을 읽어 온 곳이에요. 다른 폴더를 골라 주세요.",
        )
        raise LabError(text(to=to))
    return (yield from one.write(set_, to, pictures=pictures))


def _same_folder(a: Path, b: Path) -> bool:
    return b.exists() and a.exists() and a.samefile(b)
