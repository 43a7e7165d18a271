"""The pictures whose manner can be taken: seven in the public domain that come with the app, or any of a person's own.

Their painters died in 1941 or before. The reproductions are from the repositories
gordicaleksa/pytorch-neural-style-transfer and zhanghang1989/PyTorch-Multi-Style-Transfer (both MIT), reduced to 512 px.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

import resources
from engine.cards import unknown
from engine.data.pictures import read_small
from engine.errors import LabError
from engine.text import Text, same

LARGEST = 2048  # pixels of the longer side that are kept of any picture


@dataclass(frozen=True, slots=True)
class StyleCard:
    """A picture to learn a manner from: who painted it when, and where this reproduction comes from."""

    id: str
    title: Text
    artist: Text
    surname: Text
    year: Text
    source: str
    licence: str = "Public domain"

    @property
    def path(self) -> Path:
        return resources.path("styles", f"{self.id}.jpg")

    def as_json(self) -> dict[str, Any]:
        """The card as plain values."""
        return {name: getattr(self, name) for name in ("id", "title", "artist", "year", "source", "licence")}


_GORDIC = "gordicaleksa/pytorch-neural-style-transfer, a244dc6"
_ZHANG = "zhanghang1989/PyTorch-Multi-Style-Transfer, 75d2560"
_GOGH = (Text("Vincent van Gogh", "빈센트 반 고흐"), Text("van Gogh", "반 고흐"))

STYLES = (
    StyleCard("starry-night", Text("The Starry Night", "별이 빛나는 밤"), *_GOGH, same("1889"), _GORDIC),
    StyleCard(
        "great-wave",
        Text("The Great Wave", "가나가와의 큰 파도"),
        *2 * (Text("Hokusai", "호쿠사이"),),
        Text("c. 1831", "1831년쯤"),
        _GORDIC,
    ),
    StyleCard(
        "scream",
        Text("The Scream", "절규"),
        Text("Edvard Munch", "에드바르 뭉크"),
        Text("Munch", "뭉크"),
        same("1893"),
        _ZHANG,
    ),
    StyleCard(
        "composition-vii",
        same("Composition VII"),
        Text("Wassily Kandinsky", "바실리 칸딘스키"),
        Text("Kandinsky", "칸딘스키"),
        same("1913"),
        _ZHANG,
    ),
    StyleCard(
        "metzinger",
        Text("Portrait of Metzinger", "메챙제의 초상"),
        Text("Robert Delaunay", "로베르 들로네"),
        Text("Delaunay", "들로네"),
        same("1906"),
        _ZHANG,
    ),
    StyleCard(
        "shipwreck",
        Text("The Shipwreck", "난파선"),
        Text("J. M. W. Turner", "윌리엄 터너"),
        Text("Turner", "터너"),
        Text("c. 1805", "1805년쯤"),
        _ZHANG,
    ),
    StyleCard(
        "wheat-field", Text("Wheat Field with Cypresses", "사이프러스가 있는 밀밭"), *_GOGH, same("1889"), _GORDIC
    ),
)


def style_named(word: str) -> StyleCard | Path:
    """The card with this id, or the file of this name. Raises `LabError` for what is neither."""
    for card in STYLES:
        if card.id == word:
            return card
    if Path(word).is_file() or Path(word).suffix:
        return Path(word)
    raise unknown(Text("style", "화풍"), word, [card.id for card in STYLES])


def read_style(style: StyleCard | Path) -> np.ndarray:
    """(H, W, 3) uint8 RGB of a style. Raises `LabError` as `read_picture`."""
    return read_picture(style.path if isinstance(style, StyleCard) else style)[0]


def read_picture(path: Path) -> tuple[np.ndarray, Text | None]:
    """A photo or style as (H, W, 3) uint8 RGB, and a word where it is not all that the file holds.

    Of one larger than `LARGEST` a reduced copy is kept, of an animated one the first frame, of a transparent one
    what shows on white; grey and CMYK become RGB.
    Raises: `LabError` when it is missing, no picture, cut off, far too large, or a single pixel.
    """
    picture, (width, height) = read_small(path, LARGEST)
    if min(width, height) < 2:
        text = Text(
            "{path} has {width} × {height} pixels: nothing to paint. Choose a larger picture.",
            "{path} 그림은 {width} × {height}픽셀이라 그릴 것이 없어요. 더 큰 그림을 고르세요.",
        )
        raise LabError(text(path=path, width=width, height=height))
    scale = LARGEST / max(picture.shape[:2])
    if scale < 1:
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return picture, _note(path, width, height)


def _note(path: Path, width: int, height: int) -> Text | None:
    if _frames(path) > 1:
        text = Text("{name} moves; its first frame is used.", "{name}: 움직이는 그림의 첫 장면을 써요.")
        return text(name=path.name)
    if max(width, height) > LARGEST:
        text = Text(
            "{name} has {width} × {height} pixels; it was reduced to {side}.",
            "{name}: {width} × {height}픽셀을 {side}픽셀로 줄였어요.",
        )
        return text(name=path.name, width=width, height=height, side=LARGEST)
    return None


def _frames(path: Path) -> int:
    """How many frames a picture file holds; it was read before, so that it can be opened."""
    with Image.open(path) as image:
        return getattr(image, "n_frames", 1)
