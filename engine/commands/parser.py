"""The parser of every command: its help and what is wrong with its words are told in the language of `--lang`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from engine.commands.told import Told
from engine.text import Language, Text, same

_EMPTY = "empty"
_USUAL = {  # what options mean wherever they stand; a command that means something else says so
    "assignments": "settings of the recipe, as the window's panel shows them",
    "data": "folder of data sets; the one in use without it",
    "dataset": "the set's id, as datasets list tells it; auto: the recipe's first that is here",
    "device": "auto, cpu, cuda or mps",
    "epochs": "passes over the training pictures",
    "lang": "language of the sentences",
    "precision": "auto, fp32 or bf16",
    "recipe": "the recipe's id, as list recipes tells it",
    "seed": "of all that is drawn at random",
}
_WORDS = (  # argparse's own English, what it names, and the same in both languages
    (
        r"argument (?P<what>.+?): invalid choice: (?P<word>.*) \(choose from (?P<known>.+)\)",
        Text(
            "{what}: {word} is not there. Choose one of: {known}.",
            "{what}: {word} 값은 없어요. 고를 수 있는 값: {known}.",
        ),
    ),
    (
        r"argument (?P<what>.+?): invalid int value: (?P<word>.*)",
        Text("{what}: {word} is no whole number.", "{what}: {word} 값은 정수가 아니에요."),
    ),
    (
        r"argument (?P<what>.+?): invalid float value: (?P<word>.*)",
        Text("{what}: {word} is no number.", "{what}: {word} 값은 수가 아니에요."),
    ),
    (
        r"argument (?P<what>.+?): invalid \S+ value: (?P<word>.*)",
        Text("{what}: {word} will not do.", "{what}: {word} 값은 쓸 수 없어요."),
    ),
    (
        r"argument (?P<what>.+?): expected (?P<count>.+) arguments?",
        Text("{what} wants a value after it.", "{what} 뒤에 값을 써 주세요."),
    ),
    (
        r"argument (?P<what>.+?): ignored explicit argument (?P<word>.*)",
        Text("{what} takes no value: {word}.", "{what}에는 값을 쓰지 않아요: {word}."),
    ),
    (
        rf"argument (?P<what>.+?): {_EMPTY}",
        Text("{what} is empty. Write its value.", "{what} 값이 비어 있어요. 값을 써 주세요."),
    ),
    (
        r"the following arguments are required: (?P<what>.+)",
        Text("Write these as well: {what}.", "다음도 써 주세요: {what}."),
    ),
    (
        r"unrecognized arguments: (?P<what>.+)",
        Text(
            "These are not understood here: {what}. --help lists what is.",
            "알 수 없는 말이에요: {what}. --help로 볼 수 있어요.",
        ),
    ),
    (
        r"ambiguous option: (?P<what>.+) could match (?P<known>.+)",
        Text("{what} could be any of: {known}.", "{what}: 다음 중 무엇인지 알 수 없어요: {known}."),
    ),
)


class _Wrong(Exception):
    """What argparse says, and of which command."""


class _Asked(Exception):
    """`--help` of a parser."""


class Parser(argparse.ArgumentParser):
    """Like argparse's own, but for the language of its sentences and for paths, which may not be empty."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.register("type", Path, place)

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        action = super().add_argument(*names, **options)
        action.help = action.help or _USUAL.get(action.dest)
        return action

    def print_help(self, file: object = None) -> NoReturn:
        raise _Asked(self)

    def error(self, message: str) -> NoReturn:
        raise _Wrong(self.format_usage(), self.prog, message)


def filled(word: str) -> str:
    """A name that a person wrote, which may not be empty."""
    if not word:
        raise argparse.ArgumentTypeError(_EMPTY)
    return word


def place(word: str) -> Path:
    """A path that a person wrote; "" would be the folder one stands in."""
    return Path(filled(word))


def parse(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace:
    """The options in `arguments`.

    Ends the program with status 0 after `--help`, and with 2 and a sentence on stderr where they will not do.
    """
    try:
        return parser.parse_args(arguments)
    except _Asked as asked:
        asked.args[0].formatter_class = Told if _language(arguments) == "ko" else argparse.HelpFormatter
        sys.stdout.write(asked.args[0].format_help())
        raise SystemExit(0) from None
    except _Wrong as wrong:
        usage, prog, message = wrong.args
        sys.stderr.write(f"{usage}{prog}: {_said(message).render(_language(arguments))}\n")
        raise SystemExit(2) from None


def _said(message: str) -> Text:
    """argparse's English in both languages; what is not in the table stays as it is."""
    for pattern, text in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return text(**found.groupdict())
    return same(message)


def _language(arguments: Sequence[str]) -> Language:
    """What `--lang` asks for, although the options as a whole could not be read."""
    asked = re.findall(r"--lang[= ](en|ko)\b", " ".join(arguments))
    return "ko" if asked[-1:] == ["ko"] else "en"
