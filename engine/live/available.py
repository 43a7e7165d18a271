"""Which overlays there are on this machine, and opening them beside the running picture."""

from __future__ import annotations

import threading
from pathlib import Path

from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.live.overlays import BUILT_IN, CLASSIFY, DIGITS, FACES, STYLE, Kind, OverlayCard
from engine.live.seers import Seer
from engine.memory import Kept
from engine.text import Text
from engine.zoo.weights import bundled

LOOKING = Text("Looking for what can be laid over the picture", "화면에 얹을 수 있는 것을 찾는 중")
_KEPT_MOST = 4  # opened networks that wait for their next use
_kept: Kept[str, Seer] = Kept(_KEPT_MOST)


def overlays() -> Job:
    """Every overlay there is, those that are here first; a job, returns a tuple of `OverlayCard`."""
    yield Progress(0, 0, LOOKING)
    from engine.live import official_live, ours
    from engine.live.own import own_overlays

    own = yield from own_overlays()
    found = [*BUILT_IN, *_style(), *own, *ours.bundled_overlays(), *official_live.official_overlays()]
    return tuple(sorted(found, key=lambda card: not card.here))


def _style() -> list[OverlayCard]:
    """The fast painter, where its weights came with this copy."""
    try:
        bundled(STYLE.id)
    except LabError:
        return []
    return [STYLE]


def card_of_onnx(path: Path) -> Job:
    """The card of a person's own YOLO-family file, opened to see whether it is one; a job. Raises `LabError`."""
    yield Progress(0, 0, LOOKING)
    from engine.live.yolo_onnx import open_onnx

    seer = open_onnx(path)
    _kept.put(seer.card.id, seer)
    return seer.card


def opened(id: str) -> Seer:
    """The overlay of this id, its network built. Raises `LabError` when it cannot be."""
    if id == CLASSIFY.id:
        from engine.live.ours import open_classifier

        return open_classifier()
    if id == FACES.id:
        from engine.live.faces import FaceSeer

        return FaceSeer()
    if id == DIGITS.id:
        from engine.live.digits import DigitSeer

        return DigitSeer()
    if id == STYLE.id:
        from engine.live.style_seer import open_style

        return open_style()
    kind, colon, rest = id.partition(":")
    if colon and kind == "onnx":
        from engine.live.yolo_onnx import open_onnx

        return open_onnx(Path(rest))
    if colon and kind == "taught":
        from engine.live.own import open_taught

        return open_taught(Path(rest))
    from engine.live import official_live, ours

    if colon and kind == "run":
        return ours.open_ours(ours.run_overlay(Path(rest)))
    mine = next((card for card in ours.bundled_overlays() if card.id == id), None)
    return ours.open_ours(mine) if mine else official_live.open_overlay(id)


def usual(kind: Kind) -> str:
    """The id of the overlay that is used for a kind when none is named. Raises `LabError` when none is here."""
    for card in BUILT_IN:
        if card.kind is kind:
            return card.id
    from engine.live import official_live, ours

    here = [*ours.bundled_overlays(), *(c for c in official_live.official_overlays() if c.here)]
    for card in sorted(here, key=lambda card: card.id != "people-yolo-mini"):
        if card.kind is kind:
            return card.id
    text = Text(
        "No network that can do “{kind}” is on this machine. Import or download one (models list), or name a file with --model.",
        "‘{kind}’ 작업을 할 신경망이 없어요. 가져오거나 받거나(models list), --model로 파일을 지정해 주세요.",
    )
    raise LabError(text(kind=kind.value))


class Desk:
    """Opens overlays on a thread beside the running picture, one after another; keeps some for the next time."""

    def __init__(self) -> None:
        self._wanted: list[str] = []
        self._asked: set[str] = set()
        self._opened: list[tuple[str, Seer | LabError]] = []
        self._thread: threading.Thread | None = None
        self._over = False
        self._lock = threading.Lock()

    def open(self, id: str) -> Seer:
        """Open now, on this thread. Raises `LabError`."""
        return _kept.take(id) or opened(id)

    def want(self, id: str) -> None:
        """Ask for an overlay; `opened` tells when it is there."""
        if id in self._asked:
            return
        self._asked.add(id)
        kept = _kept.take(id)
        with self._lock:
            if kept is not None:
                self._opened.append((id, kept))
                return
            self._wanted.append(id)
            if self._thread is None:
                # never a daemon, as threads of the window's lanes are: killed inside torch it takes the program along
                self._thread = threading.Thread(target=self._work, name="live overlay opener", daemon=False)
                self._thread.start()

    def opened(self) -> list[tuple[str, Seer | LabError]]:
        """What came since the last time: a seer, or why there is none."""
        with self._lock:
            found, self._opened = self._opened, []
        self._asked -= {id for id, _ in found}
        return found

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    return
                id = self._wanted.pop(0)
            try:
                found: Seer | LabError = opened(id)
            except LabError as error:
                found = error
            with self._lock:
                late = self._over
                if not late:
                    self._opened.append((id, found))
            if late and not isinstance(found, LabError):
                _keep({id: found})

    def give_back(self, seers: dict[str, Seer]) -> None:
        """Keep the opened overlays for whoever asks next. One that is just being opened is kept when it is ready.

        That is not waited for: leaving a source takes no longer than its last frame.
        """
        with self._lock:
            self._wanted.clear()
            self._over = True
        _keep({**{id: found for id, found in self.opened() if not isinstance(found, LabError)}, **seers})


def _keep(seers: dict[str, Seer]) -> None:
    for id, seer in seers.items():
        _kept.put(id, seer)
