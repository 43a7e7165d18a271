"""Methods that read MNIST, ranked as at the end of 2016, with the runs of this machine among them (lecture row 36).

The list is the one the book prints as its figure 8-3: R. Benenson, "Are we there yet? Classification datasets
results"; each entry names the paper that reported it. All figures are on MNIST's 10,000 test digits, so a run counts
only if it was measured on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.train.runs import RunSummary

DATASET = "mnist"
TEST_DIGITS = 10_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of the ranking.

    accuracy: of the 10,000 test digits, in [0, 1].
    name:     the paper's title, or the recipe.
    source:   authors, place and year of the paper; "" for what was measured here.
    folder:   of a run on this machine; None for papers and the bundled weights.
    place:    1 is best; equal figures share a place.
    """

    accuracy: float
    name: str
    source: str = ""
    folder: Path | None = None
    place: int = 0

    @property
    def here(self) -> bool:
        """True for what was measured by our own recipes."""
        return not self.source

    @property
    def errors(self) -> int:
        """Digits read wrongly."""
        return round((1 - self.accuracy) * TEST_DIGITS)


PAPERS = (
    Ranked(0.9979, "Regularization of Neural Networks using DropConnect", "Wan et al., ICML 2013"),
    Ranked(0.9977, "Multi-column Deep Neural Networks for Image Classification", "Cireşan et al., CVPR 2012"),
    Ranked(0.9977, "APAC: Augmented PAttern Classification with Neural Networks", "Sato et al., arXiv 2015"),
    Ranked(0.9976, "Batch-normalized Maxout Network in Network", "Chang, Chen, arXiv 2015"),
    Ranked(0.9971, "Generalizing Pooling Functions in CNNs: Mixed, Gated, and Tree", "Lee et al., AISTATS 2016"),
    Ranked(0.9969, "Recurrent Convolutional Neural Network for Object Recognition", "Liang, Hu, CVPR 2015"),
    Ranked(0.9968, "Fractional Max-Pooling", "Graham, arXiv 2015"),
    Ranked(0.9965, "Deep, Big, Simple Neural Nets Excel on Handwritten Digit Recognition", "Cireşan et al., NC 2010"),
    Ranked(0.9961, "Deeply-Supervised Nets", "Lee et al., arXiv 2014"),
    Ranked(0.9955, "Maxout Networks", "Goodfellow et al., ICML 2013"),
    Ranked(0.9953, "Network in Network", "Lin et al., ICLR 2014"),
)


def ranking(runs: Iterable[RunSummary], *, bundled: float | None = None) -> tuple[Ranked, ...]:
    """Papers, bundled weights and finished runs, the best first; of a recipe's runs only the best.

    bundled: accuracy of the weights that came with the app, on the same test digits.
    """
    best: dict[str, Ranked] = {}
    for run in runs:
        counts = run.dataset == DATASET and run.metric == "accuracy" and run.accuracy is not None
        if counts and (run.recipe not in best or (run.accuracy or 0) > best[run.recipe].accuracy):
            best[run.recipe] = Ranked(run.accuracy or 0.0, run.recipe, folder=run.folder)
    ours = [*best.values(), *([Ranked(bundled, "mnist-deep")] if bundled is not None else [])]
    order = sorted((*PAPERS, *ours), key=lambda one: -one.accuracy)
    places: list[Ranked] = []
    for number, one in enumerate(order, 1):
        tied = bool(places) and places[-1].errors == one.errors
        place = places[-1].place if tied else number
        places.append(Ranked(one.accuracy, one.name, one.source, one.folder, place))
    return tuple(places)
