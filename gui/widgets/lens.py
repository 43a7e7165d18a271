"""The explanation card at the foot of the right column: Look, Words, Formula.

Any widget may carry an explanation: `explain(widget, explanation)`. Focus, or a hover of 400 ms,
shows it in the nearest Lens of its page; F1 pins it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QCursor, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWhatsThis, QWidget

from engine.cards import Explanation
from gui.widgets.chip import Chip
from gui.widgets.controls import Icon, IconButton, Segmented
from gui.widgets.kind_words import kind_of
from gui.widgets.layout import column, label, role, row
from gui.widgets.retold import Retold
from gui.widgets.room import is_small
from gui.words import say

HOVER_MS = 400
_PROPERTY = "explanation"
_ONLY_PARTS = (Icon, Segmented, Chip)  # what they stand in says more; their own words come last


def explain(widget: QWidget, explanation: Explanation | None) -> None:
    """Let `widget`, with all that lies in it, be explained by `explanation`."""
    fresh = widget.property(_PROPERTY) is None
    widget.setProperty(_PROPERTY, explanation)
    if fresh and explanation is not None:
        widget.installEventFilter(_Hover(widget))


def explanation_of(widget: QWidget | None) -> Explanation | None:
    """The explanation of `widget` or of the nearest thing it lies in: its own, else that of what kind of thing it is."""
    of_a_part: Explanation | None = None
    while widget is not None:
        found = widget.property(_PROPERTY)
        if isinstance(found, Explanation):
            return found
        if kind := kind_of(type(widget)):
            if not isinstance(widget, _ONLY_PARTS):
                return kind
            of_a_part = of_a_part or kind
        widget = widget.parentWidget()
    return of_a_part


def nearest_lens(widget: QWidget | None) -> Lens | None:
    """The Lens of the page that `widget` is on."""
    while widget is not None:
        if found := widget.findChild(Lens):
            return found
        widget = widget.parentWidget()
    return None


def explain_now(window: QWidget, *, pointer: bool = True) -> bool:
    """F1: explain what is under the pointer (not when a button asked), else what has the focus; False without a word."""
    for widget in (QApplication.widgetAt(QCursor.pos()) if pointer else None, window.focusWidget()):
        explanation = explanation_of(widget)
        if widget is None or explanation is None or widget.window() is not window:
            continue
        lens = nearest_lens(widget)
        if lens is not None and lens.isVisible():
            lens.pin(explanation)
        else:
            QWhatsThis.showText(widget.mapToGlobal(QPoint(0, widget.height())), _whole(explanation), widget)
        return True
    return False


def _whole(explanation: Explanation) -> str:
    parts = (say(explanation.title), say(explanation.look), say(explanation.words), explanation.formula)
    return "\n\n".join(part for part in parts if part)


class _Hover(QObject):
    """Shows its widget's explanation after a rest of the pointer."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(HOVER_MS)
        self._rest.timeout.connect(self._show)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._rest.start()
        elif event.type() == QEvent.Type.Leave:
            self._rest.stop()
        return False

    def _show(self) -> None:
        explanation, lens = explanation_of(self._widget), nearest_lens(self._widget)
        if explanation and lens:
            lens.explain(explanation)


class Lens(Retold, QFrame):
    """What the thing under the hand is, at three depths. In a small window one line that opens."""

    def __init__(self) -> None:
        super().__init__()
        role(self, "well")
        self._explanation: Explanation | None = None
        self._pinned, self._small, self._open = False, False, False
        self._title = label("strong")
        self._words = label("small", wrap=True)
        self._formula = label("small", wrap=True, tone="net")
        self._formula.setProperty("mono", True)
        self._depth = Segmented(3, wide=True)
        self._depth.choose(1)
        self._depth.chosen.connect(self._show)
        self._pin = IconButton("push-pin", compact=True)
        self._pin.setCheckable(True)
        self._pin.toggled.connect(self._pin_toggled)
        self._opener = IconButton("caret-right", compact=True)
        self._opener.clicked.connect(self._toggle_open)
        head = row(Icon("question", "net", 16), (self._title, 1), self._pin, self._opener, gap=7)
        self.setLayout(column(head, self._words, self._formula, self._depth, gap=8, margins=(12, 8, 8, 10)))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.retranslate()

    def retranslate(self) -> None:
        self._depth.setTexts([self.tr("Look"), self.tr("Words"), self.tr("Formula")])
        self._pin.set_tip(self.tr("Keep this explanation (F1)"))
        self._opener.set_tip(self.tr("Open the explanation"))
        self.setAccessibleName(self.tr("Explanation"))
        self._show()

    def explain(self, explanation: Explanation) -> None:
        """Show it, unless another one is pinned."""
        if not self._pinned and explanation != self._explanation:
            self._explanation = explanation
            self._show()

    def pin(self, explanation: Explanation) -> None:
        """Show it and keep it; once more lets it go."""
        if self._pinned and explanation == self._explanation:
            self._pin.setChecked(False)
            return
        self._pinned = False
        self.explain(explanation)
        self._open = True
        self._pin.setChecked(True)
        self._show()

    @property
    def shown(self) -> Explanation | None:
        """What is explained now."""
        return self._explanation

    @property
    def pinned(self) -> bool:
        return self._pinned

    def _pin_toggled(self, on: bool) -> None:
        self._pinned = on
        self._pin.show_icon("push-pin", "you" if on else "dim")

    def _toggle_open(self) -> None:
        self._open = not self._open
        self._show()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        explanation = explanation_of(now)
        if explanation and nearest_lens(now) is self:
            self.explain(explanation)

    def _show(self, _depth: int = 0) -> None:
        found = self._explanation
        formula = self._depth.index() == 2
        if found is None:
            self._title.setText(self.tr("What is this?"))
            self._words.setText(self.tr("Rest the pointer on anything here, and this card explains it."))
            self._formula.setText("")
        else:
            self._title.setText(say(found.title))
            self._words.setText(say(found.look if self._depth.index() == 0 else found.words))
            self._formula.setText(found.formula)
        body = self._open or not self._small
        self._words.setVisible(body)
        self._formula.setVisible(body and formula and found is not None)
        self._depth.setVisible(body and found is not None)
        self._opener.setVisible(self._small)
        self._opener.show_icon("caret-down" if self._open else "caret-right")

    def room_changed(self, small: bool) -> None:
        """One line in a small window."""
        self._small = small
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.room_changed(is_small(self))
