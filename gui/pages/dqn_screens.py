"""The stage of Watch and Play: one or two games as people see them, what the network sees, this game's timeline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.rl.game import GameCard
from engine.rl.watch import Moment, Player, Seen
from gui.widgets.basics import Chip, IconButton, Segmented, column, label, panel, row
from gui.widgets.bench_parts import Legend
from gui.widgets.game_frames import GameFrames
from gui.widgets.game_screen import GameScreen
from gui.widgets.game_timeline import GameTimeline
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

SPEEDS = (0.25, 1.0, 4.0, 16.0)


class Screens(Retold, QWidget):
    """What is being played.

    Signals:
        speed_chosen: (float) 1 = true speed.
    """

    speed_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._card: GameCard | None = None
        self.players: tuple[Player, ...] = ()
        self.screens = (GameScreen(), GameScreen())
        self.frames, self.timeline = GameFrames(), GameTimeline()
        self.speed = Segmented(len(SPEEDS))
        self.speed.choose(1)
        self.record, self.table = IconButton("film-strip"), IconButton("export")
        self._title, self._chip = label("title"), Chip("plain")
        self._sees, self._episode, self._legend = label("caption"), label("section"), Legend()
        self._sees.setAlignment(Qt.AlignmentFlag.AlignHCenter)  # over the frames, whose names stand so too
        self._chip.hide()
        head = row(self._title, self._chip, None, self.speed, self.record, self.table, gap=10)
        self._side = QWidget()
        self._side.setLayout(column(self._sees, (self.frames, 1), gap=4))
        games = row((self.screens[0], 1), (self.screens[1], 1), self._side, gap=12)
        game = panel(head, (games, 1), gap=8, pad=14)
        line = panel(row(self._episode, (self._legend, 1)), (self.timeline, 1), gap=4, pad=12)
        line.setMaximumHeight(170)
        self.setLayout(column((game, 1), line, gap=8))
        self.screens[1].hide()
        self.speed.chosen.connect(lambda index: self.speed_chosen.emit(SPEEDS[index]))
        self.retranslate()

    def show_game(self, card: GameCard, players: Sequence[Player] = ()) -> None:
        """Another game, or other players; what was shown is gone."""
        self._card, self.players = card, tuple(players)
        for screen in self.screens:
            screen.set_wide(bool(card.atari))
            screen.clear()
        self.frames.clear()
        self.screens[1].setVisible(len(players) > 1)
        self._side.setVisible(card.eyes != "vector" and len(players) < 2)
        explain(self._side, card.explanation)
        self.timeline.clear()
        self.retranslate()

    def show_before(self, picture: np.ndarray | None) -> None:
        """The game as it begins, (H, W, 3) uint8, faint until it is played; None: not known."""
        for screen in self.screens:
            screen.show_before(picture)

    def show_note(self, words: str, kind: str = "warn") -> None:
        """A word beside the title; "" for none."""
        self._chip.setVisible(bool(words))
        self._chip.set_kind(kind)
        self._chip.setText(words)

    def show_seen(self, seen: Seen) -> None:
        """The newest moment of one player."""
        screen = self.screens[seen.player]
        screen.show_picture(seen.picture, seen.saliency)
        lives = self.tr("{score:g} points · {lives} lives") if seen.lives else self.tr("{score:g} points")
        screen.say(self._name(seen), lives.format(score=round(seen.score, 2), lives=seen.lives), hand=seen.by_hand)
        if seen.player == 0 and self._side.isVisible():
            self._show_frames(seen.frames)

    def add(self, moment: Moment) -> None:
        """One decision of the first player goes on the timeline."""
        if moment.player == 0:
            self.timeline.add(moment)
            self.timeline.update()

    def _name(self, seen: Seen) -> str:
        if seen.by_hand:
            return self.tr("You")
        return say(self.players[seen.player].words) if seen.player < len(self.players) else ""

    def _show_frames(self, frames: np.ndarray) -> None:
        if frames.ndim == 4:  # one observation of planes
            self.frames.show_frames(frames[-1], [say(name) for name in self._card.planes] if self._card else [])
        elif frames.ndim == 3:
            last = len(frames) - 1
            self.frames.show_frames(frames, [f"t − {last - i}" if i < last else "t" for i in range(len(frames))])

    def retranslate(self) -> None:
        self.speed.setTexts(["×¼", "×1", "×4", "×16"])
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("×1 is the game’s true speed"))
        self.record.set_tip(self.tr("Record one game (.mp4, .gif)"))
        self.table.set_tip(self.tr("Scores as CSV"))
        self._sees.setText(self.tr("the network sees"))
        self._episode.setText(self.tr("This game"))
        words = (self.tr("value, max Q"), self.tr("reward"), self.tr("life lost"))
        self._legend.show_entries(list(zip(("net", "slide", "bad"), words, strict=True)))
        if self._card:
            self._title.setText(say(self._card.name))
        for screen in self.screens:
            if screen.empty:
                waits = self.tr("Opening the game") if self.players else self.tr("Press the button below")
                screen.say(waits, "")
