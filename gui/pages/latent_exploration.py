"""The one place a hand stands at in the Explore room: the open generator, the code, its picture. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.host import EngineHost
from engine.jobs import Job, JobRun, JobState
from engine.latent import favourites
from engine.latent.begin import Pictures
from engine.latent.explorer import (
    Alike,
    Dream,
    Explored,
    Wall,
    alike,
    between,
    code_of,
    dream_of,
    landed,
    layers_of,
    open_to_explore,
    real_pictures,
    wall_of,
    wander,
)
from engine.text import Text
from gui.pages.latent_place import Place

OPENING = Text("Opening a generator", "생성기를 여는 중")
MAKING = Text("Making pictures", "그림을 만드는 중")
READING = Text("Reading pictures", "그림을 읽는 중")
FINDING = Text("Finding the code of a picture", "그림의 코드를 찾는 중")
KEEPING = Text("Keeping", "보관하는 중")
STRAIGHT, ARC, RANDOM = range(3)
EXPORTED = 60  # pictures of a film that is written


class Exploration(QObject):
    """Every question of the room as a job; what comes for a generator that was left is not told.

    Signals:
        opened: (Explored). moved: the hand stands at another code. dreamt: (Dream) its picture.
        walled: (Wall) samples of the seed. filmed: (Wall) of the path. kept: (Wall). landed: (Landed) real pictures.
        found: (Alike). layered: (tuple of Layer). sought: (ndarray) the picture whose code was found.
        read: (int) how many real pictures there are. written: (Path).
    """

    opened = Signal(object)
    moved = Signal()
    dreamt = Signal(object)
    walled = Signal(object)
    filmed = Signal(object)
    kept = Signal(object)
    landed = Signal(object)
    found = Signal(object)
    layered = Signal(object)
    sought = Signal(object)
    read = Signal(int)
    written = Signal(object)

    def __init__(self, host: EngineHost, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self.explored: Explored | None = None
        self.place: Place | None = None
        self.dream: Dream | None = None
        self.wall: Wall | None = None
        self.film: Wall | None = None
        self.favourites: Wall | None = None
        self.real: Pictures | None = None
        self.seed, self._number = 0, 0
        self._asked: list[JobRun] = []
        self._dreaming = self._wants = False

    def ask(self, name: Text, job: Job, take: Callable[[Any], None]) -> None:
        """Start a job; what it brings is taken unless another generator was opened meanwhile, or was being opened."""
        number, explored = self._number, self.explored

        def end(run: JobRun) -> None:
            still = name is OPENING or self.explored is explored
            if run.state is JobState.DONE and number == self._number and still:
                take(run.result)

        lane = "interactive" if name in (OPENING, MAKING) else "io"
        self._asked = [run for run in self._asked if not run.state.final]
        self._asked.append(self._host.start(name, job, lane=lane, owner=self, on_end=end))

    def open(self, which: str) -> None:
        """Open a generator and all that belongs to it."""
        self._number += 1
        for run in self._asked:  # what the one before still reads is of no use
            run.cancel()
        self.ask(OPENING, open_to_explore(which), self._take)

    def _take(self, explored: Explored) -> None:
        self.explored, self.real, self.film, self.dream = explored, None, None, None
        start = np.zeros(2, np.float32) if explored.model.latent == 2 else explored.first[0]
        self.place = Place(start, start)
        for letter, code in zip("AB", explored.first[1:], strict=True):
            self.place.marks[letter] = (code, 0)
        self.opened.emit(explored)
        self.moved.emit()
        self.dream_now()
        self.ask(KEEPING, favourites.kept_of(explored), self._take_kept)
        self.ask(READING, real_pictures(explored), self._take_real)

    # Where the hand is

    def go(self, z: np.ndarray, label: int | None = None) -> None:
        """Stand at another code; one of the generator that was open before is no place here."""
        if self.place is not None and len(z) == len(self.place.z):
            self.place.go(z, label)
            self.moved.emit()
            self.dream_now()

    def dream_now(self) -> None:
        """Ask for this place's picture; one at a time, the newest wish wins."""
        if self.explored is None or self.place is None:
            return
        if self._dreaming:
            self._wants = True
            return
        self._dreaming, self._wants = True, False
        explored = self.explored

        def end(run: JobRun) -> None:
            self._dreaming = False
            if run.state is JobState.DONE and self.explored is explored:
                self.dream = run.result
                self.dreamt.emit(run.result)
            if self._wants:
                self.dream_now()

        job = dream_of(explored, self.place.z, self.place.label)
        self._host.start(MAKING, job, lane="interactive", owner=self, on_end=end)

    # Samples and paths

    def new_wall(self, *, truncation: float, label: int | None, go: bool = False) -> None:
        """Samples of this seed; `go` stands at the first of them."""
        if self.explored is None:
            return

        def take(wall: Wall) -> None:
            self.wall = wall
            self.walled.emit(wall)
            if go:
                self.go(wall.z[0], int(wall.labels[0]))

        self.ask(MAKING, wall_of(self.explored, seed=self.seed, truncation=truncation, label=label), take)

    def path_job(self, way: int, count: int) -> Job | None:
        """The film from A to B, or of a random walk that begins here; None where A or B is missing."""
        if self.explored is None or self.place is None:
            return None
        place = self.place
        if way == RANDOM:
            return wander(self.explored, place.z, label=place.label, seed=self.seed, count=count)
        (a, label), (b, _) = place.marks["A"], place.marks["B"]
        return between(self.explored, a, b, label=label, count=count, arc=way == ARC)

    def show_path(self, way: int, count: int) -> None:
        """Make that film."""
        if (job := self.path_job(way, count)) is not None:
            self.ask(MAKING, job, self._take_film)

    def _take_film(self, wall: Wall) -> None:
        self.film = wall
        self.filmed.emit(wall)

    # Kept, sought, real

    def keep(self) -> None:
        """Keep this place."""
        if self.explored is not None and self.place is not None:
            job = favourites.keep(self.explored, self.place.z, self.place.label)
            self.ask(KEEPING, job, self._take_kept)

    def forget(self, number: int) -> None:
        """Let one of the kept go."""
        if self.explored is not None and number >= 0:
            self.ask(KEEPING, favourites.let_go(self.explored, number), self._take_kept)

    def _take_kept(self, wall: Wall) -> None:
        self.favourites = wall
        self.kept.emit(wall)

    def seek(self, picture: Path | np.ndarray) -> None:
        """Go to the code whose picture is most like this one."""

        def take(result: tuple[np.ndarray, int, np.ndarray]) -> None:
            z, label, shown = result
            self.sought.emit(shown)
            self.go(z, label)

        if self.explored is not None:
            self.ask(FINDING, code_of(self.explored, picture), take)

    def _take_real(self, real: Pictures) -> None:
        self.real = real
        self.read.emit(len(real))
        if self.explored is not None and self.explored.model.kind in ("vae", "ae"):
            self.ask(READING, landed(self.explored, real), self.landed.emit)

    def look_closer(self, *, layers: bool) -> None:
        """The hand rests: the real pictures most like this one, and the layers where wanted."""
        if self.explored is None or self.place is None or self.dream is None:
            return
        if self.real is not None:
            self.ask(READING, alike(self.real, self.dream.image), self._found)
        if layers:
            self.ask(MAKING, layers_of(self.explored, self.place.z, self.place.label), self.layered.emit)

    def _found(self, found: Alike) -> None:
        self.found.emit(found)

    def export(self, to: Path, *, whole_map: bool, way: int) -> None:
        """A .png gets the map or the samples, a .mp4 or .gif the film of the path."""
        if self.explored is None:
            return
        if to.suffix.lower() in (".mp4", ".gif"):
            if (job := self.path_job(way, EXPORTED)) is not None:
                self.ask(KEEPING, favourites.exported(job, to), self.written.emit)
            return
        images = self.explored.map if whole_map else self.wall.images if self.wall is not None else None
        if images is not None:
            self.ask(KEEPING, favourites.export(to, images), self.written.emit)
