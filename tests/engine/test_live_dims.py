"""Convolution in one and three directions agrees with torch, shapes too; and how much noise an answer stands."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from skimage import data
from torch import nn
from torch.nn import functional

from engine.errors import LabError
from engine.jobs import result_of
from engine.live.conv_dims import (
    FILM_KERNELS,
    STRIP_KERNELS,
    Film,
    Shapes,
    Strip,
    StripSettings,
    along,
    filmed,
    panned,
    stripped,
    through,
)
from engine.live.noise_curve import NoiseCurve, noise_curve

pytestmark = pytest.mark.usefixtures("one_core")
CAT = np.ascontiguousarray(data.chelsea())


def test_one_direction_agrees_with_torch_and_smoothing_takes_noise_away() -> None:
    rng = np.random.default_rng(0)
    signal = rng.normal(size=(50, 3)).astype(np.float32)
    for kernel in STRIP_KERNELS:
        weights = kernel.weights(7)
        x, w = torch.from_numpy(signal.T[:, None]), torch.from_numpy(weights[None, None].astype(np.float32))
        for stride, same in ((1, False), (2, True)):
            wanted = functional.conv1d(x, w, stride=stride, padding=3 if same else 0)[:, 0].numpy().T
            np.testing.assert_allclose(along(signal, weights, stride=stride, same=same), wanted, atol=1e-5)
    noisy: Strip = result_of(stripped(CAT, StripSettings(noise=30.0, size=1)))
    smooth: Strip = result_of(stripped(CAT, StripSettings(noise=30.0, size=15)))
    rough = [np.abs(np.diff(one.result, axis=0)).mean() for one in (noisy, smooth)]
    assert rough[1] < 0.2 * rough[0]
    assert smooth.line.count("×") == 15 and len(smooth.result) == 320 - 14
    with pytest.raises(LabError, match="does not fit"):
        along(signal[:3], np.ones(5))


def test_three_directions_agree_with_torch_and_a_still_film_has_no_change() -> None:
    film = np.random.default_rng(1).integers(0, 255, (6, 12, 10)).astype(np.uint8)
    for kernel in FILM_KERNELS:
        w = torch.from_numpy(kernel.weights[None, None].astype(np.float32))
        wanted = functional.conv3d(torch.from_numpy(film[None, None].astype(np.float32)), w)[0, 0].numpy()
        np.testing.assert_allclose(through(film, kernel.weights), wanted, atol=1e-3)
    change = next(kernel for kernel in FILM_KERNELS if kernel.id == "change")
    still: Film = result_of(filmed(np.repeat(film[:1], 5, axis=0), change, 9))
    assert (still.result == 128).all() and still.at == 2 and still.after == (3, 10, 8)
    moving: Film = result_of(filmed(panned(CAT), change, 3))
    assert np.abs(moving.result.astype(int) - 128).mean() > 2


@pytest.mark.parametrize("sides", [(40,), (12, 9), (6, 8, 7)])
def test_shapes_and_weights_are_those_of_torch(sides: tuple[int, ...]) -> None:
    layer = (nn.Conv1d, nn.Conv2d, nn.Conv3d)[len(sides) - 1](3, 5, 3, stride=2, padding=1)
    shapes = Shapes(2, sides, 3, 5, 3, 2, same=True)
    answer = layer(torch.zeros(2, 3, *sides))
    assert (2, 5, *shapes.after) == tuple(answer.shape)
    assert shapes.weights == sum(p.numel() for p in layer.parameters())
    assert shapes.products == answer.numel() * 3 * 3 ** len(sides)


def test_an_answer_holds_for_a_little_noise_and_breaks_under_much() -> None:
    found: NoiseCurve = result_of(noise_curve(np.ascontiguousarray(data.coffee())))
    assert found.name.en == "espresso" and found.same[0] == 1 and found.same[1] == 1
    assert found.probability[-1] < found.probability[0] and found.holds >= 10
