"""Thumbnails of photographs with their marks, for the picture grid."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from engine.data.photoset import PhotoSet
from engine.data.thumbnails import Thumbnails, crop_of
from gui import theme
from gui.widgets.photo_marks import Frame, Layers, blended, paint_caption, paint_objects, palette_of

TILE = 104  # logical pixels: enough to see what a box holds


class PhotoTiles:
    """What the grid paints over and into the thumbnails of one set."""

    def __init__(self, photos: PhotoSet, thumbnails: Thumbnails) -> None:
        self.photos, self.thumbnails = photos, thumbnails
        self.layers = Layers()
        self.only: frozenset[int] = frozenset()
        self._palette = palette_of(photos)
        self.follow_theme()

    def follow_theme(self) -> None:
        """The quiet colour of what is not known yet is the theme's."""
        ground = QColor(theme.current().raised)
        self.thumbnails.quiet = (ground.red(), ground.green(), ground.blue())

    def blend(self, pictures: np.ndarray, index: np.ndarray) -> np.ndarray:
        """Lay the masks over the thumbnails at 42 %."""
        if not self.layers.areas or self.photos.masks is None:
            return pictures
        masks = [self.thumbnails.mask(int(i)) for i in index]
        with_mask = [at for at, mask in enumerate(masks) if mask is not None]
        if not with_mask:
            return pictures
        found = pictures.copy()
        stacked = np.stack([_sampled(masks[at], pictures.shape[1:3]) for at in with_mask])
        palette = self._palette
        if self.only:  # only the classes asked for keep their colour
            palette = palette.copy()
            palette[[i for i in range(256) if i not in self.only], 3] = 0
        found[with_mask] = blended(pictures[with_mask], stacked, palette)
        return found

    def overlay(self, p: QPainter, index: int, hole: QRectF) -> None:
        """Boxes, outlines, keypoints and one line of a caption on one tile."""
        photos, ratio = self.photos, hole.width() / TILE
        if index in self.thumbnails.faults:
            side = round(18 * ratio)
            sign = theme.pixmap("warning", theme.current().faint, side, 1.0)
            p.drawPixmap(hole.center() - QPointF(side / 2, side / 2), sign)
            return
        width, height = self.thumbnails.sizes[index]
        if photos.objects is not None and width > 0 and self.thumbnails.known[index]:
            crop = crop_of((int(width), int(height)), self.thumbnails.tile)
            frame = Frame.of_crop(hole, crop)
            paint_objects(p, photos, photos.objects[index], frame, self.layers, width=1.2 * ratio, only=self.only)
        if self.layers.captions and photos.captions is not None and photos.captions[index]:
            paint_caption(p, photos.captions[index][0], hole, ratio)


def _sampled(mask: np.ndarray | None, shape: tuple[int, ...]) -> np.ndarray:
    """A mask sampled like its thumbnail was, where the grid takes only every second pixel."""
    assert mask is not None
    return mask[:: -(-mask.shape[0] // shape[0]), :: -(-mask.shape[1] // shape[1])][: shape[0], : shape[1]]
