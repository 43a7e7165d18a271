"""How a training is doing, in the title row of its charts: a word, its evidence, and on a click all that was found."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from engine.train.verdict import Verdict, verdicts
from gui.widgets.basics import Chip, Icon, column, label, role, row
from gui.widgets.clickable import Clickable
from gui.widgets.room import is_small
from gui.widgets.run_curves import RunCurves
from gui.words import say

MOST, MOST_SMALL = 3, 2  # findings shown at once, and in a small window


class VerdictLine(QWidget):
    """The verdict as a chip that can be pressed, and its evidence beside it.

    Signals:
        pressed: show or hide what was found.
    """

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chip, self.evidence = Chip("good"), label("small")
        self._press = Clickable("clickable")
        self._press.setLayout(row(self.chip, gap=0, margins=(2, 2, 2, 2)))
        self._press.clicked.connect(self.pressed)
        self._found: tuple[Verdict, ...] = ()
        policy = self.evidence.sizePolicy().Policy
        self.evidence.setMinimumWidth(0)
        self.evidence.setSizePolicy(policy.Ignored, policy.Preferred)
        self._press.setSizePolicy(policy.Fixed, policy.Fixed)
        self.setLayout(row(self._press, (self.evidence, 1000), None, gap=6))  # the rest stays at the right when hidden

    def show_verdicts(self, found: tuple[Verdict, ...]) -> None:
        """Show the first of these; nothing while it is too early to say."""
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        first = self._found[0] if self._found else None
        told = first is not None and first.kind != "early"
        self._press.setVisible(told)
        self.evidence.setText(say(first.evidence) if first and told else "")
        if first is None or not told:
            return
        self.chip.set_kind("good" if first.silent else "warn")
        self.chip.setText(say(first.words))
        words = f"{say(first.words)}. {say(first.evidence)}"
        self._press.setAccessibleName(words)
        self._press.setToolTip(words)
        self.evidence.setToolTip(words)
        self.evidence.setVisible(not is_small(self))

    def room_changed(self, small: bool) -> None:
        """In a small window the evidence is one press away."""
        self.evidence.setVisible(not small)


class _Finding(QWidget):
    """One verdict in full: word and evidence, and what to try."""

    def __init__(self) -> None:
        super().__init__()
        self._chip, self._evidence = Chip("warn"), label("small", wrap=True)
        self._remedy, self._icon = label("small", wrap=True), Icon("lightning", "you", 12)
        self._try = QWidget()
        self._try.setLayout(row(self._icon, (self._remedy, 1), gap=6))
        self.setLayout(column(row(self._chip, (self._evidence, 1), gap=8), self._try, gap=3))

    def show_verdict(self, found: Verdict) -> None:
        self._chip.set_kind("good" if found.silent else "warn")
        self._chip.setText(say(found.words))
        self._evidence.setText(say(found.evidence))
        self._remedy.setText(say(found.remedy))
        self._try.setVisible(bool(self._remedy.text()))

    def texts(self) -> tuple[str, str, str]:
        """Word, evidence, remedy, as they are read."""
        return self._chip.text(), self._evidence.text(), self._remedy.text()


class Findings(QFrame):
    """All that was found in a run, causes first. Opens under the title row."""

    def __init__(self) -> None:
        super().__init__()
        role(self, "well")
        self._found: tuple[Verdict, ...] = ()
        self._rows = [_Finding() for _ in range(MOST)]
        self._note: QLabel = label("caption", wrap=True)
        self.setLayout(column(*self._rows, self._note, gap=10, margins=(12, 10, 12, 10)))
        self.hide()

    def show_verdicts(self, found: tuple[Verdict, ...]) -> None:
        """Show these."""
        self._found = found[: MOST_SMALL if is_small(self) else MOST]
        self.retranslate()

    def room_changed(self, small: bool) -> None:
        """The charts keep their room in a small window."""
        self._note.setVisible(not small)

    def retranslate(self) -> None:
        self._note.setVisible(not is_small(self))
        for one, shown in zip(self._rows, (*self._found, *(None,) * MOST), strict=False):
            one.setVisible(shown is not None)
            if shown is not None:
                one.show_verdict(shown)
        self._note.setText(self.tr("Judged at each check from the curves and from what lies behind them."))

    def texts(self) -> list[tuple[str, str, str]]:
        """Word, evidence and remedy of each finding shown."""
        return [one.texts() for one, _ in zip(self._rows, self._found, strict=False)]


def judge(run: RunCurves | None) -> tuple[Verdict, ...]:
    """What is to be said of a run; () of none."""
    return verdicts(run.story()) if run else ()
