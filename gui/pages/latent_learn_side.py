"""The right column of Learn: the formula with its numbers, what was measured, what went wrong, the parts by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.latent.collapse import REMEDIES
from engine.latent.melody_tunes import Tune
from engine.latent.recipes import LatentRecipe
from engine.latent.settings import AeSettings, VaeSettings
from engine.text import Text
from gui.widgets.basics import column, frame, label, rule
from gui.widgets.latent_formula import GanFormula
from gui.widgets.latent_net import LECTURE, CodeDiagram, Stages
from gui.widgets.retold import Retold
from gui.words import say


class LearnSide(Retold, QWidget):
    """What answers while something learns."""

    def __init__(self) -> None:
        super().__init__()
        self.formula, self.diagram = GanFormula(), CodeDiagram()
        self._titles = [label("section") for _ in range(5)]
        self._heard = label("caption", wrap=True)
        self._figures: dict[str, float] = {}
        self._cleaning: dict[str, float] = {}  # of the denoiser's card
        self._is_cleaning = False
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._what, self._tries = label("small", wrap=True), label("small", wrap=True)
        self._note = frame("note", column(self._what, self._tries, gap=6, margins=(12, 8, 12, 8)))
        self._small = label("caption", wrap=True)
        self._fallen: Text | None = None
        game, parts, measured, wrong, heard = self._titles
        self._rules = [rule() for _ in range(2)]
        self.setLayout(
            column(
                *(game, self.formula, parts, self.diagram, self._rules[0]),
                *(measured, self._grid, self._small, self._rules[1], wrong, self._note, heard, self._heard, None),
                gap=10,
                margins=(16, 16, 16, 16),
            )
        )
        self.show_kind("gan")
        self.show_fallen(None)
        self.retranslate()

    def show_kind(self, kind: str, card: LatentRecipe | None = None) -> None:
        """Which of the parts have something to say: "gan", "energy", or a recipe's kind."""
        gan, coded = kind in ("gan", "dcgan"), kind in ("ae", "vae")
        game: tuple[QWidget, ...] = (self._titles[0], self.formula)
        parts: tuple[QWidget, ...] = (self._titles[1], self.diagram)
        for part in game:
            part.setVisible(gan)
        for part in parts:
            part.setVisible(coded)
        for part in (self._titles[4], self._heard):
            part.setVisible(kind == "melody")
        if coded and card is not None:
            self.show_layers(card.defaults)
        self._is_cleaning = kind == "denoise"
        self.clear()
        self._say_cleaning()

    def show_layers(self, settings: object) -> None:
        """The network that these settings would build."""
        if isinstance(settings, AeSettings) and settings.layers == "lecture":
            self.diagram.show_stages(LECTURE, 6)
        elif isinstance(settings, AeSettings):
            self.diagram.show_stages(_full(256, 64, settings.latent), 3)
        elif isinstance(settings, VaeSettings):
            self.diagram.show_stages(_full(settings.hidden, max(16, settings.hidden // 2), settings.latent), 3)

    def show_tunes(self, tunes: Sequence[Tune]) -> None:
        """What the melody network learns from, and where each comes from."""
        self._heard.setText("\n".join(f"{tune.name} · {tune.source}" for tune in tunes if not tune.held))

    def show_cleaning(self, figures: Mapping[str, float]) -> None:
        """What the bundled denoiser reaches on photographs it never saw, from its card."""
        self._cleaning = dict(figures)
        self._say_cleaning()

    def show_bundled(self, figures: Mapping[str, float]) -> None:
        """What the generator that came with the app measures, from its card."""
        words = self.tr("Of the one that came with the app, on {n:,} samples.")
        self.show_figures(figures, small=words.format(n=int(figures["count"])))

    def _say_cleaning(self) -> None:
        if not self._cleaning or not self._is_cleaning:
            return
        names = {
            "gaussian_10": self.tr("Gaussian σ 0.1"),
            "gaussian_20": self.tr("Gaussian σ 0.2"),
            "dropout_30": self.tr("30 % put out"),
            "dropout_60": self.tr("60 % put out"),
        }
        line = self.tr("{noise}: {before:.1f} → {after:.1f} dB, a 3×3 median {median:.1f} dB")
        lines = [
            line.format(
                noise=words,
                **{part: self._cleaning[f"psnr_{part}_{name}"] for part in ("before", "after", "median")},
            )
            for name, words in names.items()
            if f"psnr_after_{name}" in self._cleaning
        ]
        count = self.tr("On {n:,} photographs it never saw:").format(n=int(self._cleaning["count"]))
        figures = {name: self._cleaning[name] for name in ("noise_removed",) if name in self._cleaning}
        self.show_figures(figures, small="\n".join((count, *lines)))

    def clear(self) -> None:
        """Nothing was measured yet."""
        self.formula.clear()
        self.show_figures({})
        self.show_fallen(None)

    def show_figures(self, figures: Mapping[str, float], *, small: str = "") -> None:
        """What the last check or the end measured, by name."""
        self._figures = dict(figures)
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        names = self._names()
        for place, (name, value) in enumerate((n, v) for n, v in figures.items() if n in names):
            words, figure = label("small", wrap=True), label("strong", tone="net")
            words.setText(names[name])
            figure.setText(_written(name, value))
            self._grid.addWidget(words, place, 0)
            self._grid.addWidget(figure, place, 1, Qt.AlignmentFlag.AlignRight)
        self._small.setText(small)
        self._small.setVisible(bool(small))
        self._titles[2].setVisible(bool(figures))
        self._rules[0].setVisible(bool(figures) and not self._titles[1].isHidden())

    def show_fallen(self, words: Text | None) -> None:
        """Mode collapse in words with what to try; None for none."""
        self._fallen = words
        for part in (self._titles[3], self._note, self._rules[1]):
            part.setVisible(words is not None)
        self._what.setText(say(words) if words else "")
        self._tries.setText("\n".join(f"· {say(one)}" for one in REMEDIES))

    def _names(self) -> dict[str, str]:
        return {
            "frechet": self.tr("Fréchet distance"),
            "frechet_real": self.tr("Fréchet distance, real ones"),
            "confident": self.tr("Read with confidence"),
            "share_min": self.tr("Rarest class"),
            "share_max": self.tr("Most frequent class"),
            "score": self.tr("Score (1 to classes)"),
            "cover": self.tr("Variety reached"),
            "spread": self.tr("Spread beside real"),
            "elbo": self.tr("ELBO, nats"),
            "kl": self.tr("KL, nats"),
            "error": self.tr("Reconstruction error"),
            "free_energy": self.tr("Free energy"),
            "noise_removed": self.tr("Noise removed"),
            "labels": self.tr("Labels"),
            "error_pretrained": self.tr("Test error, pre-trained"),
            "error_scratch": self.tr("Test error, from nothing"),
            "fewer_errors": self.tr("Errors saved"),
        }

    def retranslate(self) -> None:
        words = (
            self.tr("The contest in numbers"),
            self.tr("Parts by name"),
            self.tr("Measured at the last check"),
            self.tr("What is wrong"),
            self.tr("Tunes it learns from"),
        )
        for title, said in zip(self._titles, words, strict=True):
            title.setText(said)
        self.show_figures(self._figures, small=self._small.text())
        self.show_fallen(self._fallen)
        self._say_cleaning()


_SHARES = {"noise_removed", "confident", "share_min", "share_max", "cover", "spread"}
_ERRORS = {"error_pretrained", "error_scratch", "fewer_errors"}


def _written(name: str, value: float) -> str:
    if name in _SHARES | _ERRORS:
        return f"{100 * value:.1f}\u2009%"
    return f"{value:,.4g}".replace("-", "−")


def _full(first: int, second: int, code: int) -> Stages:
    """A fully connected encoder and its mirror, widths on a scale a bar can show."""
    widths = [(str(784), 28), (str(first), 18), (str(second), 11)]
    return (*widths, (str(code), 4), *reversed(widths))
