"""Capture from a camera…: look, hold a key, and the frames lie in a folder for each class (lecture row 39)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QStackedWidget, QWidget

from engine import places
from engine.data.camera import Frame, Recorded, Recording, find_cameras, watch
from engine.data.capture import CaptureBin
from engine.data.forms.writing import folder_name
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.knobs import Box
from engine.text import Text
from gui.pages.datasets_make_dialog import FolderRow, calm
from gui.widgets.annotate_lists import MarkList, Row
from gui.widgets.basics import SliderRow, State, Toggle, button, column, label, row
from gui.widgets.capture_view import CaptureView
from gui.widgets.dialog import Dialog
from gui.widgets.photo_marks import class_colour
from gui.words import say

LOOKING = Text("Looking for cameras", "카메라 찾기")
WATCHING = Text("Camera", "카메라")
COUNTING = Text("Counting pictures", "사진 세기")
_STATE_WIDTH = 440


class CaptureDialog(Dialog):
    """The picture at the left, the classes at the right; Space or a number key held down keeps frames.

    Signals:
        made: (Path) the folder that holds what was captured, when the dialog is closed.
    """

    made = Signal(object)

    def __init__(self, parent: QWidget | None, host: EngineHost) -> None:
        super().__init__(parent)
        self._host = host
        self._watching: JobRun | None = None
        self._wanted = Box(Recording())
        self._kept = 0
        self._counts: dict[str, int] = {}
        self._before: dict[str, int] = {}
        self._names: list[str] = []
        self._cameras: tuple[int, ...] = ()
        self._source: int | Path | None = None
        self._problem: Text | None = None
        self._ended = False
        self.view, self.classes, self.field = CaptureView(), MarkList(), QLineEdit()
        self.sources, self.folder = QComboBox(), FolderRow(self._folder_changed, narrow=True)
        self.rate, self.mirrored = SliderRow(1, 30, 5, step=1), Toggle(False)
        self.record, self._done = button("record-fill", "primary", "large"), button(kind="secondary")
        self._video, self._again = button("film-strip", "primary"), button("camera")
        self._none = State("camera", self._video, self._again)
        self._titles = {name: label("section") for name in ("classes", "folder", "source")}
        self._mirror_name, self._hint, self._foot = label("small"), label("caption", wrap=True), label("small")
        self._stage = QStackedWidget()
        self._lay_out()
        self._connect()
        self.folder.use(places.own_data() / datetime.now().strftime("captured-%Y%m%d-%H%M"))
        self.retranslate()
        self.look()

    def _lay_out(self) -> None:
        outer = QWidget()
        self._none.setFixedWidth(_STATE_WIDTH)
        outer.setLayout(column(None, row(None, self._none, None), None, None))
        self._stage.addWidget(self.view)
        self._stage.addWidget(outer)
        t = self._titles
        side = column(
            t["source"],
            self.sources,
            row(self._mirror_name, None, self.mirrored),
            4,
            t["classes"],
            self.field,
            (self.classes, 1),
            self.rate,
            self.record,
            self._hint,
            4,
            t["folder"],
            self.folder,
            gap=8,
        )
        panel = QWidget()
        panel.setFixedWidth(280)
        panel.setLayout(side)
        body = row((self._stage, 1), panel, gap=16)
        foot = row((self._foot, 1), self._done, gap=8)
        self.setLayout(column((body, 1), foot, gap=12, margins=(16, 16, 16, 14)))
        self.resize(920, 620)
        calm(self)

    def _connect(self) -> None:
        self.sources.activated.connect(self._source_chosen)
        self.field.returnPressed.connect(self._add_class)
        self.classes.picked.connect(lambda _: self._show_recording())
        self.rate.changed.connect(lambda _: self._set_wanted(self._wanted.value.name))
        self.mirrored.toggled.connect(lambda _: self._set_wanted(self._wanted.value.name))
        self.record.pressed.connect(lambda: self.hold(self.classes.chosen()))
        self.record.released.connect(self.let_go)
        self._done.clicked.connect(self.accept)
        self._video.clicked.connect(self.ask_video)
        self._again.clicked.connect(self._start_again)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Capture from a camera"))
        self._titles["source"].setText(self.tr("Source"))
        self._titles["classes"].setText(self.tr("Classes"))
        self._titles["folder"].setText(self.tr("Folder of the set"))
        self.sources.setAccessibleName(self.tr("Source"))
        self._mirror_name.setText(self.tr("As in a mirror"))
        self.mirrored.setAccessibleName(self.tr("As in a mirror"))
        self.field.setPlaceholderText(self.tr("Name a class, then Enter"))
        self.field.setAccessibleName(self.tr("Name of a new class"))
        self.classes.setAccessibleName(self.tr("Classes; hold a number key to keep frames in one"))
        self.rate.set_name(self.tr("Frames a second to keep"))
        self.record.setText(self.tr("Hold to record"))
        self._hint.setText(self.tr("Or hold Space, or the number of a class."))
        self.view.setAccessibleName(self.tr("Live picture"))
        self._video.setText(self.tr("Open a video file"))
        self._done.setText(self.tr("Done"))
        self._fill_sources()
        self._fill_classes()
        self._show_state()

    # Where the pictures come from

    def look(self) -> None:
        """See which cameras there are, and show the first."""

        def end(run: JobRun) -> None:
            self._cameras = run.result if run.state is JobState.DONE else ()
            self._fill_sources()
            if self._source is None and self._cameras:
                self.watch(self._cameras[0])
            elif self._source is None:
                self._problem = Text(
                    "Plug one in and it appears here, or open a video file.",
                    "카메라를 연결하면 여기에 나와요. 영상 파일을 열 수도 있어요.",
                )
                self._show_state()

        self._host.start(LOOKING, find_cameras(), lane="live", owner=self, on_end=end)

    def _fill_sources(self) -> None:
        with QSignalBlocker(self.sources):
            self.sources.clear()
            for number in self._cameras:
                self.sources.addItem(self.tr("Camera {n}").format(n=number + 1), number)
            if isinstance(self._source, Path):
                self.sources.addItem(self._source.name, self._source)
            self.sources.addItem(self.tr("A video file…"), None)
            self.sources.setCurrentIndex(max(0, self.sources.findData(self._source)))

    def _source_chosen(self, index: int) -> None:
        source = self.sources.itemData(index)
        if source is None:
            self.ask_video()
        else:
            self.watch(source)

    def ask_video(self) -> None:
        """Let the person choose a video, without stopping the window."""
        self._fill_sources()
        dialog = QFileDialog(self, self.tr("Open a video file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Videos") + " (*.mp4 *.avi *.mov *.mkv *.webm *.m4v *.mpg *.wmv)")
        dialog.fileSelected.connect(lambda path: self.watch(Path(path)))
        dialog.open()

    def watch(self, source: int | Path) -> None:
        """Show this camera, or this video from its beginning."""
        self.let_go()
        if self._watching:
            self._watching.cancel()
        folder = self.folder.folder
        assert folder is not None
        self._before = {**self._before, **self._counts}
        self._source, self._problem, self._ended = source, None, False
        job = watch(source, self._wanted, CaptureBin(folder))
        self._watching = self._host.start(
            WATCHING, job, lane="live", owner=self, on_events=self._events, on_end=self._watched
        )
        self._fill_sources()
        self._show_state()

    def _start_again(self) -> None:
        if self._source is None:
            self.look()
        else:
            self.watch(self._source)

    def _events(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Frame):
                self.view.show_frame(event.image)
            elif isinstance(event, Recorded):
                self._counts[event.name] = self._before.get(event.name, 0) + event.count
                self._kept += 1
                self._fill_classes()

    def _watched(self, run: JobRun) -> None:
        if run is not self._watching:
            return
        self._watching = None
        self.let_go()
        if run.error:
            self._problem = run.error.text
        self._ended = run.state is JobState.DONE
        self._show_state()

    def _show_state(self) -> None:
        """The picture, or what is in the way and what to do about it."""
        again = self._source is not None
        self._again.setText(self.tr("Play it again") if isinstance(self._source, Path) else self.tr("Look again"))
        if self._problem is not None:
            title = self.tr("This source stopped") if again else self.tr("No camera found")
            self._none.set_words(title, say(self._problem))
            layout = self._none.layout()
            if layout is not None:
                self._none.setMinimumHeight(max(0, layout.heightForWidth(_STATE_WIDTH)))
        self._stage.setCurrentIndex(1 if self._problem is not None else 0)
        words = say(WATCHING) if again else self.tr("Looking for cameras")
        if self._problem is not None or not again:
            words = "" if self._problem is not None else words
        elif self._ended:
            words = self.tr("The video ended. Choose it again to play it once more.")
        else:
            words = self.tr("Live from {source}").format(source=self.sources.currentText())
        self._foot.setText(words)
        self.record.setEnabled(self._watching is not None)

    # Classes

    def add_class(self, name: str) -> None:
        """A class to keep frames in; the newest is chosen."""
        if not name.strip():
            return
        name = folder_name(name)  # as it will stand on disk
        if name not in self._names:
            self._names.append(name)
        self._fill_classes(self._names.index(name))

    def _add_class(self) -> None:
        self.add_class(self.field.text())
        self.field.clear()
        self.record.setFocus()

    def _fill_classes(self, chosen: int | None = None) -> None:
        chosen = self.classes.chosen() if chosen is None else chosen
        rows = [
            Row(class_colour(i), name, f"{self._counts.get(name, 0):,}", str(i + 1) if i < 9 else "")
            for i, name in enumerate(self._names)
        ]
        self.classes.show_rows(rows, chosen)

    def _folder_changed(self) -> None:
        """Another folder: what lies there is counted, and the source starts anew into it."""
        folder = self.folder.folder
        assert folder is not None

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE and folder == self.folder.folder:
                self._before = dict(run.result)
                self._counts = dict(run.result)
                self._names += [name for name in run.result if name not in self._names]
                self._fill_classes(0 if self.classes.chosen() < 0 and self._names else None)

        self._counts, self._before = {}, {}
        self._host.start(COUNTING, _count(folder), lane="io", owner=self, on_end=end)
        if self._source is not None:
            self.watch(self._source)

    @property
    def counts(self) -> dict[str, int]:
        """How many pictures each class has, by name."""
        return dict(self._counts)

    # Recording

    def hold(self, index: int) -> None:
        """Keep frames in this class until `let_go`."""
        if self._watching is None:
            return
        if not 0 <= index < len(self._names):
            self.field.setFocus()
            self._foot.setText(self.tr("Name a class first."))
            return
        self.classes.choose(index)
        self._set_wanted(self._names[index])

    def let_go(self) -> None:
        """Keep no more."""
        self._set_wanted("")

    def _set_wanted(self, name: str) -> None:
        self._wanted.replace(Recording(name, self.rate.value(), self.mirrored.isChecked()))
        self._show_recording()

    def _show_recording(self) -> None:
        self.view.show_recording(self._wanted.value.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = _class_key(event, self.classes.chosen())
        if index is None or event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            self.hold(index)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat() and _class_key(event, 0) is not None:
            self.let_go()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.let_go()
        super().focusOutEvent(event)

    # The end

    def done(self, result: int) -> None:
        """Let go of the camera; what was kept is opened."""
        self.let_go()
        if self._watching:
            self._watching.cancel()
        if self._kept and self.folder.folder:
            self.made.emit(self.folder.folder)
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.let_go()  # the key is let go of in another window, and nobody would say so here


def _class_key(event: QKeyEvent, chosen: int) -> int | None:
    """Which class a key means: 1 to 9, or Space for the chosen one; None for other keys."""
    if event.key() == Qt.Key.Key_Space:
        return chosen
    if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
        return event.key() - Qt.Key.Key_1
    return None


def _count(folder: Path) -> Job:
    return CaptureBin(folder).counts()
    yield  # a job without events
