"""Checks of the labels: those that look wrong, classes that are rare, classes that a split has not.

Wrong labels are found by asking a reader that never saw them (cross-validation): Northcutt, Jiang,
Chuang, "Confident learning", JAIR 2021. Which doubts are worth a look is decided by a model of the
labels themselves: a share δ of them was drawn by chance, the others follow the reader. δ and the
reader's sharpness are fitted together, so a set whose classes are hard to tell apart gets few
findings instead of many false ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize, special

from engine.cards import Explanation
from engine.data.doctor_finding import Case, Check, Finding, Severity
from engine.data.embedding import reduced
from engine.data.features import Features, describe, features_of
from engine.data.forms.form import AnySet
from engine.jobs import Job, Progress
from engine.text import Text

UNCLEAR = 0.85  # below this agreement the classes look too much alike to find most wrong labels
SURE = 0.8  # of the labels that are listed, this share is expected to be wrong
DOUBTFUL = 0.25  # and none of them is less likely wrong than this
FOLDS, ROUNDS = 5, 2  # in the second round the reader does not learn from labels already doubted
FEWEST = 5  # pictures of a class, and
ENOUGH = 60  # of all classes, before labels can be doubted
MOST = 30_000  # pictures that are read for it; of a larger set a sample
PARTS = 128  # principal components the reader sees
WAVES = 1024  # random cosines, at most half as many as labels, that let a linear reader bend (Rahimi, Recht, NIPS 2007)
WIDTH = 0.8  # of its kernel, as a share of the usual distance between two pictures
PENALTIES = (1e-5, 1e-4, 1e-3)
CHUNK = 512  # rows at a time, so that it can be stopped
FITTED = 8000  # labels from which δ is fitted
WRONG_LABELS = Explanation(
    Text("Wrong labels", "틀린 이름표 (label noise)"),
    Text(
        "Sand is the label, mint what a reader says that never saw it. Where they differ, decide for yourself.",
        "모래색은 이름표, 민트색은 그것을 본 적 없는 판독기의 답이에요. 다르면 직접 판단해 보세요.",
    ),
    Text(
        "The set is cut into five parts; each is read by a reader that learnt from the other four. A label is doubted when "
        "chance explains it better than the reader does.",
        "데이터를 다섯으로 나눠, 나머지 넷으로 배운 판독기가 한 부분을 읽어요. 판독기보다 우연이 더 잘 설명하는 이름표를 의심해요.",
    ),
    "P(y) = (1 − δ) softmax(t·s)ᵧ + δ/K,   P(wrong | y) = (δ/K)(1 − pᵧ) / P(y)",
)
_READING = Text("Reading labels again", "이름표를 다시 읽는 중")


@dataclass(frozen=True, slots=True, eq=False)
class Doubts:
    """What a reader that never saw a label thinks of it.

    wrong:     (N,) float64 in [0, 1], how likely the label is wrong.
    suggested: (N,) int64, what the reader says; confidence: (N,) float32, how sure it is.
    differs:   (N,) bool, where that is not the label.
    share:     δ, the share of all labels that seem drawn by chance.
    """

    wrong: np.ndarray
    suggested: np.ndarray
    confidence: np.ndarray
    differs: np.ndarray
    share: float

    @property
    def accuracy(self) -> float:
        """How often reader and label agree, [0, 1]."""
        return float(1 - self.differs.mean())

    @property
    def listed(self) -> np.ndarray:
        """Which labels to look at, (n,) int64, the most doubtful first: as many as keep `SURE`."""
        order = np.argsort(-self.wrong, kind="stable")
        expected = np.cumsum(self.wrong[order]) / np.arange(1, len(order) + 1)
        return order[: int(((expected >= SURE) & (self.wrong[order] >= DOUBTFUL)).sum())]


def doubts(rows: np.ndarray, labels: np.ndarray) -> Job:
    """Doubt every label; yields `Progress`, returns `Doubts`.

    Args:
        rows:   (N, D) float32 comparable descriptions.
        labels: (N,) int64, 0 … K−1, K ≥ 2.
    """
    folds = np.random.default_rng(0).permutation(len(labels)) % FOLDS
    waves, keep = _Waves(rows), np.ones(len(labels), bool)
    found = None
    for number in range(ROUNDS):
        scores = yield from _held_out(waves, labels, folds, keep, number)
        likely = -np.inf
        for score in scores:  # the penalty under which the labels are likeliest
            yield Progress(number + 1, ROUNDS, _READING)
            now, doubted = _doubted(score, labels)
            if now > likely:
                likely, found = now, doubted
        assert found is not None
        keep[found.listed] = False
    return found


class _Waves:
    """Rows through random cosines, made anew for each chunk so that 60,000 rows need no memory."""

    def __init__(self, rows: np.ndarray) -> None:
        self.rows, self.count = rows, min(WAVES, len(rows) // 2)
        rng = np.random.default_rng(0)
        some = rows[rng.choice(len(rows), min(len(rows), 800), replace=False)].astype(np.float64)
        square = (some**2).sum(1)
        far = square[:, None] + square[None] - 2 * some @ some.T
        width = WIDTH * float(np.sqrt(max(np.median(far[far > 1e-9]) if (far > 1e-9).any() else 1.0, 1e-12)))
        self._turn = (rng.normal(size=(rows.shape[1], self.count)) / width).astype(np.float32)
        self._shift = rng.uniform(0, 2 * np.pi, self.count).astype(np.float32)

    def __call__(self, index: np.ndarray) -> np.ndarray:
        """(n, count + 1) float32, the last a constant."""
        z = np.cos(self.rows[index] @ self._turn + self._shift) * np.float32(np.sqrt(2 / self.count))
        return np.concatenate([z, np.ones((len(z), 1), np.float32)], axis=1)


def _held_out(waves: _Waves, labels: np.ndarray, folds: np.ndarray, keep: np.ndarray, round_: int) -> Job:
    """For each penalty the scores of every row by a reader that learnt from the other folds: [(N, K) float32].

    Ridge regression has a closed form: the sums over all folds but one are those over all, less that one's.
    """
    k, width = int(labels.max()) + 1, waves.count + 1
    squares, towards = np.zeros((FOLDS, width, width)), np.zeros((FOLDS, width, k))
    total = 2 * len(labels) * ROUNDS
    done = 2 * len(labels) * round_
    for fold in range(FOLDS):
        for index in _chunks(np.flatnonzero((folds == fold) & keep)):
            z = waves(index)
            squares[fold] += z.T @ z
            towards[fold] += z.T @ np.eye(k, dtype=np.float32)[labels[index]]
            done += len(index)
            yield Progress(done, total, _READING)
    scores = [np.zeros((len(labels), k), np.float32) for _ in PENALTIES]
    for fold in range(FOLDS):
        square, toward = squares.sum(0) - squares[fold], towards.sum(0) - towards[fold]
        readers = []
        for penalty in PENALTIES:
            yield Progress(done, total, _READING)
            held = square + penalty * keep.sum() * np.eye(width)
            readers.append(linalg.solve(held, toward, assume_a="pos", overwrite_a=True).astype(np.float32))
        for index in _chunks(np.flatnonzero(folds == fold)):
            z = waves(index)
            for score, reader in zip(scores, readers, strict=True):
                score[index] = z @ reader
            done += len(index)
            yield Progress(done, total, _READING)
    return scores


def _chunks(index: np.ndarray) -> list[np.ndarray]:
    return [index[start : start + CHUNK] for start in range(0, len(index), CHUNK)]


def _doubted(scores: np.ndarray, labels: np.ndarray) -> tuple[float, Doubts]:
    """How likely the labels are under the model (mean log), and what follows for each of them.

    The model: P(label) = (1 − δ) softmax(t · score) + δ / K; t and δ by maximum likelihood.
    """
    k, every = scores.shape[1], np.arange(len(labels))
    part = np.random.default_rng(0).permutation(len(labels))[:FITTED]
    z, y, of = scores[part].astype(np.float64), labels[part], np.arange(len(part))

    def unlikely(at: np.ndarray) -> tuple[float, np.ndarray]:
        """The mean −log likelihood at (log t, logit δ), and its slope."""
        t, share = np.exp(at[0]), special.expit(at[1])
        p = special.softmax(t * z, axis=1)
        own = p[of, y]
        likely = (1 - share) * own + share / k
        sharper = t * own * (z[of, y] - (p * z).sum(1))  # d own / d log t
        slope = (1 - share) * sharper / likely, share * (1 - share) * (1 / k - own) / likely
        return float(-np.log(likely).mean()), np.array([-slope[0].mean(), -slope[1].mean()])

    best = optimize.minimize(unlikely, np.array([2.0, -3.0]), jac=True, method="L-BFGS-B", bounds=_BOUNDS)
    share = float(special.expit(best.x[1]))
    p = special.softmax(np.exp(best.x[0]) * scores.astype(np.float64), axis=1)
    own = p[every, labels]
    wrong = (share / k) * (1 - own) / ((1 - share) * own + share / k)  # Bayes; by chance it may also be right
    suggested = p.argmax(1)
    return -float(best.fun), Doubts(wrong, suggested, p.max(1).astype(np.float32), suggested != labels, share)


_BOUNDS = ((-3.0, 8.0), (-16.0, 3.0))  # of log t and logit δ


# In a case


def _labels_of(set_: AnySet) -> np.ndarray:
    return np.full(len(set_), -1, np.int64) if set_.labels is None else set_.labels


def _mislabels(case: Case) -> Job:
    """Labels that look wrong; evidence: `suggested`, `confidence`, `share`, `accuracy`, `features`."""
    index = {split: np.flatnonzero(_labels_of(set_) >= 0) for split, set_ in case.sets.items()}
    whole = sum(map(len, index.values()))
    if whole > MOST:
        rng = np.random.default_rng(0)
        index = {s: np.sort(rng.choice(i, MOST * len(i) // whole, replace=False)) for s, i in index.items()}
    labels = np.concatenate([_labels_of(case.sets[split])[i] for split, i in index.items()])
    counts = np.bincount(labels)
    if len(labels) < ENOUGH or (counts >= FEWEST).sum() < 2:
        return []
    way = features_of(next(iter(case.sets.values())))[-1]
    parts = []
    for split, i in index.items():
        parts.append((yield from describe(case.sets[split], i, way)))
    yield Progress(0, 1, _READING)
    rows = reduced(way.comparable(np.concatenate(parts)), PARTS)
    rows = rows / (np.sqrt((rows**2).sum(1).mean()) + 1e-9)
    found: Doubts = yield from doubts(rows, labels)
    return _told(case, index, found, way)


def _told(case: Case, index: dict[str, np.ndarray], found: Doubts, way: Features) -> list[Finding]:
    listed, told = found.listed, []
    bounds = np.cumsum([0, *(len(i) for i in index.values())])
    for number, (split, which) in enumerate(index.items()):
        mine = listed[(listed >= bounds[number]) & (listed < bounds[number + 1])]
        if not len(mine):
            continue
        words = _DOUBTED(share=float(found.wrong[mine].mean()), accuracy=found.accuracy)
        title, which_of = Text("Doubtful labels", "의심스러운 이름표"), which[mine - bounds[number]]
        told.append(Finding("mislabel", Severity.WARN, title, words, split, which_of, _evidence(found, mine, way)))
    if found.accuracy < UNCLEAR:
        told += _unclear(index, found, bounds, way)
    return told


_DOUBTED = Text(
    "A reader that never saw these labels says otherwise. About {share:.0%} of those listed should be wrong; the most "
    "doubtful come first. The reader agrees with {accuracy:.0%} of all labels.",
    "이름표를 본 적 없는 판독기가 다르게 읽었어요. 여기 있는 것의 약 {share:.0%}가 틀렸을 거예요. 가장 의심스러운 것이 "
    "먼저 나와요. 판독기는 전체 이름표의 {accuracy:.0%}와 같은 답을 했어요.",
)
_UNCLEAR = Text(
    "A reader that never saw the labels agrees with only {accuracy:.0%} of them, so the classes look alike to it and wrong "
    "labels may go unnoticed. Here it disagrees most.",
    "이름표를 본 적 없는 판독기가 {accuracy:.0%}만 같은 답을 했어요. 클래스가 서로 비슷해 보여서 틀린 이름표를 놓칠 수 있어요. "
    "가장 다르게 읽은 것을 보여 드려요.",
)
SHOWN = 100  # of those that a reader disagrees with


def _evidence(found: Doubts, which: np.ndarray, way: Features) -> dict[str, object]:
    return {
        "suggested": found.suggested[which],
        "confidence": found.confidence[which],
        "wrong": found.wrong[which],
        "share": found.share,
        "accuracy": found.accuracy,
        "features": way.id,
    }


def _unclear(index: dict[str, np.ndarray], found: Doubts, bounds: np.ndarray, way: Features) -> list[Finding]:
    """That wrong labels cannot be told from hard ones here, with the disagreements of the first split."""
    split, which = next(iter(index.items()))
    mine = np.argsort(-found.wrong[: bounds[1]], kind="stable")
    mine = mine[found.differs[mine]][:SHOWN]
    title, words = Text("Labels that are hard to check", "확인하기 어려운 이름표"), _UNCLEAR(accuracy=found.accuracy)
    return [Finding("labels_unclear", Severity.INFO, title, words, split, which[mine], _evidence(found, mine, way))]


def has_labels(case: Case) -> bool:
    return any((_labels_of(set_) >= 0).any() for set_ in case.sets.values())


CHECKS = (Check("mislabel", Text("wrong labels", "틀린 이름표"), has_labels, _mislabels, weight=10),)
