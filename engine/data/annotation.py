"""All that a person changes in one set of photographs, with every step back and forth for each picture.

The marks of a picture are never kept: they are what its set says, with the steps done since applied one after
another. So memory holds steps alone, and of those only the newest: a step that the draft on disk holds may be
let go of and read again when it is wanted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.data.edits import Edit, size_of
from engine.data.photoset import PhotoSet
from engine.text import Text, same

MEMORY = 64 * 1024 * 1024  # bytes of steps, in all pictures together
VOID = 255  # what a mask that is worked on holds where no class is, as in Pascal VOC
_AT_ONCE = 256  # steps read again together
Place: TypeAlias = tuple[int, int]  # first byte and length of a step in the draft
Move: TypeAlias = tuple[bool, "Edit | Place | None"]  # True: to be applied, False: to be undone


@dataclass(slots=True, eq=False)
class Step:
    """One edit; `edit` is None while only the draft holds it, at `place`."""

    edit: Edit | None
    place: Place | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the draft: what was done, in which picture of the set. Numbered without gaps from 1."""

    number: int
    what: Literal["do", "undo", "redo", "class", "saved"]
    index: int = -1
    step: Step | None = None
    edit: Edit | None = None
    name: str = ""


@dataclass(slots=True)
class _Trail:
    """The steps of one picture, and how its marks follow from those of the set.

    baked: how many of `done` the set holds, since it was saved with them.
    back:  steps the set holds that were undone and can no longer be done again, in the order they were undone.
    """

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    baked: int = 0
    back: list[Step] = field(default_factory=list)

    @property
    def unsaved(self) -> int:
        return len(self.back) + abs(len(self.done) - self.baked)

    def push(self, step: Step) -> None:
        below = self.baked - len(self.done)
        if below > 0:
            self.back.extend(self.undone[-below:])
            del self.undone[-below:]
            self.baked = len(self.done)
        for old in self.undone:
            old.gone = True
        self.undone.clear()
        self.done.append(step)

    def way(self) -> list[Move]:
        """What leads from the set's marks to those of now."""
        below = self.baked - len(self.done)
        undone = [*self.back, *(self.undone[-below:] if below > 0 else ())]
        return [(False, step.edit or step.place) for step in undone] + [
            (True, step.edit or step.place) for step in self.done[self.baked :]
        ]

    def bake(self) -> None:
        for step in self.back:
            step.gone = True
        self.baked, self.back = len(self.done), []


class Annotation:
    """The changes to one set, by picture index; used by one thread."""

    def __init__(self, base: PhotoSet, *, memory: int = MEMORY) -> None:
        self.base = base
        self.classes: tuple[Text, ...] = base.classes
        self._trails: dict[int, _Trail] = {}
        self._limit = memory
        self._in_memory: deque[Step] = deque()
        self._bytes = 0
        self._said: list[Said] = []
        self._count = 0

    # What a hand does

    def do(self, index: int, edit: Edit) -> None:
        """Keep an edit of picture `index`; what was undone there before can no longer be done again."""
        step = Step(edit)
        self._trails.setdefault(index, _Trail()).push(step)
        self._remember(step)
        self._say("do", index, step)

    def next_back(self, index: int) -> Step | None:
        """The step that `undo` would take back; its edit is None when it has to be read from the draft first."""
        trail = self._trails.get(index)
        return trail.done[-1] if trail and trail.done else None

    def next_again(self, index: int) -> Step | None:
        """The step that `redo` would do again; likewise."""
        trail = self._trails.get(index)
        return trail.undone[-1] if trail and trail.undone else None

    def undo(self, index: int) -> None:
        """Take the last step of picture `index` back."""
        trail = self._trails[index]
        trail.undone.append(trail.done.pop())
        self._say("undo", index)

    def redo(self, index: int) -> None:
        """Do the step that was last taken back again."""
        trail = self._trails[index]
        trail.done.append(trail.undone.pop())
        self._say("redo", index)

    def add_class(self, name: str) -> int:
        """Index of the class called so; a new one at the end where there is none."""
        for i, known in enumerate(self.classes):
            if name.strip().casefold() in (known.en.casefold(), known.ko.casefold()):
                return i
        self.classes = (*self.classes, same(name.strip()))
        self._count += 1
        self._said.append(Said(self._count, "class", name=name.strip()))
        return len(self.classes) - 1

    # What is to be known of it

    @property
    def unsaved(self) -> int:
        """How many steps lie between now and the last save."""
        return sum(t.unsaved for t in self._trails.values()) + len(self.classes) - len(self.base.classes)

    @property
    def touched(self) -> tuple[int, ...]:
        """The pictures in which something is not saved, in order."""
        return tuple(sorted(i for i, trail in self._trails.items() if trail.unsaved))

    @property
    def bytes(self) -> int:
        """Memory that the steps take, about."""
        return self._bytes

    def way(self, index: int) -> tuple[Move, ...]:
        """What leads from the set's marks of picture `index` to those of now, in order; for `draft.marks_now`."""
        trail = self._trails.get(index)
        return tuple(trail.way()) if trail else ()

    def saved(self, base: PhotoSet) -> None:
        """All that was done up to now is in `base`, the same pictures with their new marks; steps can still go back."""
        if len(base) != len(self.base):
            raise ValueError("another set")
        self.base = base
        self.classes = (*base.classes, *self.classes[len(base.classes) :])
        self._bake()
        self._count += 1
        self._said.append(Said(self._count, "saved"))

    # The draft

    def said(self) -> tuple[Said, ...]:
        """What the draft does not hold yet."""
        return tuple(self._said)

    def written(self, upto: int, places: Iterable[tuple[Step, Place]]) -> None:
        """The draft holds all up to number `upto`; memory above the limit is given back."""
        self._said = [said for said in self._said if said.number > upto]
        for step, place in places:
            step.place = place
        self._give_back()

    def missing(self, index: int, *, back: bool) -> tuple[Step, ...]:
        """The steps to read from the draft before `undo` (`back`) or `redo` can go on."""
        trail = self._trails.get(index, _Trail())
        steps = (trail.done if back else trail.undone)[-_AT_ONCE:]
        return tuple(step for step in steps if step.edit is None)

    def refill(self, steps: Sequence[Step], edits: Sequence[Edit]) -> None:
        """Steps read from the draft have their edits again."""
        for step, edit in zip(steps, edits, strict=True):
            if step.edit is None and not step.gone:
                step.edit = edit
                self._remember(step)

    def replay(self, said: Said) -> None:
        """Take up one line of a draft. Raises `ValueError` where it does not fit what came before."""
        if said.number != self._count + 1:
            raise ValueError(f"line {said.number} after line {self._count}")
        if said.what == "class":
            if all(said.name != known.en for known in self.classes):  # the set holds it when it was saved since
                self.classes = (*self.classes, same(said.name))
        elif said.what == "saved":
            self._bake()
        else:
            self._replay_step(said)
        self._count, self._said = said.number, []
        self._give_back()

    def _replay_step(self, said: Said) -> None:
        if not 0 <= said.index < len(self.base):
            raise ValueError(f"no picture {said.index} in the set")
        if said.what == "do" and said.step:
            self._trails.setdefault(said.index, _Trail()).push(said.step)
            self._remember(said.step)
            return
        step = self.next_back(said.index) if said.what == "undo" else self.next_again(said.index)
        if step is None:
            raise ValueError(f"nothing to {said.what} in picture {said.index}")
        (self.undo if said.what == "undo" else self.redo)(said.index)

    # Inside

    def _say(self, what: Literal["do", "undo", "redo"], index: int, step: Step | None = None) -> None:
        self._count += 1
        edit = step.edit if step else None
        self._said.append(Said(self._count, what, index, step, edit))

    def _bake(self) -> None:
        for trail in self._trails.values():
            trail.bake()

    def _remember(self, step: Step) -> None:
        if step.edit is not None:
            self._in_memory.append(step)
            self._bytes += size_of(step.edit)

    def _give_back(self) -> None:
        """Let the oldest steps go that the draft holds, until half of the limit is free."""
        if self._bytes <= self._limit:
            return
        kept: deque[Step] = deque()
        while self._in_memory and self._bytes > self._limit // 2:
            step = self._in_memory.popleft()
            if step.edit is None:
                continue
            if step.place is None and not step.gone:
                kept.append(step)  # not on disk yet
                continue
            self._bytes -= size_of(step.edit)
            step.edit = None
        self._in_memory.extendleft(reversed(kept))
