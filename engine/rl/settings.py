"""What a person may set before and while an agent learns; one declaration for window, command line and run."""

from __future__ import annotations

from dataclasses import dataclass

from engine.cards import Explanation
from engine.fields import setting
from engine.text import Text, same

EPSILON = Explanation(
    Text("Exploration ε", "탐험 ε (exploration)"),
    Text("Raise it: the agent tries odd moves again.", "높여 보세요. 다시 엉뚱한 행동을 해 봐요."),
    Text(
        "With probability ε the move is a guess. Without guesses it would never find what it has not tried.",
        "확률 ε만큼은 아무 행동이나 해요. 해 보지 않은 것은 알 수 없기 때문이에요.",
    ),
    "a = argmax Q(s, ·)  with probability 1 − ε,   any a  with ε",
)
GAMMA = Explanation(
    Text("Discount γ", "할인율 γ (discount)"),
    Text("Lower it: the agent grows short-sighted.", "낮추면 눈앞의 보상만 봐요."),
    Text(
        "A reward k steps away counts γᵏ times. At 0.99 a point in a hundred steps is worth 0.37.",
        "k스텝 뒤의 보상은 γᵏ배로 쳐요. 0.99라면 백 스텝 뒤의 1점은 0.37점이에요.",
    ),
    "G = r₁ + γ r₂ + γ² r₃ + …",
)
_DOUBLE = Explanation(
    same("Double DQN"),
    Text("Q stays nearer to the scores that follow.", "Q가 실제 점수에 더 가까워져요."),
    Text(
        "The online network chooses the next move, the target network says what it is worth. One alone flatters itself.",
        "다음 행동은 온라인 신경망이 고르고, 값은 목표 신경망이 매겨요. 혼자 하면 자기를 부풀려요.",
    ),
    "y = r + γ Q⁻(s′, argmax Q(s′, ·))",
)
_DUELING = Explanation(
    same("Dueling"),
    Text("Watch states where every move is equally good.", "어느 행동이나 비슷한 장면을 보세요."),
    Text(
        "One branch says what the state is worth, the other how much better each move is than the rest.",
        "한 갈래는 상태의 값을, 다른 갈래는 행동마다의 차이를 말해요.",
    ),
    "Q(s, a) = V(s) + A(s, a) − mean A(s, ·)",
)
_STEPS = Explanation(
    Text("n-step return", "n-스텝 보상 (n-step return)"),
    Text("With 3, news of a reward travels three times as fast.", "3이면 보상 소식이 세 배 빨리 전해져요."),
    Text(
        "Sum n real rewards before asking the network for the rest.",
        "실제 보상 n개를 더한 뒤 나머지를 신경망에 물어요.",
    ),
    "y = r₁ + γ r₂ + … + γⁿ⁻¹ rₙ + γⁿ max Q⁻(s₊ₙ, ·)",
)
_PRIORITY = Explanation(
    Text("Prioritised replay", "우선순위 재생 (prioritised replay)"),
    Text("It looks again at what surprised it.", "놀란 장면을 더 자주 다시 봐요."),
    Text(
        "Moments with a large error are drawn more often, and count less to make up for it.",
        "오차가 큰 순간을 더 자주 뽑고, 그만큼 작게 쳐서 치우치지 않게 해요.",
    ),
    "P(i) ∝ |δᵢ|^0.6,   wᵢ ∝ (1 / P(i))^β",
)
LOOP = Explanation(
    Text("The loop", "에이전트와 환경 (agent–environment loop)"),
    Text(
        "Press Step (.): the arrows light up one after the other.", "한 걸음(.)을 눌러 보세요. 화살표가 차례로 켜져요."
    ),
    Text(
        "The agent sees a state and acts. The environment answers with a reward and the next state. Nobody tells which "
        "move would have been right.",
        "에이전트는 상태를 보고 행동해요. 환경은 보상과 다음 상태로 답해요. 어떤 행동이 옳았는지는 아무도 알려 주지 않아요.",
    ),
    "sₜ → aₜ → rₜ₊₁, sₜ₊₁",
)
POLICY = Explanation(
    Text("Policy π", "정책 π (policy)"),
    Text("Move ε: at 0 one bar stays, at 1 all are alike.", "ε을 움직여 보세요. 0이면 막대가 하나, 1이면 모두 같아요."),
    Text(
        "A fixed policy always takes the best move. A stochastic one takes each move with a probability, the best one most.",
        "결정적 정책은 늘 가장 좋은 행동을 해요. 확률적 정책은 행동마다 확률이 있고, 가장 좋은 행동의 확률이 가장 커요.",
    ),
    "π(a | s) = 1 − ε + ε / n  for argmax Q(s, ·),   ε / n  for the others",
)
TARGET = Explanation(
    Text("Target network", "목표 신경망 (target network)"),
    Text("The error jumps at each sync and falls again.", "맞출 때마다 오차가 튀었다가 내려가요."),
    Text(
        "A copy that stands still for a while. Chasing a goal that moves with every step would never settle.",
        "잠시 멈춰 있는 복사본이에요. 걸음마다 움직이는 목표는 따라잡을 수 없어요.",
    ),
    "θ⁻ ← θ  every C steps",
)


@dataclass(frozen=True, slots=True)
class DqnSettings:
    """What decides how an agent learns. After Mnih et al. 2015, Extended Data Table 1.

    steps:        decisions of all games together. actors: games played at once.
    train_every:  decisions for each update. target_every: decisions between two copies to the target network.
    memory:       transitions remembered. warm_up: decisions before the first update, at random.
    epsilon_end, epsilon_steps: ε falls in a line from 1 to the former within the latter.
    life_reward:  added when a life is lost; such a moment ends the game for the learner, not for the player.
    check_every:  decisions between two checks of `check_games` whole games at ε = 0.01.
    stop_at:      ends when a check reaches this mean score; 0 = never.
    sticky:       probability that Atari repeats the last move instead of the new one.
    """

    steps: int = setting(1_000_000, Text("Steps", "스텝 수"), low=100, high=200_000_000, log=True)
    learning_rate: float = setting(1e-4, Text("Learning rate", "학습률"), low=1e-6, high=0.1, log=True, live=True)
    epsilon_end: float = setting(
        0.01, Text("Exploration ε", "탐험 ε"), low=0.0, high=1.0, step=0.01, live=True, help=EPSILON
    )
    gamma: float = setting(0.99, Text("Discount γ", "할인율 γ"), low=0.0, high=0.999, live=True, help=GAMMA)
    life_reward: float = setting(
        0.0, Text("Reward for a lost life", "생명을 잃을 때 보상"), low=-5.0, high=5.0, live=True
    )
    double: bool = setting(True, same("Double DQN"), help=_DOUBLE)
    dueling: bool = setting(True, same("Dueling"), help=_DUELING)
    n_step: int = setting(3, Text("n-step return", "n-스텝 보상"), low=1, high=20, help=_STEPS)
    prioritised: bool = setting(False, Text("Prioritised replay", "우선순위 재생"), help=_PRIORITY)
    memory: int = setting(100_000, Text("Replay memory", "재생 기억"), low=500, high=2_000_000, log=True)
    warm_up: int = setting(10_000, Text("Random start", "무작위 시작"), low=50, high=200_000, log=True)
    epsilon_steps: int = setting(200_000, Text("ε falls for", "ε이 내려가는 스텝"), low=1, high=10_000_000, log=True)
    batch_size: int = setting(32, Text("Batch size", "배치 크기"), low=8, high=512, log=True)
    train_every: int = setting(4, Text("Steps per update", "업데이트당 스텝"), low=1, high=64)
    target_every: int = setting(
        8_000, Text("Sync target every", "목표 신경망 맞추기 간격"), low=10, high=100_000, log=True, help=TARGET
    )
    clip: bool = setting(True, Text("Rewards clipped to ±1", "보상을 ±1로 자르기"))
    size: str = setting(
        "small",
        Text("Network", "신경망"),
        choices=(("small", Text("small (2013)", "작게 (2013)")), ("nature", Text("paper’s (2015)", "논문대로 (2015)"))),
    )
    actors: int = setting(8, Text("Games at once", "동시에 하는 게임"), low=1, high=64)
    sticky: float = setting(0.0, Text("Sticky moves", "행동 반복 확률"), low=0.0, high=0.9)
    check_every: int = setting(50_000, Text("Check every", "점검 간격"), low=100, high=10_000_000, log=True)
    check_games: int = setting(8, Text("Games in a check", "점검 게임 수"), low=1, high=200)
    stop_at: float = setting(0.0, Text("Stop at score", "멈출 점수"), low=-1e6, high=1e6)
    keep_checkpoints: int = setting(16, Text("Checkpoints kept", "남길 체크포인트"), low=0, high=64)
    seed: int = setting(1, Text("Seed", "시드"), low=0, high=2**31 - 1)

    def epsilon(self, step: int) -> float:
        """ε at a decision, in [0, 1]."""
        return self.epsilon_end + (1 - self.epsilon_end) * max(0.0, 1 - step / self.epsilon_steps)
