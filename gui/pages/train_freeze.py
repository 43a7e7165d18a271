"""How much of a learnt backbone stays as it is: a slider, and the still blocks hollow in the diagram (lecture row 60)."""

from __future__ import annotations

from typing import Any

from engine.fields import fields_of
from engine.train.recipes import Recipe
from engine.train.transfer_lesson import TransferSettings
from engine.zoo.transferred import PARTS
from gui.widgets.basics import SliderRow
from gui.widgets.lens import explain
from gui.widgets.network_strip import NetworkStrip
from gui.widgets.retold import Retold
from gui.words import say

SETTING = "freeze"


class FreezeSlider(Retold, SliderRow):
    """From nothing frozen to all but the head; shown for recipes that start from a backbone in parts."""

    def __init__(self, strip: NetworkStrip) -> None:
        super().__init__(0, PARTS, PARTS, step=1)
        self._strip, self._front, self._known = strip, 0, False
        self._setting = next(field for name, field, _ in fields_of(TransferSettings()) if name == SETTING)
        if self._setting.help:
            explain(self, self._setting.help)
        self.changed.connect(lambda _: self._draw())
        self.hide()
        self.retranslate()

    def show_recipe(self, recipe: Recipe) -> None:
        """Stand as a recipe usually does."""
        self._known = SETTING in recipe.architecture
        self.setVisible(self._known)
        if self._known:
            self._front = sum(block.name != "input" and not block.back for block in recipe.layers)
        self.show_settings(recipe.defaults)

    def show_settings(self, settings: Any) -> None:
        """Stand as `settings` say."""
        if self._known:
            self.set_value(getattr(settings, SETTING))
        self._draw()

    def values(self) -> dict[str, Any]:
        """The setting as it stands; {} where the recipe has none."""
        return {SETTING: int(self.value())} if self._known else {}

    def _draw(self) -> None:
        share = self.value() / PARTS if self._known else 0.0
        self._strip.show_still(round(share * self._front))

    def retranslate(self) -> None:
        self.set_name(say(self._setting.label))
        self.set_format(self._said)

    def _said(self, value: float) -> str:
        if value == 0:
            return self.tr("none, all of it learns")
        if value == PARTS:
            return self.tr("all, only the head learns")
        return self.tr("the first {n} of {all}").format(n=int(value), all=PARTS)
