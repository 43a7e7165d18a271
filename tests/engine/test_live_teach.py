"""Teaching classes on real photographs: honest figures, a warning where the background tells, files that come back."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.cli import main
from engine.errors import LabError
from engine.jobs import result_of
from engine.live.bundled_picture import bundled_picture
from engine.live.teach import Recording, Taught, described, guess, teach, whole_network
from engine.live.teach_files import load, read_folder, save
from engine.live.teach_onnx import export_onnx

pytestmark = pytest.mark.usefixtures("one_core")
THINGS = ("chelsea.png", "coffee.png")


def photo(name: str) -> np.ndarray:
    found: np.ndarray = result_of(bundled_picture(name)).picture
    return cv2.resize(found, (320, 240), interpolation=cv2.INTER_AREA)


def seen_by_a_hand(picture: np.ndarray, take: int, count: int = 4) -> list[np.ndarray]:
    """What a camera sees that moves a little over `picture`; every take from another place."""
    rng = np.random.default_rng(take)
    left, top = (int(v) for v in rng.integers(0, (80, 60)))
    return [picture[top + i : top + 180 + i, left + 2 * i : left + 230 + 2 * i] for i in range(count)]


@pytest.fixture(scope="module")
def recordings() -> list[Recording]:
    return [
        result_of(described(seen_by_a_hand(photo(name), take), label))
        for label, name in enumerate(THINGS)
        for take in range(3)
    ]


@pytest.fixture(scope="module")
def taught(recordings: list[Recording]) -> Taught:
    found: Taught = result_of(teach(recordings, ("cat", "cup")))
    return found


def test_two_things_are_told_apart_in_recordings_that_were_held_out(taught: Taught) -> None:
    assert taught.accuracy == 1.0 and taught.recordings == 6 and taught.frames == 24
    assert taught.confusion is not None and taught.confusion.tolist() == [[12, 0], [0, 12]]
    assert taught.seconds < 20
    new = photo("coffee.png")[10:200, 20:240]
    answer = result_of(guess(new, taught))
    assert answer.classes[int(answer.probabilities.argmax())] == "cup" and answer.probabilities.max() > 0.8


def test_frames_of_one_recording_are_never_learnt_and_asked(recordings: list[Recording]) -> None:
    """Classes that mean nothing: every recording is its own thing, dealt to two names by chance."""
    rng = np.random.default_rng(0)
    things = [rng.normal(size=(1, 1280)).astype(np.float32) for _ in range(12)]
    takes = []
    for i, thing in enumerate(things):
        frames = thing + 0.05 * rng.normal(size=(6, 1280)).astype(np.float32)
        takes.append(Recording(i % 2, frames, frames, recordings[0].small))
    found = result_of(teach(takes, ("a", "b")))
    assert found.by_frame == 1.0  # a neighbour of every frame was learnt
    assert found.accuracy is not None and found.accuracy < 0.8


def test_a_background_that_gives_the_answer_away_is_told() -> None:
    grounds = [photo("rocket.jpg"), photo("coffee.png")]
    thing = cv2.resize(photo("chelsea.png"), (60, 60))
    takes = []
    for label, ground in enumerate(grounds):
        for take in range(2):
            frames = [f.copy() for f in seen_by_a_hand(ground, take, 3)]
            for frame in frames:
                frame[60:120, 85:145] = thing  # the same cat in front of both
            takes.append(result_of(described(frames, label)))
    found = result_of(teach(takes, ("cat", "the same cat")))
    assert found.background == 1.0
    assert found.warning is not None and "background gives the answer away" in str(found.warning)


def test_one_recording_each_gives_no_figure_but_a_reason(recordings: list[Recording]) -> None:
    found = result_of(teach([recordings[0], recordings[3]], ("cat", "cup")))
    assert found.accuracy is None and "at least twice" in str(found.warning)
    with pytest.raises(LabError, match="“cup” has no recording"):
        result_of(teach(recordings[:3], ("cat", "cup")))


def test_a_head_comes_back_from_its_file_and_others_are_refused(taught: Taught, tmp_path: Path) -> None:
    path = tmp_path / "고양이.safetensors"
    result_of(save(taught, path))
    back = load(path)
    assert back.classes == taught.classes and np.array_equal(back.weights, taught.weights)
    assert (back.accuracy, back.background, back.by_frame) == (taught.accuracy, taught.background, taught.by_frame)
    assert json.loads(path.with_suffix(".json").read_text("utf-8"))["classes"] == ["cat", "cup"]
    (tmp_path / "not.safetensors").write_bytes(b"PK\x03\x04 no")
    with pytest.raises(LabError, match="pickle"):
        load(tmp_path / "not.safetensors")


def test_the_exported_network_answers_as_the_head_does(taught: Taught, tmp_path: Path) -> None:
    import onnxruntime
    import torch

    result_of(export_onnx(taught, tmp_path / "both.onnx"))
    frame = cv2.resize(photo("coffee.png"), (224, 224))
    x = torch.from_numpy(frame).permute(2, 0, 1)[None].float() / 255
    session = onnxruntime.InferenceSession(tmp_path / "both.onnx", providers=["CPUExecutionProvider"])
    assert session.get_modelmeta().custom_metadata_map["classes"] == "cat\ncup"
    with torch.inference_mode():
        ours = whole_network(taught)(x).numpy()
    assert np.allclose(session.run(None, {"pictures": x.numpy()})[0], ours, atol=1e-3)


def test_the_command_teaches_a_folder_and_predict_uses_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, kind in zip(THINGS, ("cat", "cup"), strict=True):
        for take in range(2):
            for i, frame in enumerate(seen_by_a_hand(photo(name), take, 2)):
                file = tmp_path / "set" / kind / f"take {take}" / f"{i}.png"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(cv2.imencode(".png", frame[..., ::-1])[1].tobytes())
    out = tmp_path / "head.safetensors"
    assert main(["teach", str(tmp_path / "set"), "--out", str(out), "--json"]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (
        "{" not in (result["warning"] or "")
        and result["accuracy"] == 1.0
        and result["recordings"] == 4
        and result["classes"] == ["cat", "cup"]
    )
    asked = tmp_path / "set" / "cup" / "take 1" / "1.png"
    assert main(["predict", "taught", str(asked), "--model", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["answer"] == "cup"
    with pytest.raises(LabError, match="holds 0 folders with pictures"):
        result_of(read_folder(tmp_path / "set" / "cup" / "take 1"))
