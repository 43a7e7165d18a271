"""Questions to the chosen recipe that take several trainings or measurements, each in a dialog of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from engine.host import EngineHost
from gui.context import Context
from gui.pages.train_anatomy import AnatomyDialog
from gui.pages.train_setup import Setup
from gui.pages.train_signal_tests import PeopleDialog, SensorsDialog
from gui.pages.train_transfer import TransferDialog
from gui.pages.train_watch import Watch


class Asking(QObject):
    """Opens the dialogs of transfer and signals for what is set at the left.

    front: the folder of the run in front, or None.

    Signals:
        over: the runs of this machine are others now.
    """

    over = Signal()

    def __init__(
        self,
        host: EngineHost,
        context: Context,
        parts: tuple[Setup, Watch],
        *,
        front: Callable[[], Path | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._host, self._context, self._front, self._window = host, context, front, parent
        self._setup, self._watch = parts
        self._setup.ways_asked.connect(self.ways)
        self._setup.parts_asked.connect(self.parts)
        self._setup.edited.connect(self._data_chosen)
        self._watch.signal.people_asked.connect(self.people)
        self._watch.signal.sensors_asked.connect(self.sensors)

    def ways(self) -> TransferDialog:
        """The chosen recipe frozen, fine-tuned and from nothing (lecture rows 59 to 61)."""
        dialog = TransferDialog(self._host, self._setup.recipe.id, self._setup.settings(), **self._wishes())
        dialog.over.connect(self.over)
        dialog.open()
        return dialog

    def parts(self) -> AnatomyDialog:
        """Backbone, neck and head on a real picture (lecture rows 56 to 58)."""
        dialog = AnatomyDialog(self._host, self._window)
        dialog.open()
        return dialog

    def people(self) -> PeopleDialog:
        """The chosen recipe on people it never met (lecture row 19)."""
        dialog = PeopleDialog(self._host, self._setup.recipe.id, self._setup.settings(), **self._wishes())
        dialog.open()
        return dialog

    def sensors(self) -> SensorsDialog:
        """What the network in front loses without each sensor (lecture row 98)."""
        folder = self._front()
        known = folder is not None and (folder / "best.safetensors").is_file()
        model = str(folder) if known else self._setup.recipe.id
        dialog = SensorsDialog(self._host, model, data=self._context.settings.data(), parent=self._window)
        dialog.open()
        return dialog

    def _wishes(self) -> dict[str, Any]:
        return {"data": self._context.settings.data(), "dataset": self._setup.dataset, "parent": self._window}

    def _data_chosen(self) -> None:
        self._watch.use_data(self._setup.recipe, self._setup.dataset)
