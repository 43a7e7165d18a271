"""The generators one can train: what each is, its usual settings and the data it learns from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from engine.cards import unknown
from engine.latent.energy_learners import DbnLearner, RbmLearner
from engine.latent.learners import AeLearner, GanLearner, Learner, VaeLearner
from engine.latent.measure import Judge, digit_judge, photo_judge
from engine.latent.settings import AeSettings, DbnSettings, GanSettings, LatentSettings, RbmSettings, VaeSettings
from engine.text import Text, same


@dataclass(frozen=True, slots=True)
class LatentRecipe:
    """Everything needed to train one generator from nothing.

    kind:     of its `Generative`. side, channels: of the pictures it makes.
    datasets: those it can learn from, the preferred first.
    judge:    who looks at its samples.
    pack:     "open" where the data's terms allow passing the weights on; "restricted" for photographs of people and
        data of unclear terms.
    """

    id: str
    name: Text
    summary: Text
    kind: str
    learner: type[Learner]
    defaults: LatentSettings
    datasets: tuple[str, ...]
    side: int
    channels: int
    rows: tuple[int, ...]
    paper: str
    judge: Callable[[], Judge] = digit_judge
    pack: str = "open"

    @property
    def folders(self) -> bool:
        """True where it can learn from a folder of photographs too."""
        return self.kind == "dcgan" and self.judge is not digit_judge

    def settings_from(self, values: dict[str, Any]) -> Any:
        """The settings that a run stored as plain values. Raises `TypeError` for those of another version."""
        return type(self.defaults)(**values)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "task": "generate",
            "name": {"en": self.name.en, "ko": self.name.ko},
            "summary": {"en": self.summary.en, "ko": self.summary.ko},
            "paper": self.paper,
            "lecture_rows": list(self.rows),
            "datasets": list(self.datasets),
            "settings": self.defaults,
            "pack": self.pack,
        }


_DIGITS = ("mnist", "digits")
_DCGAN = (
    "Goodfellow et al., Generative adversarial nets, 2014; Radford, Metz, Chintala, Unsupervised representation "
    "learning with deep convolutional generative adversarial networks, 2016"
)
_VAE = "Kingma, Welling, Auto-encoding variational Bayes, 2014"

_FEW_PHOTOS = GanSettings(
    batch_size=32, latent=100, spectral=True, augment="colour", mirror=True, held_out=300, check_every=5.0
)
"""For some thousand photographs: a discriminator held back, and pictures that are never quite the same twice."""

_KNOWING = replace(
    _FEW_PHOTOS,
    epochs=40.0,
    learning_rate=4e-4,
    average=0.998,
    spectral=False,
    eyes="trained",
    loss="hinge",
    augment="all",
    check_every=4.0,
)
"""The same through the eyes of a network that knows photographs: a step takes twice as long, and far fewer are needed."""

DCGAN_MNIST = LatentRecipe(
    id="dcgan-mnist",
    name=Text("DCGAN, digits", "DCGAN, 숫자"),
    summary=Text("Writes digits nobody wrote. Ask it for a 7.", "아무도 쓰지 않은 숫자를 써요. 7을 달라고 해 보세요."),
    kind="dcgan",
    learner=GanLearner,
    defaults=GanSettings(epochs=11, batch_size=64, conditional=True, learning_rate=3e-4, check_every=0.5),
    datasets=_DIGITS,
    side=28,
    channels=1,
    rows=(103, 104, 105, 107, 108, 109, 111, 113),
    paper=_DCGAN,
)
DCGAN_FACES = LatentRecipe(
    id="dcgan-faces",
    name=Text("DCGAN, faces", "DCGAN, 얼굴"),
    summary=Text("Grey faces of people who do not exist, 64×64.", "세상에 없는 사람의 흑백 얼굴, 64×64."),
    kind="dcgan",
    learner=GanLearner,
    defaults=replace(_FEW_PHOTOS, epochs=160.0, held_out=200, check_every=8.0),
    datasets=("faces-lfw",),
    side=64,
    channels=1,
    rows=(109, 116),
    paper=_DCGAN,
    judge=photo_judge,
    pack="restricted",
)
DCGAN_FLOWERS = LatentRecipe(
    id="dcgan-flowers",
    name=Text("DCGAN, flowers", "DCGAN, 꽃"),
    summary=Text(
        "Colour flowers that never grew, 64×64. The police sees with a network that knows photographs.",
        "핀 적 없는 컬러 꽃, 64×64. 경찰이 사진을 아는 신경망의 눈으로 봐요.",
    ),
    kind="dcgan",
    learner=GanLearner,
    defaults=replace(_KNOWING, conditional=True),
    datasets=("flowers",),
    side=64,
    channels=3,
    rows=(109, 112),
    paper=f"{_DCGAN}; Sauer, Chitta, Müller, Geiger, Projected GANs converge faster, NeurIPS 2021",
    judge=photo_judge,
    pack="restricted",
)
DCGAN_CIFAR = LatentRecipe(
    id="dcgan-cifar10",
    name=same("DCGAN, CIFAR-10"),
    summary=Text("Ten classes of tiny colour pictures, 32×32.", "클래스 10개의 작은 컬러 그림, 32×32."),
    kind="dcgan",
    learner=GanLearner,
    defaults=GanSettings(epochs=20, latent=100, width=48, spectral=True, conditional=True, held_out=1000),
    datasets=("cifar10",),
    side=32,
    channels=3,
    rows=(109, 114),
    paper=_DCGAN,
    judge=photo_judge,
    pack="restricted",
)
DCGAN_OWN = LatentRecipe(
    id="dcgan-own",
    name=Text("DCGAN, your pictures", "DCGAN, 내 그림"),
    summary=Text("Any folder of pictures, in colour, 64×64.", "그림이 든 어떤 폴더든, 컬러 64×64."),
    kind="dcgan",
    learner=GanLearner,
    defaults=replace(_FEW_PHOTOS, epochs=100.0),
    datasets=(),
    side=64,
    channels=3,
    rows=(109, 112),
    paper=_DCGAN,
    judge=photo_judge,
    pack="restricted",
)
VAE_2D = LatentRecipe(
    id="vae-mnist-2d",
    name=Text("VAE with 2 numbers", "숫자 2개 VAE"),
    summary=Text(
        "All digits on one map. Drag, and the digit changes.", "지도 한 장에 모든 숫자가 있어요. 끌면 숫자가 바뀌어요."
    ),
    kind="vae",
    learner=VaeLearner,
    defaults=VaeSettings(epochs=30, latent=2),
    datasets=_DIGITS,
    side=28,
    channels=1,
    rows=(111, 117, 119),
    paper=_VAE,
)
VAE_16D = LatentRecipe(
    id="vae-mnist-16d",
    name=Text("VAE with 16 numbers", "숫자 16개 VAE"),
    summary=Text("Sharper than with 2 numbers, but no map.", "숫자 2개보다 또렷하지만 지도는 없어요."),
    kind="vae",
    learner=VaeLearner,
    defaults=VaeSettings(epochs=30, latent=16),
    datasets=_DIGITS,
    side=28,
    channels=1,
    rows=(111, 116, 117),
    paper=_VAE,
)
AE_MNIST = LatentRecipe(
    id="ae-mnist",
    name=Text("Autoencoder", "오토인코더"),
    summary=Text(
        "The lecture’s layers: Conv 16, pool, Conv 8, pool, Conv 8 stride 2.",
        "강의의 층 그대로: Conv 16, 풀링, Conv 8, 풀링, 스트라이드 2 Conv 8.",
    ),
    kind="ae",
    learner=AeLearner,
    defaults=AeSettings(epochs=10),
    datasets=_DIGITS,
    side=28,
    channels=1,
    rows=(115, 116, 117, 118, 120, 121, 122),
    paper="Hinton, Salakhutdinov, Reducing the dimensionality of data with neural networks, Science 2006",
)
RBM_MNIST = LatentRecipe(
    id="rbm-mnist",
    name=Text("Restricted Boltzmann machine", "제한 볼츠만 머신 (RBM)"),
    summary=Text(
        "Learns what strokes go together, and dreams digits.", "어떤 획이 함께 나오는지 배우고 숫자를 꿈꿔요."
    ),
    kind="rbm",
    learner=RbmLearner,
    defaults=RbmSettings(epochs=40, latent=500, persistent=True, anew=0.02, learning_rate=0.01, momentum=0.9),
    datasets=_DIGITS,
    side=28,
    channels=1,
    rows=(123,),
    paper="Hinton, Training products of experts by minimizing contrastive divergence, 2002",
)
DBN_MNIST = LatentRecipe(
    id="dbn-mnist",
    name=Text("Deep belief network", "심층 신뢰망 (DBN)"),
    summary=Text("RBMs stacked, then tuned with few labels.", "RBM을 쌓고 라벨 몇 개로 다듬어요."),
    kind="dbn",
    learner=DbnLearner,
    defaults=DbnSettings(epochs=20, learning_rate=0.05),
    datasets=_DIGITS,
    side=28,
    channels=1,
    rows=(121, 124),
    paper="Hinton, Osindero, Teh, A fast learning algorithm for deep belief nets, 2006",
)

RECIPES: tuple[LatentRecipe, ...] = (
    DCGAN_MNIST,
    DCGAN_FACES,
    DCGAN_FLOWERS,
    DCGAN_CIFAR,
    DCGAN_OWN,
    VAE_2D,
    VAE_16D,
    AE_MNIST,
    RBM_MNIST,
    DBN_MNIST,
)


def is_latent(id: str) -> bool:
    """True for the id of a generator."""
    return any(card.id == id for card in RECIPES)


def latent_recipe(id: str) -> LatentRecipe:
    """The recipe with this id. Raises `LabError` naming those that exist."""
    for card in RECIPES:
        if card.id == id:
            return card
    raise unknown(Text("generator", "생성기"), id, [card.id for card in RECIPES])
