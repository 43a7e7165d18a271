"""What a person may change while live pictures run: one frozen value in a `Box`, read before every frame."""

from __future__ import annotations

from dataclasses import dataclass

from engine.fields import setting
from engine.text import Text

COVERS: tuple[tuple[str, Text], ...] = (
    ("blur", Text("Blur", "흐리게")),
    ("mosaic", Text("Mosaic", "모자이크")),
    ("solid", Text("Solid", "단색")),
)


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to the picture before any network sees it; all at their defaults = nothing.

    noise:      standard deviation of what is added to each value, in grey levels of 255.
    blur:       sigma of a Gaussian, in pixels of a picture 640 pixels wide.
    rotation:   degrees counter-clockwise about the middle, corners filled with grey.
    brightness: factor on every value.
    bits:       bits per channel that are kept.
    jpeg:       quality of a JPEG it is squeezed through; 100 = not at all.
    """

    noise: float = setting(0.0, Text("Noise", "노이즈"), low=0.0, high=80.0, step=1.0, live=True)
    blur: float = setting(0.0, Text("Blur", "흐림"), low=0.0, high=12.0, step=0.1, live=True, unit="px")
    rotation: float = setting(0.0, Text("Rotation", "회전"), low=-180.0, high=180.0, step=1.0, live=True, unit="°")
    brightness: float = setting(1.0, Text("Brightness", "밝기"), low=0.1, high=3.0, step=0.05, live=True)
    bits: int = setting(8, Text("Bits per channel", "채널당 비트"), low=1, high=8, step=1, live=True)
    jpeg: int = setting(100, Text("JPEG quality", "JPEG 품질"), low=1, high=100, step=1, live=True)

    @property
    def none(self) -> bool:
        """True when the picture stays as it is."""
        return self == Damage()


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """What is laid over the picture, and how.

    overlays: ids of `OverlayCard`s, drawn in this order; () = the picture alone. `watch` opens each when first named.
    score:    the least score of a box that is shown. nms: of two boxes of one class that overlap more (IoU), one stays.
    classes:  English names of the classes to show; () = all.
    opacity:  of segmentation and masks, for whoever draws.
    tracking: whether boxes get numbers that stay with an object.
    cover:    how faces are covered, one of `COVERS`. fail_secure: cover more when a face is lost (engine.live.privacy).
    style:    id of the style that the fast painter paints in; style_strength: 0 = the picture as it is, 1 = painted.
    mirrored: the picture as in a mirror, before anything sees it.
    held:     True: the source is closed (camera light off) and nothing is computed, until it is False again.
    """

    overlays: tuple[str, ...] = ("classify",)
    score: float = setting(0.35, Text("Score", "점수"), low=0.01, high=0.99, step=0.01, live=True)
    nms: float = setting(0.6, Text("Overlap allowed", "허용 겹침"), low=0.05, high=0.95, step=0.05, live=True)
    classes: tuple[str, ...] = ()
    opacity: float = setting(0.5, Text("Opacity", "불투명도"), low=0.0, high=1.0, step=0.05, live=True)
    tracking: bool = setting(True, Text("Track objects", "물체 추적"), live=True)
    cover: str = setting("mosaic", Text("Cover faces with", "얼굴 가리기"), live=True, choices=COVERS)
    fail_secure: bool = setting(True, Text("Stay covered when a face is lost", "얼굴을 놓쳐도 계속 가리기"), live=True)
    style: str = "starry-night"
    style_strength: float = setting(1.0, Text("Strength", "세기"), low=0.0, high=1.5, step=0.05, live=True)
    mirrored: bool = setting(False, Text("Mirror", "좌우 반전"), live=True)
    damage: Damage = Damage()
    held: bool = False
