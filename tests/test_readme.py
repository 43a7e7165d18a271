"""What the README says is kept by a test is: every test it names is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engine.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
FILES = {path.name: path for path in (ROOT / "tests").rglob("test_*.py")}


def rows(heading: str) -> list[list[str]]:
    """The cells of each row of the tables below a heading of the README."""
    text = (ROOT / "README.md").read_text("utf-8").split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines][1:]


CASES = rows("When something goes wrong")
INVARIANTS = rows("How it is built")


def names_in(path: Path) -> list[str]:
    return re.findall(r"^(?:    )?def test_(\w+)", path.read_text("utf-8"), re.MULTILINE)


def named(cell: str) -> list[tuple[str, str]]:
    """(file, part of a test's name) of each test that a cell names; `::part` alone is of the file before it."""
    found: list[tuple[str, str]] = []
    for words in re.findall(r"`([^`]+)`", cell):
        file, _, part = words.partition("::")
        found.append((file or found[-1][0], part))
    return found


@pytest.mark.parametrize("row", CASES, ids=[row[0][:60] for row in CASES])
def test_every_case_of_failure_says_what_is_seen_and_names_tests_that_are_there(row: list[str]) -> None:
    case, seen, kept_by = row
    assert case and seen and named(kept_by)
    for file, part in named(kept_by):
        assert part, f"{file}: which test?"
        assert any(part in name for name in names_in(FILES[file])), f"{file} has no test called …{part}…"


@pytest.mark.parametrize("row", INVARIANTS, ids=[row[0][:60] for row in INVARIANTS])
def test_every_invariant_names_tests_and_places_that_are_there(row: list[str]) -> None:
    _, where, kept_by = row
    assert named(kept_by)
    for file, _ in named(kept_by):
        assert names_in(FILES[Path(file).name]), file
    folder = ROOT
    for place, _ in named(where):
        path = ROOT / place if (ROOT / place).exists() else folder / place
        assert path.exists(), place
        folder = path.parent


NETWORKS = rows("The bundled networks")


@pytest.mark.parametrize("row", NETWORKS, ids=[row[0][:40] for row in NETWORKS])
def test_a_figure_of_a_bundled_network_is_its_cards(row: list[str]) -> None:
    """Of every network in a row, some figure of two digits or more is one that its card holds."""
    figures = [one for one in re.findall(r"-?\d+(?:\.\d+)?", row[2].replace("−", "-")) if len(one.strip("-")) > 1]
    for id in re.findall(r"`([\w-]+)`", row[0]):
        (card,) = (ROOT / "resources").rglob(f"{id}.json")
        held = [one for one in json.loads(card.read_text("utf-8")).values() if isinstance(one, int | float)]
        assert any(
            abs(one * by - float(figure)) < 0.51 * 10 ** -len(figure.partition(".")[2])
            for figure in figures
            for one in held
            for by in (1, 100)
        ), (id, figures)


def test_every_command_is_named() -> None:
    block = (ROOT / "README.md").read_text("utf-8").split("\n## Commands\n", 1)[1].split("\n## ", 1)[0]
    named_there = {word for words in re.findall(r"main\.py ([\w|-]+)", block) for word in words.split("|")}
    assert {*COMMANDS, "shots"} <= named_there


def test_the_tables_are_read() -> None:
    assert len(CASES) > 30 and len(INVARIANTS) > 15 and len(NETWORKS) > 20
