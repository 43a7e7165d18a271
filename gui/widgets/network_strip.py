"""A network as a row of blocks: as high as its maps, as wide as its channels."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.train.recipes import Block
from gui import theme

GAP = 5.0
_FULL_SIDE = 28  # a map of this many pixels fills the strip


class NetworkStrip(QWidget):
    """The diagram: front half in mint, back half in iris, channel numbers below; blocks that do not learn are hollow."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: tuple[Block, ...] = ()
        self._still = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(78)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Draw this network."""
        self._blocks = tuple(blocks)
        self._describe()
        self.update()

    def show_still(self, count: int) -> None:
        """So many blocks behind the input stay as they were learnt."""
        self._still = count
        self.setAccessibleDescription(f"{count} / {len(self._blocks) - 1}" if count else "")
        self.update()

    def _describe(self) -> None:
        words = ", ".join(str(block.channels) for block in self._blocks if block.name != "input")
        self.setAccessibleName(self.tr("Layers of the network: {layers}").format(layers=words))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._describe()

    def _rects(self) -> list[QRectF]:
        room = QRectF(0, 0, self.width(), self.height() - 20)
        weights = [8 + min(block.channels, 100) * 0.36 for block in self._blocks]
        scale = (room.width() - GAP * (len(weights) - 1)) / sum(weights)
        scale = min(scale, 1.6)  # a short network stays a diagram, not a flag
        rects, x = [], room.left()
        widest = max(block.side for block in self._blocks)
        for block, weight in zip(self._blocks, weights, strict=True):
            share = min(1.0, block.side / _FULL_SIDE)
            if widest > _FULL_SIDE:  # of photographs each halving takes the same
                share = log(block.side + 1) / log(widest + 1)
            height = 14 + (room.height() - 14) * share
            rects.append(QRectF(x, room.center().y() - height / 2, weight * scale, height))
            x += weight * scale + GAP
        return rects

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._blocks:
            return
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rects = self._rects()
        for number, (block, rect) in enumerate(zip(self._blocks, rects, strict=True)):
            outside = block.name == "input"
            colour = QColor(now.faint if outside else now.you if block.back else now.net)
            colour.setAlphaF(0.6 if outside else 0.85)
            still = 0 < number <= self._still
            painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DotLine) if still else Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush if still else colour)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1) if still else rect, 3, 3)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(now.faint))
        for words, rect in self.captions():
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def captions(self) -> list[tuple[str, QRectF]]:
        """Channel numbers and where they stand; neighbours of one kind share a caption, "16·16"; no two overlap."""
        groups: list[tuple[list[Block], QRectF]] = []
        for block, rect in zip(self._blocks, self._rects(), strict=True):
            if block.name == "input":
                continue
            last = groups[-1][0][-1] if groups else None
            alike = last and last.back == block.back and (block.back or last.channels == block.channels)
            if alike:
                groups[-1] = ([*groups[-1][0], block], groups[-1][1].united(rect))
            else:
                groups.append(([block], rect))
        return self._placed([([block.channels for block in blocks], rect) for blocks, rect in groups])

    def _placed(self, groups: list[tuple[list[int], QRectF]]) -> list[tuple[str, QRectF]]:
        """Each caption under its blocks: shorter where they are narrow, left out where the one before stands."""
        metrics, out, taken = QFontMetricsF(theme.font("caption")), list[tuple[str, QRectF]](), 0.0
        for channels, rect in groups:
            words = "·".join(map(str, channels))
            if len(channels) > 2 and metrics.horizontalAdvance(words) > rect.width():
                words = f"{channels[0]} … {channels[-1]}" if len(set(channels)) > 1 else str(channels[0])
            wide = metrics.horizontalAdvance(words)
            left = max(0.0, min(rect.center().x() - wide / 2, self.width() - wide))
            if left >= taken:
                out.append((words, QRectF(left, self.height() - 18, wide + 1, 18)))
                taken = left + wide + GAP
        return out
