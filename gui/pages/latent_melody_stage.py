"""The stage of the melody lesson: a small LSTM writes a tune, shown as a piano roll and played (lecture row 114)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from engine.host import EngineHost
from engine.jobs import Event, Job, JobRun, JobState
from engine.latent.melody_tunes import Note, Tune, known_tunes
from engine.text import Text
from gui.widgets.basics import SliderRow, button, column, label, panel, row
from gui.widgets.game_chart import GameChart
from gui.widgets.latent_roll import PianoRoll
from gui.widgets.retold import Retold
from gui.widgets.sound_out import SoundOut

_READING = Text("Reading tunes", "곡을 읽는 중")
_WRITING = Text("Writing a melody", "멜로디 쓰는 중")
_LEARNING = Text("Learning melodies", "멜로디 학습")
_SAVING = Text("Saving a melody", "멜로디 저장")
GIVEN = 6  # notes of a tune that the network goes on from


class MelodyStage(Retold, QWidget):
    """Write, listen, keep; or teach the network anew and write with that one.

    Signals:
        written: a melody is on the roll. tunes_known: (tuple of Tune) what it learnt from.
    """

    written = Signal()
    tunes_known = Signal(object)

    def __init__(self, host: EngineHost) -> None:
        super().__init__()
        self._host = host
        self.roll, self.curve = PianoRoll(), GameChart("info", places=2)
        self.curve.setFixedHeight(132)
        self.write, self.listen, self.save = button("sparkle", "primary"), button("play-fill"), button("export")
        self.learn = button("arrow-counter-clockwise", "secondary")
        self.warmth = SliderRow(0.2, 1.6, 0.8, step=0.05)
        self.start = QComboBox()
        self.start.setMinimumContentsLength(12)
        self.start.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sound = SoundOut(self)
        self._title, self._words, self._told = label("title"), label("caption", wrap=True), label("small", wrap=True)
        self._start_words = label("small")
        self._tunes: tuple[Tune, ...] = ()
        self._which, self._seed, self._copied, self._silent = "melody", 0, -1, False
        self._saved = ""
        self.teaching: JobRun | None = None
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        hands = row(self.write, self.listen, self.save, None, self._start_words, (self.start, 1), gap=8)
        top = panel(
            row(self._title, None, self.learn, gap=10),
            self._words,
            row((self.warmth, 1), gap=10),
            hands,
            (self.roll, 1),
            self._told,
            gap=10,
            pad=14,
        )
        self._foot = panel(self.curve, gap=4, pad=12)
        self._foot.hide()
        self.setLayout(column((top, 1), self._foot, gap=8))

    def _connect(self) -> None:
        self.write.clicked.connect(lambda: self.compose(self._seed + 1))
        self.listen.clicked.connect(self._listen)
        self.save.clicked.connect(self._ask_save)
        self.learn.clicked.connect(self.teach)
        self.sound.moved.connect(self._sounds)
        self.sound.ended.connect(self._silence)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The melody on the roll."""
        return self.roll.notes

    def begin(self) -> None:
        """The lesson came up: a first melody, without a click."""
        if not self._tunes:
            self._host.start(_READING, known_tunes(), lane="io", owner=self, on_end=self._take_tunes)
        if not self.notes:
            self.compose(self._seed)

    def _take_tunes(self, run: JobRun) -> None:
        if run.state is not JobState.DONE or self._tunes:
            return
        self._tunes = run.result
        self.tunes_known.emit(self._tunes)
        self.start.addItem("", ())
        for tune in self._tunes:
            self.start.addItem(tune.name, tune.notes[:GIVEN])
            self.start.setItemData(self.start.count() - 1, tune.source, 3)  # its tip
        self.retranslate()

    def compose(self, seed: int) -> None:
        """Write another melody."""
        from engine.latent.melody_learn import Melody, compose

        self.sound.stop()
        self._seed = seed
        given = tuple(self.start.currentData() or ())
        job: Job = compose(self._which, seed=seed, temperature=self.warmth.value(), start=given)

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE and isinstance(run.result, Melody):
                self._copied, self._silent, self._saved = run.result.copied, False, ""
                self.roll.show_notes(run.result.notes, len(given))
                self._say()
                self.written.emit()

        self._host.start(_WRITING, job, lane="interactive", owner=self, on_end=end)

    def teach(self) -> None:
        """Learn from nothing, then write with what was learnt; a second click stops it."""
        if self.teaching is not None and not self.teaching.state.final:
            self.teaching.cancel()
            return
        from engine.latent.melody_learn import train_melody

        self.curve.clear()
        self._foot.show()
        self.teaching = self._host.train(
            _LEARNING, train_melody(), owner=self, on_events=self._heard, on_end=self._taught
        )
        self.retranslate()

    def _heard(self, events: list[Event]) -> None:
        from engine.latent.melody_learn import Heard

        for event in events:
            if isinstance(event, Heard):
                self.curve.add(event.epoch, event.held)
        self.curve.update()

    def _taught(self, run: JobRun) -> None:
        self.retranslate()
        if run.state is JobState.DONE:
            self._which = str(run.result["folder"])
            self.compose(self._seed + 1)

    def _listen(self) -> None:
        from engine.latent.melody_sound import RATE, sound

        if self.sound.playing:
            self.sound.stop()
        elif self.notes:
            self._silent = not self.sound.play(sound(self.notes), RATE)
            self._say()

    def _sounds(self, seconds: float) -> None:
        from engine.latent.melody_sound import EIGHTH

        self.roll.show_time(seconds / EIGHTH)

    def _silence(self) -> None:
        self.roll.show_time(-1)
        self._say()

    def _ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save as WAV"), "melody.wav", "WAV (*.wav)")
        if name:
            self.save_to(Path(name))

    def save_to(self, out: Path) -> None:
        """Write the melody as a WAV file."""
        notes = self.notes

        def job() -> Job:
            from engine.jobs import Progress
            from engine.latent.melody_sound import write_wav

            yield Progress(0, 1)
            write_wav(out, notes)
            return out

        def end(run: JobRun) -> None:
            if run.state is JobState.DONE:
                self._saved = out.name
                self._say()

        self._host.start(_SAVING, job(), lane="io", owner=self, on_end=end)

    def leave(self) -> None:
        """Another lesson or tab: silence."""
        self.sound.stop()

    def _say(self) -> None:
        self.listen.setText(self.tr("Silence") if self.sound.playing else self.tr("Listen"))
        self.listen.show_icon("stop-fill" if self.sound.playing else "play-fill")
        self.listen.setEnabled(bool(self.notes))
        self.save.setEnabled(bool(self.notes))
        words = []
        if self._copied >= 0:
            told = self.tr("{n} notes; at most {copied} in a row are those of a tune it learnt from.")
            words.append(told.format(n=len(self.notes), copied=self._copied))
        if self._silent:
            words.append(self.tr("No sound card answers here. Save it as a WAV file and listen elsewhere."))
        if self._saved:
            words.append(self.tr("Saved as {name}.").format(name=self._saved))
        self._told.setText(" ".join(words))

    def retranslate(self) -> None:
        busy = self.teaching is not None and not self.teaching.state.final
        self._title.setText(self.tr("A melody nobody wrote"))
        self._words.setText(
            self.tr(
                "A small LSTM heard 21 old tunes. It says which note comes next, how long, and goes on from its own answer."
            )
        )
        self.write.setText(self.tr("Write a melody"))
        self.save.setText(self.tr("Save as WAV…"))
        self.learn.setText(self.tr("Stop learning") if busy else self.tr("Teach it anew (a minute)"))
        self.warmth.set_name(self.tr("Temperature: how much it dares"))
        self._start_words.setText(self.tr("Goes on from"))
        self.start.setAccessibleName(self.tr("Goes on from"))
        if self.start.count():
            self.start.setItemText(0, self.tr("nothing"))
        self.roll.setAccessibleName(self.tr("The melody as a piano roll"))
        self.curve.set_title(self.tr("Surprise in tunes it never learns from, bits a note"))
        self._say()
