"""What the stage shows of one set: its pictures as the grid wants them, its classes, its pictures in words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from engine.data import AnySet
from engine.data.choice import Sort
from engine.data.content import Content
from engine.data.photoset import PhotoSet, Unreadable
from engine.data.signalset import SignalSet
from engine.data.thumbnails import Thumbnails
from engine.text import counted
from gui.widgets import contact_sheet, photo_tiles, signal_tiles
from gui.widgets.photo_marks import Layers, class_colour
from gui.widgets.photo_tiles import PhotoTiles
from gui.widgets.signal_tiles import SignalTiles
from gui.words import say


@dataclass(slots=True, eq=False)
class Shown:
    """One set on the stage.

    images: what the grid shows; tile: how wide a tile is; tiles: marks over thumbnails, for photographs.
    """

    of: AnySet
    content: Content
    images: Any
    tile: int
    tiles: PhotoTiles | None = None

    @staticmethod
    def of_set(set_: AnySet, content: Content) -> Shown:
        """Pictures as they are, photographs as thumbnails, signals as drawings."""
        if isinstance(set_, PhotoSet):
            thumbnails = Thumbnails(set_)
            return Shown(set_, content, thumbnails, photo_tiles.TILE, PhotoTiles(set_, thumbnails))
        if isinstance(set_, SignalSet):
            return Shown(set_, content, SignalTiles(set_.x), signal_tiles.TILE)
        small = max(set_.images.shape[1:3]) <= 40
        return Shown(set_, content, set_.images, contact_sheet.TILE if small else 72)

    @property
    def thumbnails(self) -> Thumbnails | None:
        return self.tiles.thumbnails if self.tiles else None

    @property
    def pixels(self) -> np.ndarray | None:
        """(N, classes) pixels of each class in each mask, as far as they are known."""
        return self.tiles.thumbnails.pixels if self.tiles and self.tiles.photos.masks is not None else None

    @property
    def sizes(self) -> np.ndarray | None:
        """(N, 2) width and height, as far as they are known."""
        return self.tiles.thumbnails.sizes if self.tiles else self.content.sizes

    @property
    def faults(self) -> tuple[Unreadable, ...]:
        """What could not be read, of the set and of its pictures."""
        if self.tiles is None:
            return ()
        found = self.tiles.thumbnails.faults
        return (*self.tiles.photos.unreadable, *(found[i] for i in sorted(found)))

    # What there is to choose from

    @property
    def has_classes(self) -> bool:
        """True when pictures can be chosen by class."""
        return bool(self.content.classes) and (
            self.content.marked or self.content.labels is not None or self.pixels is not None
        )

    def counts(self) -> tuple[list[int], list[str]]:
        """How much there is of each class, and the words for it: pictures, objects, or the share of all pixels."""
        pixels = self.pixels
        if pixels is None or self.content.marked or self.content.labels is not None:
            found = self.content.class_counts.tolist()
            return found, []
        total = pixels.sum(axis=0)
        photos = self.tiles.photos if self.tiles else None
        if photos is not None and photos.void is not None and photos.void < len(total):
            total[photos.void] = 0
        whole = max(1, int(total.sum()))
        return total.tolist(), [f"{n / whole * 100:.1f}\u2009%" for n in total]

    def colours(self) -> list[str]:
        """Of the class bar: those of the marks, where classes are marked; else the bar's own."""
        if self.tiles is None or self.content.labels is not None:
            return []
        return [class_colour(i, self.tiles.photos).name() for i in range(self.content.classes)]

    def sorts(self, *, can_read: bool) -> list[Sort]:
        """The orders that make a difference."""
        found = [Sort.FILE]
        if self.content.labels is not None or self.content.marked:
            found.append(Sort.LABEL)
        if isinstance(self.of, PhotoSet):
            found.append(Sort.SIZE)
        if can_read:
            found += [Sort.CONFIDENCE, *([Sort.LOSS] if self.content.labels is not None else [])]
        return found

    def marks(self) -> list[str]:
        """The layers there is something for."""
        if self.tiles is None:
            return []
        photos = self.tiles.photos
        objects = photos.objects or ()
        has = {
            "boxes": photos.objects is not None,
            "areas": photos.masks is not None or any(any(o.outlines) for o in objects),
            "keypoints": bool(photos.keypoint_names),
            "captions": photos.captions is not None,
            "names": photos.objects is not None,
        }
        return [f.name for f in fields(Layers) if has[f.name]]

    def size_range(self) -> tuple[int, int]:
        """Shortest and longest of the pictures' longer sides in pixels; (0, 0) where all are alike or unknown."""
        sizes = self.sizes
        if sizes is None or not isinstance(self.of, PhotoSet):
            return 0, 0
        longer = sizes.max(axis=1)
        known = longer[longer > 0]
        return (int(known.min()), int(known.max())) if len(known) else (0, 0)

    # Words

    def label_of(self, index: int) -> str:
        """The class of a picture in the language in force, "" where it has none."""
        labels = self.content.labels
        if labels is None or not 0 <= int(labels[index]) < len(self.of.classes):
            return ""
        return say(self.of.classes[int(labels[index])])

    def file_of(self, index: int) -> str:
        """The file name of a photograph, "" for others."""
        return self.of.files[index] if isinstance(self.of, PhotoSet) else ""

    def words_of(self, index: int) -> str:
        """A picture in one line, for a tooltip."""
        parts = [QCoreApplication.translate("Shown", "Index {i}").format(i=f"{index:,}")]
        parts += [words for words in (self.label_of(index), self.file_of(index)) if words]
        if self.content.marked:
            many = QCoreApplication.translate("Shown", "{n} objects").format(n=int((self.content.owner == index).sum()))
            parts.append(counted(many))
        if isinstance(self.of, PhotoSet) and self.of.captions and self.of.captions[index]:
            parts.append(self.of.captions[index][0])
        return " · ".join(parts) if len(parts) != 2 or not self.label_of(index) else ": ".join(parts)

    def count_words(self, shown: int) -> str:
        """How many pictures there are, or are shown of them."""
        total = len(self.of)
        windows = isinstance(self.of, SignalSet)
        if shown < total:
            words = (
                QCoreApplication.translate("Shown", "{n} of {total} windows")
                if windows
                else QCoreApplication.translate("Shown", "{n} of {total} pictures")
            )
            return words.format(n=f"{shown:,}", total=f"{total:,}")
        words = (
            QCoreApplication.translate("Shown", "{n} windows, {k} kinds")
            if windows
            else QCoreApplication.translate("Shown", "{n} pictures, {k} kinds")
        )
        if not self.has_classes:
            words = QCoreApplication.translate("Shown", "{n} pictures")
        found = words.format(n=f"{total:,}", k=len(self.of.classes))
        if self.content.marked:
            found += QCoreApplication.translate("Shown", ", {n} objects").format(n=f"{len(self.content.owner):,}")
        return counted(found)
