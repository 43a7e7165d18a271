"""See the code: the script that repeats a run, to read, copy and save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from engine.train.code import Script, export, script_of
from gui.widgets.basics import button, column, label, restyle, row
from gui.widgets.code_view import CodeView
from gui.widgets.dialog import Dialog
from gui.words import say

WRITING = Text("Writing the code", "코드 쓰기")
SAVING = Text("Saving the code", "코드 저장")
WIDE = 1180  # pixels, with both


class CodeDialog(Dialog):
    """The script of the run in `folder`. It is written off the GUI thread; closing the dialog stops that."""

    def __init__(self, host: EngineHost, folder: Path, data: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._folder, self._data = host, folder, data
        self._script: Script | None = None
        self._told: Text | None = None
        self._failed = False
        self.view, self.keras = CodeView(), CodeView()
        self.keras.hide()
        self.keras_button = button("book-open")
        self.keras_button.setCheckable(True)
        self.keras_button.hide()
        self._title, self._lead, self.note = label("title"), label("small", wrap=True), label("small", wrap=True)
        self.copy_button, self.save_button = button("stack"), button("export", "primary")
        self._close = button(kind="quiet")
        self._close.clicked.connect(self.close)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.ask)
        self.keras_button.toggled.connect(self.show_keras)
        buttons = row((self.note, 1), self._close, self.keras_button, self.copy_button, self.save_button, gap=8)
        views = row((self.view, 3), (self.keras, 2), gap=10)
        self.setLayout(column(self._title, self._lead, (views, 1), buttons, gap=10, margins=(20, 18, 20, 18)))
        self.resize(900, 660)
        self._tell(Text("Writing it…", "쓰는 중이에요…"))
        self.retranslate()
        self._run = host.start(WRITING, script_of(folder, data=data), lane="io", owner=self, on_end=self._written)

    @property
    def ready(self) -> bool:
        """True when there is code to read."""
        return self._script is not None

    def _written(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._script = run.result
            self.view.show_source(run.result.text)
            self.keras.show_source(run.result.keras)
            self.keras_button.setVisible(bool(run.result.keras))
            self._tell(None)
        elif run.error:
            self._tell(run.error.text, failed=True)
        self.retranslate()

    def show_keras(self, on: bool) -> None:
        """The same network as Keras writes it, beside the script, or the script alone."""
        self.keras_button.setChecked(on)
        self.keras.setVisible(on)
        if on and self.width() < WIDE:
            self.resize(WIDE, self.height())

    def copy(self) -> None:
        """Put the whole script on the clipboard."""
        if self._script:
            QGuiApplication.clipboard().setText(self._script.text)
            self._tell(Text("Copied.", "복사했어요."))

    def ask(self) -> None:
        """Ask where to, and save."""
        name = f"{self._folder.name}.py"
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the code"), name, "*.py")
        if chosen:
            self.save(Path(chosen))

    def save(self, to: Path) -> None:
        """Write the script, and its pictures beside it where it needs them."""

        def saved(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._tell(Text("Written: {name}", "저장함: {name}")(name=to.name))
            elif run.error:
                self._tell(run.error.text, failed=True)

        job = export(self._folder, to, data=self._data)
        self._host.start(SAVING, job, lane="io", owner=self, on_end=saved)

    def _tell(self, text: Text | None, *, failed: bool = False) -> None:
        self._told, self._failed = text, failed
        self._say()

    def _say(self) -> None:
        self.note.setText(say(self._told) if self._told else "")
        restyle(self.note, tone="bad" if self._failed else "dim")

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("See the code"))
        self._title.setText(self.tr("The code of this run"))
        words = self.tr("Plain PyTorch, nothing of this app: the same pictures, order, seed and steps.")
        if self._script:
            count = self.tr("{n} lines.").format(n=len(self._script.text.splitlines()))
            words = f"{words} {count}"
            if self._script.beside:
                words = f"{words} " + self.tr("Saving it also writes the pictures beside it (.npz).")
        self._lead.setText(words)
        self._close.setText(self.tr("Close"))
        self.keras_button.setText(self.tr("Keras beside it"))
        self.keras.setAccessibleName(self.tr("The same network in Keras"))
        self.copy_button.setText(self.tr("Copy"))
        self.save_button.setText(self.tr("Save…"))
        self.view.setAccessibleName(self.tr("The code of this run"))
        for one in (self.copy_button, self.save_button):
            one.setEnabled(self.ready)
        self._say()
