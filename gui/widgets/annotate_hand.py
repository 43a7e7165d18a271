"""The hands on a picture: what mouse and pen do with the tool in use, and what leaves as an edit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent

from engine.data import shapes
from engine.data.edits import Add, Change, Remove
from gui.widgets.annotate_board import Board
from gui.widgets.annotate_desk import grip_at
from gui.widgets.annotate_tools import BrushTool, Outcome, Refusal, relabelled

WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)  # of the brush, in pixels of the picture


class Hand(Board):
    """A board that a mouse or pen works on; `Canvas` adds the keys.

    Signals:
        edited: (Edit) something was done; whoever keeps the marks hands the new ones back with `show_marks`.
        chosen: (int) the object chosen by hand, −1 = none.
        pointed: (object) x y of the pointer in pixels of the picture, None when it is elsewhere.
        refused: (object) `Refusal`: nothing came of a movement.
        width_changed: (int) the brush.
    """

    edited = Signal(object)
    chosen = Signal(int)
    pointed = Signal(object)
    refused = Signal(object)
    width_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._panned: QPointF | None = None
        self._space = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._set_cursor()

    def use_tool(self, tool: str) -> None:
        """One of `TOOLS`; what was begun with another is forgotten."""
        self.stop()
        self._tool = tool
        self._set_cursor()
        self.update()

    def set_locked(self, locked: bool) -> None:
        """Look, but change nothing: the set is being written, or another picture is on its way."""
        if locked != self._locked:
            self.stop()
            self._locked = locked
            self._set_cursor()

    def stop(self) -> bool:
        """Forget a movement that began; False when there was none."""
        busy, painted = self.busy, self.hand.work is not None
        self.hand.cancel()
        if painted:
            self._overlay.show_mask(self._marks.mask)
        self.update()
        return busy

    @property
    def busy(self) -> bool:
        """True while a movement is under way."""
        return self.hand.active or bool(self.hand.ring)

    def delete(self) -> bool:
        """Take the chosen object away; False when none is chosen."""
        if self._selected < 0 or self._locked:
            return False
        self._drop_drag()
        at = self._selected
        self._selected = -1
        self.edited.emit(Remove(at, self._marks.objects[at]))
        self.chosen.emit(-1)
        return True

    def relabel(self, label: int) -> None:
        """Give the chosen object another class."""
        if self._selected < 0 or self._locked:
            return
        self._drop_drag()
        if edit := relabelled(self._marks, self._selected, label):
            self.edited.emit(edit)

    def _drop_drag(self) -> None:
        """A drag was begun with marks that are about to change; an outline goes on with the new ones."""
        if self.hand.active and not self.hand.ring:
            self.stop()

    def step_width(self, steps: int) -> None:
        """A larger or smaller brush."""
        nearest = min(range(len(WIDTHS)), key=lambda i: abs(WIDTHS[i] - self._brush))
        self.use_width(WIDTHS[min(max(nearest + steps, 0), len(WIDTHS) - 1)])
        self.width_changed.emit(self._brush)

    def _took(self, outcome: Outcome) -> None:
        """What came of a movement."""
        before = self._selected
        if isinstance(outcome, Refusal):
            self.refused.emit(outcome)
        elif outcome is not None:
            if isinstance(outcome, Add):
                self._selected = outcome.at
            self.edited.emit(outcome)
        if self._selected >= len(self._marks.objects):  # nobody took the edit
            self._selected = -1
        if self._selected != before:
            self.chosen.emit(self._selected)
        self.update()

    def _press(self, at: shapes.Point) -> None:
        before = self._selected
        outcome = self.hand.press(at, self.desk())
        if self._tool == "select" and self.hand.selected != before:
            self._selected = self.hand.selected
            self.chosen.emit(self._selected)
        if outcome is not None:
            self._took(outcome)
        self._show_work()

    def _move(self, at: shapes.Point) -> None:
        self.hand.move(at)
        self._show_work()

    def _release(self, at: shapes.Point) -> None:
        if not self.hand.active:
            return
        outcome, before = self.hand.release(at), self._selected
        if self._tool == "select" and self.hand.selected != before:
            self._selected = self.hand.selected
            self.chosen.emit(self._selected)
        self._took(outcome)

    def _show_work(self) -> None:
        tool = self.hand
        if isinstance(tool, BrushTool) and tool.work is not None and tool.active:
            self._overlay.refresh(tool.work, tool.newest)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        self._by_keys = False
        if event.button() == Qt.MouseButton.MiddleButton or (
            self._space and event.button() == Qt.MouseButton.LeftButton
        ):
            self._pan_from(at)
        elif event.button() == Qt.MouseButton.LeftButton and not self._locked and self.picture_size[0]:
            self._press(self.to_picture(at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._panned is not None:
            self.pan_by(at.x() - self._panned.x(), at.y() - self._panned.y())
            self._panned = at
            return
        self._by_keys = False
        self._point_at(self.to_picture(at))
        self._move(self.to_picture(at))
        if self._tool == "select":
            self._set_cursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._panned is not None:
            self._pan_from(None)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._release(self.to_picture(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._tool == "polygon" and event.button() == Qt.MouseButton.LeftButton and not self._locked:
            self._took(self.hand.finish(self.desk()))  # its last point was set by the first click
        else:
            self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button takes a point out of the chosen outline."""
        grip = grip_at(self.desk(), self.to_picture(QPointF(event.pos())))
        if grip and grip[0] == "point" and not self._locked:
            before = self._marks.objects[self._selected]
            after = shapes.without_point(before, int(grip[1]), grip[2])
            self._took(Change(self._selected, before, after) if after else Refusal.SMALL)

    def leaveEvent(self, event: QEvent) -> None:
        if not self._by_keys:
            self._cross = None
            self.pointed.emit(None)
            self.update()

    def _point_at(self, at: shapes.Point) -> None:
        self._cross = at
        self.pointed.emit(at)
        self.update()

    def _pan_from(self, at: QPointF | None) -> None:
        """A drag of the view begins there, or ends."""
        self._panned, self._hand_hidden = at, at is not None
        self._set_cursor()
        self.update()

    def _set_cursor(self) -> None:
        """The pointer says what a press would do."""
        shape = Qt.CursorShape.ArrowCursor
        if self._panned is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._tool in ("brush", "erase") and not self._locked:
            shape = Qt.CursorShape.BlankCursor  # the rim of the brush is there instead
        elif self._tool != "select" and not self._locked:
            shape = Qt.CursorShape.CrossCursor
        elif self._cross is not None and not self._locked:
            shape = _cursor_of(grip_at(self.desk(), self._cross)) or shape
        if self.cursor().shape() != shape:
            self.setCursor(shape)


def _cursor_of(grip: tuple[str, str, int] | None) -> Qt.CursorShape | None:
    """What the pointer looks like over a grip."""
    if grip is None:
        return None
    if grip[0] != "handle":
        return Qt.CursorShape.PointingHandCursor
    return {
        "n": Qt.CursorShape.SizeVerCursor,
        "s": Qt.CursorShape.SizeVerCursor,
        "e": Qt.CursorShape.SizeHorCursor,
        "w": Qt.CursorShape.SizeHorCursor,
        "nw": Qt.CursorShape.SizeFDiagCursor,
        "se": Qt.CursorShape.SizeFDiagCursor,
        "ne": Qt.CursorShape.SizeBDiagCursor,
        "sw": Qt.CursorShape.SizeBDiagCursor,
    }[grip[1]]
