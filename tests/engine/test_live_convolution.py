"""The convolution lab computes what the lectures compute, and says where they misprint."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from engine.errors import LabError
from engine.jobs import result_of
from engine.live.bundled_picture import bundled_picture
from engine.live.convolution import (
    LabSettings,
    Layer,
    convolve,
    convolved,
    parameters,
    pool,
    receptive_field,
    terms,
)
from engine.live.lab_tables import PRESETS, TABLES, preset, table


def test_the_lectures_nine_steps_give_its_nine_numbers() -> None:
    valid = table("valid")
    assert valid.result.tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    assert valid.misprints == () and len(valid.places) == 9
    assert valid.layer is not None
    cube = valid.values[..., None]
    assert [terms(cube, valid.layer, at).total for at in valid.places] == [4, 3, 4, 2, 4, 3, 2, 3, 4]


def test_every_term_is_printed_as_on_the_slide() -> None:
    diagonal = np.eye(3)[..., None]
    found = terms(diagonal, Layer(preset("slide").weights), (0, 0))
    assert found.line(0) == ("(1×1) + (0×0) + (0×1) + (0×0) + (1×1) + (0×0) + (0×1) + (0×0) + (1×1) = 3")


def test_the_misprints_of_the_slides_are_found_and_no_others() -> None:
    assert table("same").result.tolist() == [
        [2, 2, 3, 1, 1], [1, 4, 3, 4, 1], [2, 2, 5, 3, 3], [1, 3, 3, 4, 1], [1, 2, 3, 1, 1],
    ]  # fmt: skip
    assert table("same-earlier").result.tolist() == [
        [2, 2, 3, 1, 1], [1, 4, 3, 4, 1], [1, 2, 4, 3, 3], [1, 2, 3, 4, 1], [0, 2, 2, 1, 1],
    ]  # fmt: skip
    assert table("max").result.tolist() == [[100, 184], [12, 45]]
    assert table("average").result.tolist() == [[36.5, 80], [12, 15]]
    with_29 = table("max").values[..., None]
    assert pool(with_29, "average")[..., 0].tolist() == [[36, 80], [12, 15]]
    assert {t.id: t.misprints for t in TABLES if t.misprints} == {"same": ((3, 1),), "average": ((0, 0),)}


def test_any_kernel_stride_and_padding_agrees_with_torch_and_the_size_formula() -> None:
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 256, (23, 31, 3), dtype=np.uint8)
    x = torch.from_numpy(picture).permute(2, 0, 1)[:, None].float()  # (3, 1, H, W)
    for size in range(1, 8):
        weights = tuple(tuple(float(v) for v in line) for line in rng.integers(-4, 5, (size, size)))
        for stride in (1, 2, 4):
            for same in (False, True):
                layer = Layer(weights, 2.0, stride, same)
                before, after = (size - 1) // 2, size - 1 - (size - 1) // 2
                ground = functional.pad(x, (before, after, before, after)) if same else x
                wanted = functional.conv2d(ground, torch.tensor(weights)[None, None], stride=stride)[:, 0] / 2
                found = convolve(picture, layer)
                assert found.shape[:2] == (layer.out(23), layer.out(31)) == wanted.shape[1:]
                assert np.allclose(found, wanted.permute(1, 2, 0).numpy(), atol=1e-2)
                at = (found.shape[0] - 1, found.shape[1] // 2)
                assert terms(picture, layer, at).total == pytest.approx(float(found[at].sum()), abs=1e-2)
    assert Layer(preset("slide").weights).formula(5) == "⌊(5 + 0 − 3) / 1⌋ + 1 = 3"


def test_two_small_kernels_see_as_far_as_one_large_with_fewer_weights() -> None:
    assert receptive_field((3, 3)) == receptive_field((5,)) == 5
    assert receptive_field((3, 3, 3)) == receptive_field((7,)) == 7
    assert [parameters(k) for k in ((3, 3), (5,), (3, 3, 3), (7,))] == [18, 25, 27, 49]
    ones = Layer(((1.0,) * 3,) * 3)
    spot = np.zeros((9, 9, 1))
    spot[4, 4] = 1
    twice = convolve(convolve(spot, Layer(ones.weights, same=True)), Layer(ones.weights, same=True))
    assert np.count_nonzero(twice) == receptive_field((3, 3)) ** 2


def test_the_lab_explains_the_pixel_that_pooling_chose_on_a_photograph() -> None:
    photo = result_of(bundled_picture()).picture
    layer = Layer(preset("sobel_x").weights, stride=2)
    found = result_of(convolved(photo, LabSettings(layer, summed=True, pooling="max", at=(10, 20))))
    assert found.answer == max(found.pooled) == pytest.approx(max(0.0, found.terms.total))
    assert found.result.shape[:2] == found.sizes[1] == (found.sizes[0][0] // 2, found.sizes[0][1] // 2)
    for card in PRESETS:  # every one of them leaves something to see
        shown = result_of(convolved(photo, LabSettings(Layer(card.weights, card.divisor, same=True))))
        assert shown.result.shape == shown.picture.shape and shown.result.std() > 3


def test_a_kernel_larger_than_its_picture_is_refused_in_words() -> None:
    with pytest.raises(LabError, match="7×7 kernel does not fit into 5×4"):
        result_of(convolved(np.zeros((4, 5, 3), np.uint8), LabSettings(Layer(((1.0,) * 7,) * 7))))
