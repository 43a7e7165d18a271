"""Sets of pictures, photographs and signals: one file and one word in `DATASETS` for each."""

from __future__ import annotations

from pathlib import Path

from engine import settings
from engine.cards import unknown
from engine.data import (
    animal_names,
    cifar10,
    clips,
    dogs_people,
    drawn,
    fashion,
    flickr8k,
    free_photos,
    har,
    marked,
    mnist,
    opened,
    packaged,
    persons,
    phone_watch,
    small_photos,
    toy,
)
from engine.data.forms.form import AnySet
from engine.data.imageset import DatasetCard, ImageSet, check_split
from engine.errors import LabError
from engine.jobs import Job
from engine.text import Text

__all__ = ["DATASETS", "AnySet", "DatasetCard", "ImageSet", "all_datasets", "dataset", "load"]

DATASETS: tuple[DatasetCard, ...] = (
    packaged.DIGITS,
    mnist.DATASET,
    packaged.DIGITS8,
    fashion.DATASET,
    cifar10.DATASET,
    small_photos.FLOWERS,
    small_photos.FACES,
    marked.CAMVID,
    marked.BCCD,
    marked.COCO_SMALL,
    marked.PEOPLE,
    persons.DATASET,
    *drawn.DATASETS,
    flickr8k.DATASET,
    dogs_people.DATASET,
    free_photos.DATASET,
    har.HAR,
    har.PHONE,
    phone_watch.PHONE_WATCH,
    toy.TOY,
    animal_names.NAMES,
    clips.CLIPS,
)


def all_datasets() -> tuple[DatasetCard, ...]:
    """The cards of `DATASETS`, which also look where a person has opened them, then the other opened places."""
    return (*(card if card.bundled else opened.with_place(card) for card in DATASETS), *opened.opened())


def dataset(id: str) -> DatasetCard:
    """The card with this id. Raises `LabError` naming those that exist."""
    cards = all_datasets()
    for card in cards:
        if card.id == id:
            return card
    raise unknown(Text("data set", "데이터셋"), id, [card.id for card in cards])


def load(id: str, split: str, root: Path | None = None) -> Job:
    """Read one split of a data set; yields `Progress`, returns an `AnySet` (`ImageSet`, `PhotoSet` or `SignalSet`).

    Args:
        root: the folder of data sets; None looks where the settings and CONVOSCOPE_DATA say.
    Raises:
        LabError: unknown set or split, not on this machine, or damaged files.
    """
    card = dataset(id)
    check_split(card, split)
    root = root or settings.load()[0].data()
    place = card.find(root)
    if place is None:
        raise LabError(_not_here(card, root))
    return (yield from card.read(split, place))


def _not_here(card: DatasetCard, root: Path | None) -> Text:
    if root is None:
        text = Text(
            "{name} is not on this machine yet. Say where it is: open its folder, or give --data DIR.",
            "{name} 데이터가 아직 이 컴퓨터에 없어요. 폴더를 열거나 --data DIR로 위치를 알려 주세요.",
        )
    elif not root.is_dir():
        text = Text(
            "The folder {root} does not exist, so {name} cannot be read from it.",
            "{root} 폴더가 없어서 {name} 데이터를 읽지 못했어요.",
        )
    else:
        text = Text(
            "{root} does not hold {name}. Choose the folder with its files, as its publisher packs them.",
            "{root} 폴더에 {name} 데이터가 없어요. 배포된 그대로의 파일이 든 폴더를 골라 주세요.",
        )
    return text(name=card.card.name, root=root)
