"""The left column of Train: which recipe, the knobs that act while it runs, and what is fixed for a run."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from engine.data import dataset
from engine.data.learnable import known_datasets
from engine.fields import fields_of
from engine.text import Text
from engine.train.begin import usual_settings
from engine.train.export import Exported
from engine.train.recipes import Recipe
from engine.train.settings import FitSettings
from gui.pages.train_freeze import SETTING as FROZEN
from gui.pages.train_freeze import FreezeSlider
from gui.pages.train_machine import PRECISIONS, Machine
from gui.pages.train_recipes import RecipeCards
from gui.pages.train_source import StartFrom
from gui.widgets.basics import Icon, IconButton, button, column, label, restyle, row, rule
from gui.widgets.form import FIELD_WIDTH, Form
from gui.widgets.knobs import Knobs
from gui.widgets.retold import Retold
from gui.words import say

FIRST = ("epochs",)
KNOBS = ("learning_rate", "dropout", "augment", "batch_size")
DEVICES = ("auto", "cpu", "cuda", "mps")


def more_of(settings: FitSettings) -> list[str]:
    """The settings that are asked for only when a person wants to see more."""
    apart = (*FIRST, FROZEN)
    return [name for name, field, _ in fields_of(settings) if not field.live and name not in apart]


class Setup(Retold, QWidget):
    """Recipe, knobs, fixed settings, data and device.

    Signals:
        recipe_chosen: (str) another recipe.
        knob_moved:    (str, int or float) a live setting.
        edited:        a setting, the data or the device changed: what a run costs may have changed too.
        folder_chosen: (Path) where the person keeps data sets.
        runs_asked, export_asked, experiment_asked, ways_asked, parts_asked, networks_asked: the buttons.
    """

    recipe_chosen = Signal(str)
    knob_moved = Signal(str, object)
    edited = Signal()
    folder_chosen = Signal(object)
    runs_asked = Signal()
    export_asked = Signal()
    experiment_asked = Signal()
    ways_asked = Signal()
    parts_asked = Signal()
    networks_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._machine: Machine | None = None
        self._export_told: Text | None = None
        self._running = False
        self.recipes = RecipeCards()
        self.freeze = FreezeSlider(self.recipes.strip)
        defaults = self.recipes.recipe.defaults
        self._kind = type(defaults)
        self.knobs, self.form, self.more = (
            Knobs(defaults, order=KNOBS),
            Form(defaults, only=FIRST),
            Form(defaults, only=more_of(defaults)),
        )
        self.data, self.device, self.precision = QComboBox(), QComboBox(), QComboBox()
        self.source = StartFrom()
        self._make_words()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _make_words(self) -> None:
        self._recipe_title, self._knobs_title, self._fixed_title = (label("section") for _ in range(3))
        self._acts = label("caption")
        self._data_title, self._device_title, self._precision_title = (label("small") for _ in range(3))
        self._data_plain, self._device_plain = label(), label()
        self._data_note, self._device_note = label("caption", wrap=True), label("caption", wrap=True)
        self._written = label("caption", wrap=True)
        self._written.hide()
        self._folder = button("folder-open", size="compact")
        self._compare = IconButton("plus", compact=True)
        self._more_button = button("caret-right", "quiet", "compact")
        self.runs_button, self.export_button = button("clock", size="compact"), button("export", size="compact")
        for combo in (self.data, self.device, self.precision):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(9)
            combo.setFixedWidth(FIELD_WIDTH)
        self.experiment_button = IconButton("shuffle", compact=True)
        self.networks_button = IconButton("graph", compact=True)
        self.ways_button = button("chart-line-up", size="compact")
        self.ways_button.hide()
        self.parts_button = button("stack", size="compact")
        self.parts_button.hide()
        self.more.hide()

    def _lay_out(self) -> None:
        self.foot = QWidget()
        buttons = row((self.runs_button, 1), (self.export_button, 1))
        self.foot.setLayout(column(self._written, buttons, gap=6, margins=(4, 4, 4, 2)))
        self.setLayout(
            column(
                row(self._recipe_title, None, self.networks_button, self.experiment_button, self._compare, gap=6),
                self.recipes,
                self.freeze,
                self.ways_button,
                self.parts_button,
                rule(),
                row(self._knobs_title, None, Icon("lightning", "you", 12), self._acts, gap=5),
                self.knobs,
                rule(),
                self._fixed_title,
                row(self._data_title, None, self._data_plain, self.data),
                self._data_note,
                self._folder,
                self.source,
                self.form,
                row(self._device_title, None, self._device_plain, self.device),
                row(self._precision_title, None, self.precision),
                self._device_note,
                row(self._more_button, None),
                self.more,
                None,
                gap=9,
                margins=(16, 14, 16, 6),
            )
        )

    def _connect(self) -> None:
        self.recipes.chosen.connect(self._take_recipe)
        self.freeze.changed.connect(self.edited)
        self.knobs.changed.connect(self.knob_moved)
        for form in (self.form, self.more):
            form.changed.connect(self.edited)
        self.data.activated.connect(self._chose_data)
        for combo in (self.device, self.precision):
            combo.activated.connect(self._chose)
        self._folder.clicked.connect(self._choose_folder)
        self._compare.clicked.connect(self.runs_asked)
        self.runs_button.clicked.connect(self.runs_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.experiment_button.clicked.connect(self.experiment_asked)
        self.networks_button.clicked.connect(self.networks_asked)
        self.ways_button.clicked.connect(self.ways_asked)
        self.parts_button.clicked.connect(self.parts_asked)
        self._more_button.clicked.connect(self._toggle_more)

    # What is set

    @property
    def recipe(self) -> Recipe:
        return self.recipes.recipe

    def settings(self) -> Any:
        """All settings as they stand."""
        fixed = {name: getattr(form.value(), name) for form in (self.form, self.more) for name in form.rows}
        return dataclasses.replace(self.recipe.defaults, **fixed, **self.knobs.values(), **self.freeze.values())

    @property
    def dataset(self) -> str:
        """The chosen set's id, or "auto" before the machine was looked at."""
        return str(self.data.currentData() or "auto")

    @property
    def device_words(self) -> tuple[str, str]:
        """Device and precision as `engine.devices.choose` takes them."""
        return str(self.device.currentData() or "auto"), str(self.precision.currentData() or "auto")

    @property
    def running(self) -> bool:
        """True while a run goes on: what is fixed for it cannot be chosen."""
        return self._running

    @property
    def missing(self) -> bool:
        """True when the chosen data are known not to be on this machine."""
        return self._machine is not None and self.data.count() > 0 and self.dataset not in self._machine.places

    def choose_recipe(self, id: str) -> None:
        """Choose a recipe as a person would."""
        self.recipes.choose(id)
        self._take_recipe(id)

    def choose_dataset(self, id: str) -> None:
        """Choose a data set as a person would."""
        self.data.setCurrentIndex(self.data.findData(id))
        self._chose_data()

    def show_settings(self, settings: FitSettings) -> None:
        """Stand as `settings` say."""
        for part in (self.knobs, self.form, self.more):
            part.set_value(settings)
        self.freeze.show_settings(settings)

    def show_machine(self, machine: Machine) -> None:
        """What was found: data sets, devices, bundled weights."""
        self._machine = machine
        self.recipes.set_accuracies(machine.accuracies)
        self._fill_data()
        self._fill_devices()
        self.source.show_bundled(machine.accuracies)

    def check(self) -> bool:
        """True when a run can start; else the cursor goes to the first problem."""
        if self.more.problems():
            self.more.show()
        if self.missing:
            self._folder.setFocus(Qt.FocusReason.OtherFocusReason)
            restyle(self._data_note, tone="bad")
            return False
        return not (self.form.go_to_problem() or self.more.go_to_problem())

    def set_running(self, running: bool) -> None:
        """While a run goes on what is fixed is plain text, and the recipe stays."""
        self._running = running
        self.recipes.set_locked(running)
        self.freeze.set_locked(running)
        self.form.set_locked(running)
        self.more.set_locked(running)
        self.data.setVisible(not running)
        self.device.setVisible(not running)
        self._data_plain.setVisible(running)
        self.source.set_locked(running)
        self._device_plain.setVisible(running)
        self._precision_title.setVisible(not running)
        self.precision.setVisible(not running)
        if not running:
            self.knobs.forget_moves()
        self.retranslate()

    def show_run_place(self, data: str, device: str) -> None:
        """What the run really uses, in words."""
        self._data_plain.setText(data)
        self._device_plain.setText(device)

    def say_written(self, written: Path | Exported) -> None:
        """A file was exported; of one that was compared with torch, how near its answers are."""
        text = Text("Written: {name}.", "저장함: {name}.")
        name = written.path.name if isinstance(written, Exported) else written.name
        if isinstance(written, Exported) and written.difference is not None:
            text = Text(
                "Written: {name}. It differs from torch by {difference:.0e} at most, on {n} real pictures.",
                "저장함: {name}. 실제 그림 {n}장에서 torch와의 차이는 최대 {difference:.0e}이에요.",
            )(difference=written.difference, n=written.count)
        self.say_export(text(name=name))
        self._written.setToolTip(str(written.path if isinstance(written, Exported) else written))

    def say_export(self, text: Text) -> None:
        """What an export is doing, or what came of it."""
        self._export_told = text
        self._written.setText(say(text))
        self._written.show()

    # Parts that depend on each other

    def _take_recipe(self, id: str) -> None:
        defaults = self.recipe.defaults
        if type(defaults) is not self._kind:  # another kind of task has other settings
            self._kind = type(defaults)
            self.knobs.rebuild(defaults)
            self.form.rebuild(defaults, only=FIRST)
            self.more.rebuild(defaults, only=more_of(defaults))
        self.freeze.show_recipe(self.recipe)
        self.show_settings(defaults)
        self._fill_data()
        self._fit_to_data()
        self.source.show_recipe(self.recipe)
        self.ways_button.setVisible("freeze" in self.recipe.architecture)
        self.parts_button.setVisible(57 in self.recipe.card.rows or "freeze" in self.recipe.architecture)
        self.recipe_chosen.emit(id)
        self.edited.emit()

    def _fill_data(self) -> None:
        here = self._machine.places if self._machine else {}
        before = self.data.currentData()
        self.data.clear()
        known = known_datasets(self.recipe)
        for id in known:
            self.data.addItem("", id)
        usable = [id for id in known if id in here]
        wanted = before if before in usable else usable[0] if usable else self.recipe.datasets[0]
        self.data.setCurrentIndex(self.data.findData(wanted))
        if wanted != before:  # what a person set for the same data stays
            self._fit_to_data()
        self.retranslate()

    def _fit_to_data(self) -> None:
        """A small set is shown more often and keeps fewer pictures aside."""
        usual = usual_settings(self.recipe, self.dataset)
        self.form.set_value(dataclasses.replace(self.form.value(), epochs=usual.epochs))
        self.more.set_value(dataclasses.replace(self.more.value(), held_out=usual.held_out))

    def _fill_devices(self) -> None:
        assert self._machine
        before = self.device.currentData()
        self.device.clear()
        for word in DEVICES:
            if (word, "auto") in self._machine.devices:
                self.device.addItem("", word)
        if self.precision.count() == 0:
            for word in PRECISIONS:
                self.precision.addItem("", word)
        self.device.setCurrentIndex(max(0, self.device.findData(before)))
        self.retranslate()

    def _chose_data(self) -> None:
        self._fit_to_data()
        self._chose()

    def _chose(self) -> None:
        self.retranslate()
        self.edited.emit()

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder with your data sets"))
        if folder:
            self.folder_chosen.emit(Path(folder))

    def _toggle_more(self) -> None:
        self.more.setVisible(self.more.isHidden())
        self.retranslate()

    # Words

    def retranslate(self) -> None:
        self._recipe_title.setText(self.tr("Recipe"))
        self._knobs_title.setText(self.tr("Knobs"))
        self._acts.setText(self.tr("act while it runs"))
        self._fixed_title.setText(self.tr("Fixed for this run") if self._running else self.tr("Set before the start"))
        self._compare.set_tip(self.tr("Compare with another run"))
        self._data_title.setText(self.tr("Data"))
        self._device_title.setText(self.tr("Device"))
        self._precision_title.setText(self.tr("Precision"))
        for combo, title in (
            (self.data, self._data_title),
            (self.device, self._device_title),
            (self.precision, self._precision_title),
        ):
            combo.setAccessibleName(title.text())
        self._folder.setText(self.tr("Choose its folder"))
        opened = not self.more.isHidden()
        self._more_button.setText(self.tr("Fewer settings") if opened else self.tr("More settings"))
        self._more_button.show_icon("caret-down" if opened else "caret-right")
        self.runs_button.setText(self.tr("Runs"))
        self.export_button.setText(self.tr("Export"))
        self.parts_button.setText(self.tr("Backbone, neck, head…"))
        self.parts_button.setToolTip(self.tr("The three parts of a network on a real picture"))
        self.ways_button.setText(self.tr("Compare ways to learn…"))
        self.ways_button.setToolTip(self.tr("Frozen, fine-tuned and from nothing, with few pictures"))
        self.networks_button.set_tip(self.tr("Networks: from LeNet to ResNet, skips, dropout"))
        self.experiment_button.set_tip(self.tr("Experiment: MLP and CNN on shuffled pixels"))
        self._written.setText(say(self._export_told) if self._export_told else "")
        self._say_data()
        self._say_device()

    def _say_data(self) -> None:
        for i in range(self.data.count()):
            card = dataset(self.data.itemData(i))
            self.data.setItemText(i, say(card.card.name))
        missing = self.missing
        self._folder.setVisible(missing and not self._running)
        words = ""
        if missing:
            words = self.tr("This set is not on this machine yet. Choose the folder that holds it as it was published:")
            words = f"{words} {dataset(self.dataset).card.source}"
        elif self.data.count():
            words = say(dataset(self.dataset).size_words)
        restyle(self._data_note, tone="")
        self._data_note.setText(words)
        self._data_note.setVisible(bool(words) and not self._running)

    def _say_device(self) -> None:
        names = {"auto": self.tr("automatic"), "cpu": "CPU", "cuda": "CUDA", "mps": "Apple GPU"}
        for combo in (self.device, self.precision):
            for i in range(combo.count()):
                combo.setItemText(i, names.get(combo.itemData(i), combo.itemData(i)))
        device = self._machine.devices.get(self.device_words) if self._machine else None
        self._device_note.setText(say(device.words) if device else "")
        self._device_note.setToolTip(say(device.why) if device else "")
        self._device_note.setVisible(bool(device) and not self._running)
