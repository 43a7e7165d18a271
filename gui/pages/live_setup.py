"""The left column of Live: the source, what is laid over the picture and how, and how the picture is damaged."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.fields import Field, fields_of
from engine.live.overlays import Kind, OverlayCard
from engine.live.settings import COVERS, Damage, LiveSettings
from engine.text import Text
from gui.pages import live_words
from gui.pages.live_overlays import OverlayList
from gui.pages.live_shown import percent
from gui.pages.live_source import SourcePicker
from gui.pages.live_style import LiveStyle
from gui.widgets.basics import Icon, IconButton, Segmented, SliderRow, Toggle, column, label, row, rule
from gui.widgets.lens import explain
from gui.widgets.retold import Retold
from gui.words import say

FIRST = LiveSettings(opacity=0.42)  # the share of look.md's areas
_BOXES = (Kind.DETECT, Kind.KEYPOINTS)
_AREAS = (Kind.SEGMENT, Kind.DETECT)
_FORMATS: dict[str, Callable[[float], str]] = {
    "score": percent,
    "nms": percent,
    "opacity": percent,
    "noise": lambda v: f"{v:.0f}",
    "blur": lambda v: f"{v:.1f} px",
    "rotation": lambda v: f"{v:+.0f}°".replace("-", "−") if round(v) else "0°",
    "brightness": lambda v: f"× {v:.2f}",
    "bits": lambda v: f"{v:.0f}",
    "jpeg": lambda v: f"{v:.0f}",
}
_HELP = {"score": live_words.SCORE, "nms": live_words.NMS, "opacity": live_words.OPACITY, **live_words.DAMAGE}


class SwitchRow(QWidget):
    """Words left, a switch right."""

    toggled = Signal(bool)

    def __init__(self, on: bool) -> None:
        super().__init__()
        self._words, self.switch = label("small", wrap=True), Toggle(on)
        self.switch.toggled.connect(self.toggled)
        self.setFocusProxy(self.switch)
        self.setLayout(row((self._words, 1), self.switch, gap=8))

    def set_words(self, words: str) -> None:
        self._words.setText(words)
        self.switch.setAccessibleName(words)


class LiveSetup(Retold, QWidget):
    """Everything that a hand sets, as one `LiveSettings`.

    Signals:
        changed: the settings as they now stand are `settings()`.
    """

    changed = Signal()

    def __init__(self, below: QWidget) -> None:
        """`below` stands under the damage."""
        super().__init__()
        self.below = below
        self.source, self.overlays = SourcePicker(), OverlayList()
        self._settings = FIRST
        self._known: dict[str, Text] = {}
        self._fields: dict[str, Field] = {
            name: field for value in (FIRST, FIRST.damage) for name, field, _ in fields_of(value)
        }
        self.sliders = {name: self._slider(name) for name in _FORMATS}
        self.tracking, self.mirrored = SwitchRow(FIRST.tracking), SwitchRow(FIRST.mirrored)
        self.split = SwitchRow(False)
        self.fail_secure, self.cover = SwitchRow(FIRST.fail_secure), Segmented(len(COVERS), wide=True)
        self.classes, self._cover_name, self.style_of = QLineEdit(), label("small"), LiveStyle()
        self._titles = [label("section") for _ in range(4)]
        self._undo = IconButton("arrow-counter-clockwise", size=16, compact=True)
        self._how = self._how_panel()
        self._lay_out()
        self._explain()
        self._connect()
        self.show_settings(FIRST)
        self.retranslate()

    def _slider(self, name: str) -> SliderRow:
        field = self._fields[name]
        of = FIRST.damage if hasattr(FIRST.damage, name) else FIRST
        value = getattr(of, name)
        slider = SliderRow(field.low, field.high, value, step=field.step)
        slider.set_format(_FORMATS[name])
        whole = isinstance(value, int)
        slider.changed.connect(lambda v: self._moved(name, round(v) if whole else v))
        explain(slider, _HELP[name])
        return slider

    def _how_panel(self) -> QWidget:
        s = self.sliders
        panel = QWidget()
        cover = column(self._cover_name, self.cover, self.fail_secure, gap=4)
        self._cover = QWidget()
        self._cover.setLayout(cover)
        boxes = (s["score"], s["nms"], s["opacity"], self.classes, self.tracking, self._cover, self.style_of)
        panel.setLayout(column(rule(), self._titles[2], *boxes, gap=8))
        return panel

    def _lay_out(self) -> None:
        t, damage = self._titles, [self.sliders[name] for name in live_words.DAMAGE]
        head = row(t[3], None, self._undo, Icon("lightning", "you", 14), gap=4)
        self._over = QWidget()
        self._over.setLayout(column(rule(), t[1], self.overlays, self.split, self._how, gap=8))
        parts = (t[0], self.source, self.mirrored, self._over, rule(), head, *damage, self.below, None)
        self.setLayout(column(*parts, gap=8, margins=(16, 16, 14, 14)))

    def _explain(self) -> None:
        for widget, words in (
            (self.tracking, live_words.TRACKING),
            (self.split, live_words.SPLIT),
            (self.mirrored, live_words.MIRROR),
            (self.fail_secure, live_words.FAIL_SECURE),
            (self._cover, live_words.COVER),
            (self.classes, live_words.CLASSES),
            (self._undo, live_words.DAMAGE["noise"]),
        ):
            explain(widget, words)

    def _connect(self) -> None:
        self.overlays.changed.connect(lambda ids: self._set(overlays=ids))
        self.tracking.toggled.connect(lambda on: self._set(tracking=on))
        self.split.toggled.connect(self.overlays.allow_two)
        self.mirrored.toggled.connect(lambda on: self._set(mirrored=on))
        self.fail_secure.toggled.connect(lambda on: self._set(fail_secure=on))
        self.style_of.changed.connect(lambda values: self._set(**values))
        self.cover.chosen.connect(lambda i: self._set(cover=COVERS[i][0]))
        self.classes.textEdited.connect(lambda _: self._set(classes=self._class_names()))
        self._undo.clicked.connect(self._undo_damage)

    def retranslate(self) -> None:
        titles = (self.tr("Source"), self.tr("Laid over the picture"), self.tr("How it is shown"))
        for title, words in zip(self._titles, (*titles, self.tr("Damage the picture")), strict=True):
            title.setText(words)
        for name, slider in self.sliders.items():
            slider.set_name(say(self._fields[name].label))
        self.mirrored.set_words(self.tr("As in a mirror"))
        self.split.set_words(self.tr("Two networks side by side"))
        self.tracking.set_words(say(self._fields["tracking"].label))
        self.fail_secure.set_words(say(self._fields["fail_secure"].label))
        self._cover_name.setText(say(self._fields["cover"].label))
        self.cover.setTexts([say(words) for _, words in COVERS])
        self.cover.setAccessibleName(say(self._fields["cover"].label))
        self.classes.setPlaceholderText(self.tr("Only these: car, person"))
        self.classes.setAccessibleName(self.tr("Only these classes, by name, with commas"))
        self._undo.set_tip(self.tr("Undo all damage"))
        self._say_classes(self._settings.classes)

    def show_overlays(self, on: bool) -> None:
        """Whether there is something to lay over the picture: only Watch shows it."""
        self._over.setVisible(on)

    # The settings

    def settings(self) -> LiveSettings:
        """All as it stands."""
        return self._settings

    def show_settings(self, settings: LiveSettings) -> None:
        """Put every control where these settings are, without telling anybody."""
        self._settings = settings
        for name, slider in self.sliders.items():
            of: Any = settings.damage if hasattr(settings.damage, name) else settings
            slider.set_value(getattr(of, name))
        for switch, on in (
            (self.tracking, settings.tracking),
            (self.mirrored, settings.mirrored),
            (self.fail_secure, settings.fail_secure),
        ):
            switch.switch.blockSignals(True)
            switch.switch.setChecked(on)
            switch.switch.blockSignals(False)
        self.style_of.show_settings(settings)
        self.cover.choose([word for word, _ in COVERS].index(settings.cover))
        self._say_classes(settings.classes)
        self.overlays.show_on(settings.overlays)
        self._show_parts()

    def show_cards(self, cards: Sequence[OverlayCard]) -> None:
        """List these overlays; what the settings name is on."""
        self.overlays.show_cards(cards)
        self.overlays.show_on(self._settings.overlays)
        for card in cards:
            self.know_classes(card.classes)
        self._show_parts()

    def know_classes(self, classes: Sequence[Text]) -> None:
        """Names that may be written in either language."""
        self._known.update({name.casefold(): text for text in classes for name in (text.en, text.ko)})

    def keep_only(self, name: str) -> None:
        """Show only the class of this English name; a second time lets it go."""
        kept = self._settings.classes
        names = tuple(n for n in kept if n != name) if name in kept else (*kept, name)
        self._say_classes(names)
        self._set(classes=names)

    def _class_names(self) -> tuple[str, ...]:
        """What is written, as English names."""
        words = [word for part in self.classes.text().split(",") if (word := part.strip())]
        return tuple(self._known[word.casefold()].en if word.casefold() in self._known else word for word in words)

    def _say_classes(self, names: Sequence[str]) -> None:
        known = [self._known.get(name.casefold()) for name in names]
        self.classes.setText(", ".join(say(k) if k else name for k, name in zip(known, names, strict=True)))

    def _moved(self, name: str, value: Any) -> None:
        if name in live_words.DAMAGE:
            self._set(damage=dataclasses.replace(self._settings.damage, **{name: value}))
        else:
            self._set(**{name: value})

    def _undo_damage(self) -> None:
        for name in live_words.DAMAGE:
            self.sliders[name].set_value(getattr(Damage(), name))
        self._set(damage=Damage())

    def _set(self, **values: Any) -> None:
        self._settings = dataclasses.replace(self._settings, **values)
        self._show_parts()
        self.changed.emit()

    def _show_parts(self) -> None:
        """Only what acts on something that is switched on."""
        kinds = {card.kind for card in self.overlays.cards(self._settings.overlays)}
        boxes, areas, faces = _any(kinds, _BOXES), _any(kinds, _AREAS), Kind.FACES in kinds
        for widget in (self.sliders["score"], self.sliders["nms"], self.tracking):
            widget.setVisible(boxes)
        self.sliders["opacity"].setVisible(areas)
        self.classes.setVisible(boxes or areas)
        self._cover.setVisible(faces)
        self.style_of.setVisible(Kind.STYLE in kinds)
        self._how.setVisible(boxes or areas or faces or Kind.STYLE in kinds)
        self._undo.setVisible(not self._settings.damage.none)


def _any(kinds: Iterable[Kind], of: Iterable[Kind]) -> bool:
    return bool(set(kinds) & set(of))
