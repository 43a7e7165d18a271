"""One value that holds both languages, and what every such value in the source must fulfil."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import engine
from engine.errors import LabError
from engine.text import Text, same

ROOT = Path(engine.__file__).parents[1]


def test_a_text_renders_in_the_language_asked_for() -> None:
    text = Text("{n:,} pictures", "사진 {n:,}장")(n=5000)
    assert (text.render("en"), text.render("ko"), str(text)) == ("5,000 pictures", "사진 5,000장", "5,000 pictures")


@pytest.mark.parametrize(
    ("pattern", "number", "words"),
    [
        ("CPU, {n} threads", 1, "CPU, 1 thread"),
        ("CPU, {n} threads", 11, "CPU, 11 threads"),
        ("{n} × 1 pixels", 1, "1 × 1 pixels"),
        ("{n} windows were read", 1, "1 window was read"),
        ("{n:.1f} seconds", 2.1, "2.1 seconds"),
        ("{n} people", 1, "1 person"),
        ("{n:,} pictures", 5001, "5,001 pictures"),
    ],
)
def test_one_of_something_is_not_said_in_the_plural(pattern: str, number: float, words: str) -> None:
    assert Text(pattern, "한국어")(n=number).render("en") == words


def test_an_unknown_language_reads_english() -> None:
    assert Text("yes", "네").render("fr") == "yes"


def test_a_text_inside_a_text_is_rendered_in_the_same_language() -> None:
    inner = Text("recipe", "레시피")
    assert Text("no {kind}", "{kind} 없음")(kind=inner).render("ko") == "레시피 없음"


def test_filling_in_leaves_the_pattern_as_it_was() -> None:
    pattern = Text("{a} and {b}", "{a}, {b}")
    first = pattern(a=1)
    assert first(b=2).render("en") == "1 and 2"
    assert first(b=3).render("ko") == "1, 3"
    assert dict(pattern.values) == {}


def test_a_path_with_braces_is_shown_as_it_is() -> None:
    assert Text("{path} is gone", "{path} 없음")(path="/tmp/{odd}").render("en") == "/tmp/{odd} is gone"


def test_a_name_is_the_same_in_every_language() -> None:
    assert same("MNIST").render("ko") == same("MNIST").render("en") == "MNIST"


def test_a_lab_error_reads_english_in_a_log_and_keeps_its_text() -> None:
    error = LabError(Text("No disk.", "디스크가 없어요."))
    assert str(error) == "No disk."
    assert error.text.render("ko") == "디스크가 없어요."


def _sources() -> list[Path]:
    return [ROOT / "main.py", *sorted((ROOT / "engine").rglob("*.py")), *sorted((ROOT / "gui").rglob("*.py"))]


def _calls(name: str) -> list[tuple[str, ast.Call]]:
    """Every call of `name` in the source, with where it stands."""
    found = []
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                found.append((f"{path.relative_to(ROOT)}:{node.lineno}", node))
    return found


def _literals(call: ast.Call) -> list[str] | None:
    """The words of a call whose arguments are all plain strings, else None."""
    if call.keywords or not all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in call.args):
        return None
    return [a.value for a in call.args]  # type: ignore[union-attr]


def _parameters(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}


_ARTICLES = {"aa", "ab"}  # "a" or "an": Korean has none


def _hangul(words: str) -> bool:
    return any("가" <= letter <= "힣" for letter in words)


TEXTS = [(where, _literals(call)) for where, call in _calls("Text")]
LITERAL = [(where, words) for where, words in TEXTS if words and any(words)]  # Text("", "") says nothing


def test_the_source_holds_texts_to_check() -> None:
    assert len(LITERAL) > 100


def test_every_text_is_written_out_in_both_languages() -> None:
    assert {where.split(":")[0] for where, words in TEXTS if words is None or len(words) != 2} <= {
        "engine/text.py",  # `same` makes both from one
        "engine/data/doctor_finding.py",  # names joined by commas in each language
        "engine/data/names.py",  # a table of class names
        "engine/models/imagenet.py",  # the same, of 1,000
        "engine/train/queue.py",  # read back from a file
        "engine/live/ours.py",  # the same, class names from a card
        "engine/latent/telling.py",  # the same, of an event
        "engine/bench/charts.py",  # the same, of a result
        "engine/bench/child.py",  # the same, from another process
        "gui/pages/latent_learn.py",  # the same, of an event
        "engine/caption/batch.py",  # a network's sentence, in Korean with its gloss
        "engine/rl/atari.py",  # several keys' names joined
        "engine/field_words.py",  # a table of explanations, each read by tests/gui/test_explained.py
        "gui/widgets/kind_words.py",  # the same
    }


@pytest.mark.parametrize(("where", "words"), LITERAL, ids=[where for where, _ in LITERAL])
def test_a_texts_korean_is_korean_with_the_parameters_of_its_english(where: str, words: list[str]) -> None:
    english, korean = words
    assert english.strip()
    assert korean.strip()
    assert korean != english
    assert _hangul(korean)
    assert not _hangul(english)
    assert _parameters(english) - _ARTICLES == _parameters(korean), where


def test_only_names_are_the_same_in_both_languages() -> None:
    sentences = [where for where, call in _calls("same") if len(" ".join(_literals(call) or ()).split()) > 3]
    assert sentences == []


def test_no_text_is_told_from_its_place_in_a_sentence_by_a_number() -> None:
    """{} or {0} would break when Korean puts the words in another order."""
    assert [
        where for where, words in LITERAL if any(not name.isidentifier() for w in words for name in _parameters(w))
    ] == []
