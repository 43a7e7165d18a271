"""How good sentences about photographs are: BLEU, CIDEr-D, and how many of them differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import cast

from engine.caption.words import words_of

Words = Sequence[str]
ORDERS = 4  # n-grams of one to four words
SIGMA = 6.0  # of CIDEr-D's penalty on a different length


def figures(told: Sequence[Words], references: Sequence[Sequence[Words]]) -> dict[str, float]:
    """BLEU-1…4 in [0, 1], CIDEr-D (about 0 to 1; 10 at most) and the share of distinct sentences in [0, 1].

    Args:
        told: one sentence for each photograph. references: the sentences that people wrote about it, in the same order.
    """
    distinct = len({tuple(words) for words in told}) / max(1, len(told))
    return {**bleu(told, references), "cider_d": cider_d(told, references), "distinct": distinct}


def bleu(told: Sequence[Words], references: Sequence[Sequence[Words]]) -> dict[str, float]:
    """Corpus BLEU-1…4 by sacrebleu, without smoothing or further tokenisation; in [0, 1] (Papineni et al. 2002)."""
    from sacrebleu.metrics.bleu import BLEU  # here: only those who measure wait for it

    most = max(len(one) for one in references)
    lines = [" ".join(words) for words in told]
    told_by_all = [[" ".join(one[i]) if i < len(one) else None for one in references] for i in range(most)]
    by_place = cast(
        "list[list[str]]", told_by_all
    )  # None where a photograph has fewer sentences, which sacrebleu knows
    found = {}
    for order in range(1, ORDERS + 1):
        metric = BLEU(max_ngram_order=order, tokenize="none", smooth_method="none", force=True)
        found[f"bleu{order}"] = metric.corpus_score(lines, by_place).score / 100
    return found


def cider_d(told: Sequence[Words], references: Sequence[Sequence[Words]]) -> float:
    """CIDEr-D (Vedantam, Zitnick, Parikh 2015, section 5) over a set of photographs; identical sentences give up to 10.

    n-grams of one to four words are weighted by how few photographs' references hold them; counts of the sentence
    are clipped to the reference's, and a Gaussian of σ = 6 words punishes another length.
    """
    seen: Counter[Words] = Counter()
    for one in references:
        seen.update({gram for words in one for gram in _grams(words)})
    rare = math.log(max(1.0, float(len(references))))
    scores = []
    for words, one in zip(told, references, strict=True):
        own = _weighted(words, seen, rare)
        scores.append(sum(_likeness(own, _weighted(other, seen, rare)) for other in one) / max(1, len(one)))
    return 10.0 * sum(scores) / max(1, len(scores))


def _grams(words: Words) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + n]) for n in range(1, ORDERS + 1) for i in range(len(words) - n + 1))


_Weighted = tuple[list[dict[tuple[str, ...], float]], list[float], int]


def _weighted(words: Words, seen: Counter[Words], rare: float) -> _Weighted:
    """For each order the tf-idf of every n-gram, their norms, and the length in words."""
    vectors: list[dict[tuple[str, ...], float]] = [{} for _ in range(ORDERS)]
    for gram, count in _grams(words).items():
        vectors[len(gram) - 1][gram] = count * (rare - math.log(max(1, seen[gram])))
    norms = [math.sqrt(sum(value * value for value in vector.values())) for vector in vectors]
    return vectors, norms, len(words)


def _likeness(one: _Weighted, other: _Weighted) -> float:
    total = 0.0
    for order in range(ORDERS):
        mine, theirs = one[0][order], other[0][order]
        common = sum(min(value, theirs[gram]) * theirs[gram] for gram, value in mine.items() if gram in theirs)
        norms = one[1][order] * other[1][order]
        total += common / norms if norms else 0.0
    return total / ORDERS * math.exp(-((one[2] - other[2]) ** 2) / (2 * SIGMA**2))


def plain(captions: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """People's sentences as words."""
    return tuple(words_of(caption) for caption in captions)
