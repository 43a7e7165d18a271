"""Recipes that learn from numbers over time (lecture rows 16–19, 98)."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from typing import Any

import numpy as np
from torch import nn

from engine.cards import Card, Explanation, SlideSaid, Task
from engine.data.signalset import SignalSet, with_fingerprint
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.signals import networks
from engine.signals.lesson import Names, Number, Windows
from engine.signals.settings import SignalSettings
from engine.text import Text
from engine.train.recipe import Block, Recipe
from engine.train.settings import TrainSettings

LENGTH = 120  # samples in the slide's window
THREE = (  # the classes of the slide's network, as the sets here call them
    ("walking_forward", "running_forward", "standing"),
    ("seated", "walking", "turning"),
    ("walking", "jogging", "standing"),
)


def fitted(settings: SignalSettings, data: SignalSet) -> SignalSettings:
    """The settings with what follows from the data: how many classes and channels."""
    return dataclasses.replace(settings, classes=len(data.classes), channels=data.x.shape[2])


def three_of(data: SignalSet) -> Job:
    """Windows of 120 samples and three channels in three classes, as on the slide (row 18).

    Raises: `LabError` for a set with fewer classes, fewer channels or shorter windows.
    """
    yield Progress(0, 1)
    if len(data.classes) < 3 or data.x.shape[1] < LENGTH or data.x.shape[2] < 3:
        text = Text(
            "The slide’s network needs windows of {n} samples with three channels and three classes. {name} has {t} "
            "samples, {c} channels, {k} classes.",
            "슬라이드의 신경망에는 샘플 {n}개, 채널 3개, 클래스 3개가 필요해요. {name}: 샘플 {t}개, 채널 {c}개, 클래스 {k}개.",
        )
        samples, channels = data.x.shape[1:]
        raise LabError(text(n=LENGTH, name=data.id, t=samples, c=channels, k=len(data.classes)))
    names = [name.en.lower() for name in data.classes]
    wanted = next((kinds for kinds in THREE if set(kinds) <= set(names)), tuple(names[:3]))
    order = [names.index(name) for name in wanted]
    number = np.full(len(names), -1, np.int64)
    number[order] = np.arange(3)
    kept = np.flatnonzero(number[data.labels] >= 0)
    part = data.part(kept, data.split)
    return with_fingerprint(
        replace(
            part,
            x=np.ascontiguousarray(part.x[:, :LENGTH, :3]),
            labels=number[part.labels],
            classes=tuple(data.classes[i] for i in order),
            channels=data.channels[:3],
        )
    )


def is_signal(id: str) -> bool:
    """Whether a recipe learns from windows of numbers."""
    return any(one.id == id and one.card.task is Task.SIGNAL for one in RECIPES)


def _next(**_: Any) -> nn.Module:
    return networks.Next()


_ACTIVITY_TERMS = "free for research (USC-HAD, original terms); cite the paper"

NEXT = Recipe(
    card=Card(
        id="next-number",
        task=Task.SIGNAL,
        name=Text("Next number", "다음 수 맞히기"),
        summary=Text(
            "The slide’s Conv1D on four sequences; type numbers and it goes on.",
            "슬라이드의 Conv1D와 수열 네 개. 숫자를 입력하면 이어서 답해요.",
        ),
        source="Lecture row 17",
        paper="LeCun, Bengio, Convolutional networks for images, speech, and time series, 1995",
        explanation=Explanation(
            Text("Conv1D for a number", "수를 답하는 Conv1D (regression)"),
            Text(
                "Type 70 80 90: it never saw them, and should say about 100.",
                "70 80 90을 넣어 보세요. 본 적 없지만 100쯤 답해야 해요.",
            ),
            Text(
                "A kernel of two looks at neighbours: their difference is what goes on.",
                "크기 2인 커널이 이웃한 두 수를 봐요. 그 차이가 이어지는 규칙이에요.",
            ),
            "ŷ = W₂ relu(W₁ max relu(K ∗ x))",
        ),
        rows=(16, 17),
        data_licence="CC0-1.0",
        weights_licence="MIT",
    ),
    defaults=SignalSettings(
        epochs=1000.0,
        batch_size=4,
        learning_rate=0.003,
        schedule="constant",
        weight_decay=0.0,
        held_out=1,
        dropout=0.0,
        augment=0.0,
        turn=0.0,
    ),
    datasets=("toy-sequence",),
    layers=(
        Block("input", 1, 3),
        Block("conv1", 10, 2),
        Block("fc1", 50, 0, back=True),
        Block("fc2", 1, 0, back=True),
    ),
    make=_next,
    lesson=Number(),
    architecture=(),
    checks=0.02,
)

ACTIVITY3 = Recipe(
    card=Card(
        id="activity-3",
        task=Task.SIGNAL,
        name=Text("Three motions, the slide’s network", "동작 세 가지, 슬라이드의 신경망"),
        summary=Text(
            "Window (120, 3), one filter of 5, Dense 50, three classes.",
            "구간 (120, 3), 크기 5 필터 하나, Dense 50, 클래스 3개.",
        ),
        source="Lecture row 18; phone and watch recordings (CC BY 4.0), or USC-HAD",
        paper="LeCun, Bengio, Convolutional networks for images, speech, and time series, 1995",
        explanation=Explanation(
            Text("One filter for three axes", "세 축에 필터 하나 (Conv1D)"),
            Text(
                "One curve is all that the dense layers get: watch which motions it mixes up.",
                "뒤쪽 층은 곡선 하나만 받아요. 어떤 동작을 헷갈리는지 보세요.",
            ),
            Text(
                "The filter slides along time over all three axes at once and makes one new curve of them.",
                "필터가 세 축을 한꺼번에 보며 시간을 따라 움직여서 새 곡선 하나를 만들어요.",
            ),
            "y(t) = Σ_c Σ_u w_c(u) · x_c(t + u)",
        ),
        rows=(16, 18),
        data_licence="CC-BY-4.0",
        weights_licence="MIT",
    ),
    defaults=SignalSettings(
        epochs=30.0, batch_size=32, learning_rate=0.003, held_out=200, dropout=0.0, augment=0.0, turn=0.0
    ),
    datasets=("phone-watch", "har"),
    layers=(
        Block("input", 3, 120),
        Block("conv1", 1, 58),
        Block("fc1", 50, 0, back=True),
        Block("fc2", 3, 0, back=True),
    ),
    make=lambda: networks.Three(3),
    lesson=Windows(smooth=0.0),
    architecture=(),
    checks=1,
    takes=Task.SIGNAL,
    prepare=three_of,
)

ACTIVITY = Recipe(
    card=Card(
        id="activity-conv1d",
        task=Task.SIGNAL,
        name=Text("Human activity", "사람의 동작"),
        summary=Text(
            "Six activities from one accelerometer, marked on people it never met.",
            "가속도계 하나로 여섯 활동을 맞혀요. 만난 적 없는 사람으로 재요.",
        ),
        source="USC-HAD, 6 of 12 activities, 50 Hz; WISDM, UCI-HAR and tables by opening them in Datasets",
        paper="Zhang, Sawchuk, USC-HAD, UbiComp 2012; Um et al., Data augmentation of wearable sensor data, ICMI 2017",
        explanation=Explanation(
            Text("Activity from movement", "움직임으로 활동 맞히기 (HAR)"),
            Text(
                "Stairs up, stairs down and walking look alike: see the confusion.",
                "계단 오르기, 내려가기, 걷기가 비슷해요. 혼동 행렬을 보세요.",
            ),
            Text(
                "Kernels find steps and jolts wherever they are in the window; mean and maximum over time say how many "
                "and how strong.",
                "커널이 구간 어디서든 걸음과 흔들림을 찾아요. 시간 평균과 최댓값이 얼마나 많고 센지 알려줘요.",
            ),
            "z = [mean_t f(x), max_t f(x)]",
        ),
        rows=(16, 18, 19),
        slide_said=(
            SlideSaid(19, "accuracy", 0.723, Text("random forest, two other people", "랜덤 포레스트, 다른 두 명")),
        ),
        data_licence=_ACTIVITY_TERMS,
        weights_licence=_ACTIVITY_TERMS,
    ),
    defaults=SignalSettings(
        epochs=10.0, batch_size=64, learning_rate=0.004, weight_decay=0.05, held_out=1000, average=0.995
    ),
    datasets=("har", "phone-watch", "sp-sw-har"),
    layers=(
        Block("input", 3, 128),
        *(Block(f"conv{i}", c, s) for i, (c, s) in enumerate(((32, 128), (64, 64), (96, 32), (128, 16)), 1)),
        Block("fc", 6, 0, back=True),
    ),
    make=networks.Activity,
    lesson=Windows(),
    architecture=("classes", "channels", "dropout"),
    checks=2,
    pack="restricted",
    takes=Task.SIGNAL,
    fit=fitted,
)

FUSION = Recipe(
    card=Card(
        id="sensor-fusion",
        task=Task.SIGNAL,
        name=Text("Sensor fusion", "센서 융합"),
        summary=Text(
            "Phone, watch and time together; switch each off and see what is lost.",
            "휴대폰, 시계, 시간을 함께 써요. 하나씩 끄고 얼마나 나빠지는지 보세요.",
        ),
        source="phone and watch recordings (CC BY 4.0); any table of sensors opened in Datasets",
        paper="Ordóñez, Roggen, Deep convolutional and LSTM recurrent networks for multimodal wearables, Sensors 2016",
        explanation=Explanation(
            Text("Sensor fusion", "센서 융합 (sensor fusion)"),
            Text(
                "Press Sensors: the longest bar is the sensor it needs most.",
                "센서를 눌러 보세요. 가장 긴 막대가 가장 필요한 센서예요.",
            ),
            Text(
                "Each sensor is one more channel. What one misses, another may tell: the wrist swings when one walks.",
                "센서마다 채널이 하나 늘어요. 하나가 놓친 것을 다른 것이 알려줘요. 걸으면 손목이 흔들려요.",
            ),
            "Δ_c = accuracy(x) − accuracy(x with x_c switched off)",
        ),
        rows=(16, 98),
        data_licence="CC-BY-4.0",
        weights_licence="CC-BY-4.0",
    ),
    defaults=SignalSettings(
        epochs=12.0, batch_size=64, learning_rate=0.004, held_out=400, average=0.99, turn=0.0, sensor_drop=0.1
    ),
    datasets=("phone-watch", "sp-sw-har", "har"),
    layers=(
        Block("input", 7, 128),
        *(Block(f"conv{i}", c, s) for i, (c, s) in enumerate(((32, 128), (64, 64), (96, 32), (128, 16)), 1)),
        Block("fc", 5, 0, back=True),
    ),
    make=networks.Activity,
    lesson=Windows(),
    architecture=("classes", "channels", "dropout"),
    checks=1,
    takes=Task.SIGNAL,
    fit=fitted,
)

TEXT = Recipe(
    card=Card(
        id="text-conv1d",
        task=Task.SIGNAL,
        name=Text("Text: animal or thing", "텍스트: 동물 또는 사물"),
        summary=Text(
            "A kernel of five letters reads names; type your own.",
            "글자 다섯 개짜리 커널이 이름을 읽어요. 직접 입력해 보세요.",
        ),
        source="Names of ImageNet’s classes in English and Korean",
        paper="Zhang, Zhao, LeCun, Character-level convolutional networks for text classification, NeurIPS 2015",
        explanation=Explanation(
            Text("Conv1D on text", "텍스트에 쓰는 Conv1D (CNN for text)"),
            Text(
                "Type “sea horse”, then “horse cart”: which piece decided?",
                "‘바다사자’와 ‘사자 동상’을 넣어 보세요. 어느 부분이 정했나요?",
            ),
            Text(
                "The same sliding kernel as for sensors, over letters: it answers where a piece of a word is, and the "
                "maximum says whether it occurs at all.",
                "센서와 똑같이 미끄러지는 커널이 글자 위를 지나가요. 낱말의 일부가 있는 곳에서 답하고, 최댓값이 있는지 없는지를 알려줘요.",
            ),
            "z_k = max_t relu( Σ_u w_k(u) · e(x(t + u)) )",
        ),
        rows=(3, 16),
        data_licence="class names: BSD-3-Clause (torchvision’s list)",
        weights_licence="MIT",
    ),
    defaults=SignalSettings(
        epochs=12.0,
        batch_size=32,
        learning_rate=0.004,
        weight_decay=0.1,
        held_out=240,
        dropout=0.5,
        augment=0.0,
        turn=0.0,
    ),
    datasets=("names",),
    layers=(Block("input", 1, 32), Block("conv1", 96, 32), Block("fc", 2, 0, back=True)),
    make=networks.Letters,
    lesson=Names(),
    architecture=("dropout",),
    checks=1,
)

_STILL = TrainSettings(
    epochs=6.0,
    batch_size=32,
    learning_rate=0.006,
    dropout=0.0,
    held_out=200,
    augment=0.0,
    shift=0.0,
)


def _clips(id: str, name: Text, summary: Text, make: type[nn.Module], layers: tuple[Block, ...]) -> Recipe:
    return Recipe(
        card=Card(
            id=id,
            task=Task.CLASSIFY,
            name=name,
            summary=summary,
            source="Clips cut out of scikit-image’s photographs (lecture row 21)",
            paper="Tran et al., Learning spatiotemporal features with 3D convolutional networks, ICCV 2015",
            explanation=Explanation(
                Text("Conv3D and Conv2D", "Conv3D와 Conv2D"),
                Text(
                    "Race the two: one of them cannot do better than one in four.",
                    "둘을 견주어 보세요. 하나는 넷 중 하나도 못 넘어요.",
                ),
                Text(
                    "A 3-D kernel also reaches into the frames before and after, so it sees motion. A single frame does not "
                    "tell where the picture goes.",
                    "3차원 커널은 앞뒤 프레임까지 봐서 움직임을 알아요. 한 프레임만으로는 어디로 가는지 알 수 없어요.",
                ),
                "y(t,i,j) = Σ_τ Σ_u Σ_v w(τ,u,v) · x(t+τ, i+u, j+v)",
            ),
            rows=(20, 21),
            data_licence="BSD-3-Clause (scikit-image’s data)",
            weights_licence="MIT",
        ),
        defaults=_STILL,
        datasets=("clips",),
        layers=layers,
        make=make,
        architecture=(),
        checks=1,
    )


CONV3D = _clips(
    "clips-conv3d",
    Text("Motion with Conv3D", "Conv3D로 움직임 맞히기"),
    Text(
        "Kernels over time, height and width see where the clip goes.",
        "시간, 높이, 너비를 보는 커널이 움직임을 알아봐요.",
    ),
    networks.Clip3d,
    (Block("input", 3, 72), Block("conv1", 8, 24), Block("conv2", 24, 12), Block("fc", 4, 0, back=True)),
)
CONV2D = _clips(
    "clips-conv2d",
    Text("Motion with Conv2D", "Conv2D로 움직임 맞히기"),
    Text("Sees the middle frame alone: it can only guess.", "가운데 프레임만 봐서 찍을 수밖에 없어요."),
    networks.Clip2d,
    (Block("input", 3, 72), Block("conv1", 24, 24), Block("conv2", 36, 12), Block("fc", 4, 0, back=True)),
)

RECIPES = (NEXT, ACTIVITY3, ACTIVITY, FUSION, TEXT, CONV3D, CONV2D)
