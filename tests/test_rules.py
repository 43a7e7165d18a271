"""The invariants of the source, kept by tests: what may import what, and how it is written."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    ROOT / "main.py",
    *sorted(path for part in ("engine", "gui", "resources") for path in (ROOT / part).rglob("*.py")),
]
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module a file imports, inside functions too: `from gui import theme` counts as gui.theme."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def under(folder: str) -> list[str]:
    return [name for name in TREES if name.startswith(folder)]


def those_importing(files: list[str], pattern: str) -> dict[str, list[str]]:
    found = {name: [m for m in imports(TREES[name]) if re.match(pattern, m)] for name in files}
    return {name: modules for name, modules in found.items() if modules}


# What may import what


def test_qt_is_imported_by_one_file_of_the_engine_and_only_its_core() -> None:
    found = those_importing(under("engine/"), r"(PySide6|PyQt\d|shiboken6|pyqtgraph)\b")
    assert set(found) == {"engine/host.py"}
    assert {module for module in found["engine/host.py"] if "." not in module or module == "PySide6.QtCore"} == {
        "shiboken6",
        "PySide6.QtCore",
    }
    assert all(module.startswith(("shiboken6", "PySide6.QtCore")) for module in found["engine/host.py"])


def test_the_engine_never_imports_the_window() -> None:
    assert those_importing(under("engine/"), r"gui\b") == {}


def test_the_engine_starts_without_qt() -> None:
    code = (
        "import sys, engine.cli, engine.train.fit, engine.read, engine.train.runs, engine.data.browse\n"
        "print([m for m in sys.modules if m.startswith(('PySide6', 'shiboken6', 'pyqtgraph'))])"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert answer.stdout.strip() == "[]"


def page_of(name: str) -> str:
    """Which tab a file under gui/pages is a part of: `train_setup.py` belongs to `train`."""
    return Path(name).stem.split("_")[0]


SHARED = ("page", "newest")  # parts of no page in particular


@pytest.mark.parametrize("name", [name for name in under("gui/pages/") if not name.endswith("__init__.py")])
def test_a_page_imports_no_other_page(name: str) -> None:
    modules = {m.split(".")[2] for m in imports(TREES[name]) if m.startswith("gui.pages.")}
    assert {page_of(module) for module in modules} <= {page_of(name), *SHARED}


def test_widgets_import_no_page() -> None:
    assert those_importing(under("gui/widgets/"), r"gui\.(pages|main_window|app|context|notices)\b") == {}


def test_only_the_widgets_whose_task_is_a_job_know_the_host() -> None:
    found = those_importing(under("gui/widgets/"), r"engine\.host\b")
    assert set(found) <= {"gui/widgets/job_bar.py", "gui/widgets/digit_reader.py"}


def test_only_the_window_and_its_commands_know_which_pages_there_are() -> None:
    found = those_importing([n for n in under("gui/") if not n.startswith("gui/pages/")], r"gui\.pages(?!\.page\b)")
    assert set(found) <= {"gui/main_window.py", "gui/cli.py"}


# How it is written


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_is_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


@pytest.mark.parametrize("name", list(TREES))
def test_a_file_says_first_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(TREES[name])


@pytest.mark.parametrize("name", list(TREES))
def test_a_function_is_short_enough_to_be_read(name: str) -> None:
    functions = [n for n in ast.walk(TREES[name]) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60] == []


@pytest.mark.parametrize("name", list(TREES))
def test_nothing_is_left_to_do_later(name: str) -> None:
    assert re.findall(r"\b(TODO|FIXME|XXX|HACK)\b", (ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_another_program_says_is_read_as_utf_8(path: Path) -> None:
    """Left to the locale, Korean was an error wherever a library had set that back to ASCII."""
    assert not re.search(r"\b(text|universal_newlines)=Tru[e]\b", path.read_text(encoding="utf-8"))


def test_no_class_is_named_after_nothing_in_particular() -> None:
    names = [n.name for tree in TREES.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    assert [name for name in names if re.search(r"(Manager|Handler|Helper|Utils?)$", name)] == []
    assert [name for name in TREES if re.search(r"(^|[/_])(utils?|helpers?|misc|common)\.py$", name)] == []


CATCH_ALL = {
    ("engine/jobs.py", "run"): "the job runner: a defect becomes text",
    ("engine/train/fit.py", "train"): "raised again: only to write that the run failed",
    ("engine/train/begin.py", "begin_again"): "raised again: only to free the folder",
    ("engine/train/begin.py", "begin"): "raised again: only to free the folder",
    ("gui/overrides.py", "call"): "raised again at once: Python 3.11 makes the error whole",
    ("gui/overrides.py", "paint"): "told by the hook once nothing is painted: raised there, it ended the program",
}


def broad_excepts() -> Iterator[tuple[str, str, ast.ExceptHandler]]:
    """(file, function, handler) of every except that catches (nearly) everything."""
    for name, tree in TREES.items():
        for function in ast.walk(tree):
            if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Module)):
                continue
            for node in _own(function):
                if isinstance(node, ast.ExceptHandler) and _broad(node.type):
                    yield name, getattr(function, "name", "<module>"), node


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """What stands in a function itself, not in functions inside it."""
    for child in ast.iter_child_nodes(function):
        yield child
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _own(child)


def _broad(kind: ast.expr | None) -> bool:
    if isinstance(kind, ast.Tuple):
        return any(_broad(one) for one in kind.elts)
    return kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException"))


def test_everything_is_caught_only_in_named_places() -> None:
    assert {(name, function) for name, function, _ in broad_excepts()} <= set(CATCH_ALL)


def test_whoever_catches_everything_but_the_job_runner_and_what_paints_raises_it_again() -> None:
    silent = [
        (name, function)
        for name, function, handler in broad_excepts()
        if not (isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None)
    ]
    assert silent == [("engine/jobs.py", "run"), ("gui/overrides.py", "paint")]


@pytest.mark.parametrize("name", under("gui/"))
def test_colours_come_from_the_tokens_alone(name: str) -> None:
    """A colour written in the source would stay when the theme changes. Black and white are pixel values and masks."""
    hexadecimal = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\Z|\brgba?\(\s*\d")
    found = []
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and hexadecimal.search(node.value):
            found.append(f"{node.lineno}: {node.value}")
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "GlobalColor"
        ):
            found += [f"{node.lineno}: {node.attr}"] if node.attr not in ("transparent", "black", "white") else []
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QColor":
            found += [f"{node.lineno}: QColor"] if any(isinstance(a, ast.Constant) for a in node.args) else []
    assert found == []


def test_no_file_names_a_place_on_our_machines() -> None:
    words = re.compile(r"/work/|shared/data|/home/\w|/root/|C:\\\\Users")
    texts = [*SOURCES, *TESTS, *ROOT.glob("*.md"), *ROOT.glob("*.toml"), *(ROOT / "resources").rglob("*.json")]
    found = [
        p.relative_to(ROOT).as_posix() for p in texts if p != Path(__file__) and words.search(p.read_text("utf-8"))
    ]
    assert found == []


def test_every_package_of_ours_is_listed_for_installation() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    packages = {Path(name).parent.as_posix().replace("/", ".") for name in TREES if name.endswith("__init__.py")}
    assert set(listed) == packages
    assert {str(Path(name).parent).replace("/", ".") for name in TREES if "/" in name} == packages


def calls_of_tr(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
            yield node


@pytest.mark.parametrize("name", under("gui/"))
def test_words_stand_where_the_extractor_of_translations_finds_them(name: str) -> None:
    inside = [c for f in ast.walk(TREES[name]) if isinstance(f, ast.JoinedStr) for c in calls_of_tr(f)]
    assert not inside, "tr() inside an f-string is passed over"
    assert all(isinstance(call.args[0], ast.Constant) for call in calls_of_tr(TREES[name])), "only literals are found"
