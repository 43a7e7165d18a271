"""Telling a photograph word by word: greedy, beam search, sampling, and going on from words a person chose.

With 800 photographs to learn from an LSTM says what can be said of any. A detector of words
(`engine.caption.network.Detector`) makes its sentences specific: it hints at words that the photograph should bring, and
each hint counts until its word was said. (Guidance by a hidden photograph, Kornblith et al. 2023, made more sentences
differ as well, but fewer of their words right.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from engine.caption.encoder import Seen
from engine.caption.network import Captioner, State
from engine.caption.words import END, START, UNKNOWN, Vocabulary

LONGEST = 20  # words of a sentence
SHOWN = 10  # likeliest words that are told of each place
METHODS = ("greedy", "beam", "sample")
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Ways:
    """How words are chosen.

    width:       beams of beam search. temperature: of sampling; below 1 the likely words grow likelier.
    hints:       weight of what the word detector sees; 0 = the LSTM alone.
    length:      power of the number of words by which a beam's log-probability is divided (0 = not at all).
    """

    method: str = "beam"
    width: int = 3
    temperature: float = 1.0
    hints: float = 1.0
    length: float = 0.7
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a sentence: the word that stands there and what could stand there.

    probability: of `word`. likely: the ten likeliest with their probabilities ("" = the sentence ends).
    looked:      (cells, cells) float32, where the network looked, summing to 1; None without attention.
    chosen:      True where a person put the word.
    """

    word: str
    probability: float
    likely: tuple[tuple[str, float], ...]
    looked: np.ndarray | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Twig:
    """One word of a beam. parent: the number of the twig before it (−1 = the photograph). score: log-probability so far.

    ended: the sentence ends here. best: part of the sentence that won.
    """

    word: str
    parent: int
    depth: int
    score: float
    ended: bool
    best: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about a photograph. places: each word, and last the end. log_probability: of the whole.

    tree: the beams that were kept, in the order they were found; () for other ways. others: further finished sentences.
    """

    words: tuple[str, ...]
    places: tuple[Place, ...]
    log_probability: float
    tree: tuple[Twig, ...] = ()
    others: tuple[tuple[tuple[str, ...], float], ...] = ()


class Speaker:
    """One photograph and the network that tells it. Not for two threads at once."""

    def __init__(self, network: Captioner, vocabulary: Vocabulary, seen: Seen, *, hints: float = 1.0) -> None:
        """`seen` holds one photograph."""
        self._network, self._vocabulary, self._seen = network, vocabulary, seen
        self._hints = hints * network.detector.hints(seen.pooled)[0] if hints else torch.zeros(len(vocabulary))
        self._hints[[START, END, UNKNOWN]] = 0.0

    def begin(self) -> list[State]:
        """The states before START; the last of them are the words that were said."""
        return [*self._network.begin(self._seen), (torch.zeros(1, len(self._vocabulary), dtype=torch.bool),)]

    def step(self, words: Tensor, states: list[State]) -> tuple[Tensor, list[State], Tensor | None]:
        """Words (B,): log-probabilities (B, words) of the next, the states, where it looked (B, cells) or None."""
        rows = len(words)
        used = states[-1][0].clone()
        used[torch.arange(rows), words] = True
        said, states = self._network.step(words, states[:-1])
        log = said.log + self._hints * ~used
        log[:, [START, UNKNOWN]] = _NEVER
        log[torch.arange(rows), words] = _NEVER  # no word twice in a row; before it stood START, which is out anyway
        return log.log_softmax(1), [*states, (used,)], said.places

    def pick(self, states: list[State], rows: Tensor) -> list[State]:
        """The states of other rows, (B,) int64."""
        return [tuple(part[rows] for part in state) for state in states]

    def place(self, log: Tensor, places: Tensor | None, number: int, *, chosen: bool = False) -> Place:
        """What is told of one place, from its log-probabilities (words,)."""
        probabilities = log.exp()
        top = probabilities.topk(min(SHOWN, len(log) - 2))
        likely = tuple((self._word(int(i)), float(p)) for p, i in zip(top.values, top.indices, strict=True))
        side = 0 if places is None else round(len(places) ** 0.5)
        looked = None if places is None else places.numpy().reshape(side, side).copy()
        return Place(self._word(number), float(probabilities[number]), likely, looked, chosen)

    def _word(self, number: int) -> str:
        return "" if number == END else self._vocabulary.words[number]


@torch.inference_mode()
def tell(speaker: Speaker, vocabulary: Vocabulary, ways: Ways, before: Sequence[str] = ()) -> Told:
    """A sentence, beginning with the words `before` that a person chose (unknown ones are read as unknown)."""
    given = [vocabulary.numbers.get(word, UNKNOWN) for word in before]
    if ways.method == "beam":
        numbers, tree, others = _beam(speaker, vocabulary, ways, given)
    else:
        numbers, tree, others = _one_by_one(speaker, ways, given), (), ()
    return _explained(speaker, numbers, before, tree, others)


def _one_by_one(speaker: Speaker, ways: Ways, given: list[int]) -> list[int]:
    random = torch.Generator().manual_seed(ways.seed)
    states, numbers = speaker.begin(), [START]
    while len(numbers) <= LONGEST and numbers[-1] != END:
        log, states, _ = speaker.step(torch.tensor(numbers[-1:]), states)
        at = len(numbers) - 1
        if at < len(given):
            number = given[at]
        elif ways.method == "sample":
            number = int(torch.multinomial((log[0] / ways.temperature).softmax(0), 1, generator=random))
        else:
            number = int(log[0].argmax())
        numbers.append(number)
    return numbers[1:]


@dataclass(slots=True)
class _Beams:
    """The live beams: their numbers so far, scores (B,), and the twig each ends in."""

    numbers: list[list[int]]
    scores: Tensor
    twigs: list[int]


def _beam(
    speaker: Speaker, vocabulary: Vocabulary, ways: Ways, given: list[int]
) -> tuple[list[int], tuple[Twig, ...], tuple[tuple[tuple[str, ...], float], ...]]:
    states, beams, tree = speaker.begin(), _Beams([[START]], torch.zeros(1), [-1]), list[Twig]()
    ended: list[tuple[float, list[int], int]] = []
    for depth in range(LONGEST + 1):
        words = torch.tensor([one[-1] for one in beams.numbers])
        log, states, _ = speaker.step(words, states)
        if depth < len(given):
            allowed = torch.full_like(log, _NEVER)
            allowed[:, given[depth]] = log[:, given[depth]].clamp_min(-20.0)
            log = allowed
        room = ways.width - len(ended)
        total = beams.scores[:, None] + log
        top = total.flatten().topk(1 if depth < len(given) else min(room, total.numel()))
        rows, numbers = top.indices // log.shape[1], top.indices % log.shape[1]
        kept: list[int] = []
        found = _Beams([], torch.zeros(0), [])
        for i, (row, number, score) in enumerate(
            zip(rows.tolist(), numbers.tolist(), top.values.tolist(), strict=True)
        ):
            last = number == END or depth == LONGEST
            word = "" if number == END else vocabulary.words[number]
            tree.append(Twig(word, beams.twigs[row], depth, score, last))
            line = [*beams.numbers[row], number]
            if last:
                ended.append((score / max(1, len(line) - 1) ** ways.length, line, len(tree) - 1))
            else:
                kept.append(i)
                found.numbers.append(line)
                found.twigs.append(len(tree) - 1)
        if not kept or len(ended) >= ways.width:
            break
        found.scores = top.values[kept]
        beams, states = found, speaker.pick(states, rows[kept])
    ended.sort(key=lambda one: -one[0])
    others = tuple((vocabulary.decode(line), score) for score, line, _ in ended[1:])
    return ended[0][1][1:], _marked(tree, ended[0][2]), others


def _marked(tree: list[Twig], last: int) -> tuple[Twig, ...]:
    """The tree with the way to the twig `last` marked."""
    best = set()
    while last >= 0:
        best.add(last)
        last = tree[last].parent
    return tuple(
        Twig(t.word, t.parent, t.depth, t.score, t.ended, best=i in best) if i in best else t
        for i, t in enumerate(tree)
    )


def _explained(
    speaker: Speaker,
    numbers: list[int],
    before: Sequence[str],
    tree: tuple[Twig, ...],
    others: tuple[tuple[tuple[str, ...], float], ...],
) -> Told:
    """Go once more through the chosen sentence and tell each place."""
    states, last, places, total = speaker.begin(), START, list[Place](), 0.0
    for at, number in enumerate(numbers):
        log, states, looked = speaker.step(torch.tensor([last]), states)
        place = speaker.place(log[0], None if looked is None else looked[0], number, chosen=at < len(before))
        if at < len(before):  # a word that the network does not know stays as it was typed
            place = Place(before[at], place.probability, place.likely, place.looked, chosen=True)
        places.append(place)
        total += float(log[0, number].clamp_min(-20.0))
        last = number
    words = tuple(place.word for place in places if place.word)
    return Told(words, tuple(places), total, tree, others)
