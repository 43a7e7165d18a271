"""What Train's charts and figures tell about themselves, at three depths."""

from __future__ import annotations

from engine.cards import Explanation
from engine.text import Text

EXPLANATIONS: dict[str, Explanation] = {
    "accuracy": Explanation(
        Text("Accuracy", "정확도 (accuracy)"),
        Text(
            "The solid line is measured on digits kept out of training, the dashed one on the batches it learns from.",
            "실선은 학습에 쓰지 않은 숫자로, 점선은 지금 배우는 배치로 잰 값이에요.",
        ),
        Text(
            "The share of pictures read right. Where the dashed line leaves the solid one behind, digits are learnt by heart.",
            "바르게 읽은 그림의 비율이에요. 점선만 앞서가면 숫자를 통째로 외우고 있다는 뜻이에요.",
        ),
        "accuracy = (1/N) · Σᵢ [ argmax yᵢ = tᵢ ]",
    ),
    "loss": Explanation(
        Text("Loss", "손실 (loss)"),
        Text(
            "Pale is each batch, dashed its mean, solid the held-out digits. All should fall.",
            "옅은 선은 배치마다의 값, 점선은 그 평균, 실선은 따로 둔 숫자예요. 모두 내려가야 해요.",
        ),
        Text(
            "How surprised the network is by the right answer. Training moves every weight so that this gets smaller.",
            "신경망이 정답을 보고 놀라는 정도예요. 학습은 이 값이 작아지도록 가중치를 움직여요.",
        ),
        "L = −(1/B) · Σᵢ log pᵢ(tᵢ)",
    ),
    "parts": Explanation(
        Text("Parts of the loss", "손실의 부분 (loss terms)"),
        Text(
            "Each thin line is one term with its weight; the thick one is their sum, which training makes small.",
            "가는 선은 비중을 곱한 항 하나하나, 굵은 선은 그 합이에요. 학습은 합을 줄여요.",
        ),
        Text(
            "A network with several answers has a loss for each. Where one term is much larger, the network works for it "
            "and neglects the others.",
            "답이 여럿이면 손실도 여럿이에요. 한 항이 훨씬 크면 신경망은 그것만 줄이고 나머지는 소홀히 해요.",
        ),
        "L = Σᵢ wᵢ · Lᵢ",
    ),
    "gradient_norm": Explanation(
        Text("Gradient norm", "기울기 크기 (gradient norm)"),
        Text(
            "Near zero, nothing moves any more; sudden peaks mean a step too far.",
            "0에 가까우면 더 움직이지 않아요. 갑자기 솟으면 한 걸음이 너무 컸던 거예요.",
        ),
        Text(
            "The length of the slope over all weights at once. It tells vanishing and exploding gradients apart from healthy ones.",
            "모든 가중치의 기울기를 한 번에 잰 길이예요. 기울기가 사라지거나 터지는지 여기서 보여요.",
        ),
        "‖g‖ = √( Σ_w (∂L/∂w)² )",
    ),
    "images_per_second": Explanation(
        Text("Speed", "속도 (speed)"),
        Text("It falls when something else needs the processor.", "다른 일이 CPU를 쓰면 내려가요."),
        Text(
            "Training pictures that go forward and back through the network in one second, checks not counted.",
            "1초 동안 신경망을 앞뒤로 지나간 학습 그림 수예요. 검증 시간은 빼요.",
        ),
        "v = B / t_step",
    ),
    "mistakes": Explanation(
        Text("Read wrong", "오답 (mistakes)"),
        Text(
            "Top left the label, bottom right what was read. The surest errors come first.",
            "왼쪽 위가 정답, 오른쪽 아래가 읽은 값이에요. 확신이 큰 오류부터 나와요.",
        ),
        Text(
            "Many would puzzle a person too. An error made with certainty teaches more than one made in doubt.",
            "사람도 헷갈릴 숫자가 많아요. 망설인 오류보다 확신한 오류에서 배울 것이 많아요.",
        ),
        "argmax y ≠ t,   sorted by max p",
    ),
    "confusion": Explanation(
        Text("Confusion matrix", "혼동 행렬 (confusion matrix)"),
        Text(
            "Rows are labels, columns readings. Click a warm square to see only its digits.",
            "행은 정답, 열은 읽은 값이에요. 따뜻한 색 칸을 누르면 그 숫자만 보여요.",
        ),
        Text(
            "It counts every pair of label and reading. Off the diagonal stand the pairs that are mixed up, such as 4 and 9.",
            "정답과 읽은 값의 짝을 모두 세요. 대각선 밖에는 4와 9처럼 헷갈리는 짝이 있어요.",
        ),
        "Cᵢⱼ = #{ n : tₙ = i,  argmax yₙ = j }",
    ),
    "gradients": Explanation(
        Text("Gradient by layer", "층마다의 기울기 (gradient)"),
        Text(
            "Compare the first bar with the last. Each tick to the left is ten times less.",
            "첫 막대와 마지막 막대를 견주어 보세요. 왼쪽으로 갈수록 10배씩 작아요.",
        ),
        Text(
            "The error is handed back layer by layer. Where it fades on the way, the first layers hardly learn: "
            "the vanishing gradient. ReLU, He’s start and batch norm keep it alive.",
            "오차는 뒤에서 앞으로 층마다 전해져요. 가는 길에 사라지면 앞쪽 층은 거의 배우지 못해요(기울기 소실). "
            "ReLU, He 초기화, batch norm이 이를 막아요.",
        ),
        "RMS(g) = √( (1/n) · Σᵢ (∂L/∂wᵢ)² )",
    ),
    "filters": Explanation(
        Text("Filters", "필터 (filters)"),
        Text(
            "They start as noise. Edges and strokes appear first in layer 1.",
            "처음에는 잡음이에요. 1층에서 먼저 선과 획이 나타나요.",
        ),
        Text(
            "Each small square is a kernel that slides over the picture: orange weights add, iris ones take away.",
            "작은 네모가 그림 위를 미끄러지는 커널이에요. 주황 가중치는 더하고 보라 가중치는 빼요.",
        ),
        "y[i, j] = Σ_c Σ_u Σ_v  w[c, u, v] · x[c, i+u, j+v]",
    ),
}
