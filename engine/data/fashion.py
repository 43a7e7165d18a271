"""Fashion-MNIST, 70,000 pictures of clothes in the same four files as MNIST (lecture row 24's harder sister)."""

from __future__ import annotations

from engine.cards import Card, Explanation, Task
from engine.data import mnist
from engine.data.imageset import DatasetCard
from engine.data.names import all_named
from engine.text import Text, same

NAME = same("Fashion-MNIST")
CLASSES = all_named(
    ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
)
_BELOW = (
    *("", "raw", "FashionMNIST/raw", "FashionMNIST", "fashion-mnist", "fashion-mnist/raw", "fashion_mnist", "fashion"),
    *("fashion-mnist/FashionMNIST/raw", "fashion_mnist/FashionMNIST/raw", "fashion-mnist/data/fashion"),
)

DATASET = DatasetCard(
    card=Card(
        id="fashion-mnist",
        task=Task.CLASSIFY,
        name=NAME,
        summary=Text(
            "70,000 pictures of clothes and shoes: as small as MNIST's digits, and harder to tell apart.",
            "옷과 신발 그림 70,000개. MNIST 숫자만큼 작지만 구별하기는 더 어려워요.",
        ),
        source="https://github.com/zalandoresearch/fashion-mnist",
        paper="Xiao, Rasul, Vollgraf, Fashion-MNIST: a novel image dataset for benchmarking machine learning, 2017",
        explanation=Explanation(
            NAME,
            Text("Compare shirts with pullovers and coats.", "셔츠를 풀오버, 코트와 견주어 보세요."),
            Text(
                "Made because MNIST became too easy: what reads 99 % of the digits tells about 92 % of the clothes.",
                "MNIST가 너무 쉬워져서 만들었어요. 숫자를 99 % 읽는 방법도 옷은 92 %쯤 맞혀요.",
            ),
            "x ∈ {0 … 255}²⁸ˣ²⁸,  y ∈ {0 … 9}",
        ),
        rows=(24,),
        data_licence="MIT",
    ),
    splits=("train", "test"),
    counts=(60_000, 10_000),
    size_words=Text("70,000 · 28×28 · grey", "70,000장 · 28×28 · 흑백"),
    bundled=False,
    find=mnist.finder(_BELOW, mine=lambda folder: "fashion" in str(folder.parent.name + "/" + folder.name).lower()),
    read=mnist.reader("fashion-mnist", NAME, CLASSES),
)
