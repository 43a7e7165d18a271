"""The recipes for small colour photographs: the line from LeNet to ResNet in small, and the fastest (rows 27, 41–47)."""

from __future__ import annotations

from dataclasses import replace

from engine.cards import Card, Explanation, SlideSaid, Task
from engine.text import Text, same
from engine.train import colour
from engine.train.colour_settings import ColourSettings, FastSettings, InceptionSettings, ResNetSettings, VggSettings
from engine.train.recipe import Block, Recipe
from engine.zoo import alexnet, fast, inception, lenet, resnet, vgg

_DATA = ("cifar10",)
_TERMS = "as published by A. Krizhevsky, 2009: cite the technical report"
_ARCHITECTURE = ("batch_norm", "dropout", "shuffle_pixels", "grey", "mirror")

ALEXNET = Recipe(
    card=Card(
        id="cifar-alexnet-mini",
        task=Task.CLASSIFY,
        name=Text("AlexNet, small", "작은 AlexNet"),
        summary=Text(
            "Three convolutions, two fully connected layers: the lecture’s CIFAR-10 project.",
            "합성곱 3개와 완전 연결층 2개. 강의의 CIFAR-10 프로젝트.",
        ),
        source="Course on deep learning for vision systems, chapter 3 (lecture row 27)",
        paper="Krizhevsky, Sutskever, Hinton, ImageNet classification with deep convolutional neural networks, NIPS 2012",
        explanation=Explanation(
            Text("AlexNet, small", "작은 AlexNet (mini AlexNet)"),
            Text(
                "Open Filters: the first layer finds edges and blobs of colour by itself.",
                "‘필터’를 열어 보세요. 첫 층이 모서리와 색 얼룩을 스스로 찾아요.",
            ),
            Text(
                "What won ImageNet in 2012, shrunk to 32×32 pictures: convolution, ReLU and pooling thrice, then dropout and two layers that decide.",
                "2012년 ImageNet에서 이긴 구조를 32×32 그림에 맞게 줄였어요. 합성곱, ReLU, 풀링을 세 번 하고, dropout과 두 층으로 결정해요.",
            ),
            "32×32×3 → 16×16×32 → 8×8×64 → 4×4×128 → 256 → 10",
        ),
        rows=(13, 27, 28, 29, 33, 47),
        slide_said=(
            SlideSaid(27, "accuracy", 0.67, Text("slide, about", "슬라이드, 약")),
            SlideSaid(27, "cpu_seconds_per_epoch", 23, Text("slide, on its CPU", "슬라이드, CPU에서")),
            SlideSaid(27, "gpu_seconds_per_epoch", 5, Text("slide, on its GPU", "슬라이드, GPU에서")),
        ),
        data_licence=_TERMS,
        weights_licence=_TERMS,
    ),
    defaults=ColourSettings(
        epochs=5.0,
        batch_size=256,
        learning_rate=0.005,
        dropout=0.1,
        shift=1.0,
        held_out=2000,
        smoothing=0.05,
        average=0.98,
        mirror=True,
    ),
    datasets=_DATA,
    layers=(
        Block("input", 3, 32),
        Block("conv1", 32, 32),
        Block("conv2", 64, 16),
        Block("conv3", 128, 8),
        Block("fc1", 256, 0, True),
        Block("fc2", 10, 0, True),
    ),
    make=alexnet.mini,
    lesson=colour.LESSON,
    architecture=_ARCHITECTURE,
    checks=2,
)

LENET = Recipe(
    card=Card(
        id="cifar-lenet5",
        task=Task.CLASSIFY,
        name=same("LeNet-5"),
        summary=Text(
            "The first of the line, 1998, on colour photographs.", "1998년의 첫 신경망을 컬러 사진에 써 봐요."
        ),
        source="Lecture row 4",
        paper="LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, 1998",
        explanation=Explanation(
            same("LeNet-5"),
            Text(
                "Race it with batch norm on: 17 years of ideas in one switch.",
                "batch norm을 켜고 겨뤄 보세요. 17년의 발전이 스위치 하나에 있어요.",
            ),
            Text(
                "Made to read cheques: two convolutions, average pooling, tanh. Six maps are few for colour photographs.",
                "수표를 읽으려고 만들었어요. 합성곱 2개, 평균 풀링, tanh예요. 컬러 사진에 특징 맵 6개는 적어요.",
            ),
            "32² → 6 @ 28² → 14² → 16 @ 10² → 5² → 120 → 84 → 10",
        ),
        rows=(4,),
        data_licence=_TERMS,
    ),
    defaults=ColourSettings(
        epochs=5.0,
        batch_size=128,
        learning_rate=0.004,
        dropout=0.0,
        shift=0.0,
        held_out=5000,
        batch_norm=False,
        start="xavier",
    ),
    datasets=_DATA,
    layers=(
        Block("input", 3, 32),
        Block("conv1", 6, 28),
        Block("conv2", 16, 10),
        Block("fc1", 120, 0, True),
        Block("fc2", 84, 0, True),
        Block("fc3", 10, 0, True),
    ),
    make=lenet.colour,
    lesson=colour.LESSON,
    architecture=_ARCHITECTURE,
    checks=2,
)

VGG = Recipe(
    card=Card(
        id="cifar-vgg-mini",
        task=Task.CLASSIFY,
        name=Text("VGG, small", "작은 VGG"),
        summary=Text(
            "3×3 convolutions in a row, then a pool; build it from blocks under Networks.",
            "3×3 합성곱을 이어 놓고 풀링해요. ‘신경망’에서 블록을 쌓아 만들 수 있어요.",
        ),
        source="Lecture rows 41, 42",
        paper="Simonyan, Zisserman, Very deep convolutional networks for large-scale image recognition, ICLR 2015",
        explanation=Explanation(
            Text("VGG, small", "작은 VGG (mini VGG)"),
            Text(
                "Race one convolution in a block against three: same receptive steps, more bends.",
                "블록마다 합성곱 하나와 셋을 겨뤄 보세요. 더 깊으면 더 여러 번 굽혀요.",
            ),
            Text(
                "Two 3×3 see as far as one 5×5 with fewer weights. Nothing else varies, which made it popular.",
                "3×3 두 개는 5×5 하나만큼 보면서 가중치는 더 적어요. 구조가 단순해서 널리 쓰였어요.",
            ),
            "2 · 3² = 18 < 25 = 5²,   3 · 3² = 27 < 49 = 7²",
        ),
        rows=(38, 41, 42),
        data_licence=_TERMS,
    ),
    defaults=VggSettings(epochs=8.0, batch_size=128, learning_rate=0.003, dropout=0.2, shift=2.0, held_out=5000),
    datasets=_DATA,
    layers=(
        Block("input", 3, 32),
        *(
            Block(f"conv{n}", c, s)
            for n, (c, s) in enumerate(((32, 32), (32, 32), (64, 16), (64, 16), (128, 8), (128, 8)))
        ),
        Block("fc1", 256, 0, True),
        Block("fc2", 10, 0, True),
    ),
    make=vgg.mini,
    lesson=colour.LESSON,
    architecture=(*_ARCHITECTURE, "plan"),
    checks=2,
)

INCEPTION = Recipe(
    card=Card(
        id="cifar-inception-mini",
        task=Task.CLASSIFY,
        name=Text("GoogLeNet, small", "작은 GoogLeNet"),
        summary=Text(
            "Four inception blocks; switch their 1×1 convolutions off.",
            "인셉션 블록 4개. 1×1 합성곱을 꺼 볼 수 있어요.",
        ),
        source="Lecture row 43",
        paper="Szegedy et al., Going deeper with convolutions, CVPR 2015",
        explanation=Explanation(
            Text("Inception", "인셉션 (Inception)"),
            Text(
                "Switch the 1×1 off before the start: parameters and seconds grow, accuracy hardly.",
                "시작 전에 1×1을 꺼 보세요. 파라미터와 시간은 늘고 정확도는 거의 그대로예요.",
            ),
            Text(
                "Kernels of several sizes look side by side. A 1×1 before each large one brings the channels down.",
                "크기가 다른 커널이 나란히 봐요. 큰 커널 앞의 1×1이 채널을 줄여요.",
            ),
            "y = [1×1, 3×3(1×1), 5×5(1×1), 1×1(pool)]",
        ),
        rows=(4, 43),
        data_licence=_TERMS,
    ),
    defaults=InceptionSettings(epochs=8.0, batch_size=128, learning_rate=0.004, dropout=0.1, shift=2.0, held_out=5000),
    datasets=_DATA,
    layers=(
        Block("input", 3, 32),
        Block("conv1", 64, 32),
        *(Block(f"inception{n}", c, s) for n, (c, s) in enumerate(((64, 16), (96, 16), (128, 8), (192, 8)), 1)),
        Block("fc1", 10, 0, True),
    ),
    make=inception.mini,
    lesson=colour.LESSON,
    architecture=(*_ARCHITECTURE, "one_by_one"),
    checks=2,
)

RESNET = Recipe(
    card=Card(
        id="cifar-resnet",
        task=Task.CLASSIFY,
        name=same("ResNet-N"),
        summary=Text(
            "6n + 2 layers, with skips or plain: see degradation yourself.",
            "6n + 2층. 건너뛰는 길이 있게, 또는 없이: 성능 저하를 직접 봐요.",
        ),
        source="Lecture rows 44, 45",
        paper="He, Zhang, Ren, Sun, Deep residual learning for image recognition, CVPR 2016; Identity mappings, ECCV 2016",
        explanation=Explanation(
            Text("Residual network", "잔차 신경망 (ResNet)"),
            Text(
                "Press Race and choose “plain against residual”; then open Gradients.",
                "‘겨루기’를 눌러 ‘일반 / 잔차’를 고르고, ‘기울기’를 열어 보세요.",
            ),
            Text(
                "Deeper should never be worse: the extra layers could pass their input on. Plain ones do not find that; a skip hands it to them.",
                "더 깊다고 나빠질 이유는 없어요. 남는 층은 입력을 그대로 넘기면 되니까요. 일반 신경망은 그걸 못 찾고, 건너뛰는 길이 그걸 해 줘요.",
            ),
            "y = F(x) + x,   F = H − x",
        ),
        rows=(44, 45, 46, 48),
        data_licence=_TERMS,
    ),
    defaults=ResNetSettings(epochs=8.0, batch_size=128, learning_rate=0.008, dropout=0.0, shift=2.0, held_out=5000),
    datasets=_DATA,
    layers=(
        Block("input", 3, 32),
        Block("conv1", 16, 32),
        *(Block(f"block{n}", c, s) for n, (c, s) in enumerate(((16, 32),) * 3 + ((32, 16),) * 3 + ((64, 8),) * 3, 1)),
        Block("fc1", 10, 0, True),
    ),
    make=resnet.cifar,
    lesson=colour.LESSON,
    architecture=(*_ARCHITECTURE, "depth", "skips", "order"),
    checks=2,
)

FAST = Recipe(
    card=Card(
        id="cifar-fast",
        task=Task.CLASSIFY,
        name=Text("Fastest", "가장 빠른 신경망"),
        summary=Text(
            "The most accuracy for a minute of a laptop: fixed first filters, wide blocks, a steep schedule.",
            "노트북 1분에 가장 높은 정확도: 정해진 첫 필터, 넓은 블록, 가파른 학습률 계획.",
        ),
        source="after K. Jordan’s airbench (MIT), https://github.com/KellerJordan/cifar10-airbench",
        paper="Jordan, 94 % on CIFAR-10 in 3.29 seconds on a single GPU, arXiv 2404.00498, 2024",
        explanation=Explanation(
            Text("Fastest", "가장 빠른 신경망 (speedrun)"),
            Text(
                "The curve leaps near the end, when the rate falls.",
                "끝 무렵 학습률이 내려갈 때 곡선이 뛰어올라요.",
            ),
            Text(
                "Filters nobody has to learn, weights that first pass pictures on, every picture seen mirrored in turn, steps that turn all directions alike (Muon), and an average of the weights at the end.",
                "배울 필요 없는 첫 필터, 처음에는 그림을 그대로 넘기는 가중치, 번갈아 뒤집은 그림, 모든 방향을 고르게 도는 걸음(Muon), 마지막에는 가중치의 평균을 써요.",
            ),
            "W ← W − η · U Vᵀ,   ŷ = ½ · (f(x) + f(mirror x))",
        ),
        rows=(27,),
        data_licence=_TERMS,
        weights_licence=_TERMS,
    ),
    defaults=FastSettings(
        epochs=16.0,
        batch_size=512,
        learning_rate=0.12,
        weight_decay=0.0013,
        dropout=0.0,
        shift=2.0,
        held_out=2000,
        flip="alternate",
        smoothing=0.2,
        optimizer="muon",
        start="identity",
        average=0.98,
        small=0.0,
        mirror=True,
    ),
    datasets=_DATA,
    layers=(
        Block("input", 3, 32),
        Block("whiten", 24, 31),
        *(
            Block(f"conv{n}", c, s)
            for n, (c, s) in enumerate(((64, 30), (64, 15), (256, 14), (256, 7), (256, 6), (256, 3)), 1)
        ),
        Block("fc1", 10, 0, True),
    ),
    make=fast.cifar,
    lesson=colour.LESSON,
    architecture=(*_ARCHITECTURE, "width", "moved"),
    checks=0.5,
)

# CIFAR-10 was published without a licence, so that its weights sit in the pack that a build may leave out.
RECIPES: tuple[Recipe, ...] = tuple(
    replace(recipe, pack="restricted") for recipe in (ALEXNET, FAST, LENET, VGG, INCEPTION, RESNET)
)
