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

from engine.caption.chorus import Chorus, State
from engine.caption.encoder import Seen
from engine.caption.words import END, START, UNKNOWN, Vocabulary

LONGEST = 20  # words of a sentence
SHOWN = 10  # likeliest words that are told of each place
METHODS = ("greedy", "beam", "sample")
_NEVER, _LEAST = -1e9, -20.0  # log-probabilities: of what must not be said, and of what a person said all the same


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

    def __init__(self, chorus: Chorus, vocabulary: Vocabulary, seen: Seen, *, hints: float = 1.0) -> None:
        """`seen` holds one photograph."""
        self._chorus, self._vocabulary = chorus, vocabulary
        detector = chorus.network.detector
        self._hints = hints * detector.hints(seen.pooled)[0] if hints else torch.zeros(len(vocabulary))
        self._hints[[START, END, UNKNOWN]] = 0.0
        self._photo, self._state = chorus.begin(seen)

    def begin(self) -> State:
        """The state before START; its last part are the words that were said, (1, rows, words)."""
        return *self._state, torch.zeros(1, 1, len(self._vocabulary), dtype=torch.bool)

    def step(self, words: Tensor, state: State) -> tuple[Tensor, State, Tensor | None]:
        """Words (B,): log-probabilities (B, words) of the next, the state, where it looked (B, cells) or None."""
        rows = torch.arange(len(words))
        used = state[-1].clone()
        used[0, rows, words] = True
        said, after = self._chorus.step(words, state[:-1], self._photo)
        log = said.log + self._hints * ~used[0]
        log[:, [START, UNKNOWN]] = _NEVER
        log[rows, words] = _NEVER  # no word twice in a row; before it stood START, which is out anyway
        return log.log_softmax(1), (*after, used), said.places

    def pick(self, state: State, rows: Tensor) -> State:
        """The state of other rows, (B,) int64."""
        return tuple(part[:, rows] for part in state)

    def explained(self, heard: Sequence[Heard], numbers: Sequence[int], before: Sequence[str]) -> list[Place]:
        """What is told of each place of a sentence, from what was heard there on the way."""
        shares = torch.stack([one.log for one in heard]).exp()
        top = shares.topk(min(SHOWN, shares.shape[1] - 2))
        stands = shares[torch.arange(len(numbers)), torch.tensor(numbers)].tolist()
        found = []
        for at, (values, which) in enumerate(zip(top.values.tolist(), top.indices.tolist(), strict=True)):
            likely = tuple((self._word(number), share) for share, number in zip(values, which, strict=True))
            mine = at < len(before)  # a word that the network does not know stays as it was typed
            word = before[at] if mine else self._word(numbers[at])
            found.append(Place(word, stands[at], likely, _map(heard[at].places), mine))
        return found

    def _word(self, number: int) -> str:
        return "" if number == END else self._vocabulary.words[number]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What the network said at one place of one sentence: log-probabilities (words,), where it looked (cells,) or None."""

    log: Tensor
    places: Tensor | None


def _map(places: Tensor | None) -> np.ndarray | None:
    """(cells,) as a square, (side, side) float32."""
    if places is None:
        return None
    side = round(len(places) ** 0.5)
    return places.numpy().reshape(side, side).copy()


@torch.inference_mode()
def tell(speaker: Speaker, vocabulary: Vocabulary, ways: Ways, before: Sequence[str] = ()) -> Told:
    """A sentence, beginning with the words `before` that a person chose (unknown ones are read as unknown)."""
    given = [vocabulary.numbers.get(word, UNKNOWN) for word in before]
    beams = ways.method == "beam"
    found = _beam(speaker, vocabulary, ways, given) if beams else _one_by_one(speaker, ways, given)
    places = speaker.explained(found.heard, found.numbers, before)
    log = [float(one.log[number].clamp_min(_LEAST)) for one, number in zip(found.heard, found.numbers, strict=True)]
    words = tuple(place.word for place in places if place.word)
    return Told(words, tuple(places), sum(log), found.tree, found.others)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """The numbers of a sentence, what was heard at each, and of beams their tree and the other sentences."""

    numbers: list[int]
    heard: list[Heard]
    tree: tuple[Twig, ...] = ()
    others: tuple[tuple[tuple[str, ...], float], ...] = ()


def _one_by_one(speaker: Speaker, ways: Ways, given: list[int]) -> _Found:
    random = torch.Generator().manual_seed(ways.seed)
    state, numbers, heard = speaker.begin(), [START], list[Heard]()
    while len(numbers) <= LONGEST and numbers[-1] != END:
        log, state, places = speaker.step(torch.tensor(numbers[-1:]), state)
        heard.append(_row(log, places, 0))
        at = len(numbers) - 1
        if at < len(given):
            number = given[at]
        elif ways.method == "sample":
            number = int(torch.multinomial((log[0] / ways.temperature).softmax(0), 1, generator=random))
        else:
            number = int(log[0].argmax())
        numbers.append(number)
    return _Found(numbers[1:], heard)


def _row(log: Tensor, places: Tensor | None, row: int) -> Heard:
    return Heard(log[row], None if places is None else places[row])


@dataclass(slots=True)
class _Beams:
    """The live beams: their numbers so far, scores (B,), and the twig each ends in."""

    numbers: list[list[int]]
    scores: Tensor
    twigs: list[int]


def _beam(speaker: Speaker, vocabulary: Vocabulary, ways: Ways, given: list[int]) -> _Found:
    state, beams, tree = speaker.begin(), _Beams([[START]], torch.zeros(1), [-1]), list[Twig]()
    ended: list[tuple[float, list[int], int]] = []
    heard: list[Heard] = []  # of each twig
    for depth in range(LONGEST + 1):
        words = torch.tensor([one[-1] for one in beams.numbers])
        log, state, places = speaker.step(words, state)
        rows, numbers, scores = _best(beams, log, given[depth : depth + 1], ways.width - len(ended))
        kept: list[int] = []
        found = _Beams([], torch.zeros(0), [])
        for i, (row, number, score) in enumerate(zip(rows.tolist(), numbers.tolist(), scores.tolist(), strict=True)):
            last = number == END or depth == LONGEST
            tree.append(Twig("" if number == END else vocabulary.words[number], beams.twigs[row], depth, score, last))
            heard.append(_row(log, places, row))
            line = [*beams.numbers[row], number]
            if last:
                ended.append((score / max(1, len(line) - 1) ** ways.length, line, len(tree) - 1))
            else:
                kept.append(i)
                found.numbers.append(line)
                found.twigs.append(len(tree) - 1)
        if not kept or len(ended) >= ways.width:
            break
        found.scores = scores[kept]
        beams, state = found, speaker.pick(state, rows[kept])
    ended.sort(key=lambda one: -one[0])
    others = tuple((vocabulary.decode(line), score) for score, line, _ in ended[1:])
    way = _way(tree, ended[0][2])
    return _Found(ended[0][1][1:], [heard[i] for i in way], _marked(tree, set(way)), others)


def _best(beams: _Beams, log: Tensor, given: list[int], room: int) -> tuple[Tensor, Tensor, Tensor]:
    """The rows, numbers and scores (B,) of the beams that go on; where a word is given there is one."""
    if given:
        allowed = torch.full_like(log, _NEVER)
        allowed[:, given] = log[:, given].clamp_min(_LEAST)
        log = allowed
    total = (beams.scores[:, None] + log).flatten()
    top = total.topk(1 if given else min(room, len(total)))
    return top.indices // log.shape[1], top.indices % log.shape[1], top.values


def _way(tree: list[Twig], last: int) -> list[int]:
    """The twigs from the photograph to `last`."""
    found = []
    while last >= 0:
        found.append(last)
        last = tree[last].parent
    return found[::-1]


def _marked(tree: list[Twig], best: set[int]) -> tuple[Twig, ...]:
    """The tree with the way of the sentence that won marked."""
    return tuple(
        Twig(t.word, t.parent, t.depth, t.score, t.ended, best=True) if i in best else t for i, t in enumerate(tree)
    )
