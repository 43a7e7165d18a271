"""The forms in which sets lie on disk: one file and one word in `FORMS` for each, the strictest first."""

from __future__ import annotations

from engine.cards import unknown
from engine.data.forms import camvid, captions, coco, csv, idx, images, npz, signals, voc, yolo
from engine.data.forms.form import AnySet, Form, Recognised
from engine.text import Text

__all__ = ["FORMS", "AnySet", "Form", "Recognised", "form"]

FORMS: tuple[Form, ...] = (
    camvid.FORM,
    coco.FORM,
    voc.FORM,
    yolo.FORM,
    captions.FORM,
    idx.FORM,
    signals.FORM,
    npz.FORM,
    csv.FORM,
    images.FORM,  # the last: it takes any folder with pictures
)


def form(id: str) -> Form:
    """The form with this id. Raises `LabError` naming those that exist."""
    for one in FORMS:
        if one.id == id:
            return one
    raise unknown(Text("form", "형식"), id, [one.id for one in FORMS])
