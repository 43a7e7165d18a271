"""Opening a network: its heat maps are what their equations say, and its figures add up."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from engine.data import load
from engine.data.packaged import one_digit
from engine.jobs import result_of
from engine.live.bundled_picture import bundled_picture
from engine.live.cam import class_activation_map, grad_cam, shares
from engine.live.open_net import BUNDLED, LITE0, Wish, look, net, taken_apart
from engine.live.teach import encoder
from engine.text import same

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def cat() -> np.ndarray:
    found: np.ndarray = result_of(bundled_picture("chelsea.png")).picture
    return found


def test_a_cat_is_named_in_both_languages_and_found_without_a_backward_pass(cat: np.ndarray) -> None:
    last = len(net(LITE0).units) - 2
    seen = result_of(look(cat, Wish(layer=last)))
    name = net(LITE0).names[seen.classes[0]]
    assert "cat" in name.en and "고양이" in name.ko
    assert not seen.backward and seen.target == seen.classes[0] and seen.heat.shape == (7, 7)
    x, _ = net(LITE0).prepare(cat)
    with torch.inference_mode():
        logit = encoder()(x)[0, seen.target]
    bias = float(encoder().classifier.bias.detach()[seen.target])
    row = encoder().classifier.weight[seen.target].detach()
    heat = class_activation_map(torch.from_numpy(seen.maps), row)
    assert heat.mean() + bias == pytest.approx(float(logit), abs=1e-3)
    assert np.allclose(shares(heat), seen.heat, atol=1e-4)


def test_grad_cam_at_the_last_map_is_the_class_activation_map_and_works_at_any_layer(cat: np.ndarray) -> None:
    opened = net(LITE0)
    x, _ = opened.prepare(cat)
    plain = result_of(look(cat, Wish(layer=17, target=281)))
    assert np.allclose(shares(grad_cam(opened.network, opened.units[17].out, x, 281)), plain.heat, atol=1e-3)
    early = result_of(look(cat, Wish(layer=5, target=281, heat_here=True)))
    assert early.backward and early.heat.shape == early.maps.shape[1:] == (28, 28)
    assert all(p.grad is None for p in opened.network.parameters())


def test_every_layer_tells_shape_parameters_and_zeros(cat: np.ndarray) -> None:
    seen = result_of(look(cat, Wish(layer=0)))
    assert sum(part.parameters for part in seen.parts) == sum(p.numel() for p in encoder().parameters())
    assert seen.parts[0].shape == (32, 112, 112) and seen.kernels.shape == (32, 3, 3, 3)
    assert [part.back for part in seen.parts] == [False] * 18 + [True]
    assert 0 < seen.zeros[0] < 1 and seen.zeros[0] == pytest.approx((seen.maps == 0).mean())
    assert np.isnan(seen.zeros[-1])


def test_the_digit_network_reads_a_digit_and_shows_where(cat: np.ndarray) -> None:
    digit = result_of(one_digit(3))
    assert np.array_equal(digit, result_of(load("digits", "test")).images[3])
    seen = result_of(look(digit, Wish(net=BUNDLED, layer=5, heat_here=True)))
    assert seen.probabilities[0] > 0.9 and seen.backward and seen.heat.max() == 1
    assert [part.back for part in seen.parts] == [False] * 6 + [True] * 2
    assert seen.parts[-1].shape == (10,)
    back = result_of(look(digit, Wish(net=BUNDLED, layer=6)))
    assert back.maps.shape == (50, 1, 1) and back.kernels is None and back.heat is not None


def test_another_classifier_is_taken_apart_by_itself(cat: np.ndarray) -> None:
    from torchvision.models import resnet18

    network = resnet18(weights=None).eval()
    opened = taken_apart("resnet18", network, net(LITE0).prepare, [same(str(i)) for i in range(1000)])
    assert [u.id for u in opened.units][-2:] == ["layer4.1", "fc"] and opened.mean_then is network.fc
    assert isinstance(opened.units[0].out, nn.Conv2d) and sum(u.back for u in opened.units) == 1
