"""The recipes: a network, its usual settings and the data it learns from, each with a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from torch import nn

from engine.cards import Card, Explanation, SlideSaid, Task, unknown
from engine.detect import recipes as detect
from engine.errors import LabError
from engine.latent import denoise_recipe as denoise
from engine.segment import recipes as segment
from engine.signals import recipes as signals
from engine.style import recipe as style
from engine.text import Text, same
from engine.train import recipes_colour as colour
from engine.train import transfer_recipes
from engine.train.recipe import Block, Recipe
from engine.train.settings import TrainSettings
from engine.zoo import digits


def _small(**arguments: Any) -> nn.Module:
    return digits.simple(side=8, **arguments)


__all__ = ["RECIPES", "Block", "Recipe", "recipe", "recipe_of", "settings_of"]

# Just over one pass over MNIST, which two cores of a laptop make in about 20 s. The book drops half of the last
# two layers, for twenty passes; in one, little dropout learns more.
_QUICK = replace(
    TrainSettings(), epochs=1.1, batch_size=128, learning_rate=0.008, dropout=0.05, shift=0.0, held_out=2000
)

_PAPER = "LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, 1998"
_BOOK = "Saito, Deep Learning from Scratch, 2016, chapter 8"
_DIGIT_SETS = ("mnist", "digits")
_ARCHITECTURE = ("batch_norm", "dropout", "shuffle_pixels")

MNIST_DEEP = Recipe(
    card=Card(
        id="mnist-deep",
        task=Task.CLASSIFY,
        name=Text("Deep CNN", "깊은 CNN"),
        summary=Text(
            "Six 3×3 convolutions, dropout. The lecture’s Fig. 8-1.", "3×3 합성곱 6개와 dropout. 강의의 그림 8-1."
        ),
        source=_BOOK,
        paper=f"{_PAPER}; He, Zhang, Ren, Sun, Delving deep into rectifiers, ICCV 2015",
        explanation=Explanation(
            Text("Deep CNN", "깊은 CNN (deep CNN)"),
            Text("Watch the maps shrink while there are more of them.", "맵이 작아지면서 수가 늘어나는 것을 보세요."),
            Text(
                "Two 3×3 convolutions see 5×5 pixels with fewer weights than one 5×5, and bend the result twice.",
                "3×3 합성곱 두 개는 5×5를 보면서도 가중치가 더 적고, 결과를 두 번 굽혀요.",
            ),
            "2 · 3² = 18 < 25 = 5²   weights per channel pair",
        ),
        rows=(25, 28, 29, 34, 35, 37),
        slide_said=(
            SlideSaid(34, "accuracy", 0.9938, Text("the book", "책")),
            SlideSaid(25, "accuracy", 0.99, Text("slides, about", "슬라이드, 약")),
        ),
        data_licence="CC-BY-SA-3.0 (as commonly given)",
        weights_licence="CC-BY-SA-3.0",
    ),
    defaults=_QUICK,
    datasets=_DIGIT_SETS,
    layers=(
        Block("input", 1, 28),
        *(
            Block(f"conv{i}", c, s)
            for i, (c, s) in enumerate(((16, 28), (16, 28), (32, 14), (32, 16), (64, 8), (64, 8)), 1)
        ),
        Block("fc1", 50, 0, back=True),
        Block("fc2", 10, 0, back=True),
    ),
    make=digits.deep,
    architecture=_ARCHITECTURE,
)

MNIST_SIMPLE = Recipe(
    card=Card(
        id="mnist-simple",
        task=Task.CLASSIFY,
        name=Text("Simple CNN", "간단한 CNN"),
        summary=Text("Two convolutions, two fully connected layers.", "합성곱 2개와 완전 연결층 2개."),
        source="Course on deep learning for vision systems, chapter 3 (lecture row 25)",
        paper=_PAPER,
        explanation=Explanation(
            Text("Simple CNN", "간단한 CNN (simple CNN)"),
            Text(
                "Compare its curve with the deep one: it starts faster.",
                "깊은 CNN의 곡선과 견주어 보세요. 시작은 더 빨라요.",
            ),
            Text(
                "Two layers already find strokes and corners, which is nearly enough for digits.",
                "두 층만으로도 획과 모서리를 찾아요. 숫자에는 거의 충분해요.",
            ),
            "y = W₂ · relu(W₁ · pool(relu(K₂ ∗ pool(relu(K₁ ∗ x)))))",
        ),
        rows=(24, 25),
        slide_said=(SlideSaid(25, "accuracy", 0.99, Text("slides, about", "슬라이드, 약")),),
        data_licence="CC-BY-SA-3.0 (as commonly given)",
    ),
    defaults=replace(_QUICK, dropout=0.1),
    datasets=_DIGIT_SETS,
    layers=(
        Block("input", 1, 28),
        Block("conv1", 16, 28),
        Block("conv2", 32, 14),
        Block("fc1", 100, 0, True),
        Block("fc2", 10, 0, True),
    ),
    make=digits.simple,
    architecture=_ARCHITECTURE,
)

MNIST_MLP = Recipe(
    card=Card(
        id="mnist-mlp",
        task=Task.CLASSIFY,
        name=same("MLP"),
        summary=Text("No convolution: see what it costs.", "합성곱이 없으면 무엇을 잃는지 봐요."),
        source="Lecture row 1",
        paper="Rumelhart, Hinton, Williams, Learning representations by back-propagating errors, Nature 1986",
        explanation=Explanation(
            same("MLP"),
            Text(
                "Shift your digit a little: this network notices, the CNN hardly.",
                "숫자를 조금 옮겨 보세요. 이 신경망은 흔들리고 CNN은 거의 그대로예요.",
            ),
            Text(
                "Each neuron looks at all pixels at once and does not know which are neighbours.",
                "뉴런마다 모든 픽셀을 한꺼번에 봐요. 어느 픽셀이 이웃인지 몰라요.",
            ),
            "h = relu(W x + b),   W ∈ ℝ¹²⁸ˣ⁷⁸⁴",
        ),
        rows=(1,),
        data_licence="CC-BY-SA-3.0 (as commonly given)",
    ),
    defaults=replace(_QUICK, epochs=5.0, dropout=0.0, learning_rate=0.003, batch_norm=False),
    datasets=_DIGIT_SETS,
    layers=(Block("input", 1, 28), Block("fc0", 128, 0, True), Block("fc1", 64, 0, True), Block("fc2", 10, 0, True)),
    make=digits.mlp,
    architecture=_ARCHITECTURE,
)

DIGITS_QUICK = Recipe(
    card=Card(
        id="digits-quick",
        task=Task.CLASSIFY,
        name=Text("Quick digits", "빠른 숫자"),
        summary=Text(
            "8×8 digits, learnt in seconds. Good for trying knobs.",
            "8×8 숫자를 몇 초 만에 배워요. 이것저것 바꿔 보기 좋아요.",
        ),
        source="scikit-learn’s digits",
        paper=_PAPER,
        explanation=Explanation(
            Text("Quick digits", "빠른 숫자 (quick digits)"),
            Text(
                "Start it, move a knob, and see the curve answer at once.",
                "시작하고 조절값을 움직이면 곡선이 바로 답해요.",
            ),
            Text(
                "Few pixels and few pictures: every idea of the big ones, in seconds.",
                "픽셀도 그림도 적어요. 큰 신경망의 생각을 몇 초 만에 볼 수 있어요.",
            ),
            "x ∈ ℝ⁸ˣ⁸",
        ),
        rows=(24, 25),
        data_licence="CC-BY-4.0",
    ),
    defaults=replace(TrainSettings(), epochs=20.0, batch_size=64, dropout=0.1, shift=0.0, held_out=240),
    datasets=("digits8",),
    layers=(
        Block("input", 1, 8),
        Block("conv1", 16, 8),
        Block("conv2", 32, 4),
        Block("fc1", 100, 0, True),
        Block("fc2", 10, 0, True),
    ),
    make=_small,
    architecture=_ARCHITECTURE,
)

RECIPES: tuple[Recipe, ...] = (
    MNIST_DEEP,
    MNIST_SIMPLE,
    MNIST_MLP,
    DIGITS_QUICK,
    *colour.RECIPES,
    *transfer_recipes.RECIPES,
    *segment.RECIPES,
    *detect.RECIPES,
    *signals.RECIPES,
    *style.RECIPES,
    *denoise.RECIPES,
)


def recipe(id: str) -> Recipe:
    """The recipe with this id. Raises `LabError` naming those that exist."""
    for card in RECIPES:
        if card.id == id:
            return card
    raise unknown(Text("recipe", "레시피"), id, [card.id for card in RECIPES])


def recipe_of(about: Mapping[str, Any]) -> Recipe:
    """The recipe of a run by what its run.json says. Raises `LabError` for a run of another kind."""
    found = next((card for card in RECIPES if card.id == about.get("recipe")), None)
    if found is None:
        text = Text("This is no run of a recipe in the Train tab.", "‘학습’ 탭의 레시피로 만든 실행이 아니에요.")
        raise LabError(text)
    return found


def settings_of(about: Mapping[str, Any]) -> Any:
    """The settings that a run began with. Raises `LabError` for those of another version."""
    try:
        return recipe_of(about).settings_from(about["settings"])
    except (KeyError, TypeError) as error:
        text = Text(
            "The settings of this run are those of another version, so it cannot be read here.",
            "이 실행의 설정은 다른 버전의 것이라 여기서 읽을 수 없어요.",
        )
        raise LabError(text) from error
