"""What F1 says on Home, and the 3 that Home draws to show itself."""

from __future__ import annotations

from itertools import pairwise

from engine.cards import Explanation
from engine.text import Text

PAD = Explanation(
    Text("Drawing pad", "그림판 (drawing pad)"),
    Text(
        "Draw slowly and watch the answer change with every stroke.", "천천히 그리면서 획마다 답이 바뀌는 것을 보세요."
    ),
    Text(
        "Each movement is read anew by the network, in a few milliseconds, while your hand goes on.",
        "움직일 때마다 신경망이 새로 읽어요. 손이 움직이는 동안 몇 밀리초면 돼요.",
    ),
    "",
)
BARS = Explanation(
    Text("Probabilities", "확률 (probabilities)"),
    Text(
        "Draw something between a 3 and an 8: two bars share what one had.",
        "3과 8 사이의 모양을 그려 보세요. 막대 하나의 몫을 둘이 나눠 가져요.",
    ),
    Text(
        "The last layer gives ten numbers. Softmax makes them positive and lets them add up to one.",
        "마지막 층은 숫자 열 개를 내놓아요. 소프트맥스가 모두 양수로, 합이 1이 되게 바꿔요.",
    ),
    "pᵢ = exp(zᵢ) / Σⱼ exp(zⱼ)",
)
SEEN = Explanation(
    Text("What the network sees", "신경망이 보는 것"),
    Text(
        "Draw small in a corner: the picture the network gets is the same.",
        "구석에 작게 그려 보세요. 신경망이 받는 그림은 똑같아요.",
    ),
    Text(
        "MNIST fitted each digit into 20×20 pixels and put its centre of mass in the middle of 28×28. So does this.",
        "MNIST는 숫자를 20×20픽셀에 맞추고 무게중심을 28×28 가운데에 두었어요. 여기서도 똑같이 해요.",
    ),
    "x̄ = Σ x·I / Σ I,   ȳ = Σ y·I / Σ I",
)
MAPS = Explanation(
    Text("Feature maps", "특징 맵 (feature maps)"),
    Text(
        "The upper rows find edges, the lower ones whole parts of a digit.",
        "위쪽 줄은 모서리를, 아래쪽 줄은 숫자의 큰 부분을 찾아요.",
    ),
    Text(
        "Each small picture shows where one filter of a layer found what it looks for. Bright means found.",
        "작은 그림마다 필터 하나가 찾는 모양이 어디 있는지 보여 줘요. 밝을수록 강하게 찾았어요.",
    ),
    "aₖ = relu(Wₖ ∗ x + bₖ)",
)
LEARN = Explanation(
    Text("Watch it learn", "배우는 과정 보기"),
    Text(
        "The first digits are guesses, one in ten is right. Seconds later nearly all are.",
        "처음에는 찍어서 열에 하나만 맞아요. 몇 초 뒤에는 거의 다 맞아요.",
    ),
    Text(
        "The network starts with random weights and moves them a little after every batch of digits.",
        "신경망은 무작위 가중치로 시작해서, 숫자 한 묶음을 볼 때마다 조금씩 움직여요.",
    ),
    "w ← w − η · ∂L/∂w",
)
POINT = Explanation(
    Text("Point the camera", "카메라로 보기"),
    Text(
        "Hold something in front of it and see what the network calls it.",
        "카메라 앞에 물건을 들고 신경망이 뭐라고 부르는지 보세요.",
    ),
    Text(
        "Networks name, find and outline what is in the picture, many times a second. Nothing leaves this computer.",
        "신경망이 1초에 여러 번 화면 속 사물의 이름을 대고, 찾고, 윤곽을 그려요. 사진은 이 컴퓨터를 떠나지 않아요.",
    ),
    "",
)
BROWSE = Explanation(
    Text("Browse the digits", "숫자 둘러보기"),
    Text("Look for digits that you would read wrongly yourself.", "나라도 잘못 읽을 것 같은 숫자를 찾아보세요."),
    Text(
        "A network learns only what its pictures show. Knowing them explains many of its mistakes.",
        "신경망은 사진에 있는 것만 배워요. 사진을 알면 틀리는 까닭이 보여요.",
    ),
    "",
)
PAINT = Explanation(
    Text("Paint like Van Gogh", "반 고흐처럼 그리기"),
    Text(
        "Watch the strokes appear while the photo stays what it is.",
        "사진은 그대로인데 붓 자국이 나타나는 것을 보세요.",
    ),
    Text(
        "A network compares textures, not pixels: the photo is changed until its textures are those of the painting.",
        "신경망은 픽셀이 아니라 질감을 비교해요. 사진의 질감이 그림과 같아질 때까지 사진을 바꿔요.",
    ),
    "L = α · L_content + β · L_style",
)
DREAM = Explanation(
    Text("Dream a digit", "숫자 꿈꾸기"),
    Text("Drag a point and watch a digit become another one.", "점을 끌면서 숫자가 다른 숫자로 바뀌는 것을 보세요."),
    Text(
        "A generator turns random numbers into a picture. No one wrote these digits; it learnt to deceive a second network that knows the real ones.",
        "생성자는 무작위 수를 그림으로 바꿔요. 아무도 쓰지 않은 숫자예요. 진짜를 아는 다른 신경망을 속이면서 배웠어요.",
    ),
    "x = G(z),   z ~ N(0, 1)",
)
PLAY = Explanation(
    Text("Play Breakout", "벽돌깨기"),
    Text(
        "At first it loses every ball. Minutes later it lets none fall.",
        "처음에는 공을 다 놓쳐요. 몇 분 뒤에는 놓치지 않아요.",
    ),
    Text(
        "Nobody tells the agent the rules. It tries, gets points, and learns what each move is worth.",
        "아무도 규칙을 알려 주지 않아요. 해 보고, 점수를 받고, 움직임마다 얼마나 값진지 배워요.",
    ),
    "Q(s, a) = r + γ · max Q(s′, a′)",
)
_CORNERS = (
    (0.33, 0.24), (0.40, 0.19), (0.50, 0.165), (0.60, 0.18), (0.67, 0.24), (0.675, 0.32), (0.63, 0.39),
    (0.55, 0.44), (0.46, 0.465), (0.56, 0.475), (0.65, 0.52), (0.70, 0.60), (0.69, 0.69), (0.63, 0.77),
    (0.53, 0.815), (0.42, 0.81), (0.34, 0.765), (0.29, 0.70),
)  # fmt: skip


def _smooth(corners: tuple[tuple[float, float], ...], rounds: int = 3) -> list[tuple[float, float]]:
    """Corners cut off a few times (Chaikin): a line as a hand draws it."""
    points = list(corners)
    for _ in range(rounds):
        cut = [points[0]]
        for (ax, ay), (bx, by) in pairwise(points):
            cut += [(0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by), (0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by)]
        points = [*cut, points[-1]]
    return points


THREE: list[list[tuple[float, float]]] = [_smooth(_CORNERS)]
