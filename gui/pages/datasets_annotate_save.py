"""Where annotations are written: beside the pictures, or with copies of them as a set of their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.data.photoset import PhotoSet
from gui.widgets.basics import Segmented, button, column, frame, label, row
from gui.widgets.dialog import Dialog


class SaveDialog(Dialog):
    """Two places to choose from, each with what would be written.

    Signals:
        asked: (object) save there: None = beside the pictures, else the folder (`Path`).
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget, photos: PhotoSet, count: int) -> None:
        super().__init__(parent)
        self._photos, self._count = photos, count
        self.folder: Path | None = None
        self.where = Segmented(2, wide=True)
        self._lead, self._says = label("dim", wrap=True), label(wrap=True)
        self._folder, self._problem = label("small", wrap=True), label("small", wrap=True, tone="bad")
        self._choose = button("folder-open", size="compact")
        self._cancel, self.save = button(kind="quiet"), button("download-simple", "primary")
        self._well = frame("well", row((self._folder, 1), self._choose, gap=10, margins=(12, 8, 8, 8)))
        self.setLayout(
            column(
                self._lead,
                self.where,
                self._says,
                self._well,
                self._problem,
                row(None, self._cancel, self.save),
                gap=12,
                margins=(20, 18, 20, 18),
            )
        )
        self.setMinimumWidth(520)
        for one in (self._choose, self._cancel):
            one.setAutoDefault(False)
        self.save.setDefault(True)
        self.where.chosen.connect(lambda _: self._refresh())
        self._choose.clicked.connect(self.choose_folder)
        self._cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Save annotations"))
        self._lead.setText(self.tr("Changes not in a file yet: {n:,}. Where should they go?").format(n=self._count))
        self.where.setTexts([self.tr("Beside the pictures"), self.tr("Into another folder")])
        self.where.setAccessibleName(self.tr("Where to save"))
        self._choose.setText(self.tr("Choose a folder"))
        self._cancel.setText(self.tr("Cancel"))
        self.save.setText(self.tr("Save"))
        self._refresh()

    def _refresh(self) -> None:
        beside = self.where.index() == 0
        self._well.setVisible(not beside)
        self._problem.setText("")
        if beside:
            words = self.tr(
                "Only marks are written, below {folder}. A file that lay there is kept once as “….kept”; "
                "the pictures stay as they are."
            )
            self._says.setText(words.format(folder=self._photos.folder))
        else:
            words = self.tr("All {n:,} pictures are copied with their marks, as a set of its own.")
            self._says.setText(words.format(n=len(self._photos)))
        self._folder.setText(str(self.folder) if self.folder else self.tr("No folder chosen yet"))

    def choose_folder(self) -> None:
        """Let the person choose a folder, without stopping the window."""
        dialog = QFileDialog(self, self.tr("Choose a folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.use_folder(Path(path)))
        dialog.open()

    def use_folder(self, folder: Path) -> None:
        """Write into this folder."""
        self.folder = folder
        self.where.choose(1)
        self._refresh()

    def _save(self) -> None:
        if self.where.index() == 1 and self.folder is None:
            self._problem.setText(self.tr("Choose the folder first."))
            return
        if self.where.index() == 1 and self.folder == self._photos.folder:
            self._problem.setText(self.tr("The pictures lie in this folder. Choose “Beside the pictures”, or another."))
            return
        self.asked.emit(self.folder if self.where.index() == 1 else None)
        self.accept()
