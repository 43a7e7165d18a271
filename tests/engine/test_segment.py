"""Segmentation: what moves the picture moves its mask, the mark is mIoU, the networks answer for every pixel."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from skimage import data as photographs

from engine.data.photoset import PhotoSet, with_fingerprint
from engine.devices import choose
from engine.errors import LabError
from engine.jobs import result_of
from engine.segment.augment import crop
from engine.segment.explain import Enlarged, Naive, enlarge, naive_against_fcn, pooling_places
from engine.segment.lesson import VOID, Segment, confusion_of, figures_of, missing_overlap, segment
from engine.text import same
from engine.train.settings import PhotoSettings
from engine.zoo.segmenters import FCN, LitePyramid, SegNet, UNet
from tests.engine.driving import of

NETWORKS = {"fcn": FCN, "segnet": SegNet, "unet": UNet, "pyramid": LitePyramid}


@pytest.fixture
def streets(tmp_path: Path) -> PhotoSet:
    """Two photographs whose bright pixels are class 1; the top rows are void."""
    names = []
    for number, picture in enumerate((photographs.astronaut(), photographs.coffee())):
        picture = cv2.resize(picture, (96, 64), interpolation=cv2.INTER_AREA)
        mask = (picture.mean(2) > 110).astype(np.uint8)
        mask[:8] = 2
        cv2.imwrite(str(tmp_path / f"{number}.png"), picture[:, :, ::-1])
        cv2.imwrite(str(tmp_path / f"{number}_mask.png"), mask)
        names.append(f"{number}")
    return with_fingerprint(
        PhotoSet(
            id="streets",
            split="train",
            folder=tmp_path,
            files=tuple(f"{n}.png" for n in names),
            masks=tuple(f"{n}_mask.png" for n in names),
            sizes=np.array([[96, 64]] * 2, np.int32),
            classes=(same("dark"), same("bright"), same("void")),
            void=2,
            note=same(""),
        )
    )


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_answers_for_every_pixel(name: str) -> None:
    network = NETWORKS[name]().eval()
    with torch.inference_mode():
        assert network(torch.rand(2, 3, 64, 96)).shape == (2, 11, 64, 96)


def test_what_moves_the_picture_moves_its_mask() -> None:
    mask = np.zeros((60, 80), np.uint8)
    mask[20:40, 30:50] = 1
    picture = np.repeat((mask * 200)[..., None], 3, axis=2)
    rng = np.random.default_rng(0)
    for _ in range(20):
        seen, classes = crop(picture, mask, (48, 64), void=2, strength=1.0, rng=rng)
        bright = seen.mean(2) > seen.mean() if (classes == 1).any() else np.zeros_like(classes, bool)
        inside = cv2.erode((classes == 1).astype(np.uint8), np.ones((3, 3))).astype(bool)
        assert seen.shape == (48, 64, 3) and classes.shape == (48, 64)
        assert bright[inside].mean() > 0.99 if inside.any() else True


def test_without_strength_the_crop_is_the_middle_as_it_is() -> None:
    picture = np.random.default_rng(1).integers(0, 255, (64, 96, 3), dtype=np.uint8)
    seen, _ = crop(picture, picture[..., 0], (32, 48), void=2, strength=0.0, rng=np.random.default_rng(2))
    assert np.array_equal(seen, picture[16:48, 24:72])


def test_miou_is_intersection_over_union_and_leaves_void_out() -> None:
    truth = np.array([[0, 0, 1, 1, 2]], np.uint8)
    answer = np.array([[0, 1, 1, 1, 0]], np.uint8)
    figures = figures_of(confusion_of(answer, truth, 2, void=2))
    assert figures["miou"] == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert figures["pixel_accuracy"] == pytest.approx(3 / 4)


def test_a_class_that_does_not_occur_is_not_averaged_in() -> None:
    truth = np.zeros((2, 2), np.uint8)
    assert figures_of(confusion_of(truth, truth, 3, void=None))["miou"] == 1.0


def test_the_missing_overlap_is_zero_for_a_sure_right_answer_and_near_one_for_a_wrong_one() -> None:
    answers = torch.randint(0, 3, (2, 16, 16))
    right = 20.0 * torch.nn.functional.one_hot(answers, 3).permute(0, 3, 1, 2).float()
    assert missing_overlap(right, answers).item() == pytest.approx(0, abs=1e-4)
    assert missing_overlap(right.roll(1, 1), answers).item() > 0.95
    answers[:] = VOID
    assert torch.isfinite(missing_overlap(right, answers))


def test_a_few_steps_learn_two_photographs(streets: PhotoSet) -> None:
    torch.manual_seed(0)
    lesson, network, device = Segment(), SegNet(classes=2, width=8), choose("cpu", "fp32")
    now = PhotoSettings(width=64, height=64, augment=0.0)
    optimizer = torch.optim.AdamW(network.parameters(), 0.01)
    generator = torch.Generator().manual_seed(3)
    losses = []
    for _ in range(25):
        inputs, answers = lesson.batch(streets, np.array([0, 1]), now, generator, device)
        lost = lesson.loss(network, inputs, answers, now, device)
        optimizer.zero_grad()
        lost.total.backward()
        optimizer.step()
        losses.append(lost.total.item())
    assert losses[-1] < 0.6 * losses[0]
    found = lesson.measure(network, streets, device)
    assert found.confusion.shape == (2, 2) and found.confusion.sum() == 2 * 56 * 96
    assert found.accuracy == pytest.approx(found.figures["miou"])


def test_a_picture_of_any_size_gets_a_class_for_every_pixel() -> None:
    network = SegNet(width=8).eval()
    for size in ((1, 1), (33, 47), (64, 200)):
        answer = segment(network, np.zeros((*size, 3), np.uint8), choose("cpu", "fp32"))
        assert answer.shape == size and answer.dtype == np.uint8


def test_unpooling_puts_maxima_back_where_they_were() -> None:
    fine = np.random.default_rng(4).random((8, 12)).astype(np.float32)
    job = enlarge(fine)
    events = []
    try:
        while True:
            events.append(next(job))
    except StopIteration as stop:
        small = stop.value
    ways = {event.way: event for event in of(Enlarged, events)}
    unpooled = ways["unpool"]
    assert small.shape == (4, 6)
    assert np.array_equal(unpooled.map[unpooled.known], fine[unpooled.known])
    assert unpooled.known.sum() == small.size and not unpooled.map[~unpooled.known].any()
    assert all(event.map.shape == fine.shape for event in ways.values())


def test_a_kernel_that_the_stride_does_not_divide_draws_a_checkerboard() -> None:
    flat = np.ones((16, 16), np.float32)
    maps = {}
    for kernel in (3, 4):
        job = enlarge(flat, kernel=kernel)
        maps[kernel] = next(e for e in job if isinstance(e, Enlarged) and e.way == "transposed").map[2:-2, 2:-2]
    assert np.ptp(maps[4]) == pytest.approx(0, abs=1e-6)
    assert np.ptp(maps[3]) > 0.3


def test_one_pass_beats_a_patch_for_each_pixel() -> None:
    picture = cv2.resize(photographs.astronaut(), (128, 96))
    found = result_of(naive_against_fcn(picture, patches=3))
    assert isinstance(found, Naive) and found.pixels == 96 * 128 and found.ratio > 50


def test_segnet_remembers_one_place_in_each_square_of_four() -> None:
    network = SegNet(width=8).eval()
    stages = list(pooling_places(network, torch.rand(1, 3, 32, 32)))
    assert [stage.places.sum() for stage in stages] == [16 * 16, 8 * 8, 4 * 4, 2 * 2]


def test_a_mask_of_another_size_than_its_photograph_is_named_and_never_learnt(streets: PhotoSet) -> None:
    """Its classes were learnt on the wrong pixels, and the check ended with a defect of ours."""
    assert streets.masks is not None
    cv2.imwrite(str(streets.folder / streets.masks[1]), np.zeros((32, 48), np.uint8))
    lesson, device = Segment(), choose("cpu", "fp32")
    now = PhotoSettings(height=64, width=96, batch_size=2)
    with pytest.raises(LabError, match=r"1_mask\.png has 48 × 32 pixels, its photograph 96 × 64"):
        lesson.batch(streets, np.array([0, 1]), now, torch.Generator(), device)
    with pytest.raises(LabError) as caught:
        lesson.measure(SegNet(classes=2, width=8), streets, device)
    assert "엉뚱한 픽셀" in caught.value.text.render("ko")
