"""Short clips of real frames that move: crops of scikit-image's photographs seen through a sliding window (row 21).

A clip is nine frames of 24×24 pixels, stored as one picture of 3×3 frames, row by row, so that it can be looked at. What
moves is the camera; the classes say where the picture goes. The photographs of the test part are others.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, Task
from engine.data.imageset import DatasetCard, ImageSet, check_split, fingerprint
from engine.data.pictures import read_rgb
from engine.data.sample_photos import sample_folder
from engine.jobs import Job, Progress
from engine.text import Text

FRAMES, SIDE, ROW = 9, 24, 3  # frames of a clip, pixels of a frame, frames in a row
DIRECTIONS = ((-1, 0), (1, 0), (0, -1), (0, 1))  # where the picture goes: x, y
CLASSES = (Text("left", "왼쪽"), Text("right", "오른쪽"), Text("up", "위"), Text("down", "아래"))
_PHOTOS = {
    "train": ("astronaut.png", "coffee.png", "motorcycle_left.png", "retina.jpg", "ihc.png"),
    "test": ("chelsea.png", "rocket.jpg", "hubble_deep_field.jpg"),
}
_COUNTS, _SEEDS = {"train": 1200, "test": 400}, {"train": 0, "test": 1}
_NOISE = 4.0  # of 255


def _find(root: Path | None) -> Path | None:
    return sample_folder()


def _read(split: str, path: Path) -> Job:
    check_split(CLIPS, split)
    photos = []
    for number, name in enumerate(_PHOTOS[split]):
        yield Progress(
            number, len(_PHOTOS[split]), Text("Cutting clips out of photographs", "사진에서 짧은 영상을 자르는 중")
        )
        photos.append(read_rgb(path / name))
    rng, count = np.random.default_rng(_SEEDS[split]), _COUNTS[split]
    labels = rng.permutation(np.arange(count) % len(CLASSES)).astype(np.int64)
    images = np.stack([strip(clip(photos[i % len(photos)], int(label), rng)) for i, label in enumerate(labels)])
    return ImageSet(
        "clips",
        split,
        images,
        labels,
        CLASSES,
        Text("made from photographs", "사진으로 만듦"),
        fingerprint(images, labels),
    )


def clip(photo: np.ndarray, label: int, rng: np.random.Generator) -> np.ndarray:
    """(9, 24, 24, 3) uint8: a window that slides over (H, W, 3), every fourth pixel, 1 or 2 pixels a frame."""
    small = photo[:: max(1, photo.shape[0] // 130), :: max(1, photo.shape[0] // 130)]
    x, y = DIRECTIONS[label]
    speed = int(rng.integers(1, 3))
    room = speed * (FRAMES - 1)
    top = int(rng.integers(0, small.shape[0] - SIDE - abs(y) * room))
    left = int(rng.integers(0, small.shape[1] - SIDE - abs(x) * room))
    frames = []
    for number in range(FRAMES):
        at = number if (x or y) < 0 else FRAMES - 1 - number  # the window goes against the picture
        row, column = top + abs(y) * speed * at, left + abs(x) * speed * at
        frames.append(small[row : row + SIDE, column : column + SIDE])
    noisy = np.stack(frames).astype(np.float32) + rng.normal(0, _NOISE, (FRAMES, SIDE, SIDE, 3))
    return noisy.clip(0, 255).astype(np.uint8)


def strip(frames: np.ndarray) -> np.ndarray:
    """(9, S, S, 3) frames as one picture (3S, 3S, 3), row by row."""
    side = frames.shape[1]
    return frames.reshape(ROW, ROW, side, side, 3).transpose(0, 2, 1, 3, 4).reshape(ROW * side, ROW * side, 3)


CLIPS = DatasetCard(
    card=Card(
        id="clips",
        task=Task.CLASSIFY,
        name=Text("Moving clips", "움직이는 영상"),
        summary=Text(
            "1,600 clips of nine frames cut out of real photographs; which way does the picture go?",
            "진짜 사진에서 잘라 낸 9프레임 영상 1,600개. 그림이 어느 쪽으로 가나요?",
        ),
        source="photographs that come with scikit-image (BSD-3-Clause; public domain and CC0)",
        paper="Tran et al., Learning spatiotemporal features with 3D convolutional networks, ICCV 2015",
        explanation=Explanation(
            Text("A clip is a block of numbers", "영상은 숫자 상자예요"),
            Text(
                "Read the nine frames like a page: left to right, then down.",
                "아홉 프레임을 책처럼 왼쪽에서 오른쪽으로, 위에서 아래로 읽으세요.",
            ),
            Text(
                "Time is one more direction beside height and width. A single frame does not tell where things go.",
                "높이와 너비에 시간이 하나 더 있어요. 한 프레임만 봐서는 어디로 가는지 알 수 없어요.",
            ),
            "x ∈ {0 … 255}⁹ˣ²⁴ˣ²⁴ˣ³",
        ),
        rows=(21,),
        data_licence="BSD-3-Clause (scikit-image’s data)",
    ),
    splits=("train", "test"),
    counts=(_COUNTS["train"], _COUNTS["test"]),
    size_words=Text("1,600 · 9 frames of 24×24", "1,600개 · 24×24 9프레임"),
    bundled=True,
    find=_find,
    read=_read,
)
