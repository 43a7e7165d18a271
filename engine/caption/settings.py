"""What a person may set before a captioner or a writer of text learns; for window, command line and run."""

from __future__ import annotations

from dataclasses import dataclass

from engine.cards import Explanation
from engine.fields import setting
from engine.text import Text

_SMOOTHING = Explanation(
    Text("Label smoothing", "레이블 스무딩 (label smoothing)"),
    Text("The likeliest word’s bar stays shorter.", "가장 그럴듯한 낱말의 막대가 짧아져요."),
    Text(
        "A little of the truth is shared among all words, so that the network is never too sure of one.",
        "정답의 몫을 다른 낱말에도 조금 나눠 줘요. 그래서 한 낱말만 너무 믿지 않아요.",
    ),
    "q(w) = (1 − ε) · [w = wₜ] + ε / V",
)
_HINTS = Explanation(
    Text("Hints", "힌트 (word detector)"),
    Text("At 0 many photos get the same sentence.", "0이면 여러 사진이 같은 문장을 얻어요."),
    Text(
        "A second, linear network says which words a photo should bring. They are likelier until they have been said.",
        "선형 신경망이 사진에 어울리는 낱말을 따로 알려 줘요. 그 낱말은 말해질 때까지 더 그럴듯해져요.",
    ),
    "log p(w) + λ · log (r(w|x) / r(w))",
)


@dataclass(frozen=True, slots=True)
class CaptionSettings:
    """A captioner's. members: decoders whose answers are averaged. least: uses that make a word known.

    views: of each photograph, kept as the encoder saw them. average: β of the running average of the weights.
    hints, length: how the sentences of the checks are chosen, see `engine.caption.speak.Ways`.
    """

    epochs: float = setting(18.0, Text("Epochs", "에폭 수"), low=0.01, high=1000)
    batch_size: int = setting(100, Text("Batch size", "배치 크기"), low=2, high=2000, log=True)
    learning_rate: float = setting(2e-3, Text("Learning rate", "학습률"), low=1e-6, high=0.1, log=True)
    weight_decay: float = setting(0.02, Text("Weight decay", "가중치 감쇠"), low=0.0, high=1.0)
    width: int = setting(192, Text("Vector size", "벡터 크기"), low=8, high=1024)
    state: int = setting(256, Text("LSTM state", "LSTM 상태 크기"), low=8, high=2048)
    members: int = setting(3, Text("Decoders", "디코더 수"), low=1, high=8)
    dropout: float = setting(0.25, Text("Dropout", "드롭아웃"), low=0.0, high=0.9)
    word_dropout: float = setting(0.05, Text("Words hidden", "낱말 가리기"), low=0.0, high=0.9)
    smoothing: float = setting(0.05, Text("Smoothing", "스무딩"), low=0.0, high=0.9, help=_SMOOTHING)
    average: float = setting(0.998, Text("Weight averaging", "가중치 평균"), low=0.0, high=0.99999)
    views: int = setting(5, Text("Views of a photo", "사진마다 시야 수"), low=1, high=16)
    least: int = setting(5, Text("Least uses of a word", "낱말의 최소 쓰임"), low=1, high=100)
    coco: bool = setting(True, Text("COCO’s sentences too", "COCO 문장도 쓰기"))
    hints: float = setting(1.4, Text("Hints", "힌트"), low=0.0, high=3.0, help=_HINTS)
    length: float = setting(0.7, Text("Length power", "길이 지수"), low=0.0, high=2.0)
    held_out: int = setting(80, Text("Held out", "따로 둘 사진"), low=2, high=5000)
    check_every: float = setting(6.0, Text("Epochs between checks", "검증 사이 에폭"), low=0.01, high=1000)
    seed: int = setting(7, Text("Seed", "시드"), low=0, high=2**31 - 1)


@dataclass(frozen=True, slots=True)
class TextSettings:
    """A writer's of text. window: characters it learns from at once. held_out: share of the text kept for the checks."""

    epochs: float = setting(50.0, Text("Epochs", "에폭 수"), low=0.01, high=1000)
    batch_size: int = setting(16, Text("Batch size", "배치 크기"), low=2, high=1000, log=True)
    learning_rate: float = setting(5e-3, Text("Learning rate", "학습률"), low=1e-6, high=0.1, log=True)
    weight_decay: float = setting(0.02, Text("Weight decay", "가중치 감쇠"), low=0.0, high=1.0)
    width: int = setting(96, Text("Vector size", "벡터 크기"), low=8, high=1024)
    state: int = setting(256, Text("LSTM state", "LSTM 상태 크기"), low=8, high=2048)
    dropout: float = setting(0.4, Text("Dropout", "드롭아웃"), low=0.0, high=0.9)
    window: int = setting(64, Text("Window", "한 번에 볼 글자"), low=8, high=1000)
    average: float = setting(0.995, Text("Weight averaging", "가중치 평균"), low=0.0, high=0.99999)
    held_out: float = setting(0.1, Text("Held out", "따로 둘 몫"), low=0.01, high=0.5)
    check_every: float = setting(4.0, Text("Epochs between checks", "검증 사이 에폭"), low=0.01, high=1000)
    seed: int = setting(7, Text("Seed", "시드"), low=0, high=2**31 - 1)
