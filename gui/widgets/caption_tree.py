"""The beams as a tree: from left to right the words that were kept at each place, the winning sentence in mint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from gui import theme

ROW, GAP, PAD = 22, 16, 6  # pixels of a row, between two columns, inside a word's box


class TwigLike(Protocol):
    """What is drawn of a twig; see `engine.caption.speak.Twig`."""

    @property
    def word(self) -> str: ...
    @property
    def parent(self) -> int: ...
    @property
    def depth(self) -> int: ...
    @property
    def score(self) -> float: ...
    @property
    def ended(self) -> bool: ...
    @property
    def best(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Placed:
    box: QRectF
    words: str


class _Leaves(QWidget):
    """The tree itself, as wide as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._twigs: tuple[TwigLike, ...] = ()
        self._placed: list[_Placed] = []
        self._end_word = ""

    def show_twigs(self, twigs: Sequence[TwigLike], end_word: str) -> None:
        self._twigs, self._end_word = tuple(twigs), end_word
        self.lay_out()

    def lay_out(self) -> None:
        """Find a place for every word: a column for each depth, the likeliest above."""
        metrics, high = QFontMetricsF(theme.font("small", 500)), ROW * theme.scale()
        depths = max((t.depth for t in self._twigs), default=-1) + 1
        x, rows, boxes = 0.0, 0, {}
        for depth in range(depths):
            here = sorted(
                (i for i, t in enumerate(self._twigs) if t.depth == depth), key=lambda i: -self._twigs[i].score
            )
            words = {i: self._twigs[i].word or self._end_word for i in here}
            wide = max((metrics.horizontalAdvance(word) for word in words.values()), default=0) + 2 * PAD
            for row, i in enumerate(here):
                own = metrics.horizontalAdvance(words[i]) + 2 * PAD
                boxes[i] = _Placed(QRectF(x, row * (high + 4), own, high), words[i])
            rows, x = max(rows, len(here)), x + wide + GAP
        self._placed = [boxes[i] for i in range(len(self._twigs))]
        self.setFixedSize(QSize(int(max(1.0, x)), int(max(1.0, rows * (high + 4)))))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, now = QPainter(self), theme.current()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setFont(theme.font("small", 500))
        for twig, one in zip(self._twigs, self._placed, strict=True):
            if twig.parent >= 0:
                self._branch(p, self._placed[twig.parent].box, one.box, best=twig.best)
        for twig, one in zip(self._twigs, self._placed, strict=True):
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(QColor(now.net_soft if twig.best else now.raised))
            p.drawRoundedRect(one.box, 5, 5)
            p.setPen(QColor(now.net if twig.best else now.faint if twig.ended else now.dim))
            p.drawText(one.box, Qt.AlignmentFlag.AlignCenter, one.words)

    def _branch(self, p: QPainter, start: QRectF, end: QRectF, *, best: bool) -> None:
        a, b = QPointF(start.right(), start.center().y()), QPointF(end.left(), end.center().y())
        path = QPainterPath(a)
        middle = (a.x() + b.x()) / 2
        path.cubicTo(QPointF(middle, a.y()), QPointF(middle, b.y()), b)
        p.setPen(QPen(QColor(theme.current().net if best else theme.current().edge), 2.0 if best else 1.0))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPath(path)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.lay_out()


class CaptionTree(QScrollArea):
    """A tree in a place of fixed height; a long one scrolls."""

    def __init__(self, rows: int = 4) -> None:
        super().__init__()
        self._leaves, self._rows = _Leaves(), rows
        self.setWidget(self._leaves)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(rows * (ROW + 4) * theme.scale()) + 14)
        self.viewport().setAutoFillBackground(False)
        self._leaves.setAutoFillBackground(False)

    @property
    def words(self) -> tuple[str, ...]:
        """The words in the tree, in the order they were found."""
        return tuple(one.words for one in self._leaves._placed)

    def show_twigs(self, twigs: Sequence[TwigLike], end_word: str) -> None:
        """Draw these; `end_word` is what the end of a sentence is called."""
        self._leaves.show_twigs(twigs, end_word)
        best = [one.words for twig, one in zip(twigs, self._leaves._placed, strict=True) if twig.best]
        self.setAccessibleDescription(" ".join(best))
