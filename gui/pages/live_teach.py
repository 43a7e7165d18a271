"""Teach your own classes: hold to record, learn in seconds, see what it says of the live picture (lecture row 55)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.live.bundled_picture import Shown, bundled_picture
from engine.live.teach import Guess, Taught, guess, teach
from engine.live.teach_files import load_job, save, sentence
from engine.live.teach_onnx import export_onnx
from engine.text import Text, counted
from gui.context import Context
from gui.pages import live_teach_words as told
from gui.pages.live_newest import Newest
from gui.pages.live_teach_classes import Classes
from gui.widgets.basics import Chip, StatTile, button, column, label, row, rule
from gui.widgets.capture_view import CaptureView
from gui.widgets.lab_side import with_side
from gui.widgets.lens import explain
from gui.widgets.pictures import Bars
from gui.widgets.retold import Retold
from gui.words import say

_LEARNING = Text("Teaching classes", "클래스 가르치기")
_SAVING = Text("Saving what was taught", "가르친 것 저장")
_ASKING = Text("Asking what was taught", "가르친 것에 묻기")
_OPENING = Text("Opening a photograph", "사진을 여는 중")


class TeachView(Retold, QWidget):
    """The Live page's view "Teach"; it also stands alone, on a photograph that came with the app.

    Signals:
        overlay_made: (OverlayCard) what was taught can be laid over the picture of Watch.
    """

    overlay_made = Signal(object)

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self.host, self.context = host, context
        self.view, self.classes, self.bars = CaptureView(), Classes(host), Bars(row_height=24, name_width=130)
        self.learn, self.said = button("play-fill", "primary", "large"), label("lead", wrap=True, tone="net")
        self.open, self.save, self.export = button("folder-open"), button("download-simple"), button("export")
        self.over = button("eye")
        self.tiles = [StatTile("net", "card", spark=False), *(StatTile(None, "card", spark=False) for _ in range(2))]
        self.hint, self.state, self.name = label("small", wrap=True), label("small", wrap=True), label("small")
        self.warning_chip, self.warning = Chip("warn"), label("small", wrap=True, tone="warn")
        self._taught: Taught | None = None
        self._picture: np.ndarray | None = None
        self._name: Text | None = None
        self._note: Text | None = None
        self._problem: Text | None = None
        self._busy, self._begun = False, False
        self._newest, self._first = Newest(host, _ASKING, self), Newest(host, _OPENING, self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.bars.set_values([""] * 2, None)
        stage, inner = QWidget(), QWidget()
        figures = row(*((tile, 1) for tile in self.tiles), gap=8)
        warn = row(self.warning_chip, (self.warning, 1), gap=8)
        foot = row(self.learn, (self.state, 1), self.over, self.open, self.save, self.export, gap=8)
        stage.setLayout(column(self.hint, (self.view, 1), self.said, self.bars, figures, warn, foot, gap=8))
        inner.setLayout(column(self.classes, rule(), None, gap=8, margins=(0, 0, 10, 0)))
        body, self.lens = with_side(stage, inner)
        self.setLayout(column((body, 1), gap=8))
        self.view.setMinimumSize(240, 120)
        for widget, words in (
            *((self.learn, told.LEARN), (self.bars, told.LEARN), (self.view, told.RECORD), (self.open, told.FILES)),
            (self.over, told.OVER),
            *((self.save, told.FILES), (self.export, told.FILES), (self.tiles[0], told.ACCURACY)),
            *((self.tiles[1], told.ACCURACY), (self.tiles[2], told.BACKGROUND), (self.warning, told.BACKGROUND)),
        ):
            explain(widget, words)
        self.lens.explain(told.RECORD)

    def _connect(self) -> None:
        self.classes.changed.connect(self._say)
        self.classes.recording.connect(self.view.show_recording)
        self.classes.folder.clicked.connect(self._ask_folder)
        self.learn.clicked.connect(self.start)
        self.open.clicked.connect(self._ask_open)
        self.save.clicked.connect(self._ask_save)
        self.over.clicked.connect(self.lay_over)
        self.export.clicked.connect(self._ask_export)
        self._newest.answered.connect(self._show_guess)
        self._newest.refused.connect(self._refuse)
        self._first.answered.connect(self._take_first)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self._first.ask(bundled_picture)

    def _take_first(self, shown: Shown) -> None:
        if self._name is None:  # a live picture may have come first
            self.use_picture(shown.picture, shown.name)

    @property
    def taught(self) -> Taught | None:
        """The head that answers."""
        return self._taught

    def use_picture(self, picture: np.ndarray, name: Text) -> None:
        """The newest frame, (H, W, 3) uint8 RGB: shown, recorded while a button is held, and asked about."""
        self._picture, self._name = picture, name
        self.view.show_frame(picture)
        self.classes.add_frame(picture)
        self._ask()

    def _ask(self) -> None:
        picture, taught = self._picture, self._taught
        if picture is not None and taught is not None and not self._busy:
            self._newest.ask(lambda: guess(picture, taught))

    # Learning

    def start(self) -> None:
        """Learn what was recorded."""
        self._busy, self._problem, self._note = True, None, None
        job = teach(self.classes.recordings(), self.classes.names)
        self.host.start(_LEARNING, job, lane="io", owner=self, on_events=self._progressed, on_end=self._learnt)
        self._say()

    def _progressed(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress):
                self._note = event.note
        self._say()

    def _learnt(self, run: JobRun) -> None:
        self._busy = False
        self._note = None
        if run.state is JobState.DONE:
            self.use_taught(run.result)
        elif run.error is not None:
            self._refuse(run.error.text)

    def use_taught(self, taught: Taught) -> None:
        """Answer with this head from now on."""
        self._taught, self._problem = taught, None
        self._say()
        self._ask()

    def _refuse(self, why: Text) -> None:
        self._problem = why
        self._say()

    def _show_guess(self, found: Guess) -> None:
        if self._taught is not None and found.classes == self._taught.classes:
            self.bars.set_values(list(found.classes), found.probabilities)
            self.said.setText(say(sentence(found)))

    # Files

    def _ask_folder(self) -> None:
        self._dialog(self.classes.folder.text(), QFileDialog.FileMode.Directory).fileSelected.connect(
            self.classes.open_folder
        )

    def _ask_open(self) -> None:
        self._dialog(self.open.text(), QFileDialog.FileMode.ExistingFile, "safetensors").fileSelected.connect(
            self.open_file
        )

    def _ask_save(self) -> None:
        self._dialog(self.save.text(), QFileDialog.FileMode.AnyFile, "safetensors").fileSelected.connect(self.save_to)

    def _ask_export(self) -> None:
        self._dialog(self.export.text(), QFileDialog.FileMode.AnyFile, "onnx").fileSelected.connect(self.export_to)

    def _dialog(self, title: str, mode: QFileDialog.FileMode, suffix: str = "") -> QFileDialog:
        dialog = QFileDialog(self, title.rstrip("…"))
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.AnyFile:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if suffix:
            dialog.setNameFilter(f"*.{suffix}")
            dialog.setDefaultSuffix(suffix)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def open_file(self, path: str) -> None:
        """Answer with a head that was saved."""
        self.host.start(_SAVING, load_job(Path(path)), lane="io", owner=self, on_end=self._opened)

    def _opened(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.use_taught(run.result)
        elif run.error is not None:
            self._refuse(run.error.text)

    def lay_over(self) -> None:
        """Keep the head as an overlay of Watch, and switch it on there."""
        if self._taught is not None:
            self.host.start(_SAVING, _kept(self._taught), lane="io", owner=self, on_end=self._laid_over)

    def _laid_over(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.overlay_made.emit(run.result)
        elif run.error is not None:
            self._refuse(run.error.text)

    def save_to(self, path: str) -> None:
        """Save the head."""
        if self._taught is not None:
            self._write(save(self._taught, Path(path)))

    def export_to(self, path: str) -> None:
        """Write network and head as ONNX."""
        if self._taught is not None:
            self._write(export_onnx(self._taught, Path(path)))

    def _write(self, job: Job) -> None:
        self.host.start(_SAVING, job, lane="io", owner=self, on_end=self._written)

    def _written(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self._note = Text("Saved as {name}.", "{name} 이름으로 저장했어요.")(name=run.result.name)
            self._say()
        elif run.error is not None:
            self._refuse(run.error.text)

    # Words

    def _say(self) -> None:
        taught, busy = self._taught, self._busy or self.classes.busy
        self.learn.setEnabled(not busy)
        self.save.setEnabled(taught is not None)
        self.export.setEnabled(taught is not None)
        self.over.setEnabled(taught is not None)
        note = self._problem or self._note
        self.state.setText(say(note) if note else "")
        self.hint.setVisible(taught is None)
        self.said.setVisible(taught is not None)
        self.bars.setVisible(taught is not None)
        for tile in self.tiles:
            tile.setVisible(taught is not None)
        warning = taught.warning if taught else None
        self.warning_chip.setVisible(warning is not None)
        self.warning.setVisible(warning is not None)
        self.warning.setText(say(warning) if warning else "")
        if taught is None:
            return
        values = self.bars.values()
        if values is None or len(values) != len(taught.classes):
            self.bars.set_values(list(taught.classes), None)
        evidence = counted(self.tr("{r} recordings, {n} frames").format(r=taught.recordings, n=taught.frames))
        unit = self.tr("learnt in {s} s").format(s=f"{taught.seconds:.1f}")
        self.tiles[0].show_value(_percent(taught.accuracy), unit, evidence)
        self.tiles[1].show_value(_percent(taught.by_frame))
        self.tiles[2].show_value(_percent(taught.background))

    def retranslate(self) -> None:
        self.learn.setText(self.tr("Learn"))
        self.open.setText(self.tr("Open…"))
        self.save.setText(self.tr("Save…"))
        self.export.setText(self.tr("ONNX…"))
        self.over.setText(self.tr("Watch with it"))
        self.hint.setText(
            self.tr("Hold “Hold to record” while you show the thing. Two recordings of each class, then Learn.")
        )
        self.warning_chip.setText(self.tr("careful"))
        self.view.setAccessibleName(self.tr("Live picture"))
        self.bars.setAccessibleName(self.tr("Answer: a probability for each class"))
        titles = (self.tr("Right, by recording"), self.tr("Right, by frame"), self.tr("Border alone"))
        for tile, title in zip(self.tiles, titles, strict=True):
            tile.set_title(title)
        self._say()


def _kept(taught: Taught) -> Job:
    """`keep_taught`, imported in the job's thread."""
    from engine.live.own import keep_taught

    return (yield from keep_taught(taught))


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f}\u2009%"
