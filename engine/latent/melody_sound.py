"""Melodies as sound: a plucked string for each note, as 16-bit samples and as a WAV file. No sound card is needed."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.errors import LabError
from engine.files import write_bytes
from engine.latent.melody_tunes import REST, Note
from engine.text import Text

RATE = 22_050  # samples a second
EIGHTH = 0.24  # seconds: 125 quarters a minute
# times the pitch, loudness, how fast it dies
_HARMONICS = ((1, 1.0, 2.5), (2, 0.5, 4.0), (3, 0.25, 6.0), (4, 0.12, 9.0))


def seconds_of(notes: Sequence[Note]) -> float:
    """How long a melody takes."""
    return sum(note.eighths for note in notes) * EIGHTH


def sound(notes: Sequence[Note]) -> np.ndarray:
    """A melody as (N,) int16 samples at `RATE` a second; a note rings on into the next."""
    tail = int(0.6 * RATE)
    whole = np.zeros(int(seconds_of(notes) * RATE) + tail, np.float64)
    at = 0.0
    for note in notes:
        length = note.eighths * EIGHTH
        if note.pitch != REST:
            begin = int(at * RATE)
            tone = _tone(note.pitch, int(length * RATE) + tail // 2)[: len(whole) - begin]
            whole[begin : begin + len(tone)] += tone
        at += length
    loud = np.abs(whole).max(initial=1e-9)
    return np.asarray(np.round(whole / loud * 0.8 * 32767), np.int16)


def _tone(pitch: int, count: int) -> np.ndarray:
    t = np.arange(count) / RATE
    base = 440.0 * 2 ** ((pitch - 69) / 12)
    rings = sum(loud * np.exp(-dies * t) * np.sin(2 * np.pi * base * times * t) for times, loud, dies in _HARMONICS)
    end = np.minimum(1.0, (count - np.arange(count)) / (0.03 * RATE))  # no click where it stops
    return np.asarray(rings * end * np.minimum(1.0, t / 0.004))


def write_wav(out: Path, notes: Sequence[Note]) -> None:
    """A melody as a WAV file. Raises `LabError` for another ending and for a place that cannot be written."""
    if out.suffix.lower() != ".wav":
        text = Text("Choose a name that ends in .wav instead of {out}.", "{out} 대신 .wav로 끝나는 이름을 골라 주세요.")
        raise LabError(text(out=out.name))
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound(notes).tobytes())
    write_bytes(out, content.getvalue())
