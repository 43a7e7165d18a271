"""Chapters that are told as films: the large stage, what it says, the strip of all stages, play, step and pause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from engine.detect.explain.chapters import Chapter
from engine.detect.explain.stage import Moving, Stage
from engine.host import EngineHost
from engine.jobs import JobRun, JobState, Progress
from engine.text import Text, counted
from gui.context import Context
from gui.pages.live_explain_jobs import networks_for, playing, recipe_for, sets_here
from gui.pages.live_explain_knobs import Knobs
from gui.pages.live_explain_needs import NeedCard
from gui.pages.live_explain_play import FilmMaker
from gui.pages.live_explain_told import Told
from gui.widgets.basics import column, frame, role, row
from gui.widgets.explain_film import FilmStrip, Still, in_time
from gui.widgets.explain_paint import Shown
from gui.widgets.explain_stage import StagePicture
from gui.widgets.explain_transport import Phase, Transport
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

if TYPE_CHECKING:
    from engine.detect.explain.networks import Network

LASTS = 1100  # milliseconds for which a stage stays when the film is shown again
_LOOKING = Text("Looking for networks", "신경망 찾기")


@dataclass(slots=True, eq=False)
class _Film:
    """What was made of one chapter on the picture in view."""

    stages: list[Stage] = field(default_factory=list)
    stills: list[Still] = field(default_factory=list)
    done: bool = False
    at: int = -1

    @property
    def milliseconds(self) -> float:
        return sum(stage.milliseconds for stage in self.stages)


class FilmRoom(Retold, QWidget):
    """One chapter at a time on one picture.

    Signals:
        timed: (str, str) chapter and time, when a film was made to its end.
    """

    timed = Signal(str, str)

    def __init__(self, host: EngineHost, context: Context) -> None:
        super().__init__()
        self._host, self._context = host, context
        self._picture: np.ndarray | None = None
        self._chapter: Chapter | None = None
        self._films: dict[str, _Film] = {}
        self._networks: tuple[Network, ...] = ()
        self._follows = True  # the stage that was made last is shown
        self._problem: Text | None = None
        self.maker = FilmMaker(host, self)
        self.stage, self.strip, self.transport = StagePicture(), FilmStrip(), Transport()
        self.knobs, self.need = Knobs(), NeedCard(host, context)
        self.told = Told(self.knobs)
        self._show = QTimer(self)
        self._show.setInterval(LASTS)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        picture = frame("panel", column(self.need, (self.stage, 1), gap=8, margins=(8, 8, 8, 8)))
        film = QFrame()
        role(film, "panel")
        film.setLayout(column(self.strip, margins=(12, 10, 12, 2)))
        body = row((picture, 1), self.told, gap=8)
        self.setLayout(column((body, 1), film, self.transport, gap=8))

    def _connect(self) -> None:
        self.transport.main_asked.connect(self.main)
        self.transport.step_asked.connect(self.step)
        self.transport.stop_asked.connect(self.stop)
        self.transport.again_asked.connect(self.start)
        self.strip.chosen.connect(self._person_chose)
        self.stage.pointed.connect(self._pointed)
        self.knobs.changed.connect(self._outdated)
        self.need.got.connect(self.look_for_networks)
        self.need.back.connect(self.look_for_networks)
        self.maker.staged.connect(self._staged)
        self.maker.moved.connect(self._moved)
        self.maker.progressed.connect(self._progressed)
        self.maker.held.connect(lambda: self._say_phase(Phase.HELD))
        self.maker.ended.connect(self._ended)
        self._show.timeout.connect(self._next_shown)

    # What is told

    def use_picture(self, picture: np.ndarray) -> None:
        """Explain on another picture; films of the one before are forgotten, one under way begins again."""
        again = self.maker.busy and not self.maker.holding
        self.maker.cancel()
        self._show.stop()
        self._picture = picture
        self._films.clear()
        self.strip.clear()
        self._problem = None
        self._show_at(-1)
        self._say_phase(Phase.READY)
        if again:
            self.start()

    @property
    def untouched(self) -> bool:
        """True while nothing was made of the picture in view: what was is kept to be compared."""
        return not self.maker.busy and not any(film.stages for film in self._films.values())

    @property
    def _film(self) -> _Film:
        return self._films.setdefault(self._chapter.id if self._chapter else "", _Film())

    def open(self, chapter: Chapter) -> None:
        """Bring a chapter into view; what was made of it before is still there."""
        self.maker.cancel()
        self._show.stop()
        self._chapter, self._problem, self._networks = chapter, None, ()
        self.knobs.show_for(chapter.knobs)
        self.need.hide()
        explain(self.stage, chapter.explanation)
        self.stage.mark_place((0.5, 0.5) if "cell" in chapter.knobs else None)
        self.strip.clear()
        for still in self._film.stills:
            self.strip.add(still)
        self._show_at(self._film.at)
        self._say_phase(Phase.DONE if self._film.done else Phase.READY)
        self.transport.allow(not (chapter.needs and chapter.must))
        if chapter.needs:
            self.look_for_networks()
        if "taught" in chapter.knobs:
            self._host.start(_LOOKING, sets_here(self._context), lane="io", owner=self, on_end=self._take_sets)

    def look_for_networks(self) -> None:
        """Ask what is on this machine for the chapter in view."""
        if self._chapter is None:
            return
        of = self._chapter

        def found(run: JobRun) -> None:
            if run.state is JobState.DONE and self._chapter is of:
                self._take_networks(run.result)

        self._host.start(_LOOKING, networks_for(of.needs), lane="io", owner=self, on_end=found)

    def _take_networks(self, networks: Sequence[Network]) -> None:
        assert self._chapter
        self._networks = tuple(networks)
        here = [n for n in networks if n.here]
        self.knobs.show_networks(here)
        self.knobs.show_for([k for k in self._chapter.knobs if here or k not in ("network", "least")])
        self.transport.allow(bool(here) or not self._chapter.must)
        if here:
            self.need.hide()
        elif self._chapter.must:
            self.need.show_missing(networks, recipe_for(self._chapter.needs))
        self._say_phase(self.transport.phase)

    def _take_sets(self, run: JobRun) -> None:
        if run.state is JobState.DONE:
            self.knobs.show_sets(run.result)

    # Play, step, pause

    def main(self) -> None:
        """What the filled button says."""
        phase = self.transport.phase
        if phase is Phase.READY:
            self.start()
        elif phase is Phase.MAKING:
            self.maker.hold()
        elif phase is Phase.HELD:
            self._follows = True
            self.maker.go_on()
            self._say_phase(Phase.MAKING)
        elif phase is Phase.DONE:
            self._show_at(0)
            self._show.start()
            self._say_phase(Phase.SHOWING)
        else:
            self._show.stop()
            self._say_phase(Phase.DONE)

    def start(self, *, one: bool = False) -> None:
        """Make the chapter's film from the first stage."""
        if self._chapter is None or self._picture is None or not self.transport.main.isEnabled():
            return
        self._show.stop()
        self._films.pop(self._chapter.id, None)
        self.strip.clear()
        self._problem, self._follows = None, True
        job = playing(self._chapter, self._picture, self._context, self.knobs.values())
        self.maker.begin(self._chapter.explanation.title, job, one=one)
        self.transport.show_progress(0, 0)
        self._say_phase(Phase.MAKING)

    def step(self) -> None:
        """One stage more: made if it has not been, else shown."""
        phase = self.transport.phase
        if phase is Phase.READY:
            self.start(one=True)
        elif phase in (Phase.MAKING, Phase.HELD):
            self._follows = True
            self.maker.go_on(one=True)
            self._say_phase(Phase.MAKING)
        else:
            self._show.stop()
            self._say_phase(Phase.DONE)
            self._show_at((self._film.at + 1) % max(1, len(self._film.stages)))

    def stop(self) -> None:
        """Make no more; what was made stays."""
        self.maker.cancel()
        self._say_phase(Phase.DONE if self._film.stages else Phase.READY)

    def toggle_pause(self) -> bool:
        """Space: pause or go on; False where nothing is made or shown."""
        if self.transport.phase in (Phase.READY, Phase.DONE):
            return False
        self.main()
        return True

    def _outdated(self) -> None:
        """Another value was chosen: the film is made anew when a person starts it."""
        if self.transport.phase is not Phase.READY:
            self.maker.cancel()
            self._show.stop()
            self._say_phase(Phase.READY)

    def _pointed(self, x: float, y: float) -> None:
        self.knobs.point(x, y)
        if self._film.stages or self.maker.busy:
            self.start()

    # What comes from the job

    def _staged(self, stage: Stage) -> None:
        film = self._film
        shown = Shown(stage.picture, stage.boxes, stage.heat, stage.classes)
        film.stages.append(stage)
        film.stills.append(Still(shown, stage.name, stage.milliseconds))
        self.strip.add(film.stills[-1])
        if self._follows:
            self._show_at(len(film.stages) - 1)
        self._say_phase(self.transport.phase)

    def _moved(self, moving: Moving) -> None:
        if self._follows:
            self.stage.show_stage(Shown(moving.picture, moving.boxes, moving.heat))
        self.transport.show_progress(moving.done, moving.total)
        self.transport.say(say(moving.said))

    def _progressed(self, progress: Progress) -> None:
        self.transport.show_progress(progress.done, progress.total)
        if progress.note and not self.maker.holding:
            self.transport.say(say(progress.note))

    def _ended(self, why: Text | None) -> None:
        self._problem = why
        film = self._film
        film.done = why is None
        self._say_phase(Phase.DONE if film.stages else Phase.READY)
        if film.done and self._chapter:
            self.timed.emit(self._chapter.id, in_time(film.milliseconds))

    # What is shown

    def _person_chose(self, index: int) -> None:
        self._follows = False
        if self._show.isActive():
            self._show.stop()
            self._say_phase(Phase.DONE)
        self._show_at(index)

    def _next_shown(self) -> None:
        if self._film.at + 1 >= len(self._film.stages):
            self._show.stop()
            self._say_phase(Phase.DONE)
        else:
            self._show_at(self._film.at + 1)

    def _show_at(self, index: int) -> None:
        film = self._film
        film.at = index if 0 <= index < len(film.stages) else -1
        if film.at < 0:
            self.stage.show_stage(None if self._picture is None else Shown(self._picture))
        else:
            self.strip.choose(film.at)
            self.stage.show_stage(film.stills[film.at].shown)
        self._speak()

    def _speak(self) -> None:
        film = self._film
        if self._chapter is not None:
            self.told.speak(self._chapter, film.stages[film.at] if film.at >= 0 else None)
            self.stage.setAccessibleName(self.told.words())

    def _say_phase(self, phase: Phase) -> None:
        self.transport.show_phase(phase)
        film = self._film
        count = counted(self.tr("{n} stages").format(n=len(film.stages))) if film.stages else ""
        if self._problem is not None:
            count = say(self._problem)
        elif phase is Phase.READY and not film.stages:
            count = self.tr("Press Start, or Step for one stage at a time.")
        elif phase is Phase.READY:
            count = self.tr("A value was changed. Start makes the film anew.")
        if phase is Phase.READY and not self.transport.main.isEnabled():
            count = self.tr("A network is needed first, see above.")
        self.transport.say(count, in_time(film.milliseconds), tip=count)

    def retranslate(self) -> None:
        self.transport.set_start(self.tr("Start"))
        self.strip.set_name(self.tr("Stages"), self.tr("Every stage appears here, with the time it took."))
        self._speak()
        self._say_phase(self.transport.phase)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Period:
            self.step()
        elif event.key() == Qt.Key.Key_Space and self.toggle_pause():
            return
        else:
            super().keyPressEvent(event)
