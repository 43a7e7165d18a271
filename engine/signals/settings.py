"""What a person may set for a training on signals."""

from __future__ import annotations

from dataclasses import dataclass

from engine.cards import Explanation
from engine.fields import setting
from engine.text import Text, same
from engine.train.settings import FitSettings

_AUGMENT = Explanation(
    Text("Augmentation of signals", "신호 증강 (augmentation)"),
    Text(
        "At 0 the curves of training and validation part: the network learns the people by heart.",
        "0으로 두면 학습과 검증 곡선이 벌어져요. 사람을 통째로 외우기 때문이에요.",
    ),
    Text(
        "A belt sits a little askew, one walks a little harder or faster. Turning, scaling and stretching a window "
        "makes more such people.",
        "벨트는 조금씩 삐뚤고, 걸음은 조금 세거나 빨라요. 구간을 돌리고 키우고 늘이면 그런 사람이 늘어나요.",
    ),
    "x′(t) = s · R x(v·t + τ)",
)
_SENSOR_DROP = Explanation(
    Text("Sensors switched off", "센서 끄기 (sensor dropout)"),
    Text("With it the bars of the sensors fall less when one is missing.", "켜면 센서 하나가 없어도 덜 떨어져요."),
    Text(
        "In each window every sensor is switched off with this chance, so that none is relied on alone.",
        "구간마다 센서를 이 확률로 꺼요. 그래서 하나에만 기대지 않아요.",
    ),
    "x′_c = m_c · x_c,   m_c ~ Bernoulli(1 − p)",
)


@dataclass(frozen=True, slots=True)
class SignalSettings(FitSettings):
    """What decides the training of a network that reads windows of numbers.

    held_out:  at least so many windows are kept out of train, as whole people where people are known.
    dropout:   before the last layer. augment: strength of the random changes in [0, 1].
    turn: ± degrees about a random axis. sensor_drop: chance that a channel is switched off in a window.
    average:   β of the running average of the weights that is measured and kept; 0 = none.
    classes, channels: follow from the data, see `engine.signals.recipes.fitted`.
    """

    batch_size: int = setting(64, Text("Batch size", "배치 크기"), low=1, high=4096, live=True, log=True)
    held_out: int = setting(600, Text("Held out", "따로 둘 구간"), low=1, high=30000)
    dropout: float = setting(0.3, same("Dropout"), low=0.0, high=0.9, step=0.05, live=True)
    augment: float = setting(
        1.0, Text("Augmentation", "증강 세기"), low=0.0, high=1.0, step=0.05, live=True, help=_AUGMENT
    )
    turn: float = setting(15.0, Text("Turn the sensor", "센서 돌리기"), low=0.0, high=180.0, unit="°", help=_AUGMENT)
    sensor_drop: float = setting(
        0.0, Text("Sensors switched off", "센서 끄기 확률"), low=0.0, high=0.9, step=0.05, help=_SENSOR_DROP
    )
    average: float = setting(0.0, Text("Averaging β", "평균 β"), low=0.0, high=0.9999)
    classes: int = 0
    channels: int = 3
