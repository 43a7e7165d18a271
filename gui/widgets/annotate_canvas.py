"""The picture on which a person marks: boxes, outlines and painted regions, by mouse, pen or keyboard.

Without a mouse the arrows move a cross and Enter is its button; where an object is chosen the arrows move that.
With a mouse Enter closes an outline.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from engine.data import shapes
from engine.data.edits import Change
from gui.widgets.annotate_board import TOOLS
from gui.widgets.annotate_desk import under
from gui.widgets.annotate_hand import WIDTHS, Hand
from gui.widgets.annotate_sheet import ZOOM_STEP
from gui.widgets.annotate_tools import BoxTool, BrushTool, PolygonTool, SelectTool

__all__ = ["TOOLS", "WIDTHS", "Canvas"]

FAR = 10.0  # pixels that Shift and an arrow move
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_OWN = (Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter, *_ARROWS)


class Canvas(Hand):
    """One picture with its marks, and everything a person can do to them."""

    def __init__(self) -> None:
        super().__init__()
        self._nudged = (0.0, 0.0)
        self.installEventFilter(self)

    def stop(self) -> bool:
        self._nudged = (0.0, 0.0)
        return super().stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._end_nudge()
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._end_nudge()
        self._space = False
        self._set_cursor()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """No shortcut of the window takes these keys from here.

        A filter on itself, not `event`: with PySide 6.11 on Python 3.11 an exception below an overridden `event` that
        calls its base ends the program.
        """
        key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if key and event.key() in _OWN:  # type: ignore[attr-defined]
            event.accept()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self._space = True
            self._set_cursor()
        elif key in _ARROWS and self.picture_size[0]:
            self._arrow(*_ARROWS[key], event.modifiers())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self._leave(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take_away()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_by(1 / ZOOM_STEP if key == Qt.Key.Key_Minus else ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._space = False
            self._set_cursor()
        elif event.key() in _ARROWS:
            self._end_nudge()

    def _leave(self, event: QKeyEvent) -> None:
        """Escape: first the movement, then the choice, then whatever lies around."""
        if self.stop():
            return
        if self._selected < 0:
            event.ignore()
            return
        self.select(-1)
        self.chosen.emit(-1)

    def _take_away(self) -> None:
        tool = self.hand
        if isinstance(tool, PolygonTool) and tool.ring:
            tool.step_back()
            self.update()
        else:
            self.delete()

    def _arrow(self, dx: float, dy: float, modifiers: Qt.KeyboardModifier) -> None:
        """Move the chosen object, with Ctrl its lower right corner; where none is chosen, the cross."""
        far = FAR if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0
        dx, dy = dx * far, dy * far
        if self._selected < 0 or self._locked or (self.busy and self._nudged == (0.0, 0.0)):
            self._move_cross(dx, dy)
            return
        self._nudged = self._nudged[0] + dx, self._nudged[1] + dy
        tool, mark, size = self.hand, self._marks.objects[self._selected], self._marks.size
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            corner = mark.box[2] + self._nudged[0], mark.box[3] + self._nudged[1]
            tool.preview = shapes.resized(mark, "se", corner, size)
        else:
            tool.preview = shapes.moved(mark, *self._nudged, size)
        tool.hides = self._selected
        self.update()

    def _end_nudge(self) -> None:
        """The arrow was let go of: one step for the whole way."""
        if self._nudged == (0.0, 0.0):
            return
        tool, self._nudged = self.hand, (0.0, 0.0)
        before, after = self._marks.objects[self._selected], tool.preview
        tool.cancel()
        if after is not None and after != before:
            self._took(Change(self._selected, before, after))
        self.update()

    def _move_cross(self, dx: float, dy: float) -> None:
        width, height = self.picture_size
        x, y = self._cross or (width // 2, height // 2)
        at = shapes.inside((round(x + dx), round(y + dy)), (width, height))
        self._by_keys = True
        self.show_point(*at)
        self._point_at(at)
        self._move(at)

    def _enter(self) -> None:
        """Enter is the button of the cross: a corner, a point, a dab, the object there; twice closes an outline."""
        tool = self.hand
        if self._locked or not self.picture_size[0]:
            return
        at = self._cross or (self.picture_size[0] / 2, self.picture_size[1] / 2)
        by_keys, self._by_keys = self._by_keys, True
        if isinstance(tool, PolygonTool) and tool.ring and (not by_keys or at == tool.ring[-1]):
            self._took(tool.finish(self.desk()))
        elif isinstance(tool, BoxTool) and tool.active:
            self._release(at)
        elif isinstance(tool, SelectTool):
            found = under(self._marks, at)
            self._selected = found[0] if found else -1
            self.chosen.emit(self._selected)
            self.update()
        else:
            self._press(at)
            if isinstance(tool, BrushTool):
                self._release(at)
