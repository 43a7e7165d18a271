"""Whose answer is seen in the right column of Train: the bundled network's, or that of one in training."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.train.events import Snapshot
from gui.widgets.basics import Chip, label, row
from gui.widgets.retold import Retold


class Answering(Retold, QWidget):
    """A title in words, and a chip with the step its weights are of.

    snapshot: the weights that answer; None is the bundled network.
    """

    def __init__(self) -> None:
        super().__init__()
        self.snapshot: Snapshot | None = None
        self._running = self._silent = False
        self._says, self._chip = label("section"), Chip("bundled")
        self.setLayout(row(self._says, None, self._chip, gap=6))
        self.retranslate()

    def use(self, snapshot: Snapshot | None) -> None:
        """These weights answer from now on."""
        self.snapshot = snapshot
        self.retranslate()

    def set_running(self, running: bool) -> None:
        """Whether the answering network is still learning."""
        self._running = running
        self.retranslate()

    def set_silent(self, silent: bool) -> None:
        """Whether there is no answer: then no chip says that a bundled network came with the app."""
        self._silent = silent
        self.retranslate()

    def retranslate(self) -> None:
        if self.snapshot is None:
            self._says.setText(self.tr("The bundled network says"))
            self._chip.set_kind("bundled")
            self._chip.setText(self.tr("bundled"))
        else:
            trained = self.tr("The network you trained says")
            self._says.setText(self.tr("The network being trained says") if self._running else trained)
            self._chip.set_kind("live" if self._running else "plain")
            self._chip.setText(self.tr("step {n:,}").format(n=self.snapshot.step))
        self._chip.setVisible(self.snapshot is not None or not self._silent)
