"""What can be learnt from looking at a data set, at three depths each (lecture row 24)."""

from __future__ import annotations

from engine.cards import Explanation
from engine.text import Text, same

PIXELS = Explanation(
    Text("A picture is numbers", "그림은 숫자예요"),
    Text(
        "Move over the large picture and read the values. Enter shows them all.",
        "큰 그림 위에서 움직이며 값을 읽어 보세요. Enter를 누르면 값이 모두 보여요.",
    ),
    Text(
        "Each pixel is one brightness from 0 (empty) to 255 (full ink). The network gets these numbers and nothing else.",
        "픽셀 하나는 0(빈 곳)에서 255(진한 잉크)까지의 밝기예요. 신경망은 이 숫자만 받아요.",
    ),
    "x ∈ {0 … 255}ᴴˣᵂ",
)
CLASSES = Explanation(
    Text("Classes", "클래스 (class)"),
    Text(
        "Compare the counts, then click one to see only its pictures. Ctrl+click adds another.",
        "개수를 견주어 보고, 하나를 눌러 그 그림만 보세요. Ctrl+클릭으로 더할 수 있어요.",
    ),
    Text(
        "The answer each picture came with. When classes have very different counts, always guessing the largest looks good.",
        "그림마다 달린 정답이에요. 클래스의 개수가 많이 다르면, 가장 많은 것만 찍어도 잘 맞는 것처럼 보여요.",
    ),
    "nₖ = Σᵢ [yᵢ = k]",
)
SPLIT = Explanation(
    Text("Split", "나누기 (split)"),
    Text(
        "Switch between the parts: other pictures, the same kinds.",
        "두 쪽을 오가며 보세요. 그림은 다르지만 종류는 같아요.",
    ),
    Text(
        "Train is for learning, test for one honest measurement. A picture seen while learning proves nothing.",
        "학습용으로 배우고, 시험용으로 한 번 정직하게 재요. 배울 때 본 그림으로는 아무것도 증명하지 못해요.",
    ),
    "D_train ∩ D_test = ∅",
)
AVERAGE = Explanation(
    Text("Average digit", "평균 숫자"),
    Text(
        "Where it is sharp, everybody writes alike; where it is grey, they differ.",
        "또렷한 곳은 모두 비슷하게 쓰고, 흐린 곳은 저마다 달라요.",
    ),
    Text(
        "All pictures of a class laid over each other. The simplest classifier compares a digit with these averages, "
        "and reads about 82 % of MNIST.",
        "한 클래스의 그림을 모두 겹친 거예요. 가장 단순한 분류기는 숫자를 이 평균과 견주는데, MNIST의 약 82 %를 맞혀요.",
    ),
    "x̄ₖ = (1/nₖ) · Σ_{yᵢ = k} xᵢ",
)
HISTOGRAM = Explanation(
    Text("Pixel histogram", "픽셀 히스토그램"),
    Text(
        "Two heaps: empty paper at the left, full ink at the right, little between.",
        "왼쪽은 빈 종이, 오른쪽은 진한 잉크예요. 가운데는 얼마 없어요.",
    ),
    Text(
        "How often each brightness occurs. Networks learn best from inputs near mean 0 and spread 1, so this is what scaling starts from.",
        "밝기마다 몇 번 나오는지 센 거예요. 신경망은 평균 0, 퍼짐 1에 가까운 입력에서 잘 배우므로, 이 분포를 보고 크기를 맞춰요.",
    ),
    "h(v) = #{pixels = v},   x′ = (x − μ) / σ",
)
CHANNELS = Explanation(
    Text("Channels", "채널 (channel)"),
    Text(
        "Compare the three means: which colour do these pictures lean to?",
        "세 평균을 견주어 보세요. 어느 색이 강한가요?",
    ),
    Text(
        "A colour pixel is three numbers. Networks are given each channel with its mean taken away, divided by its spread.",
        "색이 있는 픽셀은 숫자 세 개예요. 채널마다 평균을 빼고 퍼짐으로 나눠서 신경망에 넣어요.",
    ),
    "x ∈ {0 … 255}ᴴˣᵂˣ³,   x′ = (x − μ_c) / σ_c",
)
MEMORY = Explanation(
    Text("Colour or grey", "컬러와 흑백"),
    Text(
        "See what the whole set takes in memory, one byte for each number.",
        "숫자 하나에 1바이트일 때 전체가 차지하는 메모리예요.",
    ),
    Text(
        "Colour is three numbers a pixel, grey one. Where colour does not tell classes apart, grey saves two thirds.",
        "컬러는 픽셀마다 숫자 세 개, 흑백은 한 개예요. 색이 구별에 도움이 안 되면 흑백으로 3분의 2를 아껴요.",
    ),
    "N · H · W · 3  or  N · H · W   bytes",
)
OBJECTS = Explanation(
    Text("Objects in a picture", "사진 한 장의 물체 수"),
    Text(
        "Compare the mint line, this set, with the dashed ones of the slide.",
        "민트색 선(이 데이터셋)을 슬라이드의 점선과 견주어 보세요.",
    ),
    Text(
        "ImageNet shows one thing at a time, COCO whole scenes. The more objects, the harder to find them all.",
        "ImageNet은 한 번에 하나, COCO는 장면 전체를 보여 줘요. 물체가 많을수록 모두 찾기 어려워요.",
    ),
    "n̄ = (1/N) · Σᵢ nᵢ",
)
TEACHER = Explanation(
    Text("Input and answer", "입력과 정답"),
    Text(
        "Look from the left picture to the right: every pixel has a class.",
        "왼쪽에서 오른쪽으로 보세요. 픽셀마다 클래스가 있어요.",
    ),
    Text(
        "Segmentation is classification of every pixel. The right picture is what the network is to answer.",
        "분할 (segmentation)은 픽셀마다 하는 분류예요. 오른쪽이 신경망이 내야 할 답이에요.",
    ),
    "y ∈ {0 … K−1}ᴴˣᵂ",
)
READING = Explanation(
    Text("What a network reads", "신경망이 읽은 것"),
    Text(
        "Read the set, then sort by “Hardest first”: wrong labels come up early.",
        "읽힌 다음 ‘어려운 순서’로 정렬해 보세요. 잘못된 라벨이 먼저 나와요.",
    ),
    Text(
        "The loss of a picture is high when the network is sure of another class. That is its mistake, or the label’s.",
        "신경망이 다른 클래스라고 확신하면 그 그림의 손실이 커요. 신경망이 틀렸거나 라벨이 틀린 거예요.",
    ),
    "ℓᵢ = −log p(yᵢ | xᵢ)",
)


def found(words: str) -> Explanation:
    """What the doctor found in the pictures now shown, as a card of its own."""
    return Explanation(
        Text("What was found", "찾은 것"),
        Text(
            "Look at these pictures; another class or “Clear filters” shows all again.",
            "이 그림들을 보세요. ‘필터 지우기’를 누르면 다시 모두 보여요.",
        ),
        same("{words}")(words=words),
        "",
    )
