"""What every setting means, for those whose declaration brings no explanation of its own: found by its English label.

One row: label; look (English, Korean); words (English, Korean); formula.
"""

from __future__ import annotations

from functools import lru_cache

from engine.cards import Explanation
from engine.field_words_rooms import ROWS as ROOM_ROWS
from engine.text import Text

Row = tuple[str, str, str, str, str, str]

_ROWS: tuple[Row, ...] = (
    (
        "Epochs",
        "Watch the curves flatten: more rounds then bring little.",
        "곡선이 평평해지면 더 돌아도 별로 나아지지 않아요.",
        "How often the network sees all of the data. A part of a round is allowed.",
        "신경망이 데이터를 처음부터 끝까지 몇 번 보는지예요. 소수도 돼요.",
        "steps = epochs · N / batch",
    ),
    (
        "Batch size",
        "Small ones make the curve shake, large ones make it smooth.",
        "작으면 곡선이 떨리고 크면 매끈해요.",
        "So many examples are averaged for one step. Larger batches use the machine better but take fewer steps.",
        "한 걸음마다 이만큼의 예를 평균해요. 크면 기계를 잘 쓰지만 걸음 수가 줄어요.",
        "g = 1/B · Σ ∇L(xᵢ)",
    ),
    (
        "Learning rate",
        "Too large and the loss jumps; too small and it crawls.",
        "너무 크면 손실이 튀고 너무 작으면 기어가요.",
        "How far the weights move against the slope at each step. The most important setting of all.",
        "한 걸음에 가중치를 기울기 반대쪽으로 얼마나 옮길지예요. 가장 중요한 설정이에요.",
        "w ← w − η · ∂L/∂w",
    ),
    (
        "Weight decay",
        "Training and held-out curves come closer together.",
        "학습 곡선과 검증 곡선이 가까워져요.",
        "Every step also shrinks the weights a little, so that none of them may grow without need.",
        "걸음마다 가중치를 조금씩 줄여서, 쓸데없이 커지지 않게 해요.",
        "w ← w − η · (∂L/∂w + λ · w)",
    ),
    (
        "Held out",
        "The solid curve comes from these examples.",
        "실선은 이 예들로 재요.",
        "This part of the training data is never learnt from: it shows what the network makes of something new.",
        "학습 데이터 가운데 이만큼은 배우지 않고 남겨서, 처음 보는 것을 얼마나 아는지 재요.",
        "N_held = p · N",
    ),
    (
        "Epochs between checks",
        "Each check is a point of the solid curve.",
        "검사마다 실선에 점이 하나 생겨요.",
        "How often the network is tried on what was held out. Checks cost time and never change the weights.",
        "남겨 둔 데이터로 얼마나 자주 시험할지예요. 시간은 들지만 가중치는 바뀌지 않아요.",
        "checks = epochs / every",
    ),
    (
        "Early stop after",
        "The run ends by itself where the solid curve no longer falls.",
        "실선이 더 내려가지 않으면 저절로 끝나요.",
        "After so many checks without a better one the run stops; the best weights are kept. 0 never stops.",
        "이만큼 검사해도 나아지지 않으면 멈추고 가장 좋은 가중치를 남겨요. 0이면 멈추지 않아요.",
        "stop if min(Lₜ₋ₖ…Lₜ) > L_best",
    ),
    (
        "Seed",
        "The same number gives the same run again.",
        "같은 수를 쓰면 같은 실행이 다시 나와요.",
        "Starting weights and the order of the data come from dice; this number is how they are thrown.",
        "처음 가중치와 데이터 순서는 주사위로 정해요. 이 수가 그 주사위예요.",
        "w₀ ~ p(w | seed)",
    ),
    (
        "TensorBoard events",
        "A folder tb appears in the run.",
        "실행 폴더에 tb 폴더가 생겨요.",
        "Writes the curves in a second form too, for the program TensorBoard.",
        "TensorBoard 프로그램에서 볼 수 있게 곡선을 한 벌 더 써요.",
        "(step, tag, value)",
    ),
    (
        "Checkpoints kept",
        "Each is a point to go back to in Runs.",
        "실행 목록에서 돌아갈 수 있는 지점이에요.",
        "How many states of the weights stay on the disk; older ones are removed.",
        "디스크에 남길 가중치 저장점의 수예요. 오래된 것부터 지워요.",
        "bytes = kept · 4 · |w|",
    ),
    (
        "Averaging β",
        "The solid curve gets smoother and often lower.",
        "실선이 매끈해지고 대개 더 낮아져요.",
        "A second set of weights follows the first as a running mean, and is what is checked and kept. 0 is off.",
        "가중치의 이동 평균을 따로 두고, 그것으로 검사하고 저장해요. 0이면 쓰지 않아요.",
        "w̄ ← β · w̄ + (1 − β) · w",
    ),
    (
        "Weight averaging",
        "The solid curve gets smoother and often lower.",
        "실선이 매끈해지고 대개 더 낮아져요.",
        "A second set of weights follows the first as a running mean, and is what is checked and kept. 0 is off.",
        "가중치의 이동 평균을 따로 두고, 그것으로 검사하고 저장해요. 0이면 쓰지 않아요.",
        "w̄ ← β · w̄ + (1 − β) · w",
    ),
    (
        "Dropout",
        "The training curve gets worse, the held-out one often better.",
        "학습 곡선은 나빠지고 검증 곡선은 대개 좋아져요.",
        "In training this part of the numbers is set to zero by chance, so that no unit can rely on one other.",
        "학습할 때 숫자의 이만큼을 무작위로 0으로 만들어서, 한 유닛에만 기대지 못하게 해요.",
        "y = m ⊙ x / (1 − p),  m ~ Bernoulli(1 − p)",
    ),
    (
        "Momentum",
        "The steps get longer where the slope stays the same.",
        "기울기가 그대로면 걸음이 길어져요.",
        "Part of the last step is added to the next one, as a ball rolls on.",
        "굴러가는 공처럼, 앞 걸음의 일부를 다음 걸음에 더해요.",
        "v ← μ · v − η · g,  w ← w + v",
    ),
    (
        "Batch norm",
        "Training begins faster and bears larger learning rates.",
        "학습이 빨리 시작되고 큰 학습률도 견뎌요.",
        "Every channel is brought to mean 0 and spread 1 over the batch, then scaled again by two learnt numbers.",
        "채널마다 배치의 평균을 0, 퍼짐을 1로 맞춘 뒤 배운 두 수로 다시 조절해요.",
        "y = γ · (x − μ) / √(σ² + ε) + β",
    ),
    (
        "Crop width",
        "The pieces shown as training pictures are this wide.",
        "학습 사진 조각의 너비예요.",
        "The network learns from pieces cut at random places; larger pieces show more of the scene and take longer.",
        "무작위로 자른 조각에서 배워요. 크면 장면이 더 보이지만 오래 걸려요.",
        "cost ∝ width · height",
    ),
    (
        "Crop height",
        "The pieces shown as training pictures are this high.",
        "학습 사진 조각의 높이예요.",
        "The network learns from pieces cut at random places; larger pieces show more of the scene and take longer.",
        "무작위로 자른 조각에서 배워요. 크면 장면이 더 보이지만 오래 걸려요.",
        "cost ∝ width · height",
    ),
    (
        "Mask rows and columns: every",
        "Larger numbers make a coarser mask and a faster step.",
        "크면 마스크가 성기고 걸음이 빨라요.",
        "Only every n-th row and column of the mask is compared in training; the answer is still whole.",
        "학습할 때 마스크의 n번째 행과 열만 견줘요. 답은 그대로 전체예요.",
        "pixels = W · H / n²",
    ),
    (
        "Convolutions in a block",
        "The diagram gets longer by so many rows in each block.",
        "블록마다 그림의 줄이 그만큼 늘어요.",
        "How many 3×3 convolutions stand between two halvings of the picture, as in VGG.",
        "사진이 반으로 줄기 전까지 3×3 합성곱을 몇 개 둘지예요. VGG가 그래요.",
        "receptive field: 1 + 2n",
    ),
    (
        "Layers",
        "The diagram above shows each of them.",
        "위 그림에 층이 하나씩 보여요.",
        "How deep the network is. More layers can say more, and are harder to train without short cuts.",
        "신경망의 깊이예요. 층이 많으면 더 많이 나타내지만, 지름길이 없으면 배우기 어려워요.",
        "y = f_n(… f₂(f₁(x)))",
    ),
    (
        "Channels",
        "More of them: slower, larger, usually better.",
        "많으면 느리고 커지지만 대개 더 좋아요.",
        "How many maps the first layers make; the later ones have multiples of it.",
        "첫 층이 만드는 맵의 수예요. 뒤 층은 그 배수예요.",
        "weights ∝ channels²",
    ),
    (
        "Width",
        "More of it: slower, larger, usually better pictures.",
        "크면 느리지만 대개 그림이 좋아져요.",
        "How many maps the narrowest layer has; the others have multiples of it.",
        "가장 좁은 층의 맵 수예요. 다른 층은 그 배수예요.",
        "weights ∝ width²",
    ),
    (
        "Hidden units",
        "More of them remember more detail.",
        "많으면 더 자세히 기억해요.",
        "How many numbers the layer between input and answer has.",
        "입력과 답 사이 층의 숫자 개수예요.",
        "h = σ(W · x + b)",
    ),
    (
        "Backbone",
        "The diagram begins with this network.",
        "그림이 이 신경망으로 시작해요.",
        "The network whose layers are used again; only what comes after them is new.",
        "층을 다시 쓸 신경망이에요. 그 뒤만 새로 배워요.",
        "y = head(backbone(x))",
    ),
    (
        "Learnt weights",
        "Compare both: the curve begins much higher with them.",
        "켜고 끄고 견줘 보세요. 켜면 곡선이 훨씬 높이 시작해요.",
        "Start from what the network learnt on 1.2 million photographs, instead of dice.",
        "무작위가 아니라 사진 120만 장에서 배운 가중치로 시작해요.",
        "w₀ = w_ImageNet",
    ),
    (
        "Pictures per class",
        "With few of them the learnt weights matter most.",
        "적을수록 배운 가중치가 큰 몫을 해요.",
        "Train on so many examples of each class; 0 takes all.",
        "클래스마다 이만큼만 써서 배워요. 0이면 모두 써요.",
        "N = n · classes",
    ),
    (
        "Picture side",
        "Larger pictures show more and take longer.",
        "크면 자세하지만 오래 걸려요.",
        "Every photograph is brought to this size before the network sees it.",
        "신경망이 보기 전에 사진을 이 크기로 맞춰요.",
        "cost ∝ side²",
    ),
    (
        "Backbone’s rate",
        "0 leaves the backbone as it was.",
        "0이면 앞 신경망이 그대로예요.",
        "The learnt layers move with the learning rate times this: small, so that they forget little.",
        "배운 층은 학습률에 이 값을 곱해 움직여요. 작게 두면 덜 잊어요.",
        "η_backbone = r · η",
    ),
    (
        "Augmentation",
        "The training pictures below are moved and turned.",
        "아래 학습 사진이 움직이고 기울어요.",
        "Each picture is changed a little every time it is seen, so that the network learns what does not matter.",
        "볼 때마다 사진을 조금씩 바꿔서, 무엇이 중요하지 않은지 배우게 해요.",
        "x′ = T(x),  T ~ p(T)",
    ),
    (
        "Mirror",
        "Half of the training pictures are flipped.",
        "학습 사진의 절반이 뒤집혀요.",
        "Left and right do not matter for most things; for digits and letters they do.",
        "대개 좌우는 상관없어요. 숫자와 글자는 달라요.",
        "x′(i, j) = x(i, W − 1 − j)",
    ),
    (
        "Repeats",
        "More of them make the thin line at each bar shorter.",
        "많으면 막대의 가는 선이 짧아져요.",
        "Every measurement is taken so many times; the middle one is told, with the spread beside it.",
        "이만큼 거듭 재서 가운데 값을 말하고, 흩어짐을 옆에 적어요.",
        "median, min … max, n",
    ),
)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Text, Text, str]]:
    return {row[0]: (Text(row[1], row[2]), Text(row[3], row[4]), row[5]) for row in (*_ROWS, *ROOM_ROWS)}


def help_for(label: Text) -> Explanation | None:
    """The explanation of a setting with this label; None when the table has none."""
    found = _table().get(label.render("en"))
    return Explanation(label, *found) if found else None
