"""What F1 says where classes are taught."""

from __future__ import annotations

from engine.cards import Explanation
from engine.text import Text

RECORD = Explanation(
    Text("Record a class", "클래스 녹화"),
    Text("Hold the button and turn the thing in your hand.", "단추를 누르고 있는 동안 물건을 돌려 보세요."),
    Text(
        "Every hold is one recording. Make two or more of each class, in front of the same background: whole recordings are "
        "held back to measure honestly.",
        "한 번 누르고 있는 동안이 녹화 하나예요. 같은 배경에서 클래스마다 두 번 이상 녹화하세요. 녹화를 통째로 남겨 두어야 "
        "정직하게 잴 수 있어요.",
    ),
    "recording = frames of one hold",
)
LEARN = Explanation(
    Text("Transfer learning", "전이 학습 (transfer learning)"),
    Text("Look at the seconds it takes.", "몇 초가 걸리는지 보세요."),
    Text(
        "A network that learnt ImageNet turns each frame into 1,280 numbers and stays as it is. Only a small head learns "
        "to tell your classes apart.",
        "ImageNet을 배운 신경망이 프레임을 숫자 1,280개로 바꿔요. 이 신경망은 그대로 두고, 작은 헤드만 클래스를 가리는 법을 배워요.",
    ),
    "p = softmax(W · f(x) + b),  f fixed",
)
ACCURACY = Explanation(
    Text("Honest accuracy", "정직한 정확도"),
    Text("Compare “by recording” with “by frame”.", "‘녹화별’과 ‘프레임별’을 견줘 보세요."),
    Text(
        "Frames of one recording are nearly the same picture. Whoever holds back single frames asks what was learnt by heart; "
        "only recordings that were never seen tell what will happen next time.",
        "한 녹화의 프레임은 거의 같은 사진이에요. 프레임을 하나씩 남기면 외운 것을 물어보는 셈이에요. 한 번도 못 본 녹화로 재야 "
        "다음에 어떨지 알 수 있어요.",
    ),
    "accuracy = right / all, in held-out recordings",
)
BACKGROUND = Explanation(
    Text("Does the background tell?", "배경이 답을 알려 주나요?"),
    Text("Look whether this figure comes near the first one.", "이 숫자가 첫 번째 숫자에 가까운지 보세요."),
    Text(
        "A second head sees the border alone; the middle is covered. If it is right as often, the network may have learnt "
        "the table and not the thing.",
        "두 번째 헤드는 가운데를 가리고 가장자리만 봐요. 그래도 잘 맞히면 물건이 아니라 책상을 배운 것일 수 있어요.",
    ),
    "accuracy of softmax(W′ · f(border) + b′)",
)
FILES = Explanation(
    Text("Keep what was taught", "가르친 것 보관"),
    Text("Save, and open it again another day.", "저장해 두었다가 다른 날 다시 열어 보세요."),
    Text(
        "The head is a safetensors file with a JSON that says what it is. ONNX holds network and head for other programs.",
        "헤드는 safetensors 파일이고 옆의 JSON이 무엇인지 알려 줘요. ONNX에는 다른 프로그램을 위해 신경망과 헤드가 함께 들어가요.",
    ),
    "predict taught PICTURE --model FILE",
)
OVER = Explanation(
    Text("Watch with it", "이걸로 지켜보기"),
    Text("Press it: Watch opens with your classes on.", "누르면 ‘지켜보기’에서 내 클래스가 켜져요."),
    Text(
        "What you taught becomes an entry among the overlays and stays there. It can stand beside another network.",
        "가르친 것이 오버레이 목록에 들어가서 그대로 남아요. 다른 신경망과 나란히 볼 수도 있어요.",
    ),
    "predict classify SOURCE --model taught:FILE",
)
