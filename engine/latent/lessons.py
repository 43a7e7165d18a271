"""What the rooms of the Latent tab are about, at three depths each (lecture rows 103–124)."""

from __future__ import annotations

from engine.cards import Explanation
from engine.text import Text

CONTEST = Explanation(
    Text("Counterfeiter and police", "위조범과 경찰"),
    Text(
        "Press 1 to 4 in order. Grey is frozen, the dashed line is where the gradient runs.",
        "1부터 4까지 차례로 눌러 보세요. 회색은 얼린 신경망, 점선은 기울기가 흐르는 길이에요.",
    ),
    Text(
        "The generator makes fakes from noise, the discriminator tells them from real ones. Each learns while the other is frozen.",
        "생성기는 잡음으로 가짜를 만들고, 판별기는 진짜와 가려요. 하나가 배우는 동안 다른 하나는 얼려 둬요.",
    ),
    "min_G max_D  E log D(x) + E log(1 − D(G(z)))",
)
LATENT = Explanation(
    Text("Latent space", "잠재 공간 (latent space)"),
    Text("Drag the ring: neighbours look alike.", "고리를 끌어 보세요. 이웃은 서로 닮았어요."),
    Text(
        "A picture is squeezed into a few numbers. Walking among them turns one picture into another.",
        "그림을 숫자 몇 개로 줄였어요. 그 사이를 걸으면 한 그림이 다른 그림으로 바뀌어요.",
    ),
    "x = G(z),   z ∈ ℝᵈ",
)
CODE = Explanation(
    Text("Autoencoder", "오토인코더"),
    Text("Compare the pairs: what is lost at the narrow place?", "짝을 견줘 보세요. 좁은 곳에서 무엇이 사라지나요?"),
    Text(
        "The encoder sums a picture up in a code, the decoder restores it, nearly. The code is a feature for other tasks.",
        "인코더가 그림을 코드로 요약하고 디코더가 거의 되살려요. 코드는 다른 일에 쓸 특징이 돼요.",
    ),
    "min ‖x − D(E(x))‖²",
)
ENERGY = Explanation(
    Text("Energy", "에너지 (RBM)"),
    Text("Move w: which state is the likeliest now?", "w를 움직여 보세요. 이제 어떤 상태가 가장 잘 나오나요?"),
    Text(
        "Units of one layer have no links. A state that fits the links has little energy and is likely.",
        "같은 층의 유닛은 이어지지 않아요. 연결에 맞는 상태는 에너지가 작고 잘 나와요.",
    ),
    "E(v, h) = −a·v − b·h − v·W·h,   p ∝ exp(−E)",
)
DISTANCE = Explanation(
    Text("Fréchet distance", "프레셰 거리 (Fréchet)"),
    Text("Compare it with real against real.", "‘진짜끼리’와 견줘 보세요."),
    Text(
        "Real and made pictures become two clouds in the reader’s features. The distance is how far the clouds lie apart.",
        "진짜와 만든 그림은 판독기의 특징에서 두 구름이 돼요. 두 구름이 떨어진 정도예요.",
    ),
    "‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½)",
)
MELODY = Explanation(
    Text("Melodies", "멜로디 (sequence model)"),
    Text("Raise the temperature: it dares more, and errs more.", "온도를 높이면 더 대담해지고 더 틀려요."),
    Text(
        "It gives each next note a probability and draws one. What it drew is what it hears next.",
        "다음 음마다 확률을 내고 하나를 뽑아요. 뽑은 음이 다음에 듣는 음이 돼요.",
    ),
    "p(note₁ … noteₙ) = Π p(noteₜ | note₁ … noteₜ₋₁)",
)
DENOISING = Explanation(
    Text("Denoising", "잡음 제거 (denoising)"),
    Text(
        "Put out half of the pixels. What comes back, what does not?",
        "픽셀 절반을 꺼 보세요. 무엇이 돌아오고 무엇이 안 돌아오나요?",
    ),
    Text(
        "It was shown damaged photographs and had to give back the whole ones, so it learnt what pictures are like.",
        "망가진 사진을 보고 온전한 사진을 내놓으며 배웠어요. 그래서 사진이 어떻게 생겼는지 알아요.",
    ),
    "min  E | g(f(x + noise)) − x |,   PSNR = 10 · log₁₀(255² / MSE)",
)
EVERY = (CONTEST, LATENT, CODE, ENERGY, DISTANCE, MELODY, DENOISING)
