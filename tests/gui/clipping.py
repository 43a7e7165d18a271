"""What does not fit, and what has no name: looked for in a window that is shown."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

_ARROW = 24  # pixels of a choice's arrow


def clipped(window: QWidget) -> list[str]:
    """Texts wider than the widget they stand in."""
    found = []
    for w in [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]:
        if not w.isVisible() or not w.text() or (isinstance(w, QLabel) and w.wordWrap()):
            continue
        if w.fontMetrics().size(0, w.text()).width() > w.width() + 1 or w.minimumSizeHint().width() > w.width() + 1:
            found.append(f"{w.text()!r}: {w.width()} px")
    for choice in window.findChildren(QComboBox):
        if choice.isVisible() and not choice.isEditable() and _words(choice) > choice.width() - _ARROW:
            found.append(f"{choice.currentText()!r}: {choice.width()} px")
    return found


def _words(choice: QComboBox) -> int:
    return choice.fontMetrics().horizontalAdvance(choice.currentText())


def squeezed(window: QWidget) -> list[str]:
    """Wrapped texts with less height than their lines need."""
    return [
        f"{w.text()!r}: {w.height()} of {w.heightForWidth(w.width())} px"
        for w in window.findChildren(QLabel)
        if w.isVisible() and w.wordWrap() and w.text() and w.heightForWidth(w.width()) > w.height() + 1
    ]


def controls(page: QWidget) -> list[QWidget]:
    """All that a hand can move or press, shown or not; not what Qt puts into its own controls."""
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
    found = [w for kind in kinds for w in page.findChildren(kind) if not isinstance(w, QScrollBar)]
    return [w for w in found if not isinstance(w.parent(), (*kinds, QAbstractSpinBox)) and not _is_a_corner(w)]


def _is_a_corner(w: QWidget) -> bool:
    return w.metaObject().className() == "QTableCornerButton"


def painted(page: QWidget) -> list[QWidget]:
    """All of ours that paints itself: charts, figures, pictures, bars."""
    return [
        w for w in page.findChildren(QWidget) if type(w).__module__.startswith("gui.") and "paintEvent" in vars(type(w))
    ]


def nameless(page: QWidget) -> list[str]:
    """Controls that a screen reader has no word for."""
    found = []
    for w in controls(page):
        text = w.text() if isinstance(w, QAbstractButton) else ""
        if not text and not w.accessibleName():
            found.append(f"{type(w).__name__} in {type(w.parentWidget()).__name__}")
    return found
