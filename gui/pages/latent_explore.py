"""The room where one walks through what a generator dreams: sliders, a ring to drag, paths, arithmetic, real pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.latent.explorer import Alike, Dream, Explored, Wall
from engine.latent.found import Known, known_generators
from engine.latent.lessons import LATENT
from engine.text import Text
from gui.pages.latent_exploration import Exploration
from gui.pages.latent_explore_setup import NUMBERS, SHOWN, ExploreSetup
from gui.pages.latent_explore_side import ExploreSide
from gui.pages.latent_explore_stage import FILM, LAYERS, MAP, ExploreStage
from gui.pages.latent_place import COUNT
from gui.widgets.basics import State, button, column
from gui.widgets.columns import Columns
from gui.widgets.lens import Lens, explain
from gui.widgets.retold import Retold
from gui.words import say

_LOOKING = Text("Looking for generators", "생성기를 찾는 중")
SETTLED_MS = 350  # after the last move the real pictures most like it are sought


class ExploreRoom(Retold, QWidget):
    """Everything acts at once; nothing has to be started."""

    def __init__(self, host: EngineHost, head: QWidget) -> None:
        super().__init__()
        self._host = host
        self.now = Exploration(host, self)
        self.setup, self.stage, self.side, self.lens = ExploreSetup(), ExploreStage(), ExploreSide(), Lens()
        self.to_learn = button("play-fill", "primary")
        self.empty = State("planet", self.to_learn, stage=True)
        left, middle = QWidget(), QWidget()
        left.setLayout(column(head, (self.setup, 1), gap=0))
        middle.setLayout(column((self.stage, 1), (self.empty, 1), gap=0))
        self.columns = Columns(left, middle, self.side, self.lens)
        self.setLayout(column(self.columns, gap=0))
        self.known: tuple[Known, ...] = ()
        self._opened: Path | None = None
        self._asked: tuple[float, float] | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(lambda: self.now.look_closer(layers=self.stage.view.index() == LAYERS))
        self._connect_hand()
        self._connect_answers()
        self._show_empty(True)
        explain(self.stage, LATENT)
        self.lens.explain(LATENT)
        self.retranslate()

    def _connect_hand(self) -> None:
        setup, stage, now = self.setup, self.stage, self.now
        setup.generator_chosen.connect(self.choose)
        setup.class_chosen.connect(self._class_chosen)
        setup.slid.connect(self._slid)
        setup.axes.chosen.connect(lambda _axis: self._show_sliders())
        setup.first.activated.connect(lambda _first: self._show_sliders())
        setup.samples_changed.connect(self.new_wall)
        setup.seed_asked.connect(self.new_seed)
        setup.keep_asked.connect(now.keep)
        setup.mark_asked.connect(self.mark)
        setup.path_chosen.connect(lambda _way: self.show_path())
        setup.sum_asked.connect(self.go_to_sum)
        setup.kept_chosen.connect(lambda number: self._go_to(now.favourites, number))
        setup.forget_asked.connect(lambda: now.forget(setup.kept.chosen_place))
        setup.picture_asked.connect(self._ask_picture)
        setup.export_asked.connect(self._ask_export)
        stage.map_moved.connect(lambda x, y: self.go(np.array((x, y), np.float32)))
        stage.slant_moved.connect(self._steered)
        stage.sample_chosen.connect(lambda number: self._go_to(now.wall, number))
        stage.frame_chosen.connect(lambda number: self._go_to(now.film, number))
        stage.view_chosen.connect(lambda _view: self._settled.start())
        for key, act in (("N", self.new_seed), ("K", now.keep)):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _connect_answers(self) -> None:
        now = self.now
        now.opened.connect(self._take)
        now.moved.connect(self._show_sliders)
        now.dreamt.connect(self._show_dream)
        now.walled.connect(self.stage.show_wall)
        now.filmed.connect(self._take_film)
        now.kept.connect(self.setup.show_kept)
        now.landed.connect(self.stage.show_landed)
        now.found.connect(self._take_alike)
        now.layered.connect(self.stage.show_layers)
        now.sought.connect(self.side.show_target)
        now.read.connect(lambda _count: self._settled.start())

    # Which generator

    def look_round(self) -> None:
        """Which generators there are; the first is opened when none is."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._take_known(tuple(one for one in run.result if one.weights is not None))

        self._host.start(_LOOKING, known_generators(), lane="io", owner=self, on_end=end)

    def _take_known(self, known: tuple[Known, ...]) -> None:
        self.known = tuple(sorted(known, key=lambda one: (one.recipe.id != "vae-mnist-2d", one.run is not None)))
        places = [one.weights for one in self.known]
        chosen = places.index(self._opened) if self._opened in places else 0
        self.setup.show_generators(self.known, chosen if self.known else -1)
        if self.known and self._opened is None:
            self.choose(0)
        self._show_empty(not self.known)

    def _show_empty(self, on: bool) -> None:
        self.empty.setVisible(on)
        self.stage.setVisible(not on)

    def choose(self, number: int) -> None:
        """Open one of those that are known."""
        one = self.known[number]
        self._opened = one.weights
        self.setup.generator.setCurrentIndex(number)
        self.now.open(one.recipe.id if one.run is None else str(one.weights))

    def _take(self, explored: Explored) -> None:
        self._asked = None
        self.setup.show_explored(explored)
        self.stage.show_explored(explored)
        self.stage.show_film(None, "")
        self.side.show_target(None)
        self.side.show_alike(None)
        self.new_wall()
        self.show_path()

    # Where the hand is

    def go(self, z: np.ndarray, label: int | None = None) -> None:
        """Stand at another code."""
        self._asked = None
        self.now.go(z, label)

    def _go_to(self, wall: Wall | None, number: int) -> None:
        if wall is not None and number < len(wall.z):
            self.go(wall.z[number], int(wall.labels[number]))

    def _show_dream(self, dream: Dream) -> None:
        self.side.show_dream(dream)
        self.stage.show_dream(dream)
        if self._asked is not None:
            self.stage.show_steered(self._asked, dream)
        elif self.now.explored is not None and self.now.explored.digits:
            self.stage.slant.show_at(dream.lean, dream.thick)
        self._settled.start()

    def _slid(self, values: list[float]) -> None:
        now, self._asked = self.now, None
        if now.explored is None or now.place is None:
            return
        if self.setup.axes.index() == NUMBERS:
            now.place.set_numbers(int(self.setup.first.currentData() or 0), values)
        else:
            now.place.slide(now.explored, values)
        now.dream_now()

    def _steered(self, slant: float, thick: float) -> None:
        now = self.now
        if now.explored is None or now.place is None or now.dream is None:
            return
        self._asked = (slant, thick)
        now.place.steer(now.explored, self._asked, (now.dream.lean, now.dream.thick))
        self._show_sliders()
        now.dream_now()

    def _show_sliders(self) -> None:
        """The sliders stand where the code is."""
        explored, place = self.now.explored, self.now.place
        if explored is None or place is None:
            return
        if self.setup.axes.index() == NUMBERS:
            first = int(self.setup.first.currentData() or 0)
            values = place.z[first : first + SHOWN]
            names = [f"z{first + n + 1}" for n in range(len(values))]
            reach = max(3.0, float(np.abs(place.z).max()) * 1.2)
            self.setup.show_sliders(names, [(-reach, reach)] * len(names), values)
            return
        shares = explored.directions.shares.tolist()[:COUNT]
        words = self.tr("direction {n} · {share:.0f} %")
        names = [words.format(n=n + 1, share=100 * share) for n, share in enumerate(shares)]
        self.setup.show_sliders(names, [(-3.0, 3.0)] * len(names), place.slid[: len(names)])

    def _class_chosen(self) -> None:
        if self.now.place is not None:
            self.now.place.label = self.setup.label() or 0
            self.new_wall()
            self.now.dream_now()

    # Samples and paths

    def new_seed(self) -> None:
        """Other samples, and another place to stand."""
        self.now.seed += 1
        self._asked = None
        self.now.new_wall(truncation=self.setup.truncation.value(), label=self.setup.label(), go=True)

    def new_wall(self) -> None:
        """Samples of this seed."""
        self.now.new_wall(truncation=self.setup.truncation.value(), label=self.setup.label())

    def mark(self, letter: str) -> None:
        """This place is A, B or C."""
        if self.now.place is not None:
            self.now.place.mark(letter)
            self.show_path()

    def show_path(self) -> None:
        """The film from A to B, or of a random walk that begins here."""
        place = self.now.place
        self.setup.sum.setEnabled(place is not None and len(place.marks) == 3)
        self.now.show_path(self.setup.path.index(), FILM)

    def _take_film(self, wall: Wall) -> None:
        self.stage.show_film(wall, self.tr("{n} pictures, all made now").format(n=len(wall.images)))
        explored, place = self.now.explored, self.now.place
        if explored is not None and place is not None and explored.map is not None:
            marks = {letter: (float(z[0]), float(z[1])) for letter, (z, _) in place.marks.items()}
            self.stage.map.show_way(wall.z, marks)

    def go_to_sum(self) -> None:
        """A − B + C."""
        if self.now.place is not None and (z := self.now.place.sum()) is not None:
            self.go(z)

    # Real pictures and files

    def _take_alike(self, found: Alike) -> None:
        count = len(self.now.real) if self.now.real is not None else 0
        self.side.show_alike(found, self.tr("of {n:,} training pictures").format(n=count))

    def _ask_picture(self) -> None:
        kinds = self.tr("Pictures ({kinds})").format(kinds="*.png *.jpg *.jpeg *.webp *.bmp")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Find a picture…"), "", kinds)
        if name:
            self.now.seek(Path(name))

    def _ask_export(self) -> None:
        kinds = self.tr("Grid (*.png);;Film from A to B (*.mp4 *.gif)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export grid or film"), "dreams.png", kinds)
        if name:
            self.export(Path(name))

    def export(self, to: Path) -> None:
        """A .png gets what is on the stage, a .mp4 or .gif the film of the path."""
        self.now.export(to, whole_map=self.stage.view.index() == MAP, way=self.setup.path.index())

    # The room

    def retranslate(self) -> None:
        self.empty.set_words(
            self.tr("No generator here yet"),
            self.tr("Train one in Learn: a VAE with 2 numbers takes about two minutes and gives a map of all digits."),
        )
        self.to_learn.setText(self.tr("Go to Learn"))
        self._show_sliders()
        for place, one in enumerate(self.known):
            self.setup.generator.setItemText(place, say(one.words))
