"""The stage of a contest: counterfeiter and police above, the four moves, and the points or the pictures below."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.latent.gan import Move
from engine.latent.stepping import Layer, Moved, Seen
from gui.widgets.basics import Chip, Segmented, State, column, label, panel, row
from gui.widgets.game_chart import GameChart
from gui.widgets.latent_flow import GanFlow, Verdict
from gui.widgets.latent_moves import GanMoves
from gui.widgets.latent_points import PointBoard
from gui.widgets.latent_wall import LatentWall
from gui.widgets.retold import Retold
from gui.words import say


class Batches(Retold, QWidget):
    """The pictures of one round: real, made, and where the police would have them changed; or the layers."""

    def __init__(self) -> None:
        super().__init__()
        self.walls = tuple(LatentWall(columns=4) for _ in range(3))
        self.layers = (LatentWall(columns=8), LatentWall(columns=8))
        self.view = Segmented(2)
        self._titles = [label("caption") for _ in range(5)]
        self._hint = label("caption", wrap=True)
        self._seen: Seen | None = None
        self._stack = QStackedWidget()
        batches, layers = QWidget(), QWidget()
        parts = [column(title, (wall, 1), gap=3) for title, wall in zip(self._titles[:3], self.walls, strict=True)]
        batches.setLayout(row(*((part, 1) for part in parts), gap=14))
        rows = [column(title, (wall, 1), gap=3) for title, wall in zip(self._titles[3:], self.layers, strict=True)]
        layers.setLayout(row(*((part, 1) for part in rows), gap=14))
        self.empty = State("planet", stage=True)
        for page in (batches, layers, self.empty):
            self._stack.addWidget(page)
        self.setLayout(column(row(self.view, (self._hint, 1), gap=12), (self._stack, 1), gap=8))
        self.view.chosen.connect(lambda _: self._show())
        self.retranslate()
        self.show_seen(None)

    def show_seen(self, seen: Seen | None) -> None:
        """One round; None for nothing yet."""
        self._seen = seen
        self._show()
        if seen is None:
            for wall in (*self.walls, *self.layers):
                wall.show_images(())
            return
        real, made, pushes = self.walls
        real.show_images(seen.real, _beliefs(seen.scores_real))
        made.show_images(seen.made, _beliefs(seen.scores_made))
        top = max(1e-12, float(np.abs(seen.pushes).max(initial=0)))
        grey = np.asarray(127.5 + 127.5 * seen.pushes / top, np.uint8)
        pushes.show_images(grey, [""] * len(grey))
        for wall, layers in zip(self.layers, (seen.grows, seen.shrinks), strict=True):
            _show_layers(wall, layers)

    def _show(self) -> None:
        seen = self._seen is not None
        self._stack.setCurrentIndex(self.view.index() if seen else 2)
        self.view.setVisible(seen)
        self._hint.setVisible(seen)

    def retranslate(self) -> None:
        self.view.setTexts([self.tr("Batch"), self.tr("Layers")])
        words = (
            self.tr("Real x"),
            self.tr("Made G(z)"),
            self.tr("Where D wants it lighter or darker"),
            self.tr("G grows: fractional strides"),
            self.tr("D shrinks: strides"),
        )
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self._hint.setText(self.tr("Number under a picture: D, 1 = real. A layer’s line: maps × height × width."))
        self.empty.set_words(
            self.tr("Press 1 above, or Play below"),
            self.tr("Then real pictures, fakes and the layers they go through are here."),
        )


def _show_layers(wall: LatentWall, layers: tuple[Layer, ...]) -> None:
    """A row of maps for each layer, its shape under the first."""
    images: list[np.ndarray] = []
    words: list[str] = []
    for layer in layers:
        maps = [*layer.maps, *([np.zeros_like(layer.maps[0])] * (8 - len(layer.maps)))]
        images += maps
        said = [layer.name, layer.shape, *layer.how]
        words += [*said, *[""] * (len(maps) - len(said))]
    wall.show_images(images, words)


def _beliefs(scores: np.ndarray) -> list[str]:
    return ["–" if math.isnan(score) else f"{score:.2f}" for score in scores]


class ContestStage(Retold, QWidget):
    """What is seen of a contest."""

    def __init__(self) -> None:
        super().__init__()
        self.flow, self.moves = GanFlow(), GanMoves()
        self.board, self.batches = PointBoard(), Batches()
        self.beliefs = GameChart("net", places=2)
        self.beliefs_made = GameChart("slide", places=2)
        self.losses = GameChart("info", smooth=True)
        self._title, self._chip, self._legend = label("title"), Chip("warn"), label("caption", wrap=True)
        self._chip.hide()
        self._pictures = False
        self._stack = QStackedWidget()
        points = QWidget()
        charts = column(self._legend, (self.beliefs, 1), (self.beliefs_made, 1), (self.losses, 1), gap=6)
        points.setLayout(row((self.board, 3), (charts, 2), gap=14))
        for page in (points, self.batches):
            self._stack.addWidget(page)
        top = panel(row(self._title, None, self._chip, gap=10), self.flow, self.moves, gap=6, pad=14)
        self.setLayout(column(top, (panel((self._stack, 1), gap=4, pad=14), 1), gap=8))
        self.retranslate()

    def show_kind(self, *, pictures: bool) -> None:
        """Points or pictures."""
        self._pictures = pictures
        self._stack.setCurrentIndex(1 if pictures else 0)
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Before the first move."""
        self.moves.show_next(Move.REAL)
        self.flow.show_move(None, Verdict(math.nan, None, math.nan), 0.0, 0.0)
        self.flow.show_pictures(None, None)
        self.batches.show_seen(None)
        self.board.show_look(None)
        self._chip.hide()
        for chart in (self.beliefs, self.beliefs_made, self.losses):
            chart.clear()

    def show_moved(self, moved: Moved, *, fast: bool) -> None:
        """The newest move; at full speed no turn is marked."""
        self.moves.show_next(moved.next, None if fast else moved.move)
        belief = moved.terms.fooled if fast else moved.belief
        verdict = Verdict(belief, None if fast else moved.move.target, moved.loss)
        self.flow.show_move(None if fast else moved.move, verdict, moved.grad_d, moved.grad_g)
        if moved.points is not None:
            self.board.show_look(moved.points, "" if fast else moved.move.learns)
        if moved.seen is not None:
            seen = moved.seen
            self.batches.show_seen(seen)
            pictures = (seen.real[0] if len(seen.real) else None, seen.made[0] if len(seen.made) else None)
            self.flow.show_pictures(*pictures)
        if moved.fallen is not None:
            self.show_fallen(say(moved.fallen.words))
        if moved.move is Move.FOOL:
            self._plot(moved)

    def show_fallen(self, words: str) -> None:
        """Mode collapse, or "" for none."""
        self._chip.setVisible(bool(words))
        self._chip.setText(self.tr("mode collapse") if words else "")
        self._chip.setToolTip(words)

    def _plot(self, moved: Moved) -> None:
        terms = moved.terms
        self.beliefs.add(terms.update, terms.real)
        self.beliefs_made.add(terms.update, terms.fooled)
        self.losses.add(terms.update, terms.loss_d)
        for chart in (self.beliefs, self.beliefs_made, self.losses):
            chart.update()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Pictures, move by move") if self._pictures else self.tr("Points against police"))
        self._legend.setText(
            self.tr("Sand: real points, and where D believes. Mint: fakes, and the sheet G bends. Lines: pushes.")
        )
        self.beliefs.set_title(self.tr("D(x): real taken for real"))
        self.beliefs_made.set_title(self.tr("D(G(z)): fakes taken for real"))
        self.losses.set_title(self.tr("Loss of D"))
        self.board.setAccessibleName(self.tr("Real points, fakes and what D believes where"))
