"""What a network says about every picture of a set, and which networks may say it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data

from engine import places
from engine.data import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.predictions import Predictions, Reader, predict, readers_of
from engine.data.signalset import SignalSet
from engine.files import write_json
from engine.jobs import Progress, result_of
from engine.text import same
from engine.train.recipes import recipe


@pytest.fixture(scope="module")
def some(digits: ImageSet) -> ImageSet:
    """400 digits, forty of each."""
    return digits.part(np.arange(0, 4000, 10), "train")


def readers(set_: object) -> tuple[Reader, ...]:
    found: tuple[Reader, ...] = result_of(readers_of(set_))  # type: ignore[arg-type]
    return found


@pytest.fixture
def photographs(tmp_path: Path) -> PhotoSet:
    """A cup of espresso, a cat, and a file that is none; two classes as ImageNet names them."""
    Image.fromarray(data.coffee()).save(tmp_path / "cup.jpg")
    Image.fromarray(data.chelsea()).save(tmp_path / "cat.jpg")
    (tmp_path / "torn.jpg").write_bytes(b"no picture")
    files, sizes = ("cup.jpg", "cat.jpg", "torn.jpg"), np.zeros((3, 2), np.int32)
    classes = (same("espresso"), same("Tiger_cat"))
    return PhotoSet("two", "all", tmp_path, files, sizes, classes, same(""), np.array([0, 1, 0]))


def test_digits_are_read_by_the_bundled_network_and_nearly_always_right(some: ImageSet) -> None:
    (reader,) = readers(some)
    assert reader.id == "bundled"
    job = predict(some, reader)
    assert isinstance(next(job), Progress)
    found: Predictions = result_of(predict(some, reader))
    assert found.accuracy > 0.97
    assert found.confusion.sum() == 400
    assert np.trace(found.confusion) == found.right.sum()
    assert ((found.confidence > 0.09) & (found.confidence <= 1)).all()
    assert found.loss[found.right].mean() < found.loss[~found.right].mean() if (~found.right).any() else True
    job.close()


def test_a_wrong_label_has_the_greatest_loss(some: ImageSet) -> None:
    labels = some.labels.copy()
    labels[123] = (labels[123] + 3) % 10
    found: Predictions = result_of(predict(replace(some, labels=labels), readers(some)[0]))
    assert int(np.argmax(found.loss)) == 123


@pytest.mark.parametrize("change", ["names", "size"])
def test_no_network_is_offered_for_classes_it_never_learnt(some: ImageSet, change: str) -> None:
    clothes = replace(some, id="fashion-mnist", classes=tuple(same(f"cloth {i}") for i in range(10)))
    small = replace(some, id="digits8", images=some.images[:, ::3, ::3])
    assert readers(clothes if change == "names" else small) == ()


def test_signals_and_unlabelled_photographs_have_no_reader(photographs: PhotoSet) -> None:
    waves = SignalSet(
        "w", "a", np.zeros((2, 4, 1), np.float32), np.zeros(2, int), (same("a"),), ("x",), "g", 0, same("")
    )
    assert readers(waves) == ()
    assert readers(replace(photographs, labels=None)) == ()
    assert readers(replace(photographs, classes=(same("espresso"), same("my own cat")))) == ()


def test_photographs_of_imagenets_classes_are_read_and_a_torn_file_is_left_out(photographs: PhotoSet) -> None:
    (reader,) = readers(photographs)
    found: Predictions = result_of(predict(photographs, reader))
    assert found.read_as.tolist() == [0, 1, -1]
    assert found.judged.tolist() == [True, True, False]
    assert np.isnan(found.loss[2])
    assert found.accuracy == 1.0


def test_a_run_of_this_machine_that_learnt_the_set_is_offered_first(some: ImageSet) -> None:
    from engine.files import write_tensors

    chosen = recipe("mnist-simple")
    folder = places.runs() / "2026-01-02-run"
    write_json(
        folder / "run.json",
        {"recipe": "mnist-simple", "dataset": "digits", "state": "done", "started": "2026-01-02T03:04"},
    )
    torch.manual_seed(0)
    build = chosen.build_arguments(chosen.defaults)
    write_tensors(folder / "best.safetensors", chosen.make(**build).state_dict(), {"recipe": chosen.id, "build": build})
    first, second = readers(some)
    assert (first.id, second.id) == (str(folder), "bundled")
    assert "2026-01-02 03:04" in str(first.note)
    found: Predictions = result_of(predict(some, first))
    assert found.judged.all()
    assert found.accuracy < 0.6  # it has learnt nothing yet
    assert readers(replace(some, id="mnist"))[0].id == "bundled"  # another set: not its run
