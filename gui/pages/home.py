"""Home: draw a digit and a network answers; below it the doors to all the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from engine.host import EngineHost
from engine.jobs import JobRun, JobState
from engine.text import Text
from gui.context import Context
from gui.pages import home_jobs, home_words
from gui.pages.home_cards import MachineCard, RecentRuns
from gui.pages.home_doors import Doors
from gui.pages.page import Page
from gui.settings_dialog import choose_data_folder
from gui.widgets.basics import button, column, frame, label, row
from gui.widgets.digit_reader import DigitReader
from gui.widgets.feature_maps import FeatureMaps
from gui.widgets.lens import explain

_LOOKING = Text("Looking for runs", "실행 찾기")
_CURVE = Text("Reading a learning curve", "학습 곡선 읽기")
_ROUND = Text("Looking at this machine", "컴퓨터 살펴보기")
PAD_SHARE, PAD_SMALLEST, PAD_LARGEST = 0.47, 300, 560  # of the page's height; logical pixels


class HomePage(Page):
    """The pad with the network's answer, the doors, recent runs, what is on this machine."""

    id = "home"
    icon = "house"

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__(host, context)
        self.reader = DigitReader(host, self, maps=FeatureMaps(tile=40, rows=6))
        self._display, self._about = label("display"), label("dim", wrap=True)
        self._learn = button("play-fill", "primary", "large")
        self._clear = button("eraser", "quiet", "large")
        self._sees, self._size, self._how = label("section"), label("strong"), label("small", wrap=True)
        self._layers = label("section")
        self.doors = Doors(host, context)
        self._recent, self._machine = RecentRuns(), MachineCard()
        self._found_curve: home_jobs.Curve | None = None
        self._looked = False
        self._lay_out()
        self._connect()
        self._explain()
        self.retranslate()

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("HomePage", "Home")

    def _lay_out(self) -> None:
        lower = row((self.doors, 9), (self._recent, 4), (self._machine, 4), gap=8)
        inner = QWidget()
        inner.setLayout(column(self._hero(), (lower, 1), gap=8))
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(area))

    def _hero(self) -> QWidget:
        reader = self.reader
        reader.seen.setFixedSize(96, 96)
        answer: QBoxLayout = column(
            self._display,
            self._about,
            reader.said,
            reader.bars,
            None,
            row(self._learn, self._clear, None, gap=8),
            gap=8,
        )
        said = column(self._size, self._how, None, gap=4)
        picture = row(reader.seen, (said, 1), gap=12)
        seen = column(self._sees, picture, 4, self._layers, reader.maps, None, gap=6)
        return frame("panel", row(reader.pad, (answer, 10), (seen, 11), gap=26, margins=(18, 16, 20, 16)))

    def _connect(self) -> None:
        self._learn.clicked.connect(lambda: self.context.go("train", {"recipe": home_jobs.RECIPE, "start": True}))
        self._clear.clicked.connect(self.reader.pad.clear)
        self._recent.chosen.connect(lambda folder: self.context.go("train", {"run": folder}))
        self._machine.folder_asked.connect(lambda: choose_data_folder(self, self.context))
        self._machine.models_asked.connect(lambda: self.context.open_models.emit(""))
        self.context.settings_changed.connect(self._look_round)
        self.host.changed.connect(self._training_changed)

    def _explain(self) -> None:
        explain(self.reader.pad, home_words.PAD)
        explain(self._clear, home_words.PAD)
        explain(self._learn, home_words.LEARN)
        explain(self.reader.bars, home_words.BARS)
        explain(self.reader.seen, home_words.SEEN)
        explain(self.reader.maps, home_words.MAPS)

    def retranslate(self) -> None:
        self._display.setText(self.tr("Draw a digit"))
        self._about.setText(
            self.tr(
                "A network answers while you draw. It learnt from 60,000 handwritten digits, on a computer like this one."
            )
        )
        self._learn.setText(self.tr("Watch it learn from zero"))
        self._clear.setText(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Clear the pad (Del)"))
        self._sees.setText(self.tr("Network sees"))
        self._size.setText("28 × 28")
        self._how.setText(
            self.tr("scaled to 20 pixels, then moved so that its weight sits in the middle: the way MNIST was made")
        )
        self._layers.setText(self.tr("Layers 1 to 6, strongest maps"))
        self._show_curve()

    def shown(self) -> None:
        self._look_for_runs()
        self._look_round()
        self.doors.ask()

    def _start(self, name: Text, job: Any, show: Callable[[Any], None]) -> None:
        """Run a small job on the io lane and give its result to `show`."""

        def ended(run: JobRun) -> None:
            if run.state is JobState.DONE:
                show(run.result)

        self.host.start(name, job, lane="io", owner=self, on_end=ended)

    def _look_for_runs(self) -> None:
        def found(runs: Any) -> None:
            self._recent.show_runs(runs)
            self._start(_CURVE, home_jobs.best_curve(runs), self._take_curve)

        self._start(_LOOKING, home_jobs.find_runs(), found)

    def _look_round(self) -> None:
        self._start(_ROUND, home_jobs.look_round(self.context.settings.data()), self._machine.show_machine)

    def _training_changed(self) -> None:
        if self.isVisible() and not self.host.trainings:
            self._look_for_runs()

    def _take_curve(self, curve: home_jobs.Curve | None) -> None:
        self._found_curve, self._looked = curve, True
        self._show_curve()

    def _show_curve(self) -> None:
        if (curve := self._found_curve) is None:
            return
        whose = self.tr("your run of {recipe}").format(recipe=curve.run) if curve.run else self.tr("bundled network")
        self.doors.curve.show_curve(curve.values, f"{100 * curve.reached:.1f}\u2009%", whose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pad takes nearly half of the height; answer and maps follow it."""
        super().resizeEvent(event)
        side = min(max(round(self.height() * PAD_SHARE), PAD_SMALLEST), PAD_LARGEST)
        seen = 80 if side < 360 else 96
        self.reader.pad.setFixedSize(side, side)
        self.reader.seen.setFixedSize(seen, seen)
        self.reader.bars.set_row_height(max(16, (side - 158) // 10))
        self.reader.maps.set_tile(max(24, (side - seen - 64) // 6 - 3))

    def do_its_job(self, done: Callable[[], None]) -> None:
        """Draw a 3 as a hand would, and wait for the answer and for the doors' pictures."""
        wait = QTimer(self)
        wait.setInterval(30)

        def look() -> None:
            if not (self.reader.busy or self.doors.busy) and self._looked:
                wait.stop()
                done()

        wait.timeout.connect(look)
        self.reader.pad.clear()
        self.reader.pad.draw(home_words.THREE)
        wait.start()
