"""What the dialogs that make sets share: a job with its progress, a folder to choose, a sentence at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QProgressBar, QPushButton, QWidget

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.text import Text
from gui.settings_dialog import open_folder
from gui.widgets.basics import button, column, frame, label, restyle, row
from gui.widgets.dialog import Dialog
from gui.widgets.retold import Retold
from gui.words import say


def calm(dialog: QDialog) -> None:
    """Enter in a field belongs to the field: it presses no button."""
    for one in dialog.findChildren(QPushButton):
        one.setAutoDefault(False)


class FolderRow(Retold, QFrame):
    """A folder that a person chooses; `folder` is None before. `narrow`: only its name, the button below."""

    def __init__(self, changed: Callable[[], None], *, narrow: bool = False) -> None:
        super().__init__()
        self.folder: Path | None = None
        self._changed, self._narrow = changed, narrow
        self._words, self.choose = label("small", wrap=not narrow), button("folder-open", size="compact")
        parts = (self._words, row(self.choose, None)) if narrow else (row((self._words, 1), self.choose, gap=10),)
        self.setLayout(column(frame("well", column(*parts, gap=6, margins=(12, 8, 8, 8)))))
        self.choose.clicked.connect(self.ask)
        self.retranslate()

    def retranslate(self) -> None:
        self.choose.setText(self.tr("Choose a folder"))
        place = "" if self.folder is None else self.folder.name if self._narrow else str(self.folder)
        self._words.setText(place or self.tr("No folder chosen yet"))
        self._words.setToolTip(str(self.folder or ""))

    def ask(self) -> None:
        """Let the person choose, without stopping the window."""
        dialog = QFileDialog(self, self.tr("Choose a folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.use(Path(path)))
        dialog.open()

    def use(self, folder: Path) -> None:
        """This one."""
        self.folder = folder
        self.retranslate()
        self._changed()


class MakeDialog(Dialog):
    """A dialog with one job: Start, progress with Cancel, then what came of it. Closing it stops the job."""

    def __init__(self, parent: QWidget | None, host: EngineHost) -> None:
        super().__init__(parent)
        self._host = host
        self._run: JobRun | None = None
        self._told: Text | None = None
        self._place: Path | None = None
        self.says, self._bar = label("small", wrap=True), QProgressBar()
        self._bar.setTextVisible(False)
        self.start_button = button("export", "primary")
        self._stop, self._close = button("stop-fill", "stop"), button(kind="quiet")
        self._show_folder = button("folder-open")
        self.buttons = row(self._show_folder, None, self._close, self._stop, self.start_button, gap=8)
        self.foot = column(self._bar, self.says, self.buttons, gap=10)
        self._show_folder.clicked.connect(lambda: self._place and open_folder(self._place))
        self._stop.clicked.connect(self.stop)
        self._close.clicked.connect(self.reject)

    def retranslate(self) -> None:
        self._stop.setText(self.tr("Stop"))
        self._close.setText(self.tr("Close"))
        self._show_folder.setText(self.tr("Show the folder"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self.refresh()

    @property
    def busy(self) -> bool:
        """True while its job runs."""
        return self._run is not None

    def run(self, name: Text, job: Job, then: Callable[[object], Text], *, place: Path | None = None) -> None:
        """Start `job`; `then` is given its result and answers with a sentence, shown with a way to `place`."""
        self._place = None
        self._bar.setRange(0, 0)
        self.tell(name)

        def end(run: JobRun) -> None:
            self._run = None
            if run.state is JobState.DONE:
                self._place = place
                self.tell(then(run.result), tone="good")
            elif run.error:
                self.tell(run.error.text, tone="bad")
            else:
                self.tell(
                    Text("Stopped. What was written so far can be deleted.", "멈췄어요. 여기까지 쓴 것은 지워도 돼요.")
                )

        self._run = self._host.start(name, job, lane="io", owner=self, on_events=self._events, on_end=end)
        self.refresh()

    def stop(self) -> None:
        """Stop the job at its next step."""
        if self._run:
            self._run.cancel()

    def tell(self, words: Text | None, tone: str = "dim") -> None:
        """A sentence above the buttons; None takes it away."""
        self._told = words
        restyle(self.says, tone=tone)
        self.refresh()

    def refresh(self) -> None:
        """Show what can be done now."""
        self.says.setText(say(self._told) if self._told else "")
        self.says.setVisible(self._told is not None)
        self._bar.setVisible(self.busy)
        self._stop.setVisible(self.busy)
        self.start_button.setVisible(not self.busy)
        self._show_folder.setVisible(self._place is not None)

    def _events(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress):
                self._bar.setRange(0, event.total)
                self._bar.setValue(event.done)
                if event.note:
                    self.tell(event.note)

    def done(self, result: int) -> None:
        self.stop()
        super().done(result)
