"""What every page may ask of the window: the settings, and to go to another tab."""

from __future__ import annotations

import dataclasses
from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.host import EngineHost
from engine.jobs import Event
from engine.settings import Settings, save
from engine.text import Text

_SAVING = Text("Saving the settings", "설정 저장")


class Context(QObject):
    """Settings and ways between pages; pages know no other page.

    Signals:
        open_page: (str, object) go to the tab with this id, with a dict for it or None.
        open_models: (str) show the list of models, with the one of this id in view ("" = all).
        settings_changed: `settings` was replaced.
    """

    open_page = Signal(str, object)
    open_models = Signal(str)
    settings_changed = Signal()

    def __init__(self, host: EngineHost, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.host = host
        self.settings = settings

    def go(self, page: str, argument: dict[str, Any] | None = None) -> None:
        """Ask for another tab."""
        self.open_page.emit(page, argument)

    def change(self, **values: Any) -> None:
        """Replace the settings by ones with these values, and write them on the io lane."""
        changed = dataclasses.replace(self.settings, **values)
        if changed == self.settings:
            return
        self.settings = changed
        self.host.start(_SAVING, _save(changed), lane="io", owner=self)
        self.settings_changed.emit()


def _save(settings: Settings) -> Generator[Event, None, None]:
    save(settings)
    return
    yield  # a job without events
