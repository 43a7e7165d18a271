"""Four linked panes (lecture row 62): classification, detection, semantic and instance segmentation of one picture."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from engine.cards import Explanation
from engine.detect.explain.stage import shrunk
from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.text import Text
from gui.context import Context
from gui.pages.live_explain_needs import NeedCard
from gui.widgets.basics import Chip, button, column, frame, label, restyle, row
from gui.widgets.explain_film import in_time
from gui.widgets.explain_pane import PanePicture
from gui.widgets.inspector_parts import OneLine
from gui.widgets.lens import explain
from gui.widgets.pictures import Bars
from gui.widgets.retold import Retold
from gui.words import say

TASKS = ("classification", "detection", "semantic", "instance")
_ASKING = Text("Four tasks", "네 가지 과제")
_NAMING = Text("Naming a part of the picture", "사진의 일부에 이름 붙이기")
FOUR = Explanation(
    Text("Four tasks", "네 가지 과제"),
    Text("Click an object; it is marked in all four.", "물체를 누르면 네 곳에 모두 표시돼요."),
    Text(
        "Classification names the picture, detection boxes things, semantic segmentation gives every pixel a class, instance segmentation tells two things of a class apart.",
        "분류는 사진에 이름을 붙이고, 검출은 물체를 상자로 찾고, 의미 분할은 픽셀마다 클래스를 주고, 개체 분할은 같은 클래스의 둘을 구별해요.",
    ),
    "p(c) · (c, box) · cₓᵧ · (c, box, mask)",
)


class TaskPane(QWidget):
    """One task: its name, who answers and how fast, and the answer; or what is missing for one.

    Signals:
        pointed: (float, float) a place of the picture was clicked, in its pixels.
    """

    pointed = Signal(float, float)

    def __init__(self, host: EngineHost, context: Context, task: str) -> None:
        super().__init__()
        self.task = task
        self.pane: object | None = None  # an `engine.detect.explain.panes.Pane`
        self.picture, self.need = PanePicture(), NeedCard(host, context)
        self.bars = Bars(row_height=17, name_width=130) if task == "classification" else None
        self.title, self.who, self.chip, self.said = label("strong"), OneLine(), Chip("measured"), label("small")
        self._body = QStackedWidget()
        answer = column((self.picture, 1), gap=6)
        if self.bars is not None:
            self.bars.set_values([""] * 5, None)
            answer.addWidget(self.bars)
        answer.addWidget(self.said)
        whole = QWidget()
        whole.setLayout(answer)
        self._body.addWidget(whole)
        missing = QWidget()
        missing.setLayout(column(self.need, None))
        self._body.addWidget(missing)
        head = row(self.title, (self.who, 1), self.chip, gap=8)
        self.setLayout(column(frame("panel", column(head, (self._body, 1), gap=6, margins=(10, 8, 10, 8)))))
        self.chip.hide()
        self.picture.pointed.connect(self.pointed)

    def wait(self, picture: np.ndarray) -> None:
        """Another picture, not answered yet."""
        self.pane = None
        self.picture.show_picture(picture)
        self._body.setCurrentIndex(0)
        self.chip.hide()
        self.said.setText("")
        self.who.show_words("", "")
        if self.bars is not None:
            self.bars.set_values([""] * 5, None)

    def show_pane(self, pane: object, recipe: str) -> None:
        """What the task says."""
        from engine.detect.explain.panes import Pane

        assert isinstance(pane, Pane)
        self.pane = pane
        if pane.missing is not None:
            self.need.show_missing(pane.missing, recipe)
            self._body.setCurrentIndex(1)
            return
        self._body.setCurrentIndex(0)
        self.who.show_words("", say(pane.name))
        self.chip.setText(in_time(pane.milliseconds))
        self.chip.show()
        if pane.found is not None:
            self.picture.show_found(pane.found, pane.classes)
        if pane.pixels is not None:
            self.picture.show_pixels(pane.pixels, pane.classes, pane.ground)
        if self.bars is not None and pane.answers:
            values = np.array([p for _, p in pane.answers])
            self.bars.set_values([say(name) for name, _ in pane.answers], values)


class PanesRoom(Retold, QWidget):
    """Two rows of two panes; an object chosen in one is marked in all."""

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host = host
        self._picture: np.ndarray | None = None
        self._run: JobRun | None = None
        self._naming: JobRun | None = None
        self._box: np.ndarray | None = None
        self._problem: Text | None = None
        self.panes = {task: TaskPane(host, context, task) for task in TASKS}
        self.start, self.whole = button("play-fill", "primary"), button("image", "quiet")
        self._hint = label("small", wrap=True)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, pane in enumerate(self.panes.values()):
            grid.addWidget(pane, number // 2, number % 2)
            pane.pointed.connect(lambda x, y, of=pane: self._point(of, x, y))
            pane.need.got.connect(self.look)
            explain(pane, FOUR)
        for i in (0, 1):
            grid.setRowStretch(i, 1)
            grid.setColumnStretch(i, 1)
        foot = frame("panel", row(self.start, self.whole, (self._hint, 1), gap=8, margins=(12, 8, 14, 8)))
        box = column(foot, gap=8)
        box.insertLayout(0, grid, 1)
        self.setLayout(box)
        self.start.clicked.connect(self.look)
        self.whole.clicked.connect(lambda: self.choose(None))
        self.retranslate()

    @property
    def chosen(self) -> np.ndarray | None:
        """The box that is marked in all panes, x1 y1 x2 y2 in pixels of the picture."""
        return self._box

    @property
    def busy(self) -> bool:
        """True while a network is asked."""
        return self._run is not None or self._naming is not None

    def use_picture(self, picture: np.ndarray) -> None:
        """Ask about another picture when a person starts it."""
        if self._run is not None:
            self._run.cancel()
        self._picture, self._box = shrunk(picture), None
        for pane in self.panes.values():
            pane.wait(self._picture)
        self.retranslate()

    def look(self) -> None:
        """Ask all four, or stop asking."""
        if self._run is not None:
            self._run.cancel()
            return
        if self._picture is None:
            return
        self._problem = None
        self._run = self._host.start(
            _ASKING, _looking(self._picture), lane="interactive", owner=self, on_events=self._take, on_end=self._ended
        )
        self.retranslate()

    def _take(self, events: list[Event]) -> None:
        from engine.detect.explain.networks import TRAIN_INSTEAD
        from engine.detect.explain.panes import NEEDS, Pane

        for event in events:
            if isinstance(event, Pane):
                need = NEEDS.get(event.task)
                self.panes[event.task].show_pane(event, TRAIN_INSTEAD.get(need, "") if need else "")

    def _ended(self, run: JobRun) -> None:
        if run is self._run:
            self._run = None
            self._problem = run.error.text if run.state is JobState.FAILED and run.error else None
        self.retranslate()

    # The same thing in all panes

    def _point(self, of: TaskPane, x: float, y: float) -> None:
        from engine.detect.explain.panes import Pane, thing_at

        panes = [of, *(p for p in self.panes.values() if p is not of)]  # what was clicked, else whoever knows
        boxes = (thing_at(p.pane, x, y) for p in panes if isinstance(p.pane, Pane))
        self.choose(next((box for box in boxes if box is not None), None))

    def choose(self, box: np.ndarray | None) -> None:
        """Mark a place in all panes and ask the classifier about it alone; None = the whole picture again."""
        from engine.detect.explain.panes import Pane, same_thing

        self._box = box
        for pane in self.panes.values():
            found = pane.pane.found if isinstance(pane.pane, Pane) else None
            pane.picture.choose(box, same_thing(found, box) if found is not None and box is not None else -1)
        self._say_chosen()
        if self._picture is not None and isinstance(self.panes["classification"].pane, Pane):
            self._name(box)

    def _name(self, box: np.ndarray | None) -> None:
        assert self._picture is not None
        if self._naming is not None:
            self._naming.cancel()

        def ended(run: JobRun) -> None:
            if run is self._naming:
                self._naming = None
                if run.state is JobState.DONE:
                    self.panes["classification"].show_pane(run.result, "")

        job = _naming(self._picture, box)
        self._naming = self._host.start(_NAMING, job, lane="interactive", owner=self, on_end=ended)

    def _say_chosen(self) -> None:
        from engine.detect.explain.panes import Pane, shares_in

        for task, pane in self.panes.items():
            shown = pane.pane
            words = ""
            if isinstance(shown, Pane) and shown.missing is None and self._box is not None:
                if task == "classification":
                    words = self.tr("asked about the marked part alone")
                elif shown.pixels is not None:
                    kind, share = shares_in(shown, self._box)[0]
                    name = say(shown.classes[kind]) if kind < len(shown.classes) else str(kind)
                    words = self.tr("{name}: {share:.0f} % of the marked part").format(name=name, share=100 * share)
                elif pane.picture.strong < 0:
                    words = self.tr("finds nothing like it there")
                else:
                    words = self.tr("the same object, found here as well")
            pane.said.setText(words)
            pane.said.setVisible(bool(words))

    def retranslate(self) -> None:
        titles = {
            "classification": self.tr("Classification"),
            "detection": self.tr("Detection"),
            "semantic": self.tr("Semantic segmentation"),
            "instance": self.tr("Instance segmentation"),
        }
        for task, pane in self.panes.items():
            pane.title.setText(titles[task])
            pane.picture.setAccessibleName(titles[task])
        busy = self._run is not None
        self.start.setText(self.tr("Stop") if busy else self.tr("Ask all four"))
        self.start.show_icon("stop-fill" if busy else "play-fill")
        restyle(self.start, kind="stop" if busy else "primary")
        self.whole.setText(self.tr("Whole picture"))
        self.whole.setVisible(self._box is not None)
        hint = self.tr("Press Ask all four; then click an object in any pane.")
        if any(p.pane is not None for p in self.panes.values()):
            hint = self.tr("Click an object in any pane: it is marked in all.")
        self._hint.setText(say(self._problem) if self._problem else self.tr("Asking…") if busy else hint)
        self._say_chosen()


def _looking(picture: np.ndarray) -> Job:
    from engine.detect.explain.panes import look

    return (yield from look(picture))


def _naming(picture: np.ndarray, box: np.ndarray | None) -> Job:
    from engine.detect.explain.panes import look, named

    if box is not None:
        return (yield from named(picture, box))
    return (yield from look(picture, tasks=("classification",)))[0]
