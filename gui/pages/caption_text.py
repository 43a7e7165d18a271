"""The text room of the Caption tab: a start, what follows as bars, and text that goes on (lecture row 97)."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from engine.caption.session import Letter, Typed, what_follows, write_on
from engine.host import EngineHost
from engine.jobs import Event, JobRun, JobState
from engine.text import Text
from gui import theme
from gui.widgets.basics import LOOK_CHANGED, Chip, SliderRow, button, column, frame, label, row, rule
from gui.widgets.caption_bars import CaptionBars
from gui.widgets.columns import Columns
from gui.widgets.job_bar import JobBar
from gui.widgets.lens import Lens, explain

_LOOKING = Text("What comes next", "다음 글자 보기")
_WRITING = Text("Writing on", "이어 쓰기")
STARTS = ("나", "나는 ", "호랑이는 ", "The ", "Once upon a time ")
LETTER_MS, WRITTEN = 35, 220  # milliseconds between two characters; characters of one go
ROW97 = ("나", "는")  # what the lecture says: the second follows the first


class CaptionText(QWidget):
    """Type a start: the bars follow at once. Write on: characters are drawn, one after the other."""

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self._model, self._seed = "rnn-text", 0
        self._run: JobRun | None = None
        self._waiting: deque[Letter] = deque()
        self._written = self._begun = ""
        self._typed: Typed | None = None
        self._lecture: Typed | None = None
        self._shown = False
        self._titles = [label("section") for _ in range(3)]
        self.start, self.temperature = QLineEdit(), SliderRow(0.2, 2.0, 0.7, step=0.05, live=True)
        self.starts = [button(kind="secondary", size="compact") for _ in STARTS]
        self.length = SliderRow(20, 600, WRITTEN, step=20)
        self.paper, self.bar, self.bars = QTextEdit(), JobBar(host), CaptionBars()
        self._hint, self._how = label("small", wrap=True), label("caption", wrap=True)
        self._said, self._row97 = label("body", wrap=True, tone="slide"), label("body", wrap=True, tone="net")
        self._chip, self._here, self._source = Chip("slide"), Chip("measured"), label("caption", wrap=True)
        self.lens = Lens()
        self._lay_out()
        self._letters = QTimer(self)
        self._letters.setInterval(LETTER_MS)
        self._letters.timeout.connect(self._next_letter)
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.paper.setReadOnly(True)
        self.paper.setFrameShape(QTextEdit.Shape.NoFrame)
        start, ways, follows = self._titles
        left = QWidget()
        first, second = row(*self.starts[:3], None, gap=6), row(*self.starts[3:], None, gap=6)
        parts = (
            start,
            self.start,
            first,
            second,
            rule(),
            ways,
            self.temperature,
            self.length,
            rule(),
            self._source,
            None,
        )
        left.setLayout(column(*parts, gap=8, margins=(14, 14, 14, 14)))
        middle = QWidget()
        stage = frame("panel", column(self._hint, (self.paper, 1), gap=10, margins=(18, 14, 18, 14)))
        middle.setLayout(column((stage, 1), self.bar, gap=8))
        right = QWidget()
        told = (row(self._chip, None), self._said, row(self._here, None), self._row97)
        lecture = frame("well", column(*told, gap=6, margins=(12, 10, 12, 10)))
        right.setLayout(column(follows, self.bars, self._how, lecture, None, gap=10, margins=(14, 14, 14, 14)))
        self.columns = Columns(left, middle, right, self.lens)
        self.setLayout(column(self.columns, gap=0))

    def _connect(self) -> None:
        self.start.textEdited.connect(lambda _: self._restart())
        self.start.returnPressed.connect(self.write)
        for one, words in zip(self.starts, STARTS, strict=True):
            one.clicked.connect(lambda _=False, words=words: self.begin(words))
        self.temperature.changed.connect(lambda _: self._look())
        self.bar.start_asked.connect(self.write)
        self.bars.chosen.connect(self._take)

    def shown(self) -> None:
        """The room came to the front: the first bars."""
        if not self._shown:
            self._shown = True
            self._explain()
            if not self.start.text():
                self.start.setText(STARTS[0])
            self._restart()
            self._look_at_row97()

    def begin(self, words: str) -> None:
        """Start with these words."""
        self.start.setText(words)
        self._restart()

    def use(self, model: str) -> None:
        """Write with a run that has just learnt: its folder."""
        self._model = model
        self._shown = True
        self._restart()
        self._look_at_row97()

    def _restart(self) -> None:
        """Another start: what was written goes."""
        self._stop()
        self._written, self._begun = "", self.start.text()
        self._paint()
        self._look()

    def _stop(self) -> None:
        self._waiting.clear()
        self._letters.stop()
        if self._run is not None:
            self._run.cancel()

    def _look(self) -> None:
        """The bars of what follows now."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._typed = run.result
                self._show_bars()

        job = what_follows(self._begun + self._written, self.temperature.value(), "", self._model)
        self._host.start(_LOOKING, job, lane="interactive", owner=self, on_end=end)

    def _look_at_row97(self) -> None:
        """How likely this network finds what the lecture says."""

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._lecture = run.result
                self._say_row97()

        job = what_follows(ROW97[0], 1.0, ROW97[1], self._model)
        self._host.start(_LOOKING, job, lane="interactive", owner=self, on_end=end)

    def _show_bars(self) -> None:
        assert self._typed is not None
        likely = self._typed.next.likely
        self.bars.show_words(
            [_seen(c, self.tr("space"), self.tr("new line")) for c, _ in likely], [s for _, s in likely]
        )

    def _say_row97(self) -> None:
        self._said.setText(self.tr("From 나 and 잤다 the particle 는 follows."))
        words = self.tr("not asked yet")
        if self._lecture:
            share = 100 * self._lecture.share
            words = self.tr("After 나 this network says 는 with {share:.1f} %.").format(share=share)
        self._row97.setText(words)

    def _take(self, number: int) -> None:
        """A person takes a bar: it stands in the text."""
        if self._typed is None or self.writing:
            return
        self._written += self._typed.next.likely[number][0]
        self._paint()
        self._look()

    def write(self) -> None:
        """Go on from what stands there."""
        if self._letters.isActive():
            return
        self._seed += 1
        count = int(self.length.value())
        job = write_on(self._begun + self._written, self.temperature.value(), count, self._seed, self._model)
        self._run = self._host.start(
            _WRITING, job, lane="interactive", owner=self, on_events=self._came, on_end=self._ended
        )
        self._letters.start()

    def _came(self, events: list[Event]) -> None:
        self._waiting.extend(event for event in events if isinstance(event, Letter))

    def _ended(self, run: JobRun) -> None:
        self._run = None

    def _next_letter(self) -> None:
        """One more character from those that wait; its bars stand at the right."""
        if self._waiting:
            one = self._waiting.popleft()
            self._written += one.character
            self._paint()
            likely = one.next.likely
            stands = next((i for i, (c, _) in enumerate(likely) if c == one.character), -1)
            names = [_seen(c, self.tr("space"), self.tr("new line")) for c, _ in likely]
            self.bars.show_words(names, [s for _, s in likely], stands=stands)
        elif self._run is None:
            self._letters.stop()
            self._look()

    @property
    def text(self) -> str:
        """What stands on the paper."""
        return self._begun + self._written

    @property
    def writing(self) -> bool:
        """True while characters come."""
        return self._letters.isActive()

    def _paint(self) -> None:
        """The start in iris, what the network wrote in mint."""
        now = theme.current()
        self.paper.clear()
        cursor = QTextCursor(self.paper.document())
        for words, ink in ((self._begun, now.you), (self._written, now.net)):
            how = QTextCharFormat()
            how.setForeground(QColor(ink))
            how.setFont(theme.font("title", 500))
            cursor.insertText(words, how)
        self.paper.moveCursor(QTextCursor.MoveOperation.End)

    def _explain(self) -> None:
        from engine.caption.recipes import RNN_TEXT

        for one in (self.paper, self.bars, self.start):
            explain(one, RNN_TEXT.card.explanation)
        self.lens.explain(RNN_TEXT.card.explanation)

    def retranslate(self) -> None:
        words = (self.tr("Your start"), self.tr("How it chooses"), self.tr("What comes next"))
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        for one, start in zip(self.starts, STARTS, strict=True):
            one.setText(start.strip())
        self.start.setPlaceholderText(self.tr("Begin in Korean or English"))
        self.start.setAccessibleName(self.tr("Your start"))
        self.temperature.set_name(self.tr("Temperature"))
        self.length.set_name(self.tr("Characters"))
        self.paper.setAccessibleName(self.tr("The text"))
        self.bars.setAccessibleName(self.tr("The ten likeliest characters"))
        self._hint.setText(self.tr("Iris is yours, mint is the network’s. Type on the left, or take a bar."))
        self._how.setText(self.tr("Click a bar to take that character."))
        self._chip.setText(self.tr("slide said"))
        self._here.setText(self.tr("measured here"))
        self._source.setText(
            self.tr("Learnt from folk tales in Korean and English that we retold for this program: about 20 KB.")
        )
        self.bar.set_name(self.tr("Writing"))
        self.bar.set_start(self.tr("Write on"), self.tr("one character after the other"))
        self._say_row97()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in LOOK_CHANGED and hasattr(self, "paper"):
            self._paint()


def _seen(character: str, space: str, line: str) -> str:
    """A character as a row of the bars: those that cannot be seen by their name."""
    return {" ": f"␣ {space}", "\n": f"↵ {line}"}.get(character, character)
