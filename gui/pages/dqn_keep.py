"""What of the games in front is kept in files: a film of one, and the scores of all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.host import EngineHost
from engine.jobs import Job, JobRun, JobState
from engine.rl.game import GameCard
from engine.rl.watch import Player
from engine.rl.watching import film_agent, write_scores
from engine.text import Text

_FILMING = Text("Recording a game", "게임 녹화")
_WRITING = Text("Writing scores", "점수 저장")


class DqnKeep(QObject):
    """Asks where, and writes there on the io lane.

    Signals:
        told: (str) what is being done, or what was written.
    """

    told = Signal(str)

    def __init__(self, host: EngineHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._window = host, parent

    def ask_film(self, card: GameCard, player: Player, *, seed: int, epsilon: float) -> None:
        """A film of one game that `player` plays."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Film of one game"), f"{card.id}.mp4", "*.mp4 *.gif"
        )
        if name:
            self.film(card, player, seed=seed, epsilon=epsilon, to=Path(name))

    def film(self, card: GameCard, player: Player, *, seed: int, epsilon: float, to: Path) -> None:
        self.told.emit(self.tr("Recording one game…"))
        self._start(_FILMING, film_agent(card.id, player.path, seed=seed, epsilon=epsilon, to=to))

    def ask_scores(self, rows: list[tuple[str, str, float]]) -> None:
        """The scores of the games played in front of the eyes."""
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Scores as CSV"), "scores.csv", "*.csv")
        if name:
            self._start(_WRITING, write_scores(rows, Path(name)))

    def _start(self, name: Text, job: Job) -> None:
        self._host.start(name, job, lane="io", owner=self, on_end=self._ended)

    def _ended(self, run: JobRun) -> None:
        done = run.state is JobState.DONE
        self.told.emit(self.tr("Written: {name}").format(name=run.result.name) if done else "")
