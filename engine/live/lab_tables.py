"""The convolution lab's kernels by name, and the lectures' tables with what is wrong in them (rows 7, 9, 10, 15, 22)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.live.convolution import Layer, Place, Pooling, Weights, convolve, pool
from engine.text import Text, same


@dataclass(frozen=True, slots=True)
class Preset:
    """A kernel with a name. `words` says what it does to a picture."""

    id: str
    name: Text
    weights: Weights
    divisor: float
    words: Text


def _kernel(*lines: str) -> Weights:
    return tuple(tuple(float(w) for w in line.split()) for line in lines)


PRESETS: tuple[Preset, ...] = (
    Preset(
        "identity",
        Text("Identity", "그대로"),
        _kernel("0 0 0", "0 1 0", "0 0 0"),
        1,
        Text("Every pixel stays what it is.", "모든 픽셀이 그대로예요."),
    ),
    Preset(
        "blur",
        Text("Blur (mean)", "흐리게 (평균)"),
        _kernel("1 1 1", "1 1 1", "1 1 1"),
        9,
        Text("Every pixel becomes the mean of its nine neighbours.", "픽셀이 이웃 아홉 개의 평균이 돼요."),
    ),
    Preset(
        "gauss",
        Text("Soft blur (Gauss)", "부드럽게 (가우스)"),
        _kernel("1 4 6 4 1", "4 16 24 16 4", "6 24 36 24 6", "4 16 24 16 4", "1 4 6 4 1"),
        256,
        Text("A mean in which near pixels count more.", "가까운 픽셀이 더 크게 들어가는 평균이에요."),
    ),
    Preset(
        "sharpen",
        Text("Sharpen", "선명하게"),
        _kernel("0 -1 0", "-1 5 -1", "0 -1 0"),
        1,
        Text("What differs from its neighbours is made stronger.", "이웃과 다른 것을 더 강하게 해요."),
    ),
    Preset(
        "sobel_x",
        Text("Sobel x (upright edges)", "소벨 x (세로 가장자리)"),
        _kernel("-1 0 1", "-2 0 2", "-1 0 1"),
        1,
        Text(
            "Answers where brightness changes from left to right.", "왼쪽에서 오른쪽으로 밝기가 바뀌는 곳에 반응해요."
        ),
    ),
    Preset(
        "sobel_y",
        Text("Sobel y (level edges)", "소벨 y (가로 가장자리)"),
        _kernel("-1 -2 -1", "0 0 0", "1 2 1"),
        1,
        Text("Answers where brightness changes from top to bottom.", "위에서 아래로 밝기가 바뀌는 곳에 반응해요."),
    ),
    Preset(
        "laplace",
        Text("Laplacian (all edges)", "라플라시안 (모든 가장자리)"),
        _kernel("0 1 0", "1 -4 1", "0 1 0"),
        1,
        Text("Answers at every edge, whichever way it runs.", "방향에 상관없이 가장자리마다 반응해요."),
    ),
    Preset(
        "outline",
        Text("Outline", "윤곽"),
        _kernel("-1 -1 -1", "-1 8 -1", "-1 -1 -1"),
        1,
        Text("Even ground becomes black, outlines stay.", "고른 바탕은 검게 되고 윤곽만 남아요."),
    ),
    Preset(
        "emboss",
        Text("Emboss", "엠보스"),
        _kernel("-2 -1 0", "-1 1 1", "0 1 2"),
        1,
        Text("As if light fell on a relief from one corner.", "한쪽에서 빛을 받은 돋을새김처럼 보여요."),
    ),
    Preset(
        "motion",
        Text("Motion blur 7×7", "움직임 흐림 7×7"),
        tuple(tuple(float(r == c) for c in range(7)) for r in range(7)),
        7,
        Text("As if the camera moved along the diagonal.", "카메라가 대각선으로 움직인 것처럼 보여요."),
    ),
    Preset(
        "slide",
        Text("The slide’s kernel", "강의 커널"),
        _kernel("1 0 1", "0 1 0", "1 0 1"),
        1,
        Text("The kernel of the lecture’s 5×5 example.", "강의의 5×5 예제에 나온 커널이에요."),
    ),
)


def preset(id: str) -> Preset:
    """The preset with this id."""
    return next(p for p in PRESETS if p.id == id)


@dataclass(frozen=True, slots=True, eq=False)
class LectureTable:
    """One worked example of the lectures.

    values: (H, W) numbers of the input. layer: the convolution, None for pooling; then `pooling` says how.
    slide:  the result as the slide prints it, with its misprint. note: what is wrong there, None when nothing is.
    """

    id: str
    name: Text
    values: np.ndarray
    layer: Layer | None
    pooling: Pooling
    slide: np.ndarray
    note: Text | None

    @property
    def result(self) -> np.ndarray:
        """What really comes out, (h, w) float32."""
        cube = self.values.astype(np.float32)[..., None]
        return (convolve(cube, self.layer) if self.layer else pool(cube, self.pooling))[..., 0]

    @property
    def places(self) -> tuple[Place, ...]:
        """The output pixels in the order in which the example is played."""
        rows, columns = self.result.shape
        return tuple((r, c) for r in range(rows) for c in range(columns))

    @property
    def misprints(self) -> tuple[Place, ...]:
        """Where the slide's result is another number than what comes out."""
        wrong = np.argwhere(np.abs(self.slide - self.result) > 1e-6)
        return tuple((int(r), int(c)) for r, c in wrong)


def _table(*lines: str) -> np.ndarray:
    return np.array([[float(v) for v in line.split()] for line in lines])


_FIVE = _table("1 1 1 0 0", "0 1 1 1 0", "0 0 1 1 1", "0 0 1 1 0", "0 1 1 0 0")
_FIVE_PADDED = _table("1 1 1 0 0", "0 1 1 1 0", "0 0 1 1 1", "0 1 1 1 0", "0 1 1 0 0")
_FOUR_MAX = _table("29 15 28 184", "0 100 70 38", "12 12 7 2", "12 12 45 6")
_FOUR_AVERAGE = _table("31 15 28 184", "0 100 70 38", "12 12 7 2", "12 12 45 6")
_SLIDE = preset("slide").weights

TABLES: tuple[LectureTable, ...] = (
    LectureTable(
        "valid",
        same("5×5, valid"),
        _FIVE,
        Layer(_SLIDE),
        "none",
        _table("4 3 4", "2 4 3", "2 3 4"),
        None,
    ),
    LectureTable(
        "same",
        same("5×5, same"),
        _FIVE_PADDED,
        Layer(_SLIDE, same=True),
        "none",
        _table("2 2 3 1 1", "1 4 3 4 1", "2 2 5 3 3", "1 2 3 4 1", "1 2 3 1 1"),
        Text(
            "The slide prints row 4 as 1 2 3 4 1. With the matrix it shows, the row is 1 3 3 4 1.",
            "강의 자료는 4행을 1 2 3 4 1로 적었어요. 그 행렬로 계산하면 1 3 3 4 1이에요.",
        ),
    ),
    LectureTable(
        "same-earlier",
        Text("5×5, same, the earlier matrix", "5×5, same, 앞 장의 행렬"),
        _FIVE,
        Layer(_SLIDE, same=True),
        "none",
        _table("2 2 3 1 1", "1 4 3 4 1", "1 2 4 3 3", "1 2 3 4 1", "0 2 2 1 1"),
        Text(
            "The padding slide writes row 4 of the input as 0 1 1 1 0; the slides before it have 0 0 1 1 0, as here.",
            "패딩 장은 입력의 4행을 0 1 1 1 0으로 적었어요. 앞 장들은 여기처럼 0 0 1 1 0이에요.",
        ),
    ),
    LectureTable(
        "max",
        Text("4×4, max pooling", "4×4, 최대 풀링"),
        _FOUR_MAX,
        None,
        "max",
        _table("100 184", "12 45"),
        None,
    ),
    LectureTable(
        "average",
        Text("4×4, average pooling", "4×4, 평균 풀링"),
        _FOUR_AVERAGE,
        None,
        "average",
        _table("36 80", "12 15"),
        Text(
            "The slide’s first cell is 31 and its result 36, but (31 + 15 + 0 + 100) / 4 is 36.5. "
            "With 29, as in the max table, it is exactly 36.",
            "강의 자료의 첫 칸은 31, 결과는 36이에요. 하지만 (31 + 15 + 0 + 100) / 4는 36.5예요. "
            "최대 풀링 표처럼 29라면 딱 36이에요.",
        ),
    ),
)


def table(id: str) -> LectureTable:
    """The lecture table with this id."""
    return next(t for t in TABLES if t.id == id)
