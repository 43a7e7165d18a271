"""Words that follow the language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

from gui.overrides import whole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Widget
else:
    _Widget = object


class Retold(_Widget):
    """What says its words again when the language changes. The first of the bases, before the widget's own.

    `retranslate` sets every text; a class calls it once at the end of its own __init__.
    """

    def retranslate(self) -> None:
        """Say all words again in the language in force."""

    @whole
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
