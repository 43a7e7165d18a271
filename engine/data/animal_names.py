"""Is it an animal or a thing? The names of ImageNet's 1,000 classes in English and Korean as text (lecture row 3).

Real words that come with the app. A name and its translation are in the same part. Letters are numbers: Latin letters,
and Hangul taken apart into its jamo, so that a kernel can find "terrier" or the Korean endings alike.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np

import resources
from engine.cards import Card, Explanation, Task
from engine.data.imageset import DatasetCard, check_split
from engine.data.signalset import SignalSet, with_fingerprint
from engine.jobs import Job, Progress
from engine.text import Text

LENGTH = 32  # letters of a name; longer ones are cut
ANIMALS = 398  # the first classes of ImageNet are animals: tench … puffer
LETTERS = " abcdefghijklmnopqrstuvwxyz-'" + "".join(
    chr(c) for c in (*range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3))
)
CODES = {letter: number for number, letter in enumerate(LETTERS)}
CLASSES = (Text("animal", "동물"), Text("thing", "사물"))
_EVERY = 5  # every fifth class is kept for the test


def letters_of(name: str) -> str:
    """The letters of a name that are known, Hangul taken apart."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name.lower()) if letter in CODES)[:LENGTH]


def shown(letters: str) -> str:
    """Letters as fonts have them: jamo that stand alone in place of those that join."""
    return "".join(_ALONE.get(letter, letter) for letter in letters)


_FIRST, _LAST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_ALONE = {
    **{chr(0x1100 + number): letter for number, letter in enumerate(_FIRST)},
    **{chr(0x1161 + number): chr(0x314F + number) for number in range(21)},
    **{chr(0x11A8 + number): letter for number, letter in enumerate(_LAST)},
}


def codes_of(name: str) -> np.ndarray:
    """A name as (32, 1) float32 numbers of letters, 0 behind its end."""
    codes = [CODES[letter] for letter in letters_of(name)]
    return np.array(codes + [0] * (LENGTH - len(codes)), np.float32)[:, None]


def _find(root: Path | None) -> Path | None:
    path = resources.path("i18n", "imagenet_ko.json")
    return path if path.is_file() else None


def _read(split: str, path: Path) -> Job:
    check_split(NAMES, split)
    yield Progress(0, 1)
    from engine.models.imagenet import names

    every = names()
    chosen = [number for number in range(len(every)) if (number % _EVERY == _EVERY - 1) == (split == "test")]
    words = [word for number in chosen for word in (every[number].en, every[number].ko)]
    numbers = np.repeat(chosen, 2)
    return with_fingerprint(
        SignalSet(
            id="names",
            split=split,
            x=np.stack([codes_of(word) for word in words]),
            labels=(numbers >= ANIMALS).astype(np.int64),
            classes=CLASSES,
            channels=("letter",),
            unit="",
            rate=0.0,
            note=Text("names of ImageNet’s classes", "ImageNet 클래스 이름"),
            groups=numbers.astype(np.int64),
        )
    )


NAMES = DatasetCard(
    card=Card(
        id="names",
        task=Task.SIGNAL,
        name=Text("Names: animal or thing", "이름: 동물 또는 사물"),
        summary=Text(
            "1,000 names in English and Korean, each an animal or a thing. Text as a row of letters.",
            "영어와 한국어 이름 1,000개씩. 동물이거나 사물이에요. 글자가 늘어선 텍스트예요.",
        ),
        source="ImageNet-1K class names; Korean names of this app",
        paper="Russakovsky et al., ImageNet large scale visual recognition challenge, IJCV 2015",
        explanation=Explanation(
            Text("Text as numbers", "숫자로 본 글자"),
            Text("Each letter is a number; the order is what counts.", "글자마다 숫자 하나예요. 순서가 중요해요."),
            Text(
                "Hangul is taken apart into its letters, so that a kernel can look for a piece of a word.",
                "한글은 자모로 풀어요. 그래서 커널이 낱말의 일부를 찾을 수 있어요.",
            ),
            "x ∈ {0 … 96}³²",
        ),
        rows=(3,),
        data_licence="class names: BSD-3-Clause (torchvision’s list)",
    ),
    splits=("train", "test"),
    counts=(1600, 400),
    size_words=Text("2,000 names · 32 letters", "이름 2,000개 · 글자 32개"),
    bundled=True,
    find=_find,
    read=_read,
)
