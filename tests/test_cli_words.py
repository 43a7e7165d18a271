"""Words of a command that cannot be understood, and help: what a newcomer types first."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.bench import BENCHES, IN_WINDOW
from engine.cli import handles, main, parser_of_all
from engine.commands import COMMANDS
from engine.commands.told import korean
from gui import cli as window

ROOT = Path(__file__).parents[1]

WRONG = [
    (["list", "nope"], "고를 수 있는 값: 'datasets', 'models', 'recipes'"),
    (["train", "digits-quick", "--epochs", "many"], "--epochs: 'many' 값은 수가 아니에요"),
    (["write", "--seed", "1.5"], "--seed: '1.5' 값은 정수가 아니에요"),
    (["train", "digits-quick", "--epochs"], "--epochs 뒤에 값을 써 주세요"),
    (["bundle"], "다음도 써 주세요: run"),
    (["list", "models", "--quark"], "알 수 없는 말이에요: --quark"),
    (["train", "digits-quick", "--s", "1"], "--s: 다음 중 무엇인지 알 수 없어요"),
    (["bench", "layers", "--quick=3"], "--quick에는 값을 쓰지 않아요: '3'"),
    (["datasets", "open", ""], "path 값이 비어 있어요"),  # it was the folder one stood in
    (["predict", "digit", ""], "images 값이 비어 있어요"),
    (["evaluate", "mnist-deep", "--weights", ""], "--weights 값이 비어 있어요"),
    (["train", "digits-quick", "--from="], "--from 값이 비어 있어요"),
    (["train", "digits-quick", "--out", ""], "--out 값이 비어 있어요"),  # it learnt into the folder one stands in
]


@pytest.mark.parametrize(("arguments", "words"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, list) else None)
def test_what_is_wrong_with_the_words_is_said_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """It was argparse's English, whatever `--lang` said."""
    for asked in (["--lang", "ko", *arguments], [*arguments, "--lang=ko"]):
        with pytest.raises(SystemExit) as ended:
            main(asked)
        out, err = capsys.readouterr()
        assert (ended.value.code, out) == (2, "")
        assert words in err.splitlines()[-1], err
    with pytest.raises(SystemExit):
        main(arguments)
    assert not any("가" <= letter <= "힣" for letter in capsys.readouterr().err)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """It named two of thirty-two."""
    with pytest.raises(SystemExit) as ended:
        window.main(["--help"])
    told = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert ended.value.code == 0 and {"shots", *COMMANDS} <= told


def _sentences(parser: argparse.ArgumentParser, where: str = "") -> Iterator[tuple[str, str | None]]:
    """Every sentence that `--help` of a parser and of those below it can show, and where."""
    yield where, parser.description or "options"
    for group in parser._action_groups:
        yield where, group.title
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from ((f"{where} {one.dest}", one.help) for one in action._choices_actions)
            for name, below in action.choices.items():
                yield from _sentences(below, f"{where} {name}")
        elif action.help != argparse.SUPPRESS:
            yield f"{where} {action.dest}", action.help


def test_every_option_is_explained_in_both_languages() -> None:
    """A hundred had no word, and the others' were English whatever `--lang` said."""
    sentences = [*_sentences(parser_of_all()), *_sentences(window.parser_for(["bench"]))]
    assert [where for where, words in sentences if not words] == []
    said = {words: korean().get(words or "", "") for _, words in sentences}
    assert [words for words, ko in said.items() if not any("가" <= letter <= "힣" for letter in ko)] == []
    more = {"each has a --help of its own"}  # of the list of commands, whose action is no option
    assert set(korean()) == set(said) | more


@pytest.mark.parametrize(
    ("arguments", "ko"), [(["train", "--help"], "학습 사진을 모두 도는 횟수"), (["queue", "-h"], "맨 끝에 학습 넣기")]
)
def test_help_speaks_the_language_asked_for(capsys: pytest.CaptureFixture[str], arguments: list[str], ko: str) -> None:
    told = []
    for asked in (arguments, ["--lang", "ko", *arguments], [*arguments, "--lang=ko"]):
        with pytest.raises(SystemExit) as ended:
            main(asked)
        assert ended.value.code == 0
        told.append(capsys.readouterr().out)
    english, *korean_ones = told
    assert english.startswith("usage: ") and not any("가" <= letter <= "힣" for letter in english)
    assert korean_ones[0] == korean_ones[1] and korean_ones[0].startswith("사용법: ") and ko in korean_ones[0]


def test_the_language_before_a_command_of_the_window_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert window.main(["--lang", "ko", "shots", "--out", "x", "--size", "3"]) == 2
    assert "크기는" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "engine"),
    [
        ("bench", True),  # its help and its mistakes were the window's, which knew no bench report
        ("bench --help", True),
        ("bench nope", True),
        ("bench agree responsiveness", True),
        ("bench --data soak layers", True),
        *((f"bench {name}", False) for name in IN_WINDOW),
        *((f"bench {name}", True) for name in BENCHES),
    ],
)
def test_only_benchmarks_of_the_window_are_left_to_it(words: str, engine: bool) -> None:
    assert handles(words.split()) is engine


def test_a_benchmark_of_the_window_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert window.main(["bench", "grid", "--model", "x"]) == 2
    assert "bench grid has no --model." in capsys.readouterr().err
    assert window.main(["bench", "grid", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.strip().endswith("it is a folder.")


def test_a_benchmark_of_the_window_writes_its_result_where_it_is_told(tmp_path: Path) -> None:
    """There was no --out. In a process of its own: what its window leaves is not for the tests after this."""
    words = ["bench", "pad", "--quick", "--seconds", "0.5", "--json", "--out", str(tmp_path / "pad.json")]
    done = subprocess.run(
        [sys.executable, "main.py", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    kept = json.loads((tmp_path / "pad.json").read_text("utf-8"))
    assert kept["bench"] == "pad" and {"event": "result", **kept} == lines[-1] | {"format": kept["format"]}
