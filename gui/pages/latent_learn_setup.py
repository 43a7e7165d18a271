"""The left column of Learn: what is to learn, and how."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from engine.latent.found import Known
from engine.latent.points import POINT_SETS, POINT_SETTINGS
from engine.latent.recipes import RECIPES, LatentRecipe
from engine.latent.settings import GanSettings, LatentSettings
from engine.text import Text
from gui.widgets.basics import column, label, rule
from gui.widgets.choice_cards import Cards, Choice
from gui.widgets.form import Form
from gui.widgets.knobs import Knobs
from gui.widgets.latent_folder import FolderChoice
from gui.widgets.latent_toggle import Switch
from gui.widgets.retold import Retold
from gui.words import say

POINTS, MOVES, ENERGY, MELODY, DENOISE = "points", "moves", "energy", "melody", "denoise"
ALONE = (ENERGY, MELODY, DENOISE)  # lessons with controls of their own and nothing to start below them
LESSONS = (
    Choice(
        POINTS,
        Text("Points against police", "점으로 보는 GAN"),
        Text(
            "A GAN small enough to see all of it. Draw your own points.",
            "전체가 보이는 작은 GAN. 점을 직접 그려 보세요.",
        ),
    ),
    Choice(
        MOVES,
        Text("Pictures, move by move", "그림 GAN 한 수씩"),
        Text("The same contest with a DCGAN: digits, faces, yours.", "DCGAN으로 하는 같은 대결. 숫자, 얼굴, 내 그림."),
    ),
)
AFTER = (
    Choice(
        DENOISE,
        Text("Denoising, live", "실시간 잡음 제거"),
        Text("Noise on a camera’s pictures, and out again.", "카메라 화면에 잡음을 넣고 다시 지워요."),
    ),
    Choice(
        ENERGY,
        Text("Energy of two units", "유닛 2개의 에너지"),
        Text("The lecture’s example: −1/−1 has the least energy.", "강의의 예: −1/−1의 에너지가 가장 작아요."),
    ),
    Choice(
        MELODY,
        Text("Melodies", "멜로디"),
        Text("A small network writes tunes; listen to them.", "작은 신경망이 곡을 써요. 들어 보세요."),
    ),
)
CONTESTS = tuple(card for card in RECIPES if card.kind == "dcgan")
CHOICES = (*LESSONS, *(Choice(card.id, card.name, card.summary) for card in RECIPES), *AFTER)
_NAMES = {
    "ring": Text("ring", "고리"),
    "eight": Text("eight heaps", "덩어리 8개"),
    "moons": Text("two moons", "초승달 2개"),
    "spiral": Text("spiral", "나선"),
    "two": Text("two heaps", "덩어리 2개"),
    "line": Text("line", "직선"),
}
_CONTEST = ("loss", "spectral", "width", "seed")
_PICTURES = ("loss", "spectral", "batch_norm", "conditional", "latent", "width")
_HIDDEN = ("keep_checkpoints",)
MOVE_SETTINGS = GanSettings(latent=32, width=16, average=0.0, batch_size=32, learning_rate=1e-3)


class LearnSetup(Retold, QWidget):
    """What a person sets.

    Signals:
        chosen: (str) another lesson or recipe. points_chosen: (str) another distribution.
        data_chosen: other pictures for the contest or the training. knob_moved: (str, int or float) of what runs. arrows_toggled, sheet_toggled: (bool).
    """

    chosen = Signal(str)
    points_chosen = Signal(str)
    data_chosen = Signal()
    knob_moved = Signal(str, object)
    arrows_toggled = Signal(bool)
    sheet_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.cards = Cards(CHOICES)
        self.points = QComboBox()
        for name in POINT_SETS:
            self.points.addItem("", name)
        self.resume, self.contest = QComboBox(), QComboBox()
        self.folder = FolderChoice()
        for card in CONTESTS:
            self.contest.addItem("", card.id)
        self._known: tuple[Known, ...] = ()
        for combo in (self.points, self.resume, self.contest):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(3)
        self._titles = [label("section") for _ in range(5)]
        self._draw_hint = label("caption", wrap=True)
        self.arrows, self.sheet = Switch(on=True), Switch(on=True)
        self._settings: LatentSettings = POINT_SETTINGS
        self.knobs, self.form = Knobs(POINT_SETTINGS), Form(POINT_SETTINGS, only=_CONTEST)
        self._points_part, self._run_part, self._data_part = QWidget(), QWidget(), QWidget()
        self._lay_out()
        self._connect()
        self.show_choice(POINTS)
        self.retranslate()

    def _lay_out(self) -> None:
        what, points, live, fixed, data = self._titles
        self._rule = rule()
        parts = (points, self.points, self._draw_hint, self.arrows, self.sheet)
        self._points_part.setLayout(column(*parts, gap=8))
        self._data_part.setLayout(column(data, self.contest, self.folder, gap=8))
        self._run_part.setLayout(column(live, self.knobs, fixed, self.form, self.resume, gap=8))
        self.setLayout(
            column(
                *(what, self.cards, self._rule, self._points_part, self._data_part, self._run_part, None),
                gap=10,
                margins=(16, 4, 16, 16),
            )
        )

    def _connect(self) -> None:
        self.cards.chosen.connect(self.chosen)
        self.points.activated.connect(lambda _: self.points_chosen.emit(str(self.points.currentData())))
        self.contest.activated.connect(lambda _: self._contest_chosen())
        self.folder.chosen.connect(lambda _folder: self.data_chosen.emit())
        self.knobs.changed.connect(self.knob_moved)
        self.arrows.toggled.connect(self.arrows_toggled)
        self.sheet.toggled.connect(self.sheet_toggled)

    @property
    def choice(self) -> str:
        """A lesson's or a recipe's id."""
        return self.cards.id

    @property
    def card(self) -> LatentRecipe | None:
        """The recipe that is chosen; None for a lesson."""
        return next((card for card in RECIPES if card.id == self.choice), None)

    @property
    def contest_card(self) -> LatentRecipe:
        """Whose pictures and networks the contest of pictures has."""
        return next(card for card in CONTESTS if card.id == self.contest.currentData())

    @property
    def dataset(self) -> str:
        """The folder a hand chose, or "auto"."""
        card = self.contest_card if self.choice == MOVES else self.card
        return self.folder.folder if card is not None and card.folders and self.folder.folder else "auto"

    def _contest_chosen(self) -> None:
        self._show_data()
        self.data_chosen.emit()

    def _show_data(self) -> None:
        """The parts that say where pictures come from, where there is a choice."""
        card = self.contest_card if self.choice == MOVES else self.card
        folders = card is not None and card.folders
        self.contest.setVisible(self.choice == MOVES)
        self.folder.setVisible(folders)
        self.folder.set_needed(card is not None and not card.datasets)
        self._data_part.setVisible(self.choice == MOVES or folders)

    def show_choice(self, id: str) -> None:
        """Another lesson or recipe with its own usual settings."""
        self.cards.choose(id)
        card = self.card
        self._settings = card.defaults if card else MOVE_SETTINGS if id == MOVES else POINT_SETTINGS
        only = self._fields(id)
        for old in self.form.rows.values():
            old.hide()  # it lives until the event loop comes round
        self.form.rebuild(self._settings, only=only)
        self.knobs.rebuild(self._settings)
        for field in self.form.rows.values():
            if isinstance(field.control, QLineEdit):
                field.control.setFixedWidth(64)  # names are long, numbers are not
            elif isinstance(field.control, QComboBox):
                field.control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                field.control.setMinimumContentsLength(7)
        self._points_part.setVisible(id == POINTS)
        self._show_data()
        self._rule.setVisible(id not in ALONE)
        self._run_part.setVisible(id not in ALONE)
        self.resume.setVisible(False)

    def _fields(self, id: str) -> Sequence[str]:
        if id == POINTS:
            return _CONTEST
        if id == MOVES:
            return _PICTURES
        live = {f.name for f in dataclasses.fields(self._settings) if f.metadata["field"].live}
        return [f.name for f in dataclasses.fields(self._settings) if f.name not in live | {*_HIDDEN}]

    def settings(self) -> Any:
        """How it is to be done."""
        fixed: dict[str, Any] = {name: getattr(self.form.value(), name) for name in self.form.rows}
        return dataclasses.replace(self._settings, **fixed, **self.knobs.values())

    def set_settings(self, **values: Any) -> None:
        """Show other values without telling anybody."""
        self._settings = dataclasses.replace(self.settings(), **values)
        self.form.set_value(self._settings)
        self.knobs.set_value(self._settings)

    def set_running(self, on: bool) -> None:
        """While it runs what is fixed stays."""
        self.form.set_locked(on)
        self.resume.setEnabled(not on)
        self.folder.setEnabled(not on or self.choice == MOVES)
        if not on:
            self.knobs.forget_moves()

    def show_runs(self, known: Sequence[Known]) -> None:
        """The stopped runs of this recipe that can go on."""
        self._known = tuple(one for one in known if one.resumable)
        self.resume.clear()
        self.resume.addItem("", None)
        for one in self._known:
            self.resume.addItem("", one.run)
        self.resume.setVisible(bool(self._known))
        self._say_runs()

    def resumed(self) -> Path | None:
        """The run to go on with; None begins anew."""
        found = self.resume.currentData()
        return found if isinstance(found, Path) else None

    def _say_runs(self) -> None:
        for place in range(self.resume.count()):
            run = self.resume.itemData(place)
            words = self.tr("go on: {name}").format(name=run.name) if run else self.tr("begin anew")
            self.resume.setItemText(place, words)

    def retranslate(self) -> None:
        words = (
            self.tr("What to learn"),
            self.tr("Real points"),
            self.tr("Knobs"),
            self.tr("Set before the start"),
            self.tr("Real pictures"),
        )
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self.points.setAccessibleName(self.tr("Real points"))
        for place, name in enumerate(POINT_SETS):
            self.points.setItemText(place, say(_NAMES[name]))
        self.contest.setAccessibleName(self.tr("Real pictures"))
        for place, card in enumerate(CONTESTS):
            self.contest.setItemText(place, say(card.name))
        self._draw_hint.setText(self.tr("Or draw your own on the board."))
        self.arrows.setText(self.tr("Where fakes are pushed"))
        self.sheet.setText(self.tr("The generator’s sheet"))
        self.resume.setAccessibleName(self.tr("Begin anew or go on"))
        self._say_runs()
