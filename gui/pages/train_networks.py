"""The way from Train to its room of networks, which is built when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from engine.host import EngineHost
from engine.train.settings import FitSettings
from gui.context import Context
from gui.pages.train_runs import RunShelf
from gui.pages.train_setup import Setup
from gui.widgets.room import is_small

if TYPE_CHECKING:
    from gui.pages.train_lineage_room import LineageRoom


class Networks(QObject):
    """Opens the room of networks in the stage of Train, and tells it what this machine has. Built when first wanted."""

    def __init__(
        self, host: EngineHost, context: Context, stage: QStackedWidget, setup: Setup, shelf: RunShelf
    ) -> None:
        super().__init__(stage)
        self._host, self._context, self._stage, self._setup, self._shelf = host, context, stage, setup, shelf
        self.room: LineageRoom | None = None
        setup.networks_asked.connect(self.open)
        shelf.changed.connect(self._runs_changed)

    def open(self) -> LineageRoom:
        """The room in place of the charts."""
        if self.room is None:
            from gui.pages.train_lineage_room import (
                LineageRoom,
            )  # here: it brings torchvision, which Train does not need

            self.room = LineageRoom(self._host, self._context.settings.data())
            self.room.closed.connect(self._leave)
            self.room.recipe_asked.connect(self._choose)
            self.room.network_asked.connect(self._choose)
            self.room.room_changed(is_small(self._stage))  # before it claims its width
            self._stage.addWidget(self.room)
        self.room.show_machine(self._context.settings.data(), self._setup.recipes.accuracies)
        self._runs_changed()
        self._stage.setCurrentWidget(self.room)
        self.room.enter()
        return self.room

    def _runs_changed(self) -> None:
        self._setup.recipes.show_runs(self._shelf.runs)
        if self.room is not None:
            self.room.show_runs(self._shelf.runs)

    def _leave(self) -> None:
        self._stage.setCurrentIndex(0)

    def _choose(self, recipe: str, settings: FitSettings | None = None) -> None:
        if not self._setup.running:
            self._setup.choose_recipe(recipe)
            if settings is not None:
                self._setup.show_settings(settings)
        self._leave()
