"""The left column of Explore: the generator, where one stands in its code, the path, and what was kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.latent.explorer import Explored, Wall
from engine.latent.found import Known
from gui.widgets.basics import Segmented, SliderRow, button, column, label, row, rule
from gui.widgets.latent_wall import LatentWall
from gui.widgets.retold import Retold
from gui.words import say

DIRECTIONS, NUMBERS = range(2)
SHOWN = 6  # sliders


class ExploreSetup(Retold, QWidget):
    """What a hand sets.

    Signals:
        generator_chosen: (int) the place of another one. class_chosen: another class is asked for.
        slid: (list of float) the sliders' values. samples_changed: truncation. seed_asked, keep_asked.
        mark_asked: (str) "A", "B" or "C" is to be here. path_chosen: (int). sum_asked: A − B + C.
        kept_chosen: (int). forget_asked: the kept one that is marked.
        picture_asked: a picture is to be found. export_asked.
    """

    generator_chosen = Signal(int)
    class_chosen = Signal()
    slid = Signal(list)
    samples_changed = Signal()
    seed_asked = Signal()
    keep_asked = Signal()
    mark_asked = Signal(str)
    path_chosen = Signal(int)
    sum_asked = Signal()
    kept_chosen = Signal(int)
    forget_asked = Signal()
    picture_asked = Signal()
    export_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.generator, self.asked = QComboBox(), QComboBox()
        for combo in (self.generator, self.asked):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(3)
        self.asked.setMinimumContentsLength(9)
        self._known: tuple[Known, ...] = ()
        self.axes = Segmented(2, wide=True)
        self.first = QComboBox()  # which numbers of a long code the sliders hold
        self._sliders_box = QVBoxLayout()
        self._sliders_box.setSpacing(5)
        self.sliders: list[SliderRow] = []
        self.truncation = SliderRow(0.1, 1.5, 1.0, step=0.05, live=True)
        self.path = Segmented(3, wide=True)
        self.seed, self.keep = button("dice-five"), button("star-fill")
        self.marks = {letter: button(None, "secondary", "compact") for letter in "ABC"}
        self.sum = button(None, "secondary", "compact")
        self.picture, self.export = button("folder-open"), button("export")
        self.kept, self.forget = LatentWall(side=44), button("trash", "quiet", "compact")
        self._titles = [label("section") for _ in range(4)]
        self._class_words, self._people = label("small"), label("caption", wrap=True)
        self._lay_out()
        self._connect()
        for part in (self._people, self._class_row, self.first, self.kept, self.forget):
            part.hide()  # until a generator is open that has them
        self.retranslate()

    def _lay_out(self) -> None:
        which, where, path, kept = self._titles
        self._class_row = QWidget()
        self._class_row.setLayout(row(self._class_words, None, self.asked))
        self.setLayout(
            column(
                *(which, self.generator, self._people, self._class_row, rule()),
                *(where, self.axes, self.first, self._sliders_box),
                *(self.truncation, row((self.seed, 1), (self.keep, 1), gap=6), self.picture, rule()),
                *(path, self.path, row(*((one, 1) for one in self.marks.values()), gap=6), self.sum, rule()),
                *(row(kept, None, self.forget), self.kept, self.export, None),
                gap=8,
                margins=(16, 4, 16, 16),
            )
        )

    def _connect(self) -> None:
        self.generator.activated.connect(self.generator_chosen)
        self.asked.activated.connect(lambda _: self.class_chosen.emit())
        self.truncation.changed.connect(lambda _value: self.samples_changed.emit())
        self.seed.clicked.connect(self.seed_asked)
        self.keep.clicked.connect(self.keep_asked)
        for letter, part in self.marks.items():
            part.clicked.connect(lambda _on=False, letter=letter: self.mark_asked.emit(letter))
        self.sum.clicked.connect(self.sum_asked)
        self.path.chosen.connect(self.path_chosen)
        self.kept.chosen.connect(self.kept_chosen)
        self.forget.clicked.connect(self.forget_asked)
        self.picture.clicked.connect(self.picture_asked)
        self.export.clicked.connect(self.export_asked)

    def show_generators(self, known: Sequence[Known], chosen: int) -> None:
        """Those there are."""
        self._known = tuple(known)
        self.generator.clear()
        self.generator.addItems([say(one.words) for one in known])
        self.generator.setCurrentIndex(chosen)

    def label(self) -> int | None:
        """The class that is asked for; None each in turn."""
        found = self.asked.currentData()
        return found if isinstance(found, int) else None

    def show_explored(self, explored: Explored) -> None:
        """Another generator is open."""
        model = explored.model
        self._people.setVisible(explored.trained.recipe.pack != "open")
        self.asked.clear()
        self.asked.addItem("", None)
        for number in range(model.classes):
            self.asked.addItem(str(number), number)
        self.asked.setItemText(0, self.tr("each in turn"))
        self._class_row.setVisible(model.classes > 0)
        self.axes.choose(NUMBERS if model.latent <= 2 else DIRECTIONS)
        self.axes.setVisible(model.latent > 2)
        self.first.clear()
        for start in range(0, model.latent, SHOWN):
            self.first.addItem(f"z{start + 1} – z{min(start + SHOWN, model.latent)}", start)

    def show_sliders(self, names: Sequence[str], spans: Sequence[tuple[float, float]], values: np.ndarray) -> None:
        """A slider for each name; `spans` are their bounds."""
        self.first.setVisible(self.axes.index() == NUMBERS and self.first.count() > 1)
        if len(names) != len(self.sliders):
            for old in self.sliders:
                self._sliders_box.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.sliders = [SliderRow(-3, 3, 0.0, step=0.01, live=True) for _ in names]
            for slider in self.sliders:
                slider.set_format(lambda v: f"{v:+.2f}".replace("-", "−"))
                self._sliders_box.addWidget(slider)
                slider.changed.connect(lambda _v: self.slid.emit([one.value() for one in self.sliders]))
        for slider, name, (low, high), value in zip(self.sliders, names, spans, values, strict=True):
            slider.set_range(low, high, 0.0)
            slider.set_name(name)
            slider.set_value(float(value))

    def show_kept(self, wall: Wall) -> None:
        """What was kept of this generator."""
        self.kept.show_images(wall.images)
        self.kept.setFixedHeight(max(44, self.kept.heightForWidth(max(180, self.width() - 32))))
        self.kept.setVisible(len(wall.images) > 0)
        self.forget.setVisible(len(wall.images) > 0)

    def retranslate(self) -> None:
        words = (self.tr("Generator"), self.tr("Where you are"), self.tr("From A to B"), self.tr("Kept"))
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self.generator.setAccessibleName(self.tr("Generator"))
        for place, one in enumerate(self._known):
            self.generator.setItemText(place, say(one.words))
        self._class_words.setText(self.tr("Class"))
        self._people.setText(
            self.tr("Learnt from photographs of people or of unclear terms: in a pack of its own, not to be passed on.")
        )
        self.asked.setAccessibleName(self.tr("Class"))
        if self.asked.count():
            self.asked.setItemText(0, self.tr("each in turn"))
        self.axes.setTexts([self.tr("Directions"), self.tr("Raw numbers")])
        self.first.setAccessibleName(self.tr("Which numbers"))
        self.truncation.set_name(self.tr("Truncation"))
        self.truncation.setToolTip(self.tr("Smaller: safer, more alike"))
        self.seed.setText(self.tr("New seed"))
        self.seed.setToolTip(self.tr("Other samples (N)"))
        self.keep.setText(self.tr("Keep"))
        self.keep.setToolTip(self.tr("Keep this picture (K)"))
        self.path.setTexts([self.tr("Straight"), self.tr("Arc"), self.tr("Random")])
        for letter, part in self.marks.items():
            part.setText(self.tr("{letter} here").format(letter=letter))
        self.sum.setText(self.tr("Go to A − B + C"))
        self.picture.setText(self.tr("Find a picture…"))
        self.picture.setToolTip(self.tr("The code whose picture is most like a file’s"))
        self.kept.setAccessibleName(self.tr("Kept"))
        self.forget.setText(self.tr("Forget"))
        self.export.setText(self.tr("Export grid or film…"))
