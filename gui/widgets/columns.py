"""Left you set, in the middle you watch, right it answers: the body of every page but Home."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QSplitterHandle, QStackedWidget, QWidget

from gui.theme import TOKENS
from gui.widgets.layout import column, role
from gui.widgets.room import is_small

WIDE = (int(TOKENS["control"]["rail"]), int(TOKENS["control"]["inspector"]))
NARROW = (248, 304)


class Columns(QSplitter):
    """Three columns; the sides scroll and keep their width, the stage grows.

    A double click on a splitter restores its place. `foot` (the explanation card) stays at the
    foot of the right column, whatever scrolls above it; `left_foot` likewise on the left.
    """

    def __init__(
        self,
        left: QWidget,
        stage: QWidget,
        right: QWidget,
        foot: QWidget | None = None,
        left_foot: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._parts = (_side(left, left_foot), stage, _side(right, foot))
        for part in self._parts:
            self.addWidget(part)
        self.setHandleWidth(8)
        self.setChildrenCollapsible(False)
        for i, stretch in enumerate((0, 1, 0)):
            self.setStretchFactor(i, stretch)
        self._parts[0].setMinimumWidth(220)
        self._parts[2].setMinimumWidth(260)
        self._moved = self._projector = False
        self._with_right = True
        self._small: bool | None = None
        self.splitterMoved.connect(self._remember_move)
        for i in (1, 2):
            self.handle(i).installEventFilter(self)

    def _remember_move(self) -> None:
        self._moved = True

    def state(self) -> str:
        """Where the splitters stand, as text to keep; empty while nobody moved them."""
        return bytes(self.saveState().toBase64().data()).decode() if self._moved else ""

    def restore(self, state: str) -> None:
        """Put the splitters where `state()` said."""
        if state and self.restoreState(QByteArray.fromBase64(state.encode())):
            self._moved = True

    def set_projector(self, on: bool) -> None:
        """Hide both sides: only the stage remains."""
        self._projector = on
        self._parts[0].setVisible(not on)
        self._parts[2].setVisible(self._with_right and not on)

    def show_right(self, on: bool) -> None:
        """Whether there is a right column: a stage that answers in itself needs its room."""
        self._with_right = on
        self._parts[2].setVisible(on and not self._projector)

    def focus_next(self) -> None:
        """Move the keyboard to the next column (F6)."""
        focus = self.window().focusWidget()
        at = next((i for i, part in enumerate(self._parts) if focus and part.isAncestorOf(focus)), -1)
        for step in range(1, 4):
            part = self._parts[(at + step) % 3]
            if part.isVisible() and (target := _first_focusable(part)):
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def room_changed(self, small: bool) -> None:
        """Narrower sides in a small window, unless a person chose widths."""
        if small == self._small:
            return
        self._small = small
        if not self._moved:
            self._place()

    def _place(self) -> None:
        left, right = NARROW if self._small else WIDE
        self.setSizes([left, max(1, self.width() - left - right - 2 * self.handleWidth()), right])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.room_changed(is_small(self))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QSplitterHandle) and event.type() == QEvent.Type.MouseButtonDblClick:
            self._moved = False
            self._small = is_small(self)
            self._place()
            return True
        return super().eventFilter(watched, event)


class FrontStack(QStackedWidget):
    """Views of a stage: it asks for the room of the one in front, not for that of the widest behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        front = self.currentWidget()
        return front.minimumSizeHint().expandedTo(front.minimumSize()) if front else super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        front = self.currentWidget()
        return front.sizeHint() if front else super().sizeHint()


def _side(inner: QWidget, foot: QWidget | None) -> QFrame:
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    outer = QFrame()
    role(outer, "panel")
    outer.setLayout(column((area, 1), gap=0))
    if foot:
        box = column(foot, margins=(12, 4, 12, 12))
        outer.layout().addLayout(box)  # type: ignore[union-attr]  # set the line above
    return outer


def _first_focusable(part: QWidget) -> QWidget | None:
    for w in (part, *part.findChildren(QWidget)):
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return w
    return None
