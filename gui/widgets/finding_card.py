"""One finding of the dataset doctor as a card: how bad, what, some pictures of it, and a way to look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.data.doctor_finding import Finding, Severity
from gui import theme
from gui.widgets.basics import LOOK_CHANGED, Chip, button, column, frame, label, row
from gui.widgets.images import draw_rounded, to_image
from gui.widgets.retold import Retold
from gui.words import say

TILE, GAP, CAPTION = 72, 6, 18  # logical pixels
CRISP_BELOW = 40  # pictures of fewer pixels show their pixels
CHIP_OF = {Severity.BAD: "bad", Severity.WARN: "warn", Severity.INFO: "plain"}


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A picture of a strip: (h, w) or (h, w, 3) uint8; words under it (sand, then mint); the box that is meant."""

    picture: np.ndarray
    label: str = ""
    read: str = ""
    box: tuple[float, float, float, float] | None = None


class FindingStrip(QWidget):
    """Small pictures side by side, as many as fit, with words under them.

    Signals:
        clicked: a person wants to look at them.
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tiles: Sequence[Tile] = ()
        self._images: list[QImage] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fit()

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these; none hides the strip."""
        self._tiles, self._images = tiles, [to_image(tile.picture) for tile in tiles]
        self.setAccessibleDescription(", ".join(f"{t.label} → {t.read}" for t in tiles if t.read))
        self.setVisible(bool(tiles))
        self._fit()
        self.update()

    @property
    def fitting(self) -> int:
        """How many can be seen."""
        return min(len(self._tiles), max(1, (self.width() + GAP) // (TILE + GAP)))

    def _fit(self) -> None:
        named = any(tile.label or tile.read for tile in self._tiles)
        self.setFixedHeight(TILE + (round(CAPTION * theme.scale()) if named else 0))

    def sizeHint(self) -> QSize:
        return QSize(4 * (TILE + GAP), self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._tiles:
            self.clicked.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LOOK_CHANGED:
            self._fit()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i in range(self.fitting):
            tile, image, x = self._tiles[i], self._images[i], i * (TILE + GAP)
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, max(tile.picture.shape[:2]) >= CRISP_BELOW)
            hole = _within(QRectF(x, 0, TILE, TILE), image)
            draw_rounded(p, hole, image, 5)
            if tile.box is not None:
                self._paint_box(p, hole, tile.box)
            self._paint_words(p, QRectF(x, TILE, TILE, self.height() - TILE), tile)

    @staticmethod
    def _paint_box(p: QPainter, hole: QRectF, box: tuple[float, float, float, float]) -> None:
        """The box that is meant, in the hand's colour with a dark edge, so that it is seen on any picture."""
        inks = theme.TOKENS["dark"]  # marks on pictures keep the dark theme's inks
        x1, y1, x2, y2 = box
        corner = QPointF(hole.x() + x1 * hole.width(), hole.y() + y1 * hole.height())
        size = (max(2.0, (x2 - x1) * hole.width()), max(2.0, (y2 - y1) * hole.height()))
        p.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in (("ink", 3.5), ("slide", 1.6)):
            p.setPen(QPen(QColor(inks[ink]), width))
            p.drawRect(QRectF(corner.x(), corner.y(), *size))

    @staticmethod
    def _paint_words(p: QPainter, r: QRectF, tile: Tile) -> None:
        if not (tile.label or tile.read):
            return
        now = theme.current()
        p.setFont(theme.font("caption", 600))
        metrics = QFontMetricsF(p.font())
        arrow = " → " if tile.read else ""
        room = (r.width() - metrics.horizontalAdvance(arrow)) / (2 if tile.read else 1)
        x = r.x()
        for words, ink in ((tile.label, now.slide), (arrow, now.faint), (tile.read, now.net)):
            elided = words if words == arrow else metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            p.setPen(QColor(ink))
            p.drawText(QPointF(x, r.bottom() - 4), elided)
            x += metrics.horizontalAdvance(elided)


def _within(square: QRectF, image: QImage) -> QRectF:
    """The whole picture in the square, in its own shape."""
    scale = square.width() / max(1, image.width(), image.height())
    w, h = image.width() * scale, image.height() * scale
    return QRectF(square.center().x() - w / 2, square.center().y() - h / 2, w, h)


class FindingCard(Retold, QWidget):
    """What was found, in words and pictures.

    Signals:
        look_asked: (str, object) a part of the set and (n,) int64 indices in it that are to be looked at.
    """

    look_asked = Signal(str, object)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self._chip, self._title, self._count = Chip(CHIP_OF[finding.severity]), label("strong"), label("small")
        self._words, self.strip, self.look = label("body", wrap=True), FindingStrip(), button("eye", size="compact")
        self.look_there = button("eye", size="compact")  # at the other one of each pair
        self.strip.show_tiles(())
        head = row(self._title, self._count, None, self._chip, self.look_there, self.look, gap=10)
        inner = column(head, self._words, self.strip, gap=8, margins=(14, 10, 12, 12))
        self.setLayout(column(frame("card", inner)))
        self.look.setVisible(bool(len(finding.indices)))
        self.look_there.setVisible("pairs" in finding.evidence)
        self.look_there.clicked.connect(self._ask_there)
        self.look.clicked.connect(self._ask)
        self.strip.clicked.connect(self._ask)
        self.retranslate()

    def retranslate(self) -> None:
        finding = self.finding
        severities = {
            Severity.BAD: self.tr("spoils results"),
            Severity.WARN: self.tr("look here"),
            Severity.INFO: self.tr("good to know"),
        }
        self._chip.setText(severities[finding.severity])
        self._title.setText(say(finding.title))
        part = self._part_word(finding.split)
        self._count.setText(self.tr("{n} in {part}").format(n=f"{finding.count:,}", part=part))
        self._words.setText(say(finding.words))
        there = finding.evidence.get("other_split")
        look_at = self.tr("Look in {part}")
        self.look.setText(look_at.format(part=part) if there else self.tr("Look"))
        self.look_there.setText(look_at.format(part=self._part_word(there)) if there else "")
        for one in (self.look, self.look_there):
            one.setAccessibleName(f"{one.text()}: {say(finding.title)}")

    def _part_word(self, split: str) -> str:
        words = {"train": self.tr("Train"), "val": self.tr("Validation"), "test": self.tr("Test")}
        return words.get(split, split)

    def _ask(self) -> None:
        if len(self.finding.indices):
            self.look_asked.emit(self.finding.split, self.finding.indices)

    def _ask_there(self) -> None:
        self.look_asked.emit(self.finding.evidence["other_split"], np.unique(self.finding.evidence["pairs"][:, 0]))
