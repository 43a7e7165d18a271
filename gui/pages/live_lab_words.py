"""What F1 says in the convolution lab."""

from __future__ import annotations

from engine.cards import Explanation
from engine.text import Text

ROOMS = Explanation(
    Text("Convolution lab", "합성곱 실험실"),
    Text(
        "Begin with the picture, then play the lecture’s nine steps.",
        "사진에서 시작하고, 강의의 아홉 걸음을 재생해 보세요.",
    ),
    Text(
        "Convolution is multiplying and adding, nothing else. Here you can see each number of it: on the picture, on the "
        "lectures’ tables, and how far several kernels see together.",
        "합성곱은 곱하고 더하는 것뿐이에요. 사진에서, 강의의 표에서 숫자를 하나하나 볼 수 있고, 여러 커널이 함께 얼마나 넓게 "
        "보는지도 알 수 있어요.",
    ),
    "y = Σ x · w",
)
KERNEL = Explanation(
    Text("Kernel", "커널 (kernel, filter)"),
    Text(
        "Choose Sobel x, then turn one number round and watch the edges.",
        "소벨 x를 고르고 숫자 하나의 부호를 바꿔 보세요.",
    ),
    Text(
        "A small table of weights. It is laid over every place of the picture, and what lies under it is multiplied "
        "and added up. A network learns these numbers by itself.",
        "작은 가중치 표예요. 사진의 모든 자리에 올려 놓고 아래 픽셀과 곱해서 더해요. 신경망은 이 숫자를 스스로 배워요.",
    ),
    "y[i, j] = Σₐ Σ_b x[i·s + a, j·s + b] · w[a, b]",
)
SIZE = Explanation(
    Text("Kernel size", "커널 크기"),
    Text("Go from 3 to 7 with the blur and watch fine lines go.", "흐리게 커널을 3에서 7로 키우며 가는 선을 보세요."),
    Text(
        "Usually 3×3 or 5×5. A large kernel sees more at once and loses what is fine.",
        "보통 3×3이나 5×5를 써요. 크면 넓게 보지만 세밀한 것을 놓쳐요.",
    ),
    "weights = k²",
)
STRIDE = Explanation(
    Text("Stride", "보폭 (stride)"),
    Text("Set 2 and read the size below.", "2로 바꾸고 아래의 크기를 읽어 보세요."),
    Text(
        "How many pixels the kernel moves on. With 2 it looks at every second place, and the map is half as wide.",
        "커널이 한 번에 몇 픽셀 움직이는지예요. 2이면 한 자리씩 건너뛰어 맵의 폭이 절반이 돼요.",
    ),
    "out = ⌊(n + p − k) / s⌋ + 1",
)
PADDING = Explanation(
    Text("Padding", "패딩 (padding)"),
    Text(
        "Look at the red border: no answer has its middle there.",
        "빨간 테두리를 보세요. 그곳을 가운데로 한 답은 없어요.",
    ),
    Text(
        "Valid lets the kernel lie only on real pixels, so the map is smaller. Same lays zeros round the picture, so that "
        "stride 1 keeps its size.",
        "valid는 커널이 진짜 픽셀 위에만 놓여서 맵이 작아져요. same은 둘레에 0을 둘러서 보폭 1이면 크기가 그대로예요.",
    ),
    "p = 0  or  p = k − 1",
)
CHANNELS = Explanation(
    Text("Channels", "채널 (channel)"),
    Text("Choose the sum: colour is gone, one map is left.", "‘합’을 골라 보세요. 색이 사라지고 맵 하나가 남아요."),
    Text(
        "A colour picture has three planes. A network's filter has a kernel for each and adds the three sums to one number: "
        "three times as many terms. Here all three planes get the same kernel.",
        "컬러 사진은 세 장이에요. 신경망의 필터는 장마다 커널이 있고 세 합을 더해 숫자 하나로 만들어요. 항이 세 배예요. "
        "여기서는 세 장에 같은 커널을 써요.",
    ),
    "y = Σ_c Σₐ Σ_b x[c, i + a, j + b] · w[c, a, b]",
)
ACTIVATION = Explanation(
    Text("After the sum", "합한 다음 (activation)"),
    Text("With Sobel x change between ReLU and both signs.", "소벨 x에서 ReLU와 부호 그대로를 번갈아 보세요."),
    Text(
        "ReLU keeps only positive answers: an edge from dark to bright stays, the reverse is gone. With both signs "
        "middle grey is 0.",
        "ReLU는 양수만 남겨요. 어두운 데서 밝은 데로 가는 가장자리만 남고 반대는 사라져요. 부호 그대로에서는 가운데 회색이 0이에요.",
    ),
    "ReLU(y) = max(0, y)",
)
POOLING = Explanation(
    Text("Pooling", "풀링 (pooling)"),
    Text(
        "Choose max, then average, and read the window's numbers.",
        "최대와 평균을 차례로 고르고 창의 숫자를 읽어 보세요.",
    ),
    Text(
        "After convolution and activation the map is cut into windows that do not overlap; of each only its largest value "
        "or its mean goes on.",
        "합성곱과 활성화 다음에 맵을 겹치지 않는 창으로 나눠요. 창마다 가장 큰 값이나 평균만 남겨요.",
    ),
    "y[i, j] = max  or  mean of x[2i … 2i+1, 2j … 2j+1]",
)
SUMS = Explanation(
    Text("Every term", "모든 항"),
    Text("Click another pixel, or use the arrow keys.", "다른 픽셀을 누르거나 화살표 키를 써 보세요."),
    Text(
        "The framed window at the left gives the framed pixel at the right: each pixel times its weight, all added.",
        "왼쪽의 테두리 창이 오른쪽의 테두리 픽셀이 돼요. 픽셀마다 가중치를 곱해서 모두 더해요.",
    ),
    "(x₁×w₁) + (x₂×w₂) + … = y",
)
TABLES = Explanation(
    Text("The lectures’ tables", "강의의 표"),
    Text("Press Play: nine steps make nine numbers.", "재생을 누르세요. 아홉 걸음이 아홉 숫자를 만들어요."),
    Text(
        "The examples of the lecture, computed here. Where the slide prints another number it stands beside in sand, "
        "struck out.",
        "강의의 예제를 여기서 계산해요. 강의 자료의 숫자가 다르면 그 옆에 모래색으로 줄을 그어 적어요.",
    ),
    "5 × 5 ∗ 3 × 3 = 3 × 3",
)
FIELD = Explanation(
    Text("Receptive field", "수용 영역 (receptive field)"),
    Text("Compare the two rows: the same lit square at the left.", "두 줄을 견줘 보세요. 왼쪽의 밝은 사각형이 같아요."),
    Text(
        "Two 3×3 kernels, one behind the other, see as far as one 5×5, with 18 weights instead of 25 and one more "
        "activation between.",
        "3×3 커널 두 개를 이으면 5×5 하나만큼 넓게 봐요. 가중치는 25개 대신 18개이고, 사이에 활성화가 한 번 더 있어요.",
    ),
    "r = 1 + Σ (k − 1);   2·3² = 18 < 5² = 25",
)
STRIP = Explanation(
    Text("Conv1D", "1차원 합성곱 (Conv1D)"),
    Text("Raise the noise, then make the kernel larger.", "노이즈를 올리고 커널을 키워 보세요."),
    Text(
        "The kernel moves along one direction only. A mean of its neighbours takes noise out of a signal, and with it "
        "what is fine.",
        "커널이 한 방향으로만 움직여요. 이웃의 평균을 내면 신호에서 노이즈가 빠지고, 세밀한 것도 함께 빠져요.",
    ),
    "y[t, c] = Σ_a x[t·s + a, c] · w[a]",
)
FILM = Explanation(
    Text("Conv3D", "3차원 합성곱 (Conv3D)"),
    Text(
        "Choose “Change in time” and move before the camera.",
        "‘시간에 따른 변화’를 고르고 카메라 앞에서 움직여 보세요.",
    ),
    Text(
        "Three slices lie under the kernel at once, each with nine weights of its own. So it can answer to motion, which "
        "no kernel on one picture can.",
        "세 장이 한꺼번에 커널 아래 놓이고 장마다 가중치가 아홉 개예요. 그래서 사진 한 장으로는 알 수 없는 움직임에 답해요.",
    ),
    "y[t, i, j] = Σ_d Σ_a Σ_b x[t + d, i + a, j + b] · w[d, a, b]",
)
SHAPES = Explanation(
    Text("Shapes", "크기 계산"),
    Text("Double the stride and read the output.", "보폭을 두 배로 하고 출력을 읽어 보세요."),
    Text(
        "What comes out of a layer has one map for each filter. Weights do not depend on how large the picture is; the "
        "products do.",
        "출력에는 필터마다 맵이 하나씩 있어요. 가중치 수는 사진 크기와 상관없지만 곱셈 수는 사진이 클수록 늘어요.",
    ),
    "out = ⌊(n + p − k) / s⌋ + 1",
)
