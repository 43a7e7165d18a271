"""What a person may set in a training on small colour photographs, besides what every classification has."""

from __future__ import annotations

from dataclasses import dataclass

from engine.cards import Explanation
from engine.fields import setting
from engine.text import Text, same
from engine.train.settings import AVERAGE, TrainSettings

_FLIP = Explanation(
    Text("Mirrored pictures", "좌우 뒤집기 (horizontal flip)"),
    Text(
        "A mirrored cat is still a cat. With it off, the training curve runs away from the held-out one.",
        "뒤집어도 고양이는 고양이예요. 끄면 학습 곡선이 검증 곡선을 앞질러 가요.",
    ),
    Text(
        "“random” throws a coin for each picture. “alternate” turns each picture over in every second epoch, so that two epochs show every picture both ways.",
        "“random”은 그림마다 동전을 던져요. “alternate”는 에폭마다 번갈아 뒤집어서, 두 에폭이면 모든 그림을 양쪽으로 봐요.",
    ),
    "x′(i, j) = x(i, W − 1 − j)",
)
_CUTOUT = Explanation(
    Text("Cut out a square", "네모 가리기 (cutout)"),
    Text(
        "A square somewhere is grey: the network may not live by one detail.",
        "어딘가 네모 하나가 회색이에요. 한 부분만 보고 맞힐 수 없어요.",
    ),
    Text(
        "Each training picture loses one square at random (DeVries, Taylor 2017). It helps long trainings and slows short ones.",
        "학습 그림마다 네모 하나를 지워요 (DeVries, Taylor 2017). 오래 배울 때 도움이 되고 짧게 배울 때는 느려져요.",
    ),
    "x′ = x · (1 − m),   m = 1 in a square of side s",
)
_MIX = Explanation(
    Text("Mix pictures", "그림 섞기 (CutMix)"),
    Text(
        "For long trainings: the network cannot learn its pictures by heart. In a short one leave it at 0.",
        "오래 배울 때 써요. 그림을 외울 수 없게 돼요. 짧게 배울 때는 0으로 두세요.",
    ),
    Text(
        "In this share of the batches each picture gets a square of another, and the answer is both, by area (Yun et al. 2019). The last tenth of the run sees whole pictures.",
        "이 비율의 배치에서는 그림마다 다른 그림의 네모를 붙이고, 정답도 넓이만큼 나눠 가져요 (Yun 등 2019). 마지막 10분의 1은 온전한 그림으로 배워요.",
    ),
    "x′ = (1 − m) · x₁ + m · x₂,   y′ = (1 − λ) · y₁ + λ · y₂,   λ = mean of m",
)
_SMOOTHING = Explanation(
    Text("Label smoothing", "라벨 부드럽게 (label smoothing)"),
    Text(
        "The loss no longer falls to 0: nobody is asked to be certain.",
        "손실이 0까지 내려가지 않아요. 완전히 확신하라고 하지 않으니까요.",
    ),
    Text(
        "A little of the right answer is shared out among all classes, so that scores need not grow without end.",
        "정답의 일부를 모든 클래스에 나눠 줘요. 점수를 끝없이 키울 필요가 없어져요.",
    ),
    "y′ = (1 − ε) · y + ε / K",
)
_OPTIMIZER = Explanation(
    Text("Optimiser", "최적화 방법 (optimizer)"),
    Text(
        "Race Adam against SGD from the same weights. SGD wants a rate about a hundred times higher.",
        "같은 가중치에서 Adam과 SGD를 겨뤄 보세요. SGD의 학습률은 백 배쯤 커야 해요.",
    ),
    Text(
        "SGD follows the gradient with momentum. Adam also divides by how large each weight’s gradient usually is.",
        "SGD는 관성을 실어 기울기를 따라가요. Adam은 가중치마다 기울기의 평소 크기로 나누기도 해요.",
    ),
    "SGD: v ← μ v + g,  w ← w − η (g + μ v)      Adam: w ← w − η · m̂ / (√v̂ + ε)",
)
_MUON = Explanation(
    Text("Optimiser", "최적화 방법 (optimizer)"),
    Text(
        "Race Muon against SGD over a few epochs: Muon’s curve is ahead from the first one on.",
        "에폭 몇 번만 Muon과 SGD를 겨뤄 보세요. Muon의 곡선이 처음부터 앞서요.",
    ),
    Text(
        "SGD moves a layer most in the direction its pictures agree on most. Muon evens the directions out first, so that rare ones are learnt as fast. Its rate is about 0.12, SGD’s 0.5, Adam’s 0.005.",
        "SGD는 그림들이 가장 많이 가리키는 방향으로 층을 가장 크게 움직여요. Muon은 먼저 방향들을 고르게 만들어서 드문 것도 똑같이 빨리 배워요. 학습률은 Muon 0.12, SGD 0.5, Adam 0.005쯤이에요.",
    ),
    "G = U S Vᵀ   →   W ← W − η · U Vᵀ",
)
_START = Explanation(
    Text("First weights", "가중치 초기화 (initialisation)"),
    Text(
        "Take “small” and look at the gradients by layer: nothing arrives at the first ones.",
        "“small”을 고르고 층별 기울기를 보세요. 앞쪽 층까지 아무것도 오지 않아요.",
    ),
    Text(
        "He’s rule keeps the size of a signal from layer to layer behind ReLU, Glorot’s behind tanh. Too small fades, too large explodes.",
        "He는 ReLU 뒤에서, Glorot(Xavier)는 tanh 뒤에서 신호의 크기를 층마다 지켜요. 너무 작으면 사라지고 너무 크면 터져요.",
    ),
    "He: σ² = 2 / n_in      Glorot: σ² = 2 / (n_in + n_out)      small: σ = 0.01",
)
_SMALL = Explanation(
    Text("Small pictures first", "작은 그림부터 (progressive resizing)"),
    Text(
        "The speed tile falls when the pictures grow to full size; the curve hardly notices.",
        "그림이 원래 크기가 되면 속도 타일이 내려가요. 곡선은 거의 그대로예요.",
    ),
    Text(
        "For this share of the run the pictures are 24×24: nearly twice as many in a second, and coarse shapes are learnt as well.",
        "이 비율만큼은 24×24 그림으로 배워요. 초당 두 배 가까이 보고, 큰 모양은 똑같이 배워요.",
    ),
    "(24 / 32)² ≈ 0.56 of the multiplications",
)
_GREY = Explanation(
    Text("Without colour", "흑백으로 (grayscale)"),
    Text(
        "Race it against colour: a third of the numbers in each picture, but which classes suffer?",
        "컬러와 겨뤄 보세요. 그림의 숫자는 3분의 1이 돼요. 어떤 클래스가 손해를 볼까요?",
    ),
    Text(
        "Where colour does not matter, grey saves room. Frogs are green and ships lie on blue: here it matters.",
        "색이 상관없으면 흑백이 공간을 아껴요. 개구리는 초록이고 배는 파란 물 위에 있으니 여기서는 색이 중요해요.",
    ),
    "y = 0.299 R + 0.587 G + 0.114 B",
)
_MIRROR = Explanation(
    Text("Look twice", "두 번 보고 답하기 (test-time augmentation)"),
    Text(
        "Learning takes as long as before; each answer takes twice as long and is a little better.",
        "학습 시간은 그대로예요. 답하는 시간은 두 배가 되고 답은 조금 더 좋아져요.",
    ),
    Text(
        "It reads the picture and its mirror image and answers the mean of both scores.",
        "그림과 뒤집은 그림을 둘 다 읽고 점수를 평균 내요.",
    ),
    "ŷ = ½ · (f(x) + f(mirror x))",
)
_SCHEDULE = Explanation(
    Text("Schedule", "학습률 계획 (schedule)"),
    Text("Straight down: Muon needs no warm-up.", "곧게 내려가요. Muon에는 워밍업이 필요 없어요."),
    Text(
        "The rate begins high and falls evenly to 0. One-cycle climbs first, which saves steps of other kinds from exploding.",
        "학습률이 높게 시작해서 고르게 0까지 내려가요. one-cycle은 먼저 올라가는데, 다른 최적화 방법이 터지지 않게 해 줘요.",
    ),
    "η(t) = η · (1 − t / T)",
)
_MOVED = Explanation(
    Text("Look from the side", "옆에서도 보기 (multi-crop)"),
    Text(
        "An answer takes three times as long and is a little better.",
        "답하는 시간이 세 배가 되고 답은 조금 더 좋아져요.",
    ),
    Text(
        "It reads the picture also one pixel up left and down right and answers the mean.",
        "그림을 왼쪽 위와 오른쪽 아래로 한 픽셀씩 옮겨서도 읽고 평균으로 답해요.",
    ),
    "ŷ = ½ · f(x) + ¼ · (f(x ↖) + f(x ↘))",
)
_SKIPS = Explanation(
    Text("Skip connections", "건너뛰는 길 (skip connection)"),
    Text(
        "Race with against without at 56 layers: the deeper plain network is worse even on its training pictures.",
        "56층에서 있음과 없음을 겨뤄 보세요. 깊기만 한 신경망은 학습 그림에서도 더 나빠요.",
    ),
    Text(
        "Each block only has to learn what to add to its input. The gradient has a road past it.",
        "블록마다 입력에 무엇을 더할지만 배우면 돼요. 기울기가 지나갈 길도 생겨요.",
    ),
    "y = F(x) + x,   F = H − x",
)
_ORDER = Explanation(
    Text("Order in a block", "블록 안의 순서 (pre-activation)"),
    Text(
        "“before” keeps the skip free from end to end: compare at 56 layers.",
        "“before”는 건너뛰는 길을 끝까지 비워 둬요. 56층에서 견주어 보세요.",
    ),
    Text(
        "2015 put norm and ReLU behind the convolutions; the sequel of 2016 (the V2 of Keras’s ResNet50V2) before them.",
        "2015년에는 정규화와 ReLU가 합성곱 뒤에, 2016년 후속 논문(Keras ResNet50V2의 V2)에서는 앞에 있어요.",
    ),
    "after: relu(F(x) + x)      before: F(relu(norm(x))) + x",
)
_ONE = Explanation(
    Text("1×1 convolutions", "1×1 합성곱"),
    Text("Switch them off and start: watch parameters and speed.", "끄고 시작해 보세요. 파라미터 수와 속도를 보세요."),
    Text(
        "A 1×1 mixes channels without looking at neighbours. Fewer channels go into the large kernels.",
        "1×1은 이웃을 보지 않고 채널만 섞어요. 큰 커널에 들어가는 채널이 줄어요.",
    ),
    "5² · 64 · 32 = 51,200   against   64 · 8 + 5² · 8 · 32 = 6,912",
)


@dataclass(frozen=True, slots=True)
class ColourSettings(TrainSettings):
    """What decides a training on small colour photographs.

    flip:      which training pictures are mirrored. cutout: side of the square taken out of each, in pixels.
    smoothing: ε of the smoothed labels, in [0, 1).
    optimizer: "adam" (AdamW) or "sgd" (Nesterov momentum). start: how the first weights are drawn; see zoo/start.py.
    average:   β of the running average of the weights that is measured and kept; 0 = none.
    small:     share of the run in which the pictures are 24×24; to be set only where a network takes any size.
    grey:      the network takes the colour away first (lecture row 13).
    mirror:    it answers the mean of a picture and its mirror image, which takes twice as long.
    """

    flip: str = setting(
        "random",
        Text("Mirror", "좌우 뒤집기"),
        choices=(
            ("none", Text("never", "안 함")),
            ("random", Text("by chance", "무작위")),
            ("alternate", Text("every second epoch", "에폭마다 번갈아")),
        ),
        help=_FLIP,
    )
    cutout: float = setting(0.0, Text("Cut out", "네모 가리기"), low=0.0, high=24.0, unit=" px", help=_CUTOUT)
    smoothing: float = setting(0.0, Text("Label smoothing", "라벨 부드럽게"), low=0.0, high=0.9, help=_SMOOTHING)
    optimizer: str = setting(
        "adam",
        Text("Optimiser", "최적화 방법"),
        choices=(("adam", same("Adam")), ("sgd", Text("SGD, momentum", "SGD, 관성"))),
        help=_OPTIMIZER,
    )
    start: str = setting(
        "he",
        Text("First weights", "가중치 초기화"),
        choices=(
            ("he", same("He")),
            ("xavier", same("Glorot (Xavier)")),
            ("small", Text("small, σ = 0.01", "작게, σ = 0.01")),
            ("identity", Text("passing on (identity)", "그대로 넘김 (identity)")),
        ),
        help=_START,
    )
    average: float = setting(0.0, Text("Averaging β", "평균 β"), low=0.0, high=0.9999, help=AVERAGE)
    small: float = 0.0
    mix: float = 0.0
    grey: bool = setting(False, Text("Without colour", "흑백으로"), help=_GREY)
    mirror: bool = setting(False, Text("Answer: mirrored too", "답할 때 뒤집어서도 보기"), help=_MIRROR)


@dataclass(frozen=True, slots=True)
class VggSettings(ColourSettings):
    """plan: convolutions in a row in each of one to four blocks, "2 2 3"."""

    plan: str = setting(
        "2 2 2",
        Text("Convolutions in a block", "블록마다 합성곱 수"),
        pattern="[1-4]( [1-4]){0,3}",
        example="2 2 3",
    )


@dataclass(frozen=True, slots=True)
class InceptionSettings(ColourSettings):
    """one_by_one: 1×1 convolutions before the large kernels (lecture row 43)."""

    small: float = setting(0.0, Text("Small pictures first", "작은 그림부터"), low=0.0, high=0.9, help=_SMALL)
    one_by_one: bool = setting(True, Text("1×1 first", "1×1 먼저"), help=_ONE)


@dataclass(frozen=True, slots=True)
class ResNetSettings(ColourSettings):
    """depth: layers with weights, 6n + 2. skips: False is the plain network. order: of norm, ReLU and convolution."""

    small: float = setting(0.0, Text("Small pictures first", "작은 그림부터"), low=0.0, high=0.9, help=_SMALL)
    depth: int = setting(20, Text("Layers", "층 수"), low=8, high=110, step=6)
    skips: bool = setting(True, Text("Skip connections", "건너뛰는 길"), help=_SKIPS)
    order: str = setting(
        "after",
        Text("Norm and ReLU", "정규화와 ReLU"),
        choices=(("after", Text("after (2015)", "뒤에 (2015)")), ("before", Text("before (2016)", "앞에 (2016)"))),
        help=_ORDER,
    )


@dataclass(frozen=True, slots=True)
class FastSettings(ColourSettings):
    """width: channels of the first block. moved: it answers the mean of three places as well.

    mix: share of the batches whose pictures are mixed in pairs.

    optimizer: also "muon", the quickest here; see engine/train/muon.py.
    """

    optimizer: str = setting(
        "muon",
        Text("Optimiser", "최적화 방법"),
        choices=(("adam", same("Adam")), ("sgd", Text("SGD, momentum", "SGD, 관성")), ("muon", same("Muon"))),
        help=_MUON,
    )
    schedule: str = setting(
        "linear",
        Text("Schedule", "학습률 계획"),
        choices=(
            ("linear", Text("straight down", "곧게 내려감")),
            ("one-cycle", same("one-cycle")),
            ("constant", Text("constant", "일정")),
        ),
        help=_SCHEDULE,
    )
    small: float = setting(0.0, Text("Small pictures first", "작은 그림부터"), low=0.0, high=0.9, help=_SMALL)
    mix: float = setting(0.0, Text("Mix pictures", "그림 섞기"), low=0.0, high=1.0, help=_MIX)
    width: int = setting(64, Text("Channels", "채널 수"), low=8, high=128, step=8)
    moved: bool = setting(True, Text("Answer: moved too", "답할 때 옮겨서도 보기"), help=_MOVED)
