"""What the Caption tab asks: a photograph opened, told, told again from a changed word; text that goes on.

Nothing here imports torch before a job runs: the window opens without it.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from engine.data.sample_photos import sample_photo
from engine.errors import LabError
from engine.jobs import Event, Progress
from engine.text import Text, same

if TYPE_CHECKING:
    from engine.caption.encoder import Seen
    from engine.caption.speak import Place, Told
    from engine.caption.writer import Next, Pen
    from engine.live.sources import Source

SIDE = 1024  # pixels of the longer side of what is shown
SETTLING = 10  # frames of a camera
PHOTOS = {
    "chelsea.png": Text("Cat", "고양이"),
    "astronaut.png": Text("Astronaut", "우주비행사"),
    "motorcycle_left.png": Text("Motorcycle", "오토바이"),
    "rocket.jpg": Text("Rocket", "로켓"),
    "coffee.png": Text("Coffee", "커피"),
    "camera.png": Text("Camera", "카메라"),
}
"""Files of scikit-image's packaged photographs (BSD-3-Clause), and what they show."""

_OPENING = Text("Opening a photo", "사진 열기")
_TELLING = Text("Telling the photo", "사진을 말로 옮기는 중")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Shown:
    """A photograph to tell: (H, W, 3) uint8 RGB of at most `SIDE` pixels, its name, and a word if that is not all of it."""

    picture: np.ndarray
    name: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PhotoTile(Event):
    """One of `PHOTOS`, small: (h, w, 3) uint8 RGB."""

    file: str
    picture: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a network says of a photograph. told: the sentence; gloss: in Korean, by our glossary. model: its id.

    milliseconds: looking and telling; looked: looking alone (0 when the photograph was looked at before).
    """

    told: Told
    gloss: str
    model: str
    milliseconds: float
    looked: float


@dataclass(frozen=True, slots=True)
class Asked:
    """How a person wants it told; the fields as `engine.caption.batch.captions` takes them."""

    model: str = "nic"
    method: str = "beam"
    width: int = 3
    temperature: float = 0.8
    hints: float = -1.0
    seed: int = 0


def open_photo(photo: str | Path | np.ndarray) -> Generator[Event, None, Shown]:
    """Open one of `PHOTOS`, a file, or a picture from the clipboard; a job. Raises `LabError`."""
    from engine.caption.trained import LEAST, read_photo

    yield Progress(0, 1, _OPENING)
    if isinstance(photo, np.ndarray):
        if min(photo.shape[:2]) < LEAST:
            raise LabError(Text("The picture in the clipboard is too small.", "클립보드의 그림이 너무 작아요."))
        return Shown(_reduced(photo), Text("Pasted photo", "붙여 넣은 사진"))
    if isinstance(photo, Path):
        picture = read_photo(photo, SIDE)
        return Shown(_reduced(picture), same(photo.name), _note(photo))
    return Shown(_reduced(read_photo(sample_photo(photo), SIDE)), PHOTOS[photo])


def camera_photo(source: Source | None = None) -> Generator[Event, None, Shown]:
    """One frame of the first camera, or of another source; a job. Raises `LabError` where there is none."""
    from engine.live.opening import found_cameras, open_source

    if source is None:
        cameras = yield from found_cameras()
        if not cameras:
            raise LabError(
                Text("No camera was found. Plug one in, or open a photo.", "카메라가 없어요. 연결하거나 사진을 여세요.")
            )
        source = cameras[0]
    frames, newest = open_source(source), None
    try:
        for number in range(SETTLING):  # the first frames of a camera are dark: it still measures the light
            yield Progress(number, SETTLING, _OPENING)
            newest = frames.read() or newest
    finally:
        frames.stop()
        frames.close()
    if newest is None:
        raise LabError(Text("The camera gave no picture.", "카메라가 그림을 주지 않았어요."))
    return Shown(_reduced(newest.image), Text("From the camera", "카메라 사진"))


def tiles(side: int) -> Generator[Event, None, None]:
    """Yield a `PhotoTile` of each of `PHOTOS`, at most `side` pixels; a job."""
    from engine.caption.trained import read_photo

    for name in PHOTOS:
        yield PhotoTile(name, _reduced(read_photo(sample_photo(name), side), side))


def describe(shown: Shown, asked: Asked, before: Sequence[str] = ()) -> Generator[Event, None, Answer]:
    """Tell a photograph, from the words `before` on; a job. Raises `LabError` when the model is not here."""
    import dataclasses

    from engine.caption import blip
    from engine.caption.batch import ways_for
    from engine.caption.gloss import gloss
    from engine.caption.trained import open_captioner

    yield Progress(0, 1, _TELLING)
    began = time.perf_counter()
    if asked.model == blip.ID:
        told = _by_blip(shown, asked)
        spent = 1000 * (time.perf_counter() - began)
        return Answer(told, gloss(told.words), asked.model, spent, spent)
    one = open_captioner(asked.model)
    ways = ways_for(one.usual(), method=asked.method, width=asked.width, temperature=asked.temperature, seed=asked.seed)
    if asked.hints >= 0:
        ways = dataclasses.replace(ways, hints=asked.hints)
    began = time.perf_counter()
    seen, looked = _seen(shown)
    told = one.tell(seen, ways, tuple(before))
    spent = 1000 * (time.perf_counter() - began)
    return Answer(told, gloss(told.words), asked.model, spent, looked)


def _by_blip(shown: Shown, asked: Asked) -> Told:
    from engine.caption.blip import open_blip
    from engine.caption.speak import Place, Told

    words = open_blip().tell(shown.picture, asked.width if asked.method == "beam" else 1)
    return Told(words, tuple(Place(word, 1.0, ((word, 1.0),)) for word in words), 0.0)


_SEEN: WeakKeyDictionary[Shown, Seen] = WeakKeyDictionary()


def _seen(shown: Shown) -> tuple[Seen, float]:
    """What the encoder saw, and the milliseconds that took now."""
    from engine.caption.trained import look_at

    began = time.perf_counter()
    if shown not in _SEEN:
        _SEEN[shown] = look_at(shown.picture)
        return _SEEN[shown], 1000 * (time.perf_counter() - began)
    return _SEEN[shown], 0.0


@dataclass(frozen=True, slots=True)
class Known:
    """One network of the tab: whether it is here, in words, and its card if it ships."""

    id: str
    name: Text
    here: bool
    words: Text
    card: dict[str, Any] | None


def networks() -> Generator[Event, None, tuple[Known, ...]]:
    """The captioners there are, those that are not here too; a job."""
    from engine.caption import blip
    from engine.caption.recipes import CAPTION_RECIPES
    from engine.caption.trained import card_of

    yield Progress(0, 1, Text("Looking for networks", "신경망을 찾는 중"))
    found = []
    for recipe in CAPTION_RECIPES:
        card = card_of(recipe.id)
        words = _measured(card) if card else Text("Not trained yet", "아직 학습 전")
        found.append(Known(recipe.id, recipe.card.name, card is not None, words, card))
    large = blip.find_blip()
    found.append(Known(blip.ID, same("BLIP"), large.folder is not None, large.words, None))
    return tuple(found)


def _measured(card: dict[str, Any]) -> Text:
    if "bleu4" not in card:
        return Text("bundled", "내장")
    text = Text("BLEU-4 {bleu4:.3f}, borrowed {near:.3f}", "BLEU-4 {bleu4:.3f}, 빌린 문장 {near:.3f}")
    return text(bleu4=card["bleu4"], near=card["nearest_bleu4"])


@dataclass(frozen=True, slots=True)
class Typed:
    """What may follow a start: the bars, and the probability of one asked character (row 97: 는 after 나)."""

    next: Next
    asked: str
    share: float


@dataclass(frozen=True, slots=True)
class Letter(Event):
    """One more character of a text, and the bars it was drawn from."""

    character: str
    probability: float
    next: Next


def what_follows(
    start: str, temperature: float, asked: str = "", model: str = "rnn-text"
) -> Generator[Event, None, Typed]:
    """The bars after `start`; a job. Raises `LabError` when there is no writer."""
    yield Progress(0, 1)
    pen = _pen(start, model)
    return Typed(pen.next(temperature), asked, pen.share_of(asked, temperature) if asked else 0.0)


def write_on(
    start: str, temperature: float, count: int, seed: int, model: str = "rnn-text"
) -> Generator[Event, None, str]:
    """Go on with `start` for `count` characters; a job that yields `Letter` and returns what was written."""
    import torch

    pen, random = _pen(start, model), torch.Generator().manual_seed(seed)
    found = []
    for _ in range(count):
        one = pen.write(temperature, random)
        found.append(one.character)
        yield Letter(one.character, one.probability, one.next)
    return "".join(found)


def _pen(start: str, model: str) -> Pen:
    from engine.caption.trained import open_writer

    pen = open_writer(model).pen()
    pen.read(start)
    return pen


def replaced(places: Sequence[Place], at: int, word: str) -> tuple[str, ...]:
    """The words before place `at` and `word` there: what the network is to go on from."""
    return (*(place.word for place in places[:at]), word)


def _reduced(picture: np.ndarray, longest: int = SIDE) -> np.ndarray:
    from engine.live.bundled_picture import reduced

    return reduced(picture, longest)


def _note(path: Path) -> Text | None:
    from PIL import Image

    with Image.open(path) as image:  # it was read before
        if getattr(image, "n_frames", 1) > 1:
            return Text("It moves; its first frame is told.", "움직이는 그림이라 첫 장면만 말해요.")
        if max(image.size) > 4 * SIDE:
            text = Text("{w:,} × {h:,} px, reduced", "{w:,} × {h:,}픽셀, 줄여서 봄")
            return text(w=image.width, h=image.height)
    return None
