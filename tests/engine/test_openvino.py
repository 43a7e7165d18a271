"""OpenVINO on several threads, and the locale of the program, which it borrows."""

from __future__ import annotations

import locale
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from torch import nn

from engine.live import openvino_runner
from engine.memory import MIB, give_memory_back
from engine.zoo.efficientnet_lite import pretrained

pytestmark = pytest.mark.skipif(not openvino_runner.here(), reason="OpenVINO is not installed")


@pytest.fixture
def same_locale() -> Iterator[None]:
    """As it was, for the other tests."""
    before = locale.setlocale(locale.LC_ALL)
    yield
    locale.setlocale(locale.LC_ALL, before)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a locale of this name is on Linux alone")
@pytest.mark.usefixtures("same_locale")
def test_a_locale_that_a_library_leaves_behind_is_put_back() -> None:
    """It stayed "C" once: from then on no Korean could be read from another program."""
    before = locale.setlocale(locale.LC_ALL, "C.UTF-8")
    with openvino_runner.alone():
        locale.setlocale(locale.LC_ALL, "C")
    assert locale.setlocale(locale.LC_ALL) == before


@pytest.mark.usefixtures("same_locale")
def test_networks_opened_on_several_threads_leave_the_locale_alone(tmp_path: Path) -> None:
    before = locale.setlocale(locale.LC_ALL)
    size = (8, 8)
    model = openvino_runner.model_of(nn.Sequential(nn.Conv2d(3, 2, 1), nn.Flatten()).eval(), size)
    found: list[tuple[int, ...]] = []

    def open_again(file: Path) -> None:
        for _ in range(5):
            openvino_runner.keep(model, file)
            run = openvino_runner.runs(openvino_runner.read(file), "f32")
            found.append(run(np.zeros((*size, 3), np.uint8))[0].shape)

    threads = [threading.Thread(target=open_again, args=(tmp_path / f"{n}.xml",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(1, 2 * 8 * 8)] * 20
    assert locale.setlocale(locale.LC_ALL) == before


@pytest.mark.usefixtures("one_core")
def test_a_translated_network_answers_as_torch_does() -> None:
    torch.manual_seed(0)
    module = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()).eval()
    pixels = np.random.default_rng(0).integers(0, 256, (16, 12, 3), dtype=np.uint8)
    found = openvino_runner.runs(openvino_runner.model_of(module, (16, 12)), "f32")(pixels)[0]
    with torch.inference_mode():
        wanted = module(torch.from_numpy(pixels).permute(2, 0, 1)[None] / 255)
    np.testing.assert_allclose(found, wanted.numpy(), atol=1e-4)


@pytest.mark.usefixtures("one_core")
def test_networks_that_are_translated_again_and_again_leave_no_memory_behind() -> None:
    """Each size of picture left 33 MiB: TorchScript kept what it had traced."""
    network, held = pretrained(), []
    for wide in (96, 128, 160, 192, 224, 256):
        openvino_runner.model_of(network, (96, wide))
        give_memory_back(at_once=True)
        held.append(psutil.Process().memory_info().rss / MIB)
    assert held[-1] - held[1] < 70
