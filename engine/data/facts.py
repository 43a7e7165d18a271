"""What the lectures say of famous sets, with years, beside what is counted here (lecture rows 39, 93, 94, 95)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.content import Content
from engine.text import Text, same


@dataclass(frozen=True, slots=True)
class Fact:
    """One number a slide gives for a set.

    what:  the name of the figure, one of `FIGURES`.
    year:  of the set as it was then; row: the lecture row it stands in.
    """

    row: int
    set: str
    year: int
    what: str
    value: float


FIGURES: dict[str, Text] = {
    "classes": Text("classes", "클래스 수"),
    "pictures": Text("pictures", "사진 수"),
    "labelled": Text("pictures with labels", "라벨이 있는 사진 수"),
    "objects": Text("objects", "물체 수"),
    "objects_per_picture": Text("objects in a picture", "사진 한 장의 물체 수"),
    "stuff_classes": Text("stuff classes", "배경(stuff) 클래스 수"),
    "captions_per_picture": Text("captions a picture", "사진 한 장의 캡션 수"),
    "people_with_keypoints": Text("people with keypoints", "키포인트가 있는 사람 수"),
}

# Row 93 gives VOC as it was last published, in 2012. Row 94 gives COCO twice: as it began (2015) and as its
# site has described it since the stuff labels of 2017. Row 95 sets the three side by side.
FACTS: tuple[Fact, ...] = (
    Fact(39, "ImageNet", 2012, "classes", 1000),
    Fact(39, "ImageNet", 2012, "objects_per_picture", 1.1),
    Fact(93, "VOC", 2012, "classes", 20),
    Fact(93, "VOC", 2012, "pictures", 11_530),
    Fact(93, "VOC", 2012, "objects", 27_450),
    Fact(93, "VOC", 2012, "objects_per_picture", 2.4),
    Fact(94, "COCO", 2015, "classes", 91),
    Fact(94, "COCO", 2015, "pictures", 200_000),
    Fact(94, "COCO", 2015, "objects", 500_000),
    Fact(94, "COCO", 2015, "objects_per_picture", 7.3),
    Fact(94, "COCO", 2017, "classes", 80),
    Fact(94, "COCO", 2017, "stuff_classes", 91),
    Fact(94, "COCO", 2017, "pictures", 330_000),
    Fact(94, "COCO", 2017, "labelled", 200_000),
    Fact(94, "COCO", 2017, "objects", 1_500_000),
    Fact(94, "COCO", 2017, "captions_per_picture", 5),
    Fact(94, "COCO", 2017, "people_with_keypoints", 250_000),
)

SLIDE_NOTES: dict[tuple[str, int], Text] = {
    ("COCO", 2015): Text(
        "500,000 objects in 200,000 pictures would be 2.5 each, not 7.3: the slide mixes two counts. "
        "1,500,000 in 200,000 labelled pictures gives 7.5.",
        "사진 20만 장에 물체 50만 개면 한 장에 2.5개라서 7.3개와 맞지 않아요. 슬라이드가 두 가지 수를 섞었어요. "
        "라벨이 있는 20만 장에 150만 개면 7.5개예요.",
    ),
    ("ImageNet", 2012): Text(
        "14 million pictures is all of ImageNet; the 1,000 classes have about 1.28 million.",
        "1,400만 장은 ImageNet 전체예요. 1,000개 클래스에는 약 128만 장이 있어요.",
    ),
}


def references() -> tuple[tuple[str, float], ...]:
    """(name, objects in a picture) of the three sets that row 95 compares."""
    found = {fact.set: fact.value for fact in FACTS if fact.what == "objects_per_picture"}
    return tuple((name, found[name]) for name in ("ImageNet", "VOC", "COCO"))


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of the table: what the slide said, and what is so for the set that is open (None: not in it)."""

    what: Text
    said: float
    here: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The slide's numbers for one set and year against the open set."""

    title: Text
    rows: tuple[Compared, ...]
    note: Text | None
    lecture_row: int


def compare(
    about: str, content: Content, captions: tuple[tuple[str, ...], ...] | None = None
) -> tuple[Comparison, ...]:
    """The lecture's numbers about `about` ("VOC", "COCO" or "ImageNet"), oldest first, beside those of a set."""
    here = counted(content, captions)
    found = []
    for year in sorted({fact.year for fact in FACTS if fact.set == about}):
        facts = [fact for fact in FACTS if fact.set == about and fact.year == year]
        rows = tuple(Compared(FIGURES[fact.what], fact.value, here.get(fact.what)) for fact in facts)
        title = same("{set} ({year})")(set=about, year=year)
        found.append(Comparison(title, rows, SLIDE_NOTES.get((about, year)), facts[0].row))
    return tuple(found)


def counted(content: Content, captions: tuple[tuple[str, ...], ...] | None = None) -> dict[str, float]:
    """The same figures, counted in a set; those it has nothing to count for are left out."""
    found: dict[str, float] = {"classes": content.classes, "pictures": content.count}
    if content.marked:
        per = content.per_picture
        found["labelled"] = int((per > 0).sum())
        found["objects"] = int(per.sum())
        found["objects_per_picture"] = float(per.mean()) if len(per) else 0.0
    elif content.labels is not None:
        found["labelled"] = int((content.labels >= 0).sum())
    if said := [len(each) for each in captions or () if each]:  # of the pictures that have any
        found["captions_per_picture"] = float(np.mean(said))
    return found


def about_which(rows: tuple[int, ...]) -> str | None:
    """The famous set that a card's lecture rows speak of, if any."""
    known = {93: "VOC", 94: "COCO", 39: "ImageNet"}
    return next((known[row] for row in rows if row in known), None)
