"""What is set for the fast painter: strength, a second style to go towards, size, and learning a style of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.cards import Explanation
from engine.text import Text
from gui.widgets.basics import SliderRow, button, column, label
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

if TYPE_CHECKING:
    from engine.style.fast import Wish

BETWEEN = Explanation(
    Text("Between two styles", "두 화풍 사이 (conditional instance norm)"),
    Text("Move it slowly: colours and strokes change together.", "천천히 움직여 보세요. 색과 붓질이 함께 바뀌어요."),
    Text(
        "All styles share one network; each is a row of numbers that scales and shifts its maps. Halfway is the mean of two rows.",
        "모든 화풍이 신경망 하나를 함께 써요. 화풍은 맵을 키우고 옮기는 숫자 한 줄이에요. 가운데는 두 줄의 평균이에요.",
    ),
    "z = γ · (x − μ) / σ + β,   γ = (1 − t) γ₁ + t γ₂",
)
STRENGTH = Explanation(
    Text("Strength", "세기 (strength)"),
    Text(
        "At 0 you see the photograph, above 1 more than the style.",
        "0이면 사진 그대로이고, 1을 넘으면 화풍보다 더해요.",
    ),
    Text(
        "The photograph itself was learnt as one more style. Strength is the way from its row of numbers to the other.",
        "사진 그대로도 화풍 하나로 배웠어요. 세기는 그 숫자 줄에서 화풍의 숫자 줄로 가는 길이에요.",
    ),
    "γ = γ_photo + s · (γ_style − γ_photo)",
)
STEADINESS = Explanation(
    Text("Steadiness", "안정도"),
    Text(
        "At 0 every frame is painted by itself, and what stands still flickers.",
        "0이면 장면마다 따로 그려서, 가만히 있는 것도 깜빡여요.",
    ),
    Text(
        "Optical flow says where each thing of the frame before has gone. There its painting is mixed in; what was just uncovered is new.",
        "광류(optical flow)가 앞 장면의 물체가 어디로 갔는지 알려 줘요. 그 자리에 앞 그림을 섞고, 새로 드러난 곳은 새로 그려요.",
    ),
    "p′ₜ = pₜ + s · e^(−(d / 12)²) · (warp(p′ₜ₋₁) − pₜ)",
)


class StyleFast(Retold, QWidget):
    """The controls of the fast painter.

    Signals:
        changed: something was set. forget_asked: of the own style that is chosen.
    """

    changed = Signal()
    forget_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.strength = SliderRow(0, 1.5, 1.0, step=0.05, live=True)
        self.second, self._second_name = QComboBox(), label("small")
        self.share = SliderRow(0, 1, 0.5, step=0.05, live=True)
        self.size_row = SliderRow(128, 2048, 640, log=True, step=16, unit=" px")
        self.steady = SliderRow(0, 0.9, 0.7, step=0.05, live=True)
        self.forget = button("trash", "quiet", "compact")
        self._about = label("caption", wrap=True)
        parts = (self.forget, self._about, self.strength, self._second_name, self.second, self.share)
        self.setLayout(column(*parts, self.size_row, self.steady, gap=8))
        self._styles: list[tuple[str, Text]] = []
        explain(self.strength, STRENGTH)
        explain(self.share, BETWEEN)
        explain(self.second, BETWEEN)
        explain(self.steady, STEADINESS)
        for one in (self.strength, self.share, self.size_row, self.steady):
            one.changed.connect(lambda _: self.changed.emit())
        self.second.activated.connect(self._second_chosen)
        self.forget.clicked.connect(self.forget_asked)
        self.show_choice(learnt=True, own=False)
        self.steady.hide()
        self.retranslate()

    def wish(self, style: str) -> Wish:
        """How a photograph is to be painted, with this style first."""
        from engine.style.fast import Wish  # here: the window does not wait for torch

        second, share = str(self.second.currentData() or ""), self.share.value()
        mix = {style: 1.0} if second in ("", style) else {style: 1 - share, second: share}
        mix = {name: part for name, part in mix.items() if part > 0}
        return Wish(mix, self.strength.value(), int(self.size_row.value()), self.steady.value())

    def show_styles(self, styles: Sequence[tuple[str, Text]]) -> None:
        """The styles to go towards: id and name of each."""
        self._styles = list(styles)
        chosen = self.second.currentData()
        self.second.clear()
        self.second.addItem("", "")
        for id, _ in self._styles:
            self.second.addItem("", id)
        self.second.setCurrentIndex(max(0, self.second.findData(chosen)))
        self._say_styles()

    def show_video(self, on: bool) -> None:
        """Whether what is painted moves: a picture by itself cannot flicker."""
        self.steady.setVisible(on)

    def show_choice(self, *, learnt: bool, own: bool) -> None:
        """Whether the chosen style can be painted in already, and whether it is a person's own."""
        self.forget.setVisible(own)
        self._about.setVisible(not learnt)
        for one in (self.strength, self._second_name, self.second, self.size_row):
            one.setVisible(learnt)
        self.share.setVisible(learnt and bool(self.second.currentData()))

    def _second_chosen(self, _: int) -> None:
        self.share.setVisible(bool(self.second.currentData()))
        self.changed.emit()

    def _say_styles(self) -> None:
        if self.second.count():
            self.second.setItemText(0, self.tr("no second style"))
        for place, (_, name) in enumerate(self._styles, start=1):
            self.second.setItemText(place, say(name))

    def retranslate(self) -> None:
        self.strength.set_name(self.tr("Strength"))
        self.share.set_name(self.tr("Share of the second style"))
        self.size_row.set_name(self.tr("Longer side"))
        self.steady.set_name(self.tr("Steadiness"))
        self._second_name.setText(self.tr("Towards"))
        self.second.setAccessibleName(self.tr("Second style"))
        self.forget.setText(self.tr("Forget this style"))
        self._about.setText(
            self.tr("The fast painter does not know this picture yet. Learning it takes about a minute.")
        )
        self._say_styles()
