"""Runs as a tree along their steps: where one was rewound and branched, and what each branch came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.train.branch import Branch
from gui import theme
from gui.widgets.chart_ticks import ticks
from gui.widgets.run_table import setting_name, setting_words, share_words

LANE, FOOT, LEFT = 46, 28, 18
WORDS = 190  # right of a run's end: its figure and its name
_REACH = 11  # pixels round a checkpoint that a pointer may miss it by


@dataclass(frozen=True, slots=True)
class Lane:
    """One run of the tree with the steps at which it keeps checkpoints, and what it set otherwise than its parent."""

    branch: Branch
    checkpoints: tuple[int, ...]
    changes: Mapping[str, tuple[object, object]]

    @property
    def folder(self) -> Path:
        return self.branch.run.folder


class RunTree(QWidget):
    """Lanes of steps. A click on a lane selects the run, one on a mark its checkpoint; arrows move, Enter branches.

    Signals:
        chosen:       (Path, int) a run and the step of a checkpoint, −1 for the run alone.
        branch_asked: go on from the chosen checkpoint with other settings.
    """

    chosen = Signal(object, int)
    branch_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lanes: tuple[Lane, ...] = ()
        self._colours: dict[Path, int] = {}
        self._at, self._step, self._hover = 0, -1, (-1, -1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Draw these; what was chosen stays so where it is still there."""
        before = self.choice
        self._lanes = tuple(lanes)
        self._at, self._step = 0, -1
        if before:
            self.choose(*before)
        self.setMinimumHeight(self.sizeHint().height())
        self.updateGeometry()
        self._tell()

    def mark_shown(self, colours: Mapping[Path, int]) -> None:
        """Runs whose curves are in the charts carry their colour."""
        self._colours = dict(colours)
        self.update()

    @property
    def choice(self) -> tuple[Path, int] | None:
        """The chosen run's folder and checkpoint, −1 where the run alone is chosen."""
        return (self._lanes[self._at].folder, self._step) if self._lanes else None

    def choose(self, folder: Path, step: int = -1) -> None:
        """Choose without telling anybody."""
        for at, lane in enumerate(self._lanes):
            if lane.folder == folder:
                self._at, self._step = at, step if step in lane.checkpoints else -1
        self._tell()

    def _tell(self) -> None:
        """Say in words what can be seen, for a screen reader."""
        self.setAccessibleDescription("; ".join(self._words(lane) for lane in self._lanes))
        self.update()

    def _words(self, lane: Lane) -> str:
        run = lane.branch.run
        figure = share_words(run.accuracy if run.accuracy is not None else run.held_out_accuracy, run.metric)
        if lane.branch.parent is None:
            return f"{run.recipe} {figure}"
        words = self.tr("{recipe} from step {step:,}: {figure}")
        return words.format(recipe=run.recipe, step=lane.branch.start, figure=figure)

    # Geometry

    def sizeHint(self) -> QSize:
        return QSize(520, round((LANE * max(1, len(self._lanes)) + FOOT) * theme.scale()))

    def minimumSizeHint(self) -> QSize:
        return QSize(360, LANE + FOOT)

    def _end(self) -> float:
        return float(max((lane.branch.run.steps for lane in self._lanes), default=0) or 1)

    def x_of(self, step: float) -> float:
        """Where a step stands."""
        return LEFT + (self.width() - LEFT - WORDS * theme.scale()) * step / self._end()

    def y_of(self, lane: int) -> float:
        """The middle of a lane."""
        return (lane + 0.5) * LANE * theme.scale()

    def _under(self, point: QPointF) -> tuple[int, int]:
        """(lane, step of the checkpoint or −1) under a point; (−1, −1) where there is none."""
        at = int(point.y() // (LANE * theme.scale()))
        if not 0 <= at < len(self._lanes):
            return -1, -1
        steps = self._lanes[at].checkpoints
        nearest = min(steps, key=lambda step: abs(self.x_of(step) - point.x()), default=-1)
        near = nearest >= 0 and abs(self.x_of(nearest) - point.x()) <= _REACH
        return at, nearest if near else -1

    # Hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, step = self._under(event.position())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0:
            self._choose_at(at, step)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._under(event.position())[1] >= 0:
            self.branch_asked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._under(event.position())
        if under != self._hover:
            self._hover = under
            self.setCursor(Qt.CursorShape.PointingHandCursor if under[0] >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = (-1, -1)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self._lanes:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            way = 1 if key == Qt.Key.Key_Down else -1
            self._choose_at(max(0, min(len(self._lanes) - 1, self._at + way)), -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            steps = (-1, *self._lanes[self._at].checkpoints)
            place = steps.index(self._step) + (1 if key == Qt.Key.Key_Right else -1)
            self._choose_at(self._at, steps[place % len(steps)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._step >= 0:
            self.branch_asked.emit()
        else:
            super().keyPressEvent(event)

    def _choose_at(self, at: int, step: int) -> None:
        self._at, self._step = at, step
        self.update()
        self.chosen.emit(self._lanes[at].folder, step)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at, step = self._under(QPointF(event.pos()))
            words = self.tr("Checkpoint at step {n:,}").format(n=step) if step >= 0 else ""
            QToolTip.showText(event.globalPos(), words or (str(self._lanes[at].folder) if at >= 0 else ""), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axis(p)
        lanes = {lane.folder: at for at, lane in enumerate(self._lanes)}
        if self._lanes:
            self._paint_ground(p, self._at)
        for at, lane in enumerate(self._lanes):
            self._paint_lane(p, at, lane, lanes)

    def _paint_ground(self, p: QPainter, at: int) -> None:
        now, high = theme.current(), LANE * theme.scale()
        p.setPen(QPen(QColor(now.you), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        p.setBrush(QColor(now.raised))
        p.drawRoundedRect(QRectF(1, at * high + 2, self.width() - 2, high - 4), 6, 6)

    def _paint_axis(self, p: QPainter) -> None:
        now, bottom = theme.current(), LANE * theme.scale() * len(self._lanes)
        p.setFont(theme.font("caption"))
        for value, words in ticks(0, self._end(), 6):
            x = self.x_of(value)
            p.setPen(QPen(QColor(now.line), 1))
            p.drawLine(QPointF(x, 4), QPointF(x, bottom))
            p.setPen(QColor(now.faint))
            p.drawText(QRectF(x - 40, bottom + 4, 80, 18), Qt.AlignmentFlag.AlignHCenter, words)

    def _ink(self, lane: Lane) -> QColor:
        now = theme.current()
        return QColor(now.series[self._colours[lane.folder]]) if lane.folder in self._colours else QColor(now.dim)

    def _paint_lane(self, p: QPainter, at: int, lane: Lane, lanes: Mapping[Path, int]) -> None:
        ink, y = self._ink(lane), self.y_of(at)
        start, end = self.x_of(lane.branch.start), self.x_of(max(lane.branch.run.steps, lane.branch.start))
        path = QPainterPath()
        parent = lane.branch.parent
        if parent is not None and parent.folder in lanes:
            above = self.y_of(lanes[parent.folder])
            path.moveTo(start, above)
            path.lineTo(start, y - 8)
            path.quadTo(start, y, min(start + 8, max(end, start + 1)), y)
        else:
            path.moveTo(start, y)
        path.lineTo(end, y)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(ink, 2.4 if at == self._at else 1.6))
        p.drawPath(path)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(ink)
        p.drawEllipse(QPointF(end, y), 4, 4)
        for step in lane.checkpoints:
            self._paint_mark(p, at, step, ink)
        self._paint_words(p, lane, end, y)

    def _paint_mark(self, p: QPainter, at: int, step: int, ink: QColor) -> None:
        now, centre = theme.current(), QPointF(self.x_of(step), self.y_of(at))
        chosen, hover = (at, step) == (self._at, self._step), (at, step) == self._hover
        p.setPen(QPen(QColor(now.you) if chosen or hover else ink, 2 if chosen else 1.6))
        p.setBrush(QColor(now.you) if chosen else QColor(now.panel))
        p.drawEllipse(centre, *((6.0, 6.0) if chosen or hover else (4.5, 4.5)))

    def _paint_words(self, p: QPainter, lane: Lane, end: float, y: float) -> None:
        now, run = theme.current(), lane.branch.run
        tested = run.accuracy is not None
        figure = share_words(run.accuracy if tested else run.held_out_accuracy, run.metric)
        left, wide = end + 12, self.width() - end - 16
        p.setFont(theme.font("body", 600))
        p.setPen(QColor(now.net if tested else now.dim))
        p.drawText(QRectF(left, y - 19, wide, 20), Qt.AlignmentFlag.AlignVCenter, figure)
        p.setFont(theme.font("caption"))
        p.setPen(QColor(now.faint))
        changes = ", ".join(f"{setting_name(name)} {setting_words(new)}" for name, (_, new) in lane.changes.items())
        words = changes or run.recipe
        words = QFontMetricsF(p.font()).elidedText(words, Qt.TextElideMode.ElideRight, wide)
        p.drawText(QRectF(left, y + 1, wide, 18), Qt.AlignmentFlag.AlignVCenter, words)
