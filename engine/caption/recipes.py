"""What can be learnt here: two captioners and a writer of text, each with its card, settings and data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.caption.settings import CaptionSettings, TextSettings
from engine.cards import Card, Explanation, Task, unknown
from engine.text import Text, same

FLICKR = "non-commercial research and education (original terms of Flickr8k); no photograph is part of the weights"


@dataclass(frozen=True, slots=True)
class CaptionRecipe:
    """Everything needed to train one of them from nothing.

    kind:     "nic", "attention" or "text". datasets: what it learns from.
    pack:     "open" where the data's terms allow passing the weights on; "restricted" otherwise.
    """

    card: Card
    kind: str
    defaults: CaptionSettings | TextSettings
    datasets: tuple[str, ...]
    pack: str = "open"

    @property
    def id(self) -> str:
        return self.card.id

    def settings_from(self, values: dict[str, Any]) -> Any:
        """The settings that a run stored as plain values. Raises `TypeError` for those of another version."""
        return type(self.defaults)(**values)

    def as_json(self) -> dict[str, Any]:
        return {**self.card.as_json(), "datasets": list(self.datasets), "settings": self.defaults, "pack": self.pack}


NIC = CaptionRecipe(
    card=Card(
        id="nic",
        task=Task.CAPTION,
        name=same("NIC, CNN+LSTM"),
        summary=Text(
            "Sees the photo once, then tells it word after word.", "사진을 한 번 보고, 낱말을 하나씩 이어 말해요."
        ),
        source="Lecture row 96, Fig. 8-21 and 8-22",
        paper="Vinyals, Toshev, Bengio, Erhan, Show and tell: a neural image caption generator, CVPR 2015",
        explanation=Explanation(
            Text("Neural image caption", "신경망 이미지 캡션 (NIC)"),
            Text("Click a word to see what else could stand there.", "낱말을 누르면 그 자리에 올 다른 낱말이 보여요."),
            Text(
                "The CNN’s features are the LSTM’s first input. Each word it says is its next input, until it says the end.",
                "CNN의 특징이 LSTM의 첫 입력이에요. 말한 낱말이 다음 입력이 되고, 끝을 말할 때까지 이어져요.",
            ),
            "x₋₁ = CNN(I),  xₜ = W wₜ,  p(wₜ₊₁) = softmax(LSTM(xₜ))",
        ),
        rows=(96,),
        data_licence=FLICKR,
        weights_licence=FLICKR,
    ),
    kind="nic",
    defaults=CaptionSettings(),
    datasets=("flickr8k",),
    pack="restricted",
)
ATTENTION = CaptionRecipe(
    card=Card(
        id="nic-attention",
        task=Task.CAPTION,
        name=Text("NIC with attention", "주의 (attention) NIC"),
        summary=Text(
            "Looks at the photo again before each word. See where.", "낱말마다 사진을 다시 봐요. 어디를 보는지 보여요."
        ),
        source="Lecture row 96, Fig. 8-22",
        paper="Xu et al., Show, attend and tell: neural image caption generation with visual attention, ICML 2015",
        explanation=Explanation(
            Text("Attention", "주의 (attention)"),
            Text("Click a word: the bright cells are where it looked.", "낱말을 누르면 그때 본 곳이 밝아져요."),
            Text(
                "Before each word the LSTM weighs the cells of the CNN’s last map and takes their sum in.",
                "낱말을 말하기 전에 LSTM이 CNN의 마지막 맵의 칸마다 무게를 매기고, 그 합을 받아요.",
            ),
            "αₜᵢ = softmax(f(aᵢ, hₜ₋₁)),  zₜ = Σᵢ αₜᵢ aᵢ",
        ),
        rows=(96,),
        data_licence=FLICKR,
        weights_licence=FLICKR,
    ),
    kind="attention",
    defaults=replace(CaptionSettings(), epochs=15.0, members=1, check_every=5.0),
    datasets=("flickr8k",),
    pack="restricted",
)
RNN_TEXT = CaptionRecipe(
    card=Card(
        id="rnn-text",
        task=Task.CAPTION,
        name=Text("RNN text", "RNN 글쓰기"),
        summary=Text(
            "Goes on with your words, character by character, in Korean and English.",
            "쓰기 시작한 글을 한 글자씩 이어 써요. 한국어와 영어.",
        ),
        source="Lecture row 97; folk tales retold by us for this program, in resources/captions",
        paper="Karpathy, The unreasonable effectiveness of recurrent neural networks, 2015; Sutskever, Martens, Hinton, "
        "Generating text with recurrent neural networks, ICML 2011",
        explanation=Explanation(
            Text("What comes next", "다음에 오는 것 (next token)"),
            Text(
                "Type the Korean word for I and see which syllable follows.",
                "‘나’를 쓰고 어떤 글자가 뒤따르는지 보세요.",
            ),
            Text(
                "The network reads one character at a time, keeps a state, and says what is likely to come next.",
                "글자를 하나씩 읽으면서 상태를 이어 가고, 다음에 올 글자를 말해요.",
            ),
            "hₜ = LSTM(xₜ, hₜ₋₁),  p(xₜ₊₁) = softmax(W hₜ / T)",
        ),
        rows=(97,),
        data_licence="MIT",
        weights_licence="MIT",
    ),
    kind="text",
    defaults=TextSettings(),
    datasets=("tales",),
)
CAPTION_RECIPES = (NIC, ATTENTION, RNN_TEXT)


def is_caption(id: str) -> bool:
    """True for the id of a recipe here."""
    return any(one.id == id for one in CAPTION_RECIPES)


def caption_recipe(id: str) -> CaptionRecipe:
    """The recipe with this id. Raises `LabError` naming those that exist."""
    for one in CAPTION_RECIPES:
        if one.id == id:
            return one
    raise unknown(Text("recipe", "레시피"), id, [one.id for one in CAPTION_RECIPES])
