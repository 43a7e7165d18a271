"""One picture or two on the stage of Live: all networks over one, or two of them side by side (lecture row 87)."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QCoreApplication

from engine.live.overlays import Classified, Covered, Result
from engine.live.seen import Seen
from gui.pages.live_session import LiveSession
from gui.pages.live_setup import LiveSetup
from gui.pages.live_shown import Drawn, draw, percent, split
from gui.pages.live_stage import LiveStage
from gui.words import say

_NAMES = 3  # of a classifier, written over its pane


class LivePanes:
    """Brings what was drawn to one view or two, with words over each."""

    def __init__(self, session: LiveSession, stage: LiveStage, setup: LiveSetup) -> None:
        self._session, self._stage, self._setup = session, stage, setup

    def show(self, drawn: Drawn) -> None:
        """The picture, and when two networks stand side by side the same one again."""
        self._stage.view.show_frame(drawn.seen.picture, drawn.over)
        if drawn.second is not None and self._session.look.value.split:
            self._stage.second.show_frame(drawn.seen.picture, drawn.second)

    def draw_again(self) -> None:
        """The last picture, drawn as the look now is."""
        last = self._session.last
        if last is not None:
            self.show(draw(last.seen, self._session.look.value))

    def set_split(self, on: bool) -> None:
        """Two networks side by side, or all over one picture."""
        self._session.look.replace(dataclasses.replace(self._session.look.value, split=on))
        self._stage.second.setVisible(on)
        if self._session.paused:
            self.draw_again()

    def clear(self) -> None:
        """No picture."""
        for view in (self._stage.view, self._stage.second):
            view.show_frame(None)
            view.show_words()

    def say(self, seen: Seen) -> None:
        """What is covered and why, which networks are being opened; side by side also what each pane shows."""
        covered = [(said, "warn") for r in seen.results if isinstance(r, Covered) and (said := say(r.why))]
        waiting = [say(card.name) for card in self._setup.overlays.cards(seen.waiting)]
        opening = QCoreApplication.translate("LivePanes", "Opening: {names}").format(names=", ".join(waiting))
        words = [*covered, *([(opening, "info")] if waiting else [])]
        if not self._session.look.value.split:
            self._stage.view.show_words(*words)
            return
        left, right = (self._words(seen, results) for results in split(seen.results))
        self._stage.view.show_words(*words, *left)
        missing = [(QCoreApplication.translate("LivePanes", "Switch on a second network at the left"), "info")]
        self._stage.second.show_words(*covered, *(right or missing))

    def _words(self, seen: Seen, results: tuple[Result, ...]) -> list[tuple[str, str]]:
        """Which networks a pane shows, the milliseconds each took, and what a classifier answers."""
        words: list[tuple[str, str]] = []
        for result in results:
            if isinstance(result, Covered):
                continue
            name = next((say(card.name) for card in self._setup.overlays.cards((result.overlay,))), result.overlay)
            took = seen.timings.infer_by.get(result.overlay)
            words.append((f"{name} · {took:.0f} ms" if took is not None else name, "net"))
            if isinstance(result, Classified):
                pairs = list(zip(result.names, result.probabilities, strict=True))[:_NAMES]
                words += [(f"{say(answer)} {percent(float(share))}", "net") for answer, share in pairs]
        return words
