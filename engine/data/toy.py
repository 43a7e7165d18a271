"""The four sequences of the lecture's Conv1D slide: three numbers, and the one that follows (lecture row 17)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.cards import Card, Explanation, Task
from engine.data.imageset import DatasetCard, check_split
from engine.data.signalset import SignalSet, with_fingerprint
from engine.jobs import Job, Progress
from engine.text import Text

X = ((10, 20, 30), (20, 30, 40), (30, 40, 50), (40, 50, 60))
Y = (40, 50, 60, 70)


def _find(root: Path | None) -> Path | None:
    return Path(__file__)


def _read(split: str, path: Path) -> Job:
    check_split(TOY, split)
    yield Progress(0, 1)
    signals = SignalSet(
        id="toy-sequence",
        split=split,
        x=np.array(X, np.float32)[..., None],
        labels=np.zeros(len(X), np.int64),
        classes=(Text("next number", "다음 수"),),
        channels=("x",),
        unit="",
        rate=0.0,
        note=Text("typed from the slide", "슬라이드에서 옮겨 적었어요"),
        targets=np.array(Y, np.float32),
    )
    return with_fingerprint(signals)


TOY = DatasetCard(
    card=Card(
        id="toy-sequence",
        task=Task.SIGNAL,
        name=Text("Four sequences (slide)", "수열 네 개 (슬라이드)"),
        summary=Text(
            "10 20 30 → 40 and three more like it: the lecture’s smallest set.",
            "10 20 30 → 40처럼 이어지는 수열 네 개. 강의에서 가장 작은 데이터예요.",
        ),
        source="Lecture row 17",
        paper="Kiranyaz et al., 1D convolutional neural networks and applications: a survey, 2021",
        explanation=Explanation(
            Text("A number follows", "다음에 올 수"),
            Text("Each row is ten more than the one before.", "줄마다 10씩 커져요."),
            Text(
                "Three numbers go in, the fourth comes out: regression, no classes.",
                "숫자 세 개를 넣으면 네 번째가 나와요. 클래스가 없는 회귀예요.",
            ),
            "[10, 20, 30] → 40",
        ),
        rows=(17,),
        data_licence="CC0-1.0",
    ),
    splits=("train",),
    counts=(len(X),),
    size_words=Text("4 · 3 numbers each", "4개 · 숫자 3개씩"),
    bundled=True,
    find=_find,
    read=_read,
)
