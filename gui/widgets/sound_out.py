"""Samples to the sound card, where there is one. Without one it says so, and nothing else happens."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QObject, QTimer, Signal


class SoundOut(QObject):
    """Plays 16-bit mono samples.

    Signals:
        moved: (float) seconds that were heard so far. ended: it was heard to the end, or stopped.
    """

    moved = Signal(float)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sink: object | None = None
        self._buffer: QBuffer | None = None
        self._seconds = 0.0
        self._clock = QTimer(self)
        self._clock.setInterval(40)
        self._clock.timeout.connect(self._tick)

    @property
    def playing(self) -> bool:
        """True while something is heard."""
        return self._sink is not None

    def play(self, samples: np.ndarray, rate: int) -> bool:
        """Play (N,) int16 at `rate` samples a second. False where no sound card, or no driver for one, is here."""
        self.stop()
        try:  # the library needs the system's sound libraries, which a server does not have
            from PySide6.QtMultimedia import QAudio, QAudioFormat, QAudioSink, QMediaDevices
        except ImportError:
            return False
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return False
        shape = QAudioFormat()
        shape.setSampleRate(rate)
        shape.setChannelCount(1)
        shape.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(shape):
            return False
        sink = QAudioSink(device, shape, self)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(samples.tobytes()))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        sink.start(self._buffer)
        if sink.error() != QAudio.Error.NoError:
            return False
        self._sink, self._seconds = sink, len(samples) / rate
        self._clock.start()
        return True

    def stop(self) -> None:
        """Silence."""
        self._clock.stop()
        sink, self._sink = self._sink, None
        if sink is not None:
            sink.stop()  # type: ignore[attr-defined]  # a QAudioSink; the module may be missing
            sink.deleteLater()  # type: ignore[attr-defined]
            self.ended.emit()

    def _tick(self) -> None:
        if self._sink is None:
            return
        heard = self._sink.processedUSecs() / 1e6  # type: ignore[attr-defined]
        if heard >= self._seconds:
            self.stop()
        else:
            self.moved.emit(heard)
