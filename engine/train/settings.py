"""What a person may set before and during a training."""

from __future__ import annotations

from dataclasses import dataclass

from engine.cards import Explanation
from engine.fields import setting
from engine.text import Text, same

_LR = Explanation(
    Text("Learning rate", "학습률 (learning rate)"),
    Text(
        "Raise it and the loss jumps about; lower it and the curve grows smooth but slow.",
        "높이면 손실이 튀고, 낮추면 곡선이 매끄러운 대신 느려져요.",
    ),
    Text(
        "How far each weight moves along its gradient in one step. Too far overshoots, too little crawls.",
        "한 스텝에서 가중치가 기울기를 따라 움직이는 거리예요. 너무 크면 지나치고 너무 작으면 기어가요.",
    ),
    "w ← w − η · ∂L/∂w",
)
_DROPOUT = Explanation(
    same("Dropout"),
    Text(
        "Raise it: the training loss rises, and the gap to validation closes.",
        "높여 보세요. 학습 손실은 오르고 검증과의 차이는 줄어요.",
    ),
    Text(
        "While training, this share of neurons is switched off at random. None may rely on one neighbour, so fewer digits are learnt by heart.",
        "학습하는 동안 이 비율만큼 뉴런을 무작위로 꺼요. 옆 뉴런 하나에만 기댈 수 없어서, 숫자를 통째로 외우는 일이 줄어들어요.",
    ),
    "y = x · m / (1 − p),   m ~ Bernoulli(1 − p)",
)
_AUGMENT = Explanation(
    Text("Augmentation", "증강 (augmentation)"),
    Text(
        "Turned and shifted digits appear only in training; the held-out ones stay as they are.",
        "돌리고 옮긴 숫자는 학습에만 나와요. 따로 둔 숫자는 그대로예요.",
    ),
    Text(
        "A turned 3 is still a 3. Small changes make new training pictures for free.",
        "돌려도 3은 3이에요. 조금씩 바꾸면 학습 그림이 공짜로 늘어요.",
    ),
    "x′ = A x + t,   A = s · R(θ),   θ, s, t drawn anew for each picture",
)
_BATCH = Explanation(
    Text("Batch size", "배치 크기 (batch size)"),
    Text(
        "Smaller batches make a noisier curve with more steps in an epoch.",
        "배치가 작으면 곡선이 더 흔들리고 에폭 하나의 스텝이 많아져요.",
    ),
    Text(
        "How many pictures are averaged before the weights move once.",
        "가중치를 한 번 움직이기 전에 평균 내는 그림 수예요.",
    ),
    "g = (1/B) · Σᵢ ∂Lᵢ/∂w",
)
_SCHEDULE = Explanation(
    Text("Schedule", "학습률 계획 (schedule)"),
    Text(
        "Watch the learning-rate curve: one-cycle climbs, then falls to zero.",
        "학습률 곡선을 보세요. one-cycle은 올랐다가 0까지 내려가요.",
    ),
    Text(
        "One-cycle warms up, runs fast, and ends gently: often the best result in few epochs.",
        "one-cycle은 천천히 시작해 빠르게 달리다 부드럽게 끝나요. 적은 에폭에서 결과가 좋은 편이에요.",
    ),
    "η(t) = η · t/w  for t < w,   η · ½(1 + cos π(t−w)/(1−w))  after",
)
_NORM = Explanation(
    same("Batch norm"),
    Text(
        "With it on, the first curve falls faster and bears a higher learning rate.",
        "켜면 처음 곡선이 더 빨리 내려가고 높은 학습률도 견뎌요.",
    ),
    Text(
        "Each channel is brought to mean 0 and spread 1 over the batch before ReLU.",
        "ReLU 앞에서 채널마다 배치 평균을 0, 퍼짐을 1로 맞춰요.",
    ),
    "y = γ · (x − μ_B) / √(σ²_B + ε) + β",
)


_SHUFFLE = Explanation(
    Text("Shuffle all pixels", "모든 픽셀 섞기 (pixel shuffle)"),
    Text(
        "Train the MLP and the CNN with it on: only one of them minds.",
        "켜고 MLP와 CNN을 학습해 보세요. 한쪽만 나빠져요.",
    ),
    Text(
        "Every picture is shuffled in the same way. The MLP never knew which pixels are neighbours; the CNN lives by it.",
        "모든 그림을 똑같이 섞어요. MLP는 어느 픽셀이 이웃인지 원래 몰라요. CNN은 이웃을 보고 배워요.",
    ),
    "x′ᵢ = x_π(i),   π drawn once",
)
AVERAGE = Explanation(
    Text("Averaged weights", "평균 가중치 (weight averaging)"),
    Text(
        "The held-out curve grows smooth: it is measured on the average, not on the last step.",
        "검증 곡선이 매끄러워져요. 마지막 스텝이 아니라 평균으로 재기 때문이에요.",
    ),
    Text(
        "A second network follows the first as a running average. Steps that go back and forth cancel out in it.",
        "두 번째 신경망이 이동 평균으로 첫 번째를 따라가요. 왔다 갔다 하는 스텝은 서로 지워져요.",
    ),
    "w̄ ← β · w̄ + (1 − β) · w",
)
_FINE_TUNING = Explanation(
    Text("Encoder’s rate", "인코더 학습률 (fine-tuning)"),
    Text(
        "At 0 the pre-trained half stays as it came; at 1 it learns as fast as the new half.",
        "0이면 미리 학습된 절반은 그대로예요. 1이면 새 절반만큼 빨리 배워요.",
    ),
    Text(
        "The encoder has seen a million photographs. Small steps adapt it without forgetting them.",
        "인코더는 사진 백만 장을 이미 봤어요. 작은 걸음으로 배우면 잊지 않고 맞춰 가요.",
    ),
    "η_encoder = share · η",
)


@dataclass(frozen=True, slots=True)
class FitSettings:
    """What decides any training besides its data; stored in the run, so that it can be repeated.

    held_out: pictures kept out of train to choose the best checkpoint by.
    patience: checks without a better held-out figure before it stops by itself; 0 = never.
    keep_checkpoints: how many states on the way are kept to go back to, evenly spread; see checkpoints.py.
    """

    epochs: float = setting(2.0, Text("Epochs", "에폭 수"), low=0.1, high=1000)
    batch_size: int = setting(256, Text("Batch size", "배치 크기"), low=1, high=4096, live=True, log=True, help=_BATCH)
    learning_rate: float = setting(
        0.006, Text("Learning rate", "학습률"), low=1e-6, high=1.0, log=True, live=True, help=_LR
    )
    schedule: str = setting(
        "one-cycle",
        Text("Schedule", "학습률 계획"),
        choices=(("one-cycle", same("one-cycle")), ("constant", Text("constant", "일정"))),
        help=_SCHEDULE,
    )
    weight_decay: float = setting(0.01, same("Weight decay"), low=0.0, high=1.0)
    held_out: int = setting(5000, Text("Held out", "따로 둘 그림"), low=1, high=30000)
    patience: int = setting(0, Text("Early stop after", "조기 종료 (검증 횟수)"), low=0, high=1000)
    seed: int = setting(7, Text("Seed", "시드"), low=0, high=2**31 - 1)
    tensorboard: bool = setting(False, Text("TensorBoard events", "TensorBoard 기록"))
    keep_checkpoints: int = setting(8, Text("Checkpoints kept", "남길 체크포인트"), low=0, high=64)


@dataclass(frozen=True, slots=True)
class TrainSettings(FitSettings):
    """What decides the training of a digit network.

    rotate: ± degrees. shift: ± pixels. scale: ± share of the size. stretch: ± share of one axis
    against the other (with a slant of the same size). bend: ± pixels of elastic distortion.
    augment multiplies all five, in [0, 1].
    shuffle_pixels: one fixed shuffle of all pixels before the first layer (lecture row 1).
    """

    batch_size: int = setting(256, Text("Batch size", "배치 크기"), low=8, high=4096, live=True, log=True, help=_BATCH)
    held_out: int = setting(5000, Text("Held out", "따로 둘 그림"), low=10, high=30000)
    dropout: float = setting(0.5, same("Dropout"), low=0.0, high=0.9, step=0.05, live=True, help=_DROPOUT)
    augment: float = setting(
        1.0, Text("Augmentation", "증강 세기"), low=0.0, high=1.0, step=0.05, live=True, help=_AUGMENT
    )
    rotate: float = setting(0.0, Text("Rotate", "회전"), low=0.0, high=45.0, unit="°", help=_AUGMENT)
    shift: float = setting(2.0, Text("Shift", "이동"), low=0.0, high=8.0, unit=" px", help=_AUGMENT)
    scale: float = setting(0.0, Text("Scale", "크기 변화"), low=0.0, high=0.5, help=_AUGMENT)
    stretch: float = setting(0.0, Text("Stretch", "늘이기"), low=0.0, high=0.5, help=_AUGMENT)
    bend: float = setting(0.0, Text("Bend", "휘기"), low=0.0, high=5.0, unit=" px", help=_AUGMENT)
    batch_norm: bool = setting(True, same("Batch norm"), help=_NORM)
    shuffle_pixels: bool = setting(False, Text("Shuffle all pixels", "모든 픽셀 섞기"), help=_SHUFFLE)


_SKIPS = Explanation(
    Text("Skips across the U", "U를 가로지르는 길 (skip connection)"),
    Text(
        "Race it with and without: without skips thin things such as poles melt away.",
        "있음과 없음을 겨뤄 보세요. 없으면 기둥처럼 가는 것이 녹아 사라져요.",
    ),
    Text(
        "Pooling forgets where exactly something was. Skips hand the fine maps of the way down to the way up.",
        "풀링은 정확한 위치를 잊어요. 건너뛰는 길이 내려갈 때의 고운 맵을 올라가는 쪽에 건네요.",
    ),
    "upₗ = conv([downₗ, up₂(upₗ₊₁)])",
)


@dataclass(frozen=True, slots=True)
class PhotoSettings(FitSettings):
    """What decides the training of a network that looks at photographs (detection, segmentation).

    width, height: of the crops it learns from, in pixels, multiples of 32.
    pretrained:    start the encoder from EfficientNet-Lite0's ImageNet weights instead of from nothing.
    encoder_rate:  the encoder's learning rate as a share of the rest's.
    average:       β of the running average of the weights that is measured and kept; 0 = none.
    augment:       strength of the random changes to each photograph, in [0, 1].
    every:         of the pixels of a mask those of every so many rows and columns are learnt from.
    """

    batch_size: int = setting(8, Text("Batch size", "배치 크기"), low=1, high=64, live=True, log=True, help=_BATCH)
    width: int = setting(384, Text("Crop width", "자르는 너비"), low=32, high=1024, step=32, unit=" px")
    height: int = setting(288, Text("Crop height", "자르는 높이"), low=32, high=1024, step=32, unit=" px")
    pretrained: bool = setting(True, Text("Pre-trained encoder", "미리 학습한 인코더"), help=_FINE_TUNING)
    encoder_rate: float = setting(
        0.2, Text("Encoder’s rate", "인코더 학습률 비율"), low=0.0, high=1.0, help=_FINE_TUNING
    )
    average: float = setting(0.99, Text("Averaging β", "평균 β"), low=0.0, high=0.9999, help=AVERAGE)
    augment: float = setting(
        1.0, Text("Augmentation", "증강 세기"), low=0.0, high=1.0, step=0.05, live=True, help=_AUGMENT
    )
    every: int = setting(2, Text("Mask rows and columns: every", "마스크 행과 열 간격"), low=1, high=8)


@dataclass(frozen=True, slots=True)
class SkipSettings(PhotoSettings):
    """skips: maps of the way down are laid beside those of the way up (lecture row 86)."""

    skips: bool = setting(True, Text("Skip connections", "건너뛰는 길"), help=_SKIPS)
