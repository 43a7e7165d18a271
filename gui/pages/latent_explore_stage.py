"""The stage of Explore: the map of 2 numbers, samples, slant × thickness, or the layers; below it the film from A to B."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.latent.explorer import REACH, SIDE, SLANTS, WIDTHS, Dream, Explored, Landed, Wall
from engine.latent.marks import sheet
from engine.latent.stepping import Layer
from gui.widgets.basics import Segmented, column, label, panel, row
from gui.widgets.latent_plane import LatentPlane
from gui.widgets.latent_toggle import Switch
from gui.widgets.latent_wall import LatentWall
from gui.widgets.retold import Retold

MAP, SAMPLES, SLANT, LAYERS = range(4)
FILM = 12


class ExploreStage(Retold, QWidget):
    """What a hand moves in.

    Signals:
        view_chosen: (int). map_moved, slant_moved: (float, float) where the ring is. sample_chosen: (int) of the wall.
        frame_chosen: (int) of the film. play_asked.
    """

    view_chosen = Signal(int)
    map_moved = Signal(float, float)
    slant_moved = Signal(float, float)
    sample_chosen = Signal(int)
    frame_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.view = Segmented(4)
        self.map, self.slant = LatentPlane(), LatentPlane()
        self.samples, self.layers, self.film = LatentWall(), LatentWall(columns=8), LatentWall(columns=FILM)
        self.film.setFixedHeight(56)
        self.real = Switch()
        self._title, self._hint = label("title"), label("small", wrap=True)
        self._film_title, self._film_hint = label("section"), label("caption")
        self._stack = QStackedWidget()
        for part in (self.map, self.samples, self.slant, self.layers):
            self._stack.addWidget(part)
        top = panel(
            row(self._title, None, self.view, gap=10), row((self._hint, 1), self.real), (self._stack, 1), gap=8, pad=14
        )
        self.strip = panel(row(self._film_title, None, self._film_hint), self.film, gap=6, pad=12)
        self.setLayout(column((top, 1), self.strip, gap=8))
        self.map.set_bounds((-REACH, -REACH), (REACH, REACH))
        self.slant.set_bounds((SLANTS[0], WIDTHS[0]), (SLANTS[1], WIDTHS[1]))
        self._explored: Explored | None = None
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.view.chosen.connect(self._show_view)
        self.view.chosen.connect(self.view_chosen)
        self.map.moved.connect(self.map_moved)
        self.slant.moved.connect(self.slant_moved)
        self.samples.chosen.connect(self.sample_chosen)
        self.film.chosen.connect(self.frame_chosen)
        self.real.toggled.connect(self._show_real)

    def show_explored(self, explored: Explored) -> None:
        """Another generator: the views it has, the best one open."""
        self._explored = explored
        flat = explored.map is not None
        self.map.show_sheet(sheet(explored.map, SIDE) if explored.map is not None else None)
        for plane in (self.map, self.slant):
            plane.show_points(np.zeros((0, 2)), np.zeros(0, np.int64))
        layered = explored.model.kind == "dcgan" or getattr(explored.model, "layers", "") == "lecture"
        self.view.enable(MAP, flat, self.tr("Only a code of 2 numbers has a map."))
        self.view.enable(SLANT, explored.digits, self.tr("Measured on digits alone."))
        self.view.enable(LAYERS, layered, self.tr("Only layers with maps can be shown."))
        self.view.choose(MAP if flat else SAMPLES)
        self._show_view(self.view.index())

    def _show_view(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.real.setVisible(index in (MAP, SLANT))
        self._say()

    def _show_real(self, on: bool) -> None:
        for plane in (self.map, self.slant):
            plane.show_dots = on
            plane.update()

    def show_wall(self, wall: Wall) -> None:
        """Samples of a seed."""
        self.samples.show_images(wall.images)

    def show_landed(self, landed: Landed) -> None:
        """Where real pictures lie, in the code and by what they measure."""
        if len(landed.points):
            self.map.show_points(landed.points, landed.labels)
        if len(landed.measured):
            self.slant.show_points(landed.measured[:, ::-1], landed.labels)  # slant across, thickness up

    def show_dream(self, dream: Dream) -> None:
        """Where the picture that came lies."""
        if self._explored is not None and self._explored.map is not None:
            self.map.show_at(float(dream.z[0]), float(dream.z[1]))

    def show_steered(self, asked: tuple[float, float], dream: Dream) -> None:
        """On slant × thickness: what was asked for, and what the picture measures."""
        self.slant.show_at(*asked, (dream.lean, dream.thick))

    def show_layers(self, layers: Sequence[Layer]) -> None:
        """The maps of each layer for where the hand is, a row each."""
        images, words = list[np.ndarray](), list[str]()
        for layer in layers:
            empty = [np.zeros_like(layer.maps[0])] * (8 - len(layer.maps))
            images += [*layer.maps, *empty]
            words += [layer.shape, *layer.how, *[""] * (7 - len(layer.how))]
        self.layers.show_images(images, words)

    def show_film(self, wall: Wall | None, words: str) -> None:
        """The pictures on the way."""
        self.film.show_images(wall.images if wall is not None else ())
        self._film_hint.setText(words)

    def _say(self) -> None:
        digits = self._explored is not None and self._explored.digits
        everything = self.tr("Every digit this network can dream") if digits else self.tr("All it can dream")
        titles = (everything, self.tr("Samples"), self.tr("Slant × thickness"), self.tr("Layer by layer"))
        hints = (
            self.tr("Drag the ring; arrow keys move it too."),
            self.tr("Click a picture, then move its sliders. N: new seed."),
            self.tr("Drag: iris is what you ask for, mint what the picture measures."),
            self.tr("From the smallest maps up to the picture."),
        )
        self._title.setText(titles[self.view.index()])
        self._hint.setText(hints[self.view.index()])

    def retranslate(self) -> None:
        self.view.setTexts([self.tr("Map"), self.tr("Samples"), self.tr("Slant"), self.tr("Layers")])
        self.view.setAccessibleName(self.tr("View"))
        self.map.set_axes("z1", "z2")
        self.slant.set_axes(self.tr("slant, degrees"), self.tr("thickness, pixels"))
        self.real.setText(self.tr("Real pictures"))
        self.samples.setAccessibleName(self.tr("Samples"))
        self.layers.setAccessibleName(self.tr("Layer by layer"))
        self._film_title.setText(self.tr("From A to B"))
        self.film.setAccessibleName(self.tr("From A to B"))
        self._say()
