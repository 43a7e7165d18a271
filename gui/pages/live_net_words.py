"""What F1 says when a network is opened."""

from __future__ import annotations

from engine.cards import Explanation
from engine.text import Text

CORTEX = (
    Text("as V1 of the cortex: edges, colours", "시각 피질 V1처럼: 가장자리와 색"),
    Text("as V2: textures, corners", "V2처럼: 무늬와 모서리"),
    Text("as V3 and on: parts of things", "V3 이후처럼: 사물의 부분"),
)


def cortex_of(at: int, front: int) -> Text:
    """What a part of the front half is like in the visual cortex (lecture row 2). at: from 0, of `front` parts."""
    return CORTEX[min(2, 3 * at // max(1, front))]


DIAGRAM = Explanation(
    Text("Front half and back half", "앞부분과 뒷부분"),
    Text("Click the blocks from left to right and watch the maps.", "블록을 왼쪽부터 차례로 누르며 맵을 보세요."),
    Text(
        "The front half (mint) extracts features: its maps get smaller and more. The back half (iris) classifies. "
        "The dark foot of a block is the share of its activations that are 0.",
        "앞부분(민트)은 특징을 뽑아요. 맵이 점점 작아지고 많아져요. 뒷부분(보라)은 분류해요. "
        "블록 아래의 어두운 부분은 0인 활성화의 비율이에요.",
    ),
    "x → features(x) → W · mean(features) + b",
)
MAPS = Explanation(
    Text("Feature maps", "특징 맵 (feature map)"),
    Text("Click a map to see it large.", "맵을 누르면 크게 보여요."),
    Text(
        "One map for each filter of the layer: bright where the filter found what it looks for. The strongest come first. "
        "Early layers show edges, late ones parts of things.",
        "층의 필터마다 맵이 하나예요. 필터가 찾는 것이 있는 곳이 밝아요. 강한 맵부터 보여 줘요. "
        "앞의 층은 가장자리, 뒤의 층은 사물의 부분을 보여 줘요.",
    ),
    "A[k] = ReLU(w[k] ∗ x + b[k])",
)
KERNELS = Explanation(
    Text("Kernels", "커널 (kernel)"),
    Text("In the first layer look for stripes and blobs of colour.", "첫 층에서 줄무늬와 색 얼룩을 찾아보세요."),
    Text(
        "The learnt weights as pictures. Kernels of the first layer see colour; where a later one sees many channels, "
        "their mean is drawn. "
        "1×1 kernels only mix channels and have no picture.",
        "배운 가중치를 그림으로 그렸어요. 첫 층의 커널은 색을 봐요. 뒤의 커널이 여러 채널을 보면 평균을 그려요. "
        "1×1 커널은 채널만 섞어서 그림이 없어요.",
    ),
    "w ∈ ℝᵏˣᵏ",
)
HEAT = Explanation(
    Text("Where it saw the class", "어디를 보았나 (CAM, Grad-CAM)"),
    Text(
        "Choose another class in the list and watch the spot move.",
        "목록에서 다른 클래스를 골라 보세요. 밝은 곳이 옮겨 가요.",
    ),
    Text(
        "At the last map: the class's weights times the maps, without a backward pass (CAM). At other layers, and in networks "
        "that do not average their last map, the mean gradient takes the weights' place (Grad-CAM).",
        "마지막 맵에서는 클래스의 가중치와 맵을 곱해요. 역전파가 필요 없어요(CAM). 다른 층이나 마지막 맵을 평균하지 않는 "
        "신경망에서는 기울기의 평균을 가중치로 써요(Grad-CAM).",
    ),
    "M[c] = Σₖ w[c, k] · A[k]",
)
ANSWER = Explanation(
    Text("What it says", "신경망의 답"),
    Text("Click a name to see where it was seen.", "이름을 누르면 어디에서 보았는지 알 수 있어요."),
    Text(
        "The five likeliest classes. The probabilities of all classes add up to 1.",
        "가장 그럴듯한 클래스 다섯 개예요. 모든 클래스의 확률을 더하면 1이에요.",
    ),
    "p = softmax(logits)",
)
FACTS = Explanation(
    Text("The layer in figures", "층의 숫자"),
    Text("Compare a block at the beginning with one at the end.", "앞쪽 블록과 뒤쪽 블록을 견줘 보세요."),
    Text(
        "Shape: how many maps of which size come out. Weights: numbers that were learnt. Zeros: the share of activations "
        "that ReLU cut off for this picture.",
        "모양은 몇 장의 맵이 어떤 크기로 나오는지예요. 가중치는 배운 숫자의 개수예요. 0의 비율은 이 사진에서 ReLU가 잘라 낸 활성화예요.",
    ),
    "C × H × W",
)
