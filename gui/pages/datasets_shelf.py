"""Where sets are: looking around, opening places, downloads, and four pictures for each card."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import data
from engine.data import browse, opened
from engine.data.browse import Around
from engine.data.imageset import DatasetCard
from engine.data.sources import get_dataset, source
from engine.jobs import Event, Job, JobRun, JobState, Progress
from engine.text import Text
from gui.pages.datasets_newest import Newest
from gui.pages.page import Page
from gui.widgets.set_list import SetList

LOOKING = Text("Looking for data sets", "데이터셋 찾기")
GETTING = Text("Downloading a data set", "데이터셋 받기")
READING = Text("Reading pictures", "사진 읽기")
FORGETTING = Text("Taking a set off the list", "목록에서 빼기")


class Shelf(QObject):
    """Keeps the list of sets true to what is on this machine.

    folder: the folder of data sets that was chosen in the window; None = as the settings say.

    Signals:
        looked: where the sets are is known (again).
        got: (str) a set was downloaded.
        mosaics_done: every card has its pictures, as far as they can be had.
    """

    looked = Signal()
    got = Signal(str)
    mosaics_done = Signal()

    def __init__(self, page: Page, sets: SetList) -> None:
        super().__init__(page)
        self._page, self._sets = page, sets
        self.folder: Path | None = None
        self.around: Around | None = None
        self._looking = Newest(page, lane="io")
        self._mosaics = Newest(page, lane="io")  # gives way to all that a person waits for
        self._tried: set[str] = set()
        self._downloads: dict[str, JobRun] = {}
        sets.get_asked.connect(self.get)
        sets.get_stopped.connect(self._stop)
        sets.forget_asked.connect(self._forget)

    @property
    def busy(self) -> bool:
        """True while it looks around, or fetches pictures for cards."""
        return self._looking.busy or self._mosaics.busy

    @property
    def looking(self) -> bool:
        return self._looking.busy

    @property
    def filling(self) -> bool:
        """True while pictures for cards are fetched."""
        return self._mosaics.busy

    def place(self, id: str) -> Path | None:
        """Where a set is, None when it is not here or not known."""
        return self.around.places.get(id) if self.around else None

    def look(self) -> None:
        """Look where the sets are."""
        self._looking.ask(LOOKING, browse.look_around(self.folder), self._looked)

    def _looked(self, run: JobRun) -> None:
        if run.state is not JobState.DONE:
            return
        self.around = found = run.result
        assert isinstance(found, Around)
        here = {id for id, place in found.places.items() if place}
        sizes = {}
        for card in found.cards:
            known = source(card.id)
            if known is not None:
                sizes[card.id] = known.bytes
        self._sets.show_sets(found.cards, here, found.opened, sizes)
        self.looked.emit()

    # Four pictures for each card

    def wait(self) -> None:
        """Something that a person waits for comes first."""
        self._mosaics.cancel()

    def fill_cards(self) -> None:
        """Fetch the pictures of the next card that has none."""
        if self._mosaics.busy or self.around is None:
            return
        for card in self.around.cards:
            place = self.around.places[card.id]
            if place and card.id not in self._tried:
                job = browse.attempt(browse.mosaic(card, place))
                self._mosaics.ask(READING, job, partial(self._filled, card.id))
                return
        self.mosaics_done.emit()

    def _filled(self, id: str, run: JobRun) -> None:
        self._tried.add(id)  # a damaged set is told in words when a person opens it
        if run.state is JobState.DONE and run.result is not None and not isinstance(run.result, Text):
            card = self._sets.cards.get(id)
            if card is not None:
                card.show_pictures(run.result)
        self.fill_cards()

    def forget_pictures(self, id: str) -> None:
        """The set of this card has changed."""
        self._tried.discard(id)

    # Downloads

    def get(self, id: str) -> None:
        """Download a set into the folder of data sets."""
        if id in self._downloads:
            return
        known = source(id)
        self._sets.show_progress(id, 0, known.bytes if known else 1, "")
        self._downloads[id] = self._page.host.start(
            GETTING,
            get_dataset(id, root=self.folder),
            lane="download",
            owner=self._page,
            on_events=partial(self._gets, id),
            on_end=partial(self._ended, id),
        )

    def _gets(self, id: str, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Progress) and event.total:
                words = f"{event.done / 1e6:,.1f} / {event.total / 1e6:,.1f} MB"
                self._sets.show_progress(id, event.done, event.total, words)

    def _ended(self, id: str, run: JobRun) -> None:
        self._downloads.pop(id, None)
        self._sets.show_progress(id, 0, 0)
        if run.state is JobState.DONE:
            self.forget_pictures(id)
            self.look()
            self.got.emit(id)

    def _stop(self, id: str) -> None:
        if run := self._downloads.get(id):
            run.cancel()

    # Opened places

    def opened(self, cards: tuple[DatasetCard, ...]) -> None:
        """These sets were opened: they are on the list now, and their pictures are fetched anew.

        A folder with sets that have cards of their own becomes the folder of data sets, if there is none yet.
        """
        for card in cards:
            self.forget_pictures(card.id)
        own = [card for card in cards if any(card.id == known.id for known in data.DATASETS)]
        place = next((kept for card in own if (kept := opened.place_of(card.id))), None)
        if place is not None and place.is_dir() and self._page.context.settings.data() is None:
            self.folder = place
            self._page.context.change(data_folder=str(place))
        self.look()

    def _forget(self, id: str) -> None:
        def job() -> Job:
            yield Progress(0, 1)
            opened.forget(id)

        self._page.host.start(FORGETTING, job(), lane="io", owner=self._page, on_end=lambda _: self.look())
