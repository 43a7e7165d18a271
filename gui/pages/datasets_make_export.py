"""Export…: a set, or some of its parts, in any form that can be read again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from engine.data.export import export, forms_for
from engine.data.forms import AnySet, Form
from engine.data.photoset import PhotoSet
from engine.host import EngineHost
from engine.jobs import Job
from engine.text import Text
from gui.pages.datasets_make_dialog import FolderRow, MakeDialog, calm
from gui.widgets.basics import Toggle, button, column, label, row, rule
from gui.words import say

EXPORTING = Text("Writing the set", "데이터셋 쓰는 중")
_DONE = Text("Written: {n:,} items in {form} form, in {folder}", "썼어요: {n:,}개, {form} 형식, {folder}")


class ExportDialog(MakeDialog):
    """Which parts, in which form, where to.

    Signals:
        made: (Path) a person wants to open what was written.
    """

    made = Signal(object)

    def __init__(self, parent: QWidget | None, host: EngineHost, sets: Mapping[str, AnySet]) -> None:
        super().__init__(parent, host)
        self._sets = dict(sets)
        self._written: Path | None = None
        self.parts = {split: QCheckBox() for split in sets}
        self.form, self.pictures, self.folder = QComboBox(), Toggle(True), FolderRow(self.refresh)
        self._names = {name: label("small") for name in ("parts", "form", "pictures", "folder")}
        self._pictures_says, self._open = label("caption", wrap=True), button("arrow-right")
        self._pictures_row = QWidget()
        for check in self.parts.values():
            check.setChecked(True)
            check.toggled.connect(self._fill_forms)
        self._lay_out()
        self.form.currentIndexChanged.connect(lambda _: self.refresh())
        self.pictures.toggled.connect(lambda _: self.refresh())
        self.start_button.clicked.connect(self.export)
        self._open.clicked.connect(self._open_made)
        self._fill_forms()
        self.retranslate()

    def _lay_out(self) -> None:
        self._pictures_row.setLayout(
            column(row(self._names["pictures"], None, self.pictures), self._pictures_says, gap=2)
        )
        parts = column(*self.parts.values(), gap=4)
        self.setLayout(
            column(
                row(self._names["parts"], None, parts),
                row(self._names["form"], None, self.form),
                self._pictures_row,
                rule(),
                self._names["folder"],
                self.folder,
                None,
                self.foot,
                gap=12,
                margins=(20, 18, 20, 18),
            )
        )
        self.buttons.insertWidget(1, self._open)
        self.form.setMinimumWidth(240)
        calm(self)
        self.setMinimumSize(540, 380)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export"))
        self._names["parts"].setText(self.tr("Parts"))
        self._names["form"].setText(self.tr("Form"))
        self._names["pictures"].setText(self.tr("Copy the pictures too"))
        self._names["folder"].setText(self.tr("Folder to write into"))
        for split, check in self.parts.items():
            check.setText(self.tr("{part}: {n:,}").format(part=split, n=len(self._sets[split])))
        self.form.setAccessibleName(self.tr("Form"))
        self.pictures.setAccessibleName(self.tr("Copy the pictures too"))
        self._open.setText(self.tr("Open it here"))
        self.start_button.setText(self.tr("Export"))
        for i in range(self.form.count()):
            self.form.setItemText(i, say(self.form.itemData(i).name))
        super().retranslate()

    def chosen(self) -> list[AnySet]:
        """The parts to be written."""
        return [self._sets[split] for split, check in self.parts.items() if check.isChecked()]

    def _fill_forms(self) -> None:
        """The forms that hold every chosen part."""
        sets = self.chosen()
        before = self.form.currentData()
        forms = [form for form in forms_for(sets[0]) if all(form.takes(s) for s in sets[1:])] if sets else []
        self.form.clear()
        for form in forms:
            self.form.addItem(say(form.name), form)
        ids = [form.id for form in forms]
        if isinstance(before, Form) and before.id in ids:
            self.form.setCurrentIndex(ids.index(before.id))
        self.refresh()

    def refresh(self) -> None:
        super().refresh()
        if not hasattr(self, "_open"):
            return  # still being made
        photographs = all(isinstance(one, PhotoSet) for one in self.chosen())
        form = self.form.currentData()
        self._pictures_row.setVisible(photographs and isinstance(form, Form) and form.id != "images")
        self._pictures_says.setText(
            self.tr("A set of its own, that can be moved.")
            if self.pictures.isChecked()
            else self.tr("Only the marks; they belong beside the pictures.")
        )
        for part in (*self.parts.values(), self.form, self.pictures, self.folder):
            part.setEnabled(not self.busy)
        self._open.setVisible(self._written is not None and not self.busy)

    def export(self) -> None:
        """Write the chosen parts; what is missing is said instead."""
        sets, form, folder = self.chosen(), self.form.currentData(), self.folder.folder
        if not sets:
            self.tell(Text("Choose a part first.", "먼저 부분을 골라 주세요."), tone="bad")
        elif not isinstance(form, Form):
            self.tell(
                Text("No form can hold these parts together.", "이 부분들을 함께 담을 형식이 없어요."), tone="bad"
            )
        elif folder is None:
            self.tell(Text("Choose the folder first.", "먼저 폴더를 골라 주세요."), tone="bad")
        else:
            self._written = None
            count = sum(len(one) for one in sets)
            pictures = self.pictures.isChecked() or form.id == "images"

            def done(place: object) -> Text:
                self._written = place if isinstance(place, Path) else folder
                return _DONE(n=count, form=form.name, folder=folder)

            self.run(EXPORTING, _export_all(sets, form.id, folder, pictures=pictures), done, place=folder)

    def _open_made(self) -> None:
        if self._written:
            self.made.emit(self._written)
            self.accept()


def _export_all(sets: list[AnySet], form: str, folder: Path, *, pictures: bool) -> Job:
    place = folder
    for one in sets:
        place = yield from export(one, form, folder, pictures=pictures)
    return place if len(sets) == 1 else folder
