"""Melodies: tunes read and told apart from nonsense, a network that beats counting, sound, and its commands (row 114)."""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path

import numpy as np
import pytest
import torch

from engine.cli import main
from engine.errors import LabError
from engine.jobs import result_of
from engine.latent.melody import MelodyNet, longest_copy, write
from engine.latent.melody_learn import compose, figures_of
from engine.latent.melody_sound import EIGHTH, RATE, sound, write_wav
from engine.latent.melody_tunes import LENGTHS, REST, Note, tunes

pytestmark = pytest.mark.usefixtures("one_core")


def test_the_tunes_that_ship_name_their_sources_and_begin_as_people_know_them() -> None:
    every = tunes()
    assert len(every) >= 20 and all(tune.source and len(tune.notes) > 12 for tune in every)
    ode = next(tune for tune in every if "Ode" in tune.name)
    assert [note.pitch for note in ode.notes[:8]] == [64, 64, 65, 67, 67, 65, 64, 62]
    assert sum(tune.held for tune in every) == 4, "some are never learnt from"


def test_a_note_that_is_none_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "곡.txt"
    file.write_text("= one | me\nC2 D2\nE5 H1\n", "utf-8")
    with pytest.raises(LabError, match=r"line 3: “E5”"):
        tunes(file)
    file.write_text("= one | me\nC2 D2\n", "utf-8")
    with pytest.raises(LabError, match="fewer than two"):
        tunes(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabError):
        tunes(file)


def test_the_network_that_ships_beats_counting_pairs_on_tunes_it_never_heard() -> None:
    found = result_of(figures_of())
    assert found["bits_held"] < found["bits_pairs"] - 0.3


def test_a_seed_gives_the_same_melody_and_it_is_no_copy() -> None:
    first, again, other = (result_of(compose(seed=seed)) for seed in (3, 3, 4))
    assert first.notes == again.notes != other.notes
    assert len(first.notes) >= 16 and {note.eighths for note in first.notes} <= set(LENGTHS)
    assert first.copied < len(first.notes) // 2
    start = tunes()[0].notes[:6]
    assert result_of(compose(seed=1, start=start)).notes[:6] == start


def test_the_longest_copy_is_counted() -> None:
    a, b, c = Note(60, 2), Note(62, 2), Note(64, 4)
    assert longest_copy([a, b, c, a], [[c, b, c, a], [b]]) == 3
    assert longest_copy([a], [[b]]) == 0


def test_a_note_sounds_at_its_pitch_and_a_rest_is_silent(tmp_path: Path) -> None:
    heard = sound([Note(69, 8)]).astype(float)[:RATE]
    strongest = np.abs(np.fft.rfft(heard * np.hanning(len(heard)))).argmax() * RATE / len(heard)
    assert strongest == pytest.approx(440, abs=1.5)
    assert np.abs(sound([Note(REST, 8)])).max() == 0
    out = tmp_path / "a.wav"
    write_wav(out, [Note(60, 2), Note(64, 2)])
    with wave.open(io.BytesIO(out.read_bytes())) as file:
        assert file.getframerate() == RATE and file.getnframes() > 4 * EIGHTH * RATE
    with pytest.raises(LabError, match=r"\.wav"):
        write_wav(tmp_path / "a.mp3", [Note(60, 2)])


def test_an_untrained_network_writes_too_and_ends(tmp_path: Path) -> None:
    torch.manual_seed(0)
    assert len(write(MelodyNet(hidden=8).eval(), seed=0, most=20)) <= 20


def test_melodies_are_learnt_measured_and_written_by_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = tmp_path / "run"
    assert main(["train", "melody", "--epochs", "2", "--out", str(run), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["tunes"] == 21 and (run / "best.safetensors").is_file()
    assert main(["generate", str(run), "--out", str(tmp_path / "new.wav"), "--seed", "2", "--json"]) == 0
    assert (tmp_path / "new.wav").stat().st_size > 10_000
    assert main(["evaluate", str(run), "--json"]) == 0
    assert main(["bundle", str(run), "--out", str(tmp_path), "--json"]) == 0
    assert json.loads((tmp_path / "melody.json").read_text("utf-8"))["weights_licence"] == "MIT"
    assert main(["generate", "melody", "--out", str(tmp_path / "new.png")]) != 0
