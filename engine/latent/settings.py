"""What a person may set before and while a generator learns; one declaration for window, command line and run."""

from __future__ import annotations

from dataclasses import dataclass

from engine.cards import Explanation
from engine.fields import setting
from engine.text import Text, same

_LATENT = Explanation(
    Text("Latent numbers", "잠재 변수 수 (latent size)"),
    Text("With 2 you can see the whole map at once.", "2이면 지도 전체를 한눈에 볼 수 있어요."),
    Text(
        "How many numbers a picture is made from. Few force the network to sum up, many let it keep details.",
        "그림 하나를 만드는 숫자의 개수예요. 적으면 요약하고, 많으면 자세한 것까지 담아요.",
    ),
    "x = G(z),   z ∈ ℝᵈ",
)
_LOSS = Explanation(
    Text("Loss", "손실 (loss)"),
    Text(
        "Try min-max: early on the generator hardly moves.",
        "min-max로 해 보세요. 처음에 생성기가 거의 움직이지 않아요.",
    ),
    Text(
        "gan lets the generator raise log D(G(z)); min-max is the formula’s own; hinge stops asking beyond a margin; WGAN-GP scores without a sigmoid and keeps the slope near 1.",
        "gan은 log D(G(z))를 올려요. min-max는 공식 그대로예요. 힌지는 여유를 넘으면 더 묻지 않아요. WGAN-GP는 시그모이드 없이 점수를 매기고 기울기를 1 가까이 잡아요.",
    ),
    "min_G max_D  E log D(x) + E log(1 − D(G(z)))",
)
_SPECTRAL = Explanation(
    Text("Spectral norm", "스펙트럼 정규화 (spectral norm)"),
    Text("D’s curve grows calmer.", "D의 곡선이 차분해져요."),
    Text(
        "Every layer of the discriminator is divided by how much it can stretch a picture, so it cannot win too fast.",
        "판별기의 층마다 그림을 늘이는 정도로 나눠요. 그래서 너무 빨리 이기지 못해요.",
    ),
    "W ← W / σ(W)",
)
_EYES = Explanation(
    Text("Police’s eyes", "경찰의 눈 (projected GAN)"),
    Text(
        "With EfficientNet flowers take shape much sooner.",
        "EfficientNet을 고르면 꽃 모양이 훨씬 빨리 나와요.",
    ),
    Text(
        "A few thousand photographs do not teach the discriminator to see. It may look through a network that knows photographs, and learns only to judge.",
        "사진 몇천 장으로는 판별기가 보는 법을 못 배워요. 사진을 아는 신경망의 눈으로 보고 판단만 배우게 할 수 있어요.",
    ),
    "D(x) = Σ Dₗ(Pₗ(x)),   P fixed",
)
_CONDITIONAL = Explanation(
    Text("Classes", "클래스 조건 (conditional)"),
    Text("Ask for a 7 and get a 7.", "7을 달라고 하면 7이 나와요."),
    Text(
        "Both networks are told the class. The generator makes what is asked for, and no class is forgotten.",
        "두 신경망 모두 클래스를 알아요. 생성기는 달라는 것을 만들고, 빠지는 클래스가 없어요.",
    ),
    "x = G(z, c)",
)
_AUGMENT = Explanation(
    Text("Changed pictures", "변형 (augmentation)"),
    Text("With few photographs D’s accuracy stops running to 100 %.", "사진이 적을 때 D가 100 %로 달아나지 않아요."),
    Text(
        "Real and made pictures are changed alike before D looks, so it cannot learn the few real ones by heart.",
        "D가 보기 전에 진짜와 가짜를 똑같이 바꿔요. 그래서 적은 진짜를 외우지 못해요.",
    ),
    "D(T(x)),   D(T(G(z)))",
)
_BETA = Explanation(
    same("β"),
    Text("Raise it: the map grows smooth and the digits blur.", "높이면 지도가 매끄러워지고 숫자는 흐려져요."),
    Text(
        "How much the code costs against the picture. At 1 it is the ELBO.",
        "그림에 견줘 코드에 매기는 값이에요. 1이면 ELBO예요.",
    ),
    "E log p(x|z) − β · KL(q(z|x) ‖ N(0, 1))",
)
_NOISE = Explanation(
    Text("Noise", "잡음 (denoising)"),
    Text("It sees the damaged picture and must give the clean one.", "망가진 그림을 보고 깨끗한 그림을 내야 해요."),
    Text(
        "What is put out must be guessed from its neighbours. That teaches what pictures are like.",
        "지워진 곳은 옆을 보고 맞혀야 해요. 그래서 그림이 어떤 것인지 배워요.",
    ),
    "min ‖x − D(E(x̃))‖²",
)
_GIBBS = Explanation(
    Text("Gibbs steps k", "깁스 스텝 k (CD-k)"),
    Text("More steps, better samples, slower learning.", "많을수록 표본이 좋아지고 느려져요."),
    Text(
        "How often it dreams up and down before the dream is compared with the data.",
        "데이터와 견주기 전에 위아래로 몇 번 꿈을 꾸는지예요.",
    ),
    "ΔW = ⟨v h⟩_data − ⟨v h⟩_k",
)


@dataclass(frozen=True, slots=True)
class LatentSettings:
    """What decides any generator's training.

    held_out: pictures kept out of train for the checks. check_every: epochs between two checks.
    """

    epochs: float = setting(10.0, Text("Epochs", "에폭 수"), low=0.01, high=2000)
    batch_size: int = setting(128, Text("Batch size", "배치 크기"), low=2, high=4096, log=True, live=True)
    learning_rate: float = setting(1e-3, Text("Learning rate", "학습률"), low=1e-6, high=1.0, log=True, live=True)
    held_out: int = setting(2000, Text("Held out", "따로 둘 그림"), low=2, high=30000)
    check_every: float = setting(1.0, Text("Epochs between checks", "검증 사이 에폭"), low=0.01, high=100)
    seed: int = setting(7, Text("Seed", "시드"), low=0, high=2**31 - 1)
    keep_checkpoints: int = setting(16, Text("Checkpoints kept", "남길 체크포인트"), low=0, high=64)


@dataclass(frozen=True, slots=True)
class GanSettings(LatentSettings):
    """A DCGAN's. width: channels of the generator's last maps and the discriminator's first.

    critic: turns of the discriminator for one of the generator. penalty: λ of WGAN-GP. average: β of the running
    average of the generator, which is what is shown and kept. augment, mirror: see augmented.py.
    """

    learning_rate: float = setting(2e-4, Text("Learning rate", "학습률"), low=1e-6, high=1.0, log=True, live=True)
    latent: int = setting(64, Text("Latent numbers", "잠재 변수 수"), low=1, high=512, help=_LATENT)
    width: int = setting(32, Text("Width", "너비"), low=4, high=128)
    loss: str = setting(
        "gan",
        Text("Loss", "손실"),
        choices=(
            ("gan", same("GAN")),
            ("min-max", same("min–max")),
            ("hinge", Text("hinge", "힌지")),
            ("wgan-gp", same("WGAN-GP")),
        ),
        help=_LOSS,
    )
    batch_norm: bool = setting(True, same("Batch norm"))
    spectral: bool = setting(False, Text("Spectral norm", "스펙트럼 정규화"), help=_SPECTRAL)
    eyes: str = setting(
        "own",
        Text("Police’s eyes", "경찰의 눈"),
        choices=(("own", Text("own", "스스로 배움")), ("trained", same("EfficientNet"))),
        help=_EYES,
    )
    conditional: bool = setting(False, Text("Classes", "클래스 조건"), help=_CONDITIONAL)
    critic: int = setting(1, Text("D’s turns for one of G", "G 한 번에 D 차례"), low=1, high=10, live=True)
    penalty: float = setting(10.0, Text("Penalty λ", "벌점 λ"), low=0.0, high=100.0, live=True)
    smooth: float = setting(0.0, Text("Label smoothing", "라벨 스무딩"), low=0.0, high=0.5, live=True)
    average: float = setting(0.999, Text("Averaging β", "평균 β"), low=0.0, high=0.9999)
    augment: str = setting(
        "none",
        Text("Changes", "변형"),
        choices=(
            ("none", Text("none", "없음")),
            ("shift", Text("shifted", "이동")),
            ("colour", Text("colour too", "색도")),
            ("all", Text("holes too", "구멍도")),
        ),
        help=_AUGMENT,
    )
    mirror: bool = setting(False, Text("Mirrored too", "좌우 뒤집기"))


@dataclass(frozen=True, slots=True)
class VaeSettings(LatentSettings):
    latent: int = setting(2, Text("Latent numbers", "잠재 변수 수"), low=1, high=256, help=_LATENT)
    hidden: int = setting(512, Text("Hidden units", "은닉 유닛"), low=8, high=4096)
    beta: float = setting(1.0, same("β"), low=0.0, high=100.0, live=True, help=_BETA)


@dataclass(frozen=True, slots=True)
class AeSettings(LatentSettings):
    """An autoencoder's. stacked: stages are learnt one after the other before all together (rows 120, 121)."""

    layers: str = setting(
        "lecture",
        Text("Layers", "층"),
        choices=(("lecture", Text("the lecture’s", "강의의 층")), ("full", Text("fully connected", "완전 연결"))),
    )
    latent: int = setting(32, Text("Latent numbers", "잠재 변수 수"), low=1, high=256, help=_LATENT)
    stacked: bool = setting(False, Text("Layer by layer", "한 층씩"))
    noise: str = setting(
        "none",
        Text("Noise", "잡음"),
        choices=(
            ("none", Text("none", "없음")),
            ("gaussian", Text("Gaussian", "가우스")),
            ("dropout", same("dropout")),
        ),
        help=_NOISE,
    )
    level: float = setting(0.3, Text("Noise level", "잡음 세기"), low=0.0, high=1.0, live=True, help=_NOISE)


@dataclass(frozen=True, slots=True)
class EnergySettings(LatentSettings):
    """CD-k."""

    learning_rate: float = setting(0.05, Text("Learning rate", "학습률"), low=1e-6, high=1.0, log=True, live=True)
    k: int = setting(1, Text("Gibbs steps k", "깁스 스텝 k"), low=1, high=100, live=True, help=_GIBBS)
    momentum: float = setting(0.5, Text("Momentum", "모멘텀"), low=0.0, high=0.99)
    weight_decay: float = setting(2e-4, same("Weight decay"), low=0.0, high=0.1)


@dataclass(frozen=True, slots=True)
class RbmSettings(EnergySettings):
    """persistent: the chains go on from batch to batch (Tieleman, 2008). anew: the share of them that begins with noise
    each time, as a dream does."""

    latent: int = setting(256, Text("Hidden units", "은닉 유닛"), low=1, high=4096)
    persistent: bool = setting(False, Text("Persistent chains", "이어지는 사슬"))
    anew: float = setting(0.0, Text("Chains begun anew", "새로 시작할 사슬"), low=0.0, high=1.0, live=True)


@dataclass(frozen=True, slots=True)
class DbnSettings(EnergySettings):
    """A stack of RBMs, and the few labels it is fine-tuned with at the end, against the same network without it.

    widths: hidden layers from the bottom, as in "500-500". labels: pictures with a label. tune_epochs: passes over them.
    """

    widths: str = setting("500-500", Text("Hidden layers", "은닉층"))
    labels: int = setting(1000, Text("Labels", "라벨 수"), low=10, high=60000)
    tune_epochs: int = setting(60, Text("Fine-tuning epochs", "미세 조정 에폭"), low=1, high=1000)
