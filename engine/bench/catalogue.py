"""The benchmarks a person may choose: what each tells, which lecture rows it answers, how a quick one is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.bench.charts import Said
from engine.cards import Explanation, unknown
from engine.text import Text, same


@dataclass(frozen=True, slots=True)
class BenchCard:
    """One benchmark. seconds: (quick, whole) on two quiet cores, an estimate. asks: the field of
    `BenchSettings` with the networks that may be named, "" for none.

    quick: words of the command line for a quick run. said: what the slides say, before anything was measured here.
    """

    id: str
    icon: str
    name: Text
    summary: Text
    rows: tuple[int, ...]
    seconds: tuple[int, int]
    explanation: Explanation
    quick: tuple[str, ...] = ("--quick",)
    asks: str = ""
    said: tuple[Said, ...] = ()

    def json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "summary": self.summary,
            "lecture_rows": self.rows,
            "quick_seconds_estimate": self.seconds[0],
            "seconds_estimate": self.seconds[1],
        }


def _explained(title: Text, look: Text, words: Text, formula: str) -> Explanation:
    return Explanation(title, look, words, formula)


CARDS: tuple[BenchCard, ...] = (
    BenchCard(
        "layers",
        "stack",
        Text("Layers", "층"),
        Text("Fig. 8-14 on this machine", "이 컴퓨터의 그림 8-14"),
        (4, 43, 50),
        (15, 60),
        _explained(
            Text("Why convolutions?", "왜 합성곱일까요?"),
            Text("Look at which colour fills the bars.", "막대를 채운 색을 보세요."),
            Text(
                "Each kernel is used at every place of the picture: few weights, but very many products.",
                "필터 하나를 사진의 모든 자리에서 써요. 가중치는 적어도 곱셈은 아주 많아요.",
            ),
            "MAC = H · W · C_out · C_in · k²",
        ),
        asks="model",
    ),
    BenchCard(
        "devices",
        "cpu",
        Text("Devices", "장치"),
        Text("Fig. 8-15, CPU and GPU", "그림 8-15, CPU와 GPU"),
        (27, 51),
        (13, 60),
        _explained(
            Text("More pictures at once", "한꺼번에 여러 장"),
            Text("See how the curve rises with the batch.", "배치가 커질수록 곡선이 오르는 것을 보세요."),
            Text(
                "Weights are fetched once for the whole batch, so that each picture costs less.",
                "가중치를 한 번 가져와 배치 전체에 써서 한 장의 값이 싸져요.",
            ),
            "pictures/s = B / t(B)",
        ),
        said=(
            Said(Text("CIFAR-10, one epoch on the CPU", "CIFAR-10 한 에폭, CPU"), Text("23 s", "23초"), None, 27),
            Said(Text("CIFAR-10, one epoch on a GPU", "CIFAR-10 한 에폭, GPU"), Text("5 s", "5초"), None, 27),
        ),
    ),
    BenchCard(
        "threads",
        "graph",
        Text("Threads", "스레드"),
        Text("Speed-up and Amdahl’s line", "속도 향상과 암달의 선"),
        (49,),
        (10, 30),
        _explained(
            Text("Amdahl’s law", "암달의 법칙 (Amdahl)"),
            Text(
                "The dashed line is what the one-at-a-time part allows.",
                "점선은 나눌 수 없는 부분이 허락하는 만큼이에요.",
            ),
            Text(
                "What cannot be shared out stays as long as it was, however many cores help.",
                "나눌 수 없는 일은 코어가 아무리 많아도 그대로 남아요.",
            ),
            "S(n) = 1 / ((1 − p) + p / n)",
        ),
    ),
    BenchCard(
        "scaling",
        "planet",
        Text("Scaling", "여러 프로세스"),
        Text("Fig. 8-16, learning shared out", "그림 8-16, 나눠서 학습"),
        (52,),
        (14, 60),
        _explained(
            Text("Data parallel", "데이터 병렬 (data parallel)"),
            Text("The gap to the dashed line is lost time.", "점선과의 틈이 잃어버린 시간이에요."),
            Text(
                "Each process learns from its own pictures; then all add up their gradients, and wait for the slowest.",
                "프로세스마다 다른 사진으로 배우고 기울기를 모두 더해요. 가장 느린 쪽을 기다려요.",
            ),
            "g = (g₁ + … + gₙ) / n",
        ),
    ),
    BenchCard(
        "precision",
        "sliders-horizontal",
        Text("Precision", "정밀도"),
        Text("32 bits down to 2", "32비트에서 2비트까지"),
        (53, 54),
        (14, 120),
        _explained(
            Text("How few bits?", "비트를 얼마나 줄일 수 있을까요?"),
            Text("Find where the curve falls off.", "곡선이 꺾이는 곳을 찾아보세요."),
            Text(
                "Networks stand small errors, so weights may be rounded; halves and bytes move faster through memory.",
                "신경망은 작은 오차를 견뎌요. 가중치를 반올림하면 메모리를 더 빨리 지나가요.",
            ),
            "ŵ = s · round(w / s),   s = max|w| / (2ᵇ⁻¹ − 1)",
        ),
        asks="learnt",
    ),
    BenchCard(
        "backends",
        "lightning",
        Text("Backends", "실행 방법"),
        Text("One network by other programs", "한 신경망을 다른 프로그램으로"),
        (50, 72),
        (18, 200),
        _explained(
            Text("Same network, other ways", "같은 신경망, 다른 방법"),
            Text(
                "Compare lengths; agreement stands beside each.",
                "길이를 견주어 보세요. 옆에는 답이 같은 정도가 있어요.",
            ),
            Text(
                "A compiler joins layers that follow each other, so that maps need not go to memory and back.",
                "컴파일러가 이어지는 층을 합쳐서 맵이 메모리를 오가지 않아요.",
            ),
            "y = relu(norm(conv(x)))",
        ),
        asks="model",
    ),
    BenchCard(
        "choices",
        "shuffle",
        Text("Choices", "선택"),
        Text("Colour or grey, 1×1 on or off", "컬러와 흑백, 1×1 켜고 끄기"),
        (13, 43),
        (12, 240),
        _explained(
            Text("What a choice costs", "선택의 값"),
            Text("Two bars are one network, but for one setting.", "두 막대는 설정 하나만 다른 같은 신경망이에요."),
            Text(
                "Colour adds numbers only where the picture comes in; a 1×1 takes channels away before the dear kernels.",
                "컬러는 사진이 들어오는 곳에만 수를 더해요. 1×1은 비싼 필터 앞에서 채널을 줄여요.",
            ),
            "C·k²·K   →   C·c + c·k²·K",
        ),
    ),
    BenchCard(
        "machine",
        "hard-drives",
        Text("This machine", "이 컴퓨터"),
        Text("Report card, peak figures", "성적표, 최대 성능"),
        (49, 53),
        (5, 10),
        _explained(
            Text("What a processor can do", "프로세서가 할 수 있는 일"),
            Text("Compare the two bars.", "두 막대를 견주어 보세요."),
            Text(
                "A large convolution keeps every unit busy: hardly any layer is faster than that.",
                "큰 합성곱은 모든 장치를 바쁘게 해요. 이보다 빠른 층은 거의 없어요.",
            ),
            "GFLOP/s = 2 · 3² · C² · H · W · N / t / 10⁹",
        ),
    ),
    BenchCard(
        "live",
        "video-camera",
        Text("Live", "라이브"),
        Text("Frames a second, age of a frame", "초당 프레임, 프레임의 나이"),
        (72,),
        (26, 120),
        _explained(
            Text("Faster than the plain loop", "단순한 반복문보다 빠르게"),
            Text("1 is the usual loop of a tutorial.", "1이 교재의 보통 반복문이에요."),
            Text(
                "Reading, seeing and drawing overlap, and the newest frame wins.",
                "읽기, 보기, 그리기가 겹치고 가장 새로운 프레임이 이겨요.",
            ),
            "ratio = ours / reference",
        ),
        quick=("--quick", "--repeats", "2"),
    ),
    BenchCard(
        "train",
        "chart-line-up",
        Text("Training", "학습"),
        Text("Pictures a second while learning", "학습하며 초당 사진 수"),
        (27,),
        (16, 300),
        _explained(
            Text("Against the official example", "공식 예제와 견주기"),
            Text("1 is PyTorch’s own example.", "1이 PyTorch의 예제예요."),
            Text("Same network, same batch, same threads, in turn.", "같은 신경망, 배치, 스레드로 번갈아 재요."),
            "ratio = ours / reference",
        ),
        quick=("--quick", "--repeats", "3"),
    ),
    BenchCard(
        "dqn",
        "game-controller",
        same("DQN"),
        Text("Steps a second while playing", "놀며 배우는 초당 걸음 수"),
        (136,),
        (21, 150),
        _explained(
            Text("Learning from games", "게임에서 배우기"),
            Text("1 is Stable-Baselines3, where it is here.", "1이 Stable-Baselines3예요."),
            Text("A step is a move, a look and a lesson.", "한 걸음은 한 수, 한 번 보기, 한 번 배우기예요."),
            "ratio = ours / reference",
        ),
    ),
    BenchCard(
        "startup",
        "clock",
        Text("Start-up", "시작"),
        Text("From start to a painted window", "시작부터 창이 그려질 때까지"),
        (),
        (14, 60),
        _explained(
            Text("Against bare imports", "불러오기와 견주기"),
            Text("1 is loading the libraries alone.", "1이 라이브러리만 불러오는 시간이에요."),
            Text("What we add to it should be little.", "거기에 더하는 것이 적어야 해요."),
            "ratio = window / imports",
        ),
        quick=("--repeats", "1"),
    ),
    BenchCard(
        "responsiveness",
        "cursor-click",
        Text("Responsiveness", "반응"),
        Text("The window while a network learns", "학습 중인 창의 반응"),
        (),
        (15, 20),
        _explained(
            Text("Stutters", "끊김"),
            Text("Every pause of the window’s own thread.", "창이 멈칫한 모든 순간이에요."),
            Text("Below 100 ms a hand notices nothing.", "100 ms보다 짧으면 손은 느끼지 못해요."),
            "gap = tₙ₊₁ − tₙ",
        ),
    ),
)


def bench_card(id: str) -> BenchCard:
    """The card with this id. Raises: `LabError` for an unknown one."""
    for card in CARDS:
        if card.id == id:
            return card
    raise unknown(Text("benchmark", "벤치마크"), id, [card.id for card in CARDS])
