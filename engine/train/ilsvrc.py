"""ImageNet's challenge year by year: every winner's error, and a person's (lecture row 40).

Top-5 error in classification, in per cent: the right class is not among the five best answers. From the challenge's
result pages (https://image-net.org/challenges/LSVRC/) and Russakovsky et al., ImageNet Large Scale Visual Recognition
Challenge, IJCV 2015; a team's best entry that used no other pictures where both were given.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.text import Text


@dataclass(frozen=True, slots=True)
class Winner:
    """The best team of a year. error: in per cent. net: of `engine.zoo.lineage`, "" where it is not in the line.

    deep: a neural network. note: what is worth knowing.
    """

    year: int
    team: str
    error: float
    note: Text
    net: str = ""
    deep: bool = True


HUMAN = 5.1  # one trained person on 1,500 test pictures: A. Karpathy, in Russakovsky et al. 2015

WINNERS: tuple[Winner, ...] = (
    Winner(
        2010, "NEC-UIUC", 28.2, Text("SIFT and LBP features, linear SVM.", "SIFT와 LBP 특징, 선형 SVM."), deep=False
    ),
    Winner(2011, "XRCE", 25.8, Text("Fisher vectors, linear SVM.", "Fisher 벡터, 선형 SVM."), deep=False),
    Winner(
        2012,
        "SuperVision (AlexNet)",
        16.4,
        Text("8 layers. 15.3 % with pictures from elsewhere.", "8층. 다른 그림까지 쓰면 15.3\u2009%."),
        "alexnet",
    ),
    Winner(
        2013,
        "Clarifai (ZF Net)",
        11.7,
        Text(
            "AlexNet looked into and tuned. 11.2 % with pictures from elsewhere.",
            "AlexNet을 들여다보고 다듬었어요. 다른 그림까지 쓰면 11.2\u2009%.",
        ),
    ),
    Winner(
        2014,
        "GoogLeNet",
        6.7,
        Text("22 layers. VGG came second with 7.3 %.", "22층. VGG가 7.3\u2009%로 2위."),
        "googlenet",
    ),
    Winner(
        2015,
        "MSRA (ResNet)",
        3.57,
        Text("Up to 152 layers, below a person.", "최대 152층. 사람보다 낮아요."),
        "resnet50",
    ),
    Winner(2016, "Trimps-Soushen", 2.99, Text("Several known networks together.", "알려진 신경망 여럿을 함께 썼어요.")),
    Winner(
        2017,
        "WMW (SENet)",
        2.25,
        Text("Squeeze and excitation. The last year of the challenge.", "Squeeze-and-excitation. 대회의 마지막 해."),
    ),
)
