"""A trained captioner or writer from wherever it is: bundled, a run, or a file; and the photographs it is shown."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

import resources
from engine import places
from engine.caption import network, writer
from engine.caption.begin import tellings
from engine.caption.chorus import Chorus
from engine.caption.encoder import Seen, see, whole
from engine.caption.network import Captioner
from engine.caption.recipes import CaptionRecipe, caption_recipe, is_caption
from engine.caption.speak import Speaker, Told, Ways, tell
from engine.caption.words import Vocabulary, vocabulary_from
from engine.data.pictures import read_small
from engine.errors import LabError
from engine.files import read_json, read_tensors, sha256
from engine.memory import kept
from engine.text import Text
from engine.zoo.weights import put

LEAST = 4  # pixels of a side; below there is nothing to see


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Work this small waits longer for a second core that is busy than it gains from one that is not."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@dataclass(frozen=True, slots=True, eq=False)
class Describer:
    """A captioner with its words. source: the file of its weights. about: what is stored with them."""

    network: Captioner
    chorus: Chorus
    vocabulary: Vocabulary
    recipe: CaptionRecipe
    source: Path
    about: dict[str, Any]

    def usual(self) -> Ways:
        """How its sentences were chosen when it was measured: beam 3."""
        return Ways(hints=float(self.about["hints"]), length=float(self.about["length"]))

    def tell(self, seen: Seen, ways: Ways, before: tuple[str, ...] = ()) -> Told:
        """A sentence about a photograph that was seen, from the words `before` on."""
        with one_thread():
            speaker = Speaker(self.chorus, self.vocabulary, seen, hints=ways.hints)
            return tell(speaker, self.vocabulary, ways, before)


@dataclass(frozen=True, slots=True, eq=False)
class TrainedWriter:
    """A writer of text with its characters."""

    network: writer.Writer
    alphabet: writer.Alphabet
    source: Path
    about: dict[str, Any]

    def pen(self) -> writer.Pen:
        return writer.Pen(self.network, self.alphabet)


def shipped(id: str) -> Path | None:
    """The bundled weights of a recipe, or those imported; None where there are none."""
    for path in (resources.path("captions", f"{id}.safetensors"), places.models() / f"{id}.safetensors"):
        if path.is_file() and path.with_suffix(".json").is_file():
            return path
    return None


def card_of(id: str) -> dict[str, Any] | None:
    """The card beside shipped weights: what they are and how good. Raises `LabError` when it is damaged."""
    path = shipped(id)
    return read_json(path.with_suffix(".json")) if path else None


def file_of(which: str) -> Path:
    """The weights that `which` names: a recipe's id, a run's folder or its name, or a file. Raises `LabError`."""
    if is_caption(which):
        path = shipped(which)
        if path is None:
            text = Text(
                "No weights of {id} came with this copy. Train them first: train {id}.",
                "{id} 가중치가 들어 있지 않아요. 먼저 학습해 보세요: train {id}.",
            )
            raise LabError(text(id=which))
        if sha256(path) != read_json(path.with_suffix(".json")).get("sha256"):
            text = Text(
                "{path} is not the file its card describes. Install the app again.",
                "{path} 파일이 카드의 설명과 달라요. 앱을 다시 설치해 주세요.",
            )
            raise LabError(text(path=path))
        return path
    for place in (Path(which), tellings() / which):
        if place.is_dir():
            best = place / "best.safetensors"
            if best.is_file():
                return best
            text = Text(
                "{path} has no weights yet. Let it learn until its first check.",
                "{path} 실행에는 아직 가중치가 없어요. 첫 검증까지 배우게 해 주세요.",
            )
            raise LabError(text(path=place))
    if not Path(which).is_file():
        text = Text(
            "There is no captioner “{which}”: no recipe, no run and no file has that name.",
            "‘{which}’ 캡션 모델이 없어요. 레시피, 실행, 파일 가운데 그런 이름이 없어요.",
        )
        raise LabError(text(which=which))
    return Path(which)


def open_captioner(which: str) -> Describer:
    """The captioner that `which` names (see `file_of`), in eval mode. Raises `LabError`."""
    path = file_of(which)
    return _captioner(path, path.stat().st_mtime_ns)


def open_writer(which: str = "rnn-text") -> TrainedWriter:
    """The writer of text that `which` names (see `file_of`), in eval mode. Raises `LabError`."""
    path = file_of(which)
    return _writer(path, path.stat().st_mtime_ns)


@kept(4)
def _captioner(path: Path, changed: int) -> Describer:
    tensors, about = read_tensors(path)
    try:
        words = vocabulary_from(about["vocabulary"])
        chosen = caption_recipe(about["recipe"])
        made = network.build(about["build"])
        if about["build"]["words"] != len(words):
            raise ValueError("words")
        [float(about[name]) for name in ("hints", "length")]
    except (KeyError, TypeError, ValueError) as error:
        text = Text("{path} holds no captioner of ours.", "{path} 파일에는 캡션 모델이 들어 있지 않아요.")
        raise LabError(text(path=path)) from error
    put(made, tensors, path)
    made = made.float().eval().requires_grad_(False)
    return Describer(made, Chorus(made), words, chosen, path, about)


@kept(4)
def _writer(path: Path, changed: int) -> TrainedWriter:
    tensors, about = read_tensors(path)
    try:
        alphabet = writer.alphabet_from(about["characters"])
        made = writer.build(about["build"])
        if about["build"]["characters"] != len(alphabet):
            raise ValueError("characters")
    except (KeyError, TypeError, ValueError) as error:
        text = Text("{path} holds no writer of text.", "{path} 파일에는 글쓰기 모델이 들어 있지 않아요.")
        raise LabError(text(path=path)) from error
    put(made, tensors, path)
    return TrainedWriter(made.float().eval().requires_grad_(False), alphabet, path, about)


def read_photo(path: Path, side: int) -> np.ndarray:
    """A photograph as (H, W, 3) uint8 RGB; of a large JPEG a reduced copy with sides of at least `side` pixels.

    Of an animated one the first frame, of a transparent one what shows on white; grey and CMYK become RGB.
    Raises: `LabError` when it is missing, no picture, cut off, far too large, or too small to see anything.
    """
    picture, (width, height) = read_small(path, side)
    if min(width, height) < LEAST:
        text = Text(
            "{path} has {width} × {height} pixels: there is nothing to see. Choose a larger photo.",
            "{path} 사진은 {width} × {height}픽셀이라 볼 것이 없어요. 더 큰 사진을 고르세요.",
        )
        raise LabError(text(path=path, width=width, height=height))
    return picture


@torch.inference_mode()
def look_at(picture: np.ndarray) -> Seen:
    """What the encoder sees of one photograph, whole."""
    with one_thread():
        return see([whole(picture)])
