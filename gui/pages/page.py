"""What every tab is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from engine.host import EngineHost
from gui.context import Context
from gui.widgets.retold import Retold


class Page(Retold, QWidget):
    """One tab. Knows the host, the engine and its context; no other page.

    A page sets its texts in `retranslate` and calls it once at the end of its own __init__.
    """

    id: ClassVar[str]
    icon: ClassVar[str]

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self.host, self.context = host, context

    @classmethod
    def title(cls) -> str:
        """The word on the tab, in the language in force."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say all words again in the language in force."""

    def shown(self) -> None:
        """The tab came to the front."""

    def hidden(self) -> None:
        """Another tab came to the front."""

    def open(self, argument: dict[str, Any]) -> None:
        """Another page sent the person here, with this wish."""

    def toggle_pause(self) -> bool:
        """Space: pause or go on; False where there is nothing to pause."""
        return False

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Do on real data what the tab is for, and call `done` when it can be seen."""
        done()
