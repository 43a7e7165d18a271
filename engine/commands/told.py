"""`--help` in Korean. What it says is in resources/i18n/commands_ko.json, under the English of the commands' files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from functools import cache

import resources


@cache
def korean() -> dict[str, str]:
    """The Korean of every sentence of every command's help, by its English."""
    said: dict[str, str] = json.loads(resources.path("i18n", "commands_ko.json").read_text("utf-8"))
    return said


class Told(argparse.HelpFormatter):
    """argparse's layout with Korean in it; a sentence that has none stays English."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "사용법: " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_said(heading))

    def add_text(self, text: str | None) -> None:
        super().add_text(_said(text))

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return _said(action.help)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, width * 2 // 3)  # a Hangul syllable is as wide as two letters


def _said(words: str | None) -> str | None:
    return korean().get(words, words) if words else words
