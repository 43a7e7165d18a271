"""Segmentation's chapters as films: how maps grow again, what SegNet remembers, naive against FCN, the shapes.

Lecture rows 81, 82, 85, 86, 88; the numbers come from `engine.segment.explain` on tensors of the picture shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import cv2
import numpy as np
import torch
from torch import Tensor, nn

from engine.detect.explain.films import Ask
from engine.detect.explain.networks import Need, Network, listed, opened
from engine.detect.explain.rcnn import heat_of
from engine.detect.explain.stage import Stage, plain, stretched, tiles_of, timed
from engine.detect.explain.svm import as_input
from engine.detect.explain.teaching import encoder
from engine.jobs import Event, Job, Progress
from engine.segment import explain
from engine.text import Text, same
from engine.zoo.segmenters import LitePyramid, SegNet, put_pretrained

SHOWN = 480  # pixels of the longer side at which a map is shown
LOUPE = 14  # cells along each side of the part that is shown enlarged
PATCH, PATCHES = 64, 24

WAYS = {
    "nearest": (
        Text("Nearest", "가장 가까운 값 (nearest)"),
        Text("Each value is written four times.", "값 하나를 네 칸에 적어요."),
    ),
    "bilinear": (
        Text("Bilinear", "쌍선형 (bilinear)"),
        Text("New places are weighted means of the old ones.", "새 자리는 이웃한 값의 가중 평균이에요."),
    ),
    "unpool": (
        Text("Max unpooling", "언풀링 (unpooling)"),
        Text(
            "Each value goes back to where the maximum was; elsewhere 0.",
            "값이 최댓값이 있던 자리로 돌아가고, 나머지는 0이에요.",
        ),
    ),
    "transposed": (
        Text("Transposed convolution, {k} × {k}", "전치 합성곱 {k} × {k}"),
        Text(
            "Each value stamps a {k} × {k} kernel; stamps that overlap add up{board}.",
            "값마다 {k} × {k} 도장을 찍고, 겹친 곳은 더해요{board}.",
        ),
    ),
}
BOARD = Text(": a checkerboard", ". 그래서 바둑판 무늬가 생겨요")


def even(picture: np.ndarray, multiple: int = 32) -> Tensor:
    """(1, 3, H, W) float32 in [0, 1], sides cut to multiples of 32 (at least one of them)."""
    height, width = (max(multiple, side - side % multiple) for side in picture.shape[:2])
    return as_input(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)[None])


def shown(values: np.ndarray) -> np.ndarray:
    """A map as a grey picture whose longer side has about `SHOWN` pixels, cells kept sharp."""
    grey = np.round(255 * stretched(values)).astype(np.uint8)
    scale = max(1, round(SHOWN / max(values.shape)))
    large = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
    return cv2.cvtColor(large, cv2.COLOR_GRAY2RGB)


def strongest(maps: Tensor) -> np.ndarray:
    """Of (1, C, h, w) the (h, w) channel that varies most."""
    found: np.ndarray = maps[0, int(maps[0].flatten(1).std(dim=1).argmax())].numpy()
    return found


def enlarging(ask: Ask) -> Job:
    """One real map of EfficientNet-Lite0, pooled, and enlarged again in five ways (row 85)."""
    yield Progress(0, 0, Text("Loading the network", "신경망을 불러오는 중"))
    x = even(ask.small)
    with torch.inference_mode():
        maps, ms = timed(lambda: encoder().maps(x)[3])  # (1, 40, H / 8, W / 8)
    fine = strongest(maps)
    fine = np.ascontiguousarray(fine[: fine.shape[0] // 2 * 2, : fine.shape[1] // 2 * 2])
    said = Text(
        "One of {c} channels of a real map, {w} × {h} cells.", "실제 지도의 채널 {c}개 중 하나, {w} × {h}칸이에요."
    )
    words = said(c=maps.shape[1], w=fine.shape[1], h=fine.shape[0])
    yield Stage(Text("A map", "지도 하나"), words, ms, shown(fine), tiles=loupe(fine))
    pooled = fine.reshape(fine.shape[0] // 2, 2, fine.shape[1] // 2, 2).max(axis=(1, 3))
    said = Text(
        "Of each 2 × 2 cells the largest: {w} × {h} are left.", "2 × 2칸마다 가장 큰 값만, {w} × {h}칸이 남았어요."
    )
    yield Stage(POOLED, said(w=pooled.shape[1], h=pooled.shape[0]), 0.0, shown(pooled), tiles=loupe(pooled, LOUPE // 2))
    for kernel in (3, 4):
        yield from _ways(fine, kernel)


POOLED = Text("Max pooling", "최대 풀링 (max pooling)")


def _ways(fine: np.ndarray, kernel: int) -> Iterator[Event]:
    job = explain.enlarge(fine, kernel=kernel)
    while True:
        one, ms = timed(partial(next, job, None))
        if one is None:
            return
        assert isinstance(one, explain.Enlarged)
        if kernel == 4 and one.way != "transposed":
            continue
        name, said = WAYS[one.way]
        values = {"k": kernel, "board": BOARD if kernel == 3 else ""}
        lost = float(np.abs(one.map - fine).mean() / (np.abs(fine).mean() or 1))
        figures = {"lost": lost, "known": float(one.known.mean())}
        yield Stage(name(**values), said(**values), ms, shown(one.map), tiles=loupe(one.map), figures=figures)


def loupe(values: np.ndarray, cells: int = LOUPE) -> np.ndarray:
    """(1, side, side, 3): the middle of a map, so large that each cell can be seen."""
    top, left = ((side - min(side, cells)) // 2 for side in values.shape)
    return tiles_of(values[None, top : top + cells, left : left + cells], side=168)


# What SegNet remembers (row 88)


def unpooling(ask: Ask) -> Job:
    """Stage by stage the map before pooling and where its maxima were, then one map with values put back."""
    known = yield from listed(Need.SEGMENT)
    here = next((n for n in known if n.here and n.recipe == "camvid-segnet"), None)
    network = opened(here) if here else _seeded()
    assert isinstance(network, SegNet)
    learnt = here.name if here else Text("a SegNet that has learnt nothing yet", "아직 배우지 않은 SegNet")
    said = Text(
        "{w} × {h} cells of {net}; bright: the {n:,} places remembered.",
        "{net}, {w} × {h}칸. 밝은 곳이 기억한 자리 {n:,}곳이에요.",
    )
    job = explain.pooling_places(network, even(ask.small))
    while True:
        one, ms = timed(partial(next, job, None))
        if one is None:
            return
        assert isinstance(one, explain.Remembered)
        size = one.before.shape
        words = said(w=size[1], h=size[0], net=learnt, n=int(one.places.sum()))
        heat = one.places.astype(np.float32)
        name = Text("Pooling {n}", "풀링 {n}")(n=one.stage + 1)
        yield Stage(name, words, ms, shown(one.before), heat=heat, tiles=loupe(np.where(one.places, one.before, 0)))


def _seeded() -> nn.Module:
    """A SegNet with random weights, the same every time."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return SegNet(width=16).eval()


# One patch for each pixel against one pass (row 81)


def naive(ask: Ask) -> Job:
    """Both ways timed with the same network on the same picture."""
    picture = ask.small
    height, width = picture.shape[:2]
    if min(height, width) < PATCH:
        picture = cv2.resize(picture, (max(width, PATCH), max(height, PATCH)))
        height, width = picture.shape[:2]
    rng = np.random.default_rng(0)
    corner = np.stack((rng.integers(width - PATCH + 1, size=12), rng.integers(height - PATCH + 1, size=12)), axis=1)
    boxes = plain(np.concatenate((corner, corner + PATCH), axis=1))
    patches = np.stack([picture[y : y + PATCH, x : x + PATCH] for x, y in corner])
    found: explain.Naive = yield from explain.naive_against_fcn(picture, patch=PATCH, patches=PATCHES)
    said = Text(
        "{n} patches of {p} × {p} pixels were run: {ms:.1f} ms each.",
        "{p} × {p} 조각 {n}개를 계산했어요. 하나에 {ms:.1f} ms예요.",
    )
    words = said(n=found.patches, p=PATCH, ms=1000 * found.seconds_each)
    yield Stage(
        Text("A patch for each pixel", "픽셀마다 조각 하나"),
        words,
        1000 * found.seconds_each,
        picture,
        boxes,
        tiles=patches,
    )
    said = Text("{n:,} pixels at that pace: about {s:,.0f} s (estimate).", "픽셀 {n:,}개면 약 {s:,.0f}초예요(추정).")
    figures = {"seconds_naive": found.seconds_naive, "pixels": float(found.pixels)}
    words = said(n=found.pixels, s=found.seconds_naive)
    yield Stage(Text("All pixels", "모든 픽셀"), words, 0.0, picture, figures=figures)
    said = Text(
        "FCN answers for all pixels in one pass, {r:,.0f} times as fast.",
        "FCN은 한 번에 모든 픽셀을 답해요. {r:,.0f}배 빨라요.",
    )
    figures = {"ratio": found.ratio, "seconds_one": found.seconds_one}
    yield Stage(same("FCN"), said(r=found.ratio), 1000 * found.seconds_one, picture, figures=figures)
    return found


# Encoder and decoder (row 85)


def shapes(ask: Ask) -> Job:
    """What every level of encoder and decoder holds: channels, cells, and how strongly each cell answers."""
    known = yield from listed(Need.SEGMENT)
    here = next((n for n in known if n.here and n.recipe == "camvid-pyramid"), None)
    network = _pyramid(here)
    x = even(ask.small)
    with torch.inference_mode():
        maps, ms = timed(lambda: network.encoder.maps(x))
    yield Stage(Text("The picture", "사진"), _size(x), 0.0, np.ascontiguousarray(_picture(x)))
    for number, index in enumerate((0, 2, 3, 5, 7)):
        name = Text("Encoder 1/{n}", "인코더 1/{n}")(n=2 ** (number + 1))
        spent = ms if number == 0 else 0.0  # the whole way down was paid for by the first
        yield Stage(name, _size(maps[index]), spent, _picture(x), heat=heat_of(maps[index]))
    yield from _way_up(network, x, maps, here is not None)


def _way_up(network: LitePyramid, x: Tensor, maps: list[Tensor], learnt: bool) -> Iterator[Event]:
    note = Text("", "") if learnt else Text(" This half has learnt nothing yet.", " 이 절반은 아직 배우지 않았어요.")
    with torch.inference_mode():
        levels, ms = timed(lambda: _levels(network, maps))
    for number, level in enumerate(levels):
        name = Text("Decoder 1/{n}", "디코더 1/{n}")(n=2 ** (5 - number))
        said = same("{size}{note}")(size=_size(level), note=note)
        yield Stage(name, said, ms if number == 0 else 0.0, _picture(x), heat=heat_of(level))


def _levels(network: LitePyramid, maps: list[Tensor]) -> list[Tensor]:
    """The pyramid's levels, coarsest first, as `LitePyramid.forward` makes them."""
    top = network.context(maps[7])
    levels = [network.smooth[3](top)]
    for number, index in ((2, 5), (1, 3), (0, 2)):
        top = network.lateral[number](maps[index])
        top = top + nn.functional.interpolate(levels[-1], top.shape[2:], mode="bilinear", align_corners=False)
        levels.append(network.smooth[number](top))
    return levels


def _pyramid(here: Network | None) -> LitePyramid:
    if here is not None:
        found = opened(here)
        assert isinstance(found, LitePyramid)
        return found
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        network = LitePyramid().eval()
    put_pretrained(network)
    return network


def _size(x: Tensor) -> Text:
    said = Text("{c} channels of {w} × {h} cells: {n:,} numbers.", "채널 {c}개, {w} × {h}칸, 숫자 {n:,}개예요.")
    return said(c=x.shape[1], w=x.shape[3], h=x.shape[2], n=x[0].numel())


def _picture(x: Tensor) -> np.ndarray:
    return np.ascontiguousarray((255 * x[0].permute(1, 2, 0)).round().byte().numpy())
