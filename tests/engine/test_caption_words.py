"""Sentences as words, how they are scored, and their Korean gloss."""

from __future__ import annotations

import math

import pytest

from engine.caption.gloss import describing, gloss, particle
from engine.caption.scores import bleu, cider_d, figures
from engine.caption.words import END, START, UNKNOWN, as_sentence, vocabulary_from, vocabulary_of, words_of
from engine.errors import LabError


def said(*lines: str) -> list[tuple[str, ...]]:
    return [words_of(line) for line in lines]


def test_punctuation_goes_and_words_with_hyphen_or_apostrophe_stay_whole() -> None:
    assert words_of("A man’s T-shirt, torn ; he waves .") == ("a", "man's", "t-shirt", "torn", "he", "waves")
    assert as_sentence(("a", "dog", "runs")) == "A dog runs."


def test_a_vocabulary_keeps_frequent_words_and_comes_back_from_plain_values() -> None:
    known = vocabulary_of(said("a dog runs", "a dog sits", "a cat sits"), least=2)
    assert known.words[3:] == ("a", "dog", "sits")
    assert known.encode(("a", "cat")) == [START, 3, UNKNOWN, END]
    assert known.decode([START, 3, 4, END, 5]) == ("a", "dog")
    assert vocabulary_from(list(known.words)) == known
    with pytest.raises(ValueError, match="not a vocabulary"):
        vocabulary_from(["a", "dog", "sits"])
    with pytest.raises(LabError, match="No word is used 9 times"):
        vocabulary_of(said("a dog runs"), least=9)


def test_cider_d_is_what_the_papers_formula_gives_by_hand() -> None:
    """Two photographs, so idf(a) = log 2/2 = 0 and of every other word log 2.

    "a dog runs" is its reference: orders 1 to 3 give 1, there are no four words: 10 · 3/4. "a cat runs" against
    "a cat sits": order 1 cat of cat+runs and cat+sits, 1/2; order 2 "a cat" of two, 1/2; 10 · 1/4.
    """
    people = [said("a dog runs"), said("a cat sits")]
    assert cider_d(said("a dog runs", "a cat runs"), people) == pytest.approx((7.5 + 2.5) / 2)
    short = cider_d(said("a dog runs", "a cat"), people)  # order 1: 1/√2, order 2: 1/√2, one word short
    assert short == pytest.approx((7.5 + 10 * (2 / math.sqrt(2)) / 4 * math.exp(-1 / 72)) / 2)


def test_bleu_counts_whole_words_against_all_references() -> None:
    people = [said("a brown dog runs on grass", "the dog is running"), said("two people sit on a bench")]
    whole = bleu(said("a brown dog runs on grass", "two people sit on a bench"), people)
    assert whole["bleu1"] == whole["bleu4"] == pytest.approx(1.0)
    half = bleu(said("a brown dog runs on sand", "two men sit on a bench"), people)
    assert half["bleu1"] == pytest.approx(10 / 12)
    assert half["bleu2"] == pytest.approx(math.sqrt(10 / 12 * 7 / 10))


def test_the_same_sentence_for_every_photograph_is_told_by_the_share_of_distinct_ones() -> None:
    people = [said("a dog"), said("a cat"), said("a man"), said("a boat")]
    assert figures(said("a dog", "a dog", "a dog", "a man"), people)["distinct"] == 0.5


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("a brown dog is running through the grass", "갈색 개는 잔디를 지나 달리고 있어요."),
        ("a boy is sitting on a bench", "소년은 긴 의자 위에 앉아 있어요."),
        ("a man in a red shirt is riding a bike", "빨간 셔츠를 입은 남자는 자전거를 타고 있어요."),
        ("a dog with a frisbee in its mouth", "원반을 입에 물고 있는 개예요."),
        ("two men and a woman are climbing a mountain", "두 남자와 여자는 산을 오르고 있어요."),
        ("a boy walks into the forest", "소년은 숲으로 걷고 있어요."),
    ],
)
def test_a_gloss_puts_the_verb_last_and_particles_after_the_final_consonant(english: str, korean: str) -> None:
    assert gloss(english.split()) == korean


def test_particles_follow_the_final_consonant_and_rieul_is_open_before_ro() -> None:
    assert [particle(word, "은") for word in ("개", "물")] == ["개는", "물은"]
    assert [particle(word, "을") for word in ("개", "물")] == ["개를", "물을"]
    assert [particle(word, "이") for word in ("개", "물")] == ["개가", "물이"]
    assert [particle(word, "으로") for word in ("바다", "물", "숲")] == ["바다로", "물로", "숲으로"]
    assert describing("놀") == "노는" and describing("달리") == "달리는"
