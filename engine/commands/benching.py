"""`bench`: measure this machine."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from engine.commands.options import Commands, common
from engine.commands.parser import Parser
from engine.console import Console, plain
from engine.errors import LabError
from engine.files import check_place, write_json
from engine.text import Text

_OWN = ("model", "batch", "trace", "worker")  # options that only some benchmarks know
_MEASURED = ("bench", "headlines")
_NO_OPTION = Text("bench {name} has no --{option}.", "bench {name}에는 --{option} 옵션이 없어요.")
_PATIENCE, _QUICK_PATIENCE, _PATIENCE_OF_ALL = 120.0, 40.0, 10.0  # seconds that may be waited for a calm machine


def add(commands: Commands) -> None:
    one = commands.add_parser("bench", help="measure this machine")
    one.add_argument("name", help="which one (bench list), or list, report, compare, agree")
    one.add_argument(
        "files", nargs="*", default=[], type=Path, help="of compare: two results; of agree: the benchmark's name"
    )
    one.add_argument("--data", type=Path)
    one.add_argument("--repeats", type=int, default=5, help="how often each case is timed")
    one.add_argument("--quick", action="store_true", help="fewer cases, for those that know what that is")
    one.add_argument("--model", default="", help="network or recipe, several with commas (layers, backends, precision)")
    one.add_argument("--batch", type=int, help="pictures at once (layers)")
    one.add_argument("--trace", type=Path, help="write a Chrome trace there (layers)")
    one.add_argument("--out", type=Path, help="write the result there; of report: the HTML file")
    one.add_argument("--only", default="", help="of report: these benchmarks alone, with commas")
    one.add_argument("--times", type=int, default=5, help="of agree: how often it is measured")
    one.add_argument("--seconds", type=float, default=10.0, help="of those that watch the window: for how long")
    one.add_argument("--wishes", default="{}", help=argparse.SUPPRESS)
    one.add_argument("--worker", help=argparse.SUPPRESS)
    one.add_argument("--one-step-a-line", action="store_true", help=argparse.SUPPRESS)
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.bench import BENCHES, OVER_ALL, gathered
    from engine.bench.calm import PATIENCE

    check_words(args)
    if args.name in BENCHES:
        PATIENCE.left = _QUICK_PATIENCE if args.quick else _PATIENCE
        try:
            return _measure(args, console)
        except LabError as error:
            if args.one_step_a_line:  # who asked speaks both languages
                console.line({"event": "error", "words": error.text})
            raise
    commands = {
        "list": lambda: gathered.listed(),
        "report": lambda: console.run(gathered.report(_wishes(args), args.out, only=args.only, say=console.say)),
        "agree": lambda: console.run(gathered.agree(_wishes(args), args.files, times=args.times, say=console.say)),
        "compare": lambda: gathered.compared(args.files),
        "each": lambda: _each(json.loads(args.wishes), console),
    }
    if args.name not in commands:
        from engine.cards import unknown

        raise unknown(Text("benchmark", "벤치마크"), args.name, [*gathered.names(), *OVER_ALL[:-1]])
    if args.out:
        check_place(args.out)  # before minutes of measuring, not after
    result = commands[args.name]()
    if args.out and args.name != "report":  # which writes a page there
        write_json(args.out, plain(result))
    return result


def check_words(args: argparse.Namespace) -> None:
    """Raises `LabError` for words that this command of the benchmarks would not look at."""
    if args.files and args.name not in ("compare", "agree"):
        text = Text(
            "After bench {name} no more is understood: {words}.", "bench {name} 뒤의 {words} 말은 알 수 없어요."
        )
        raise LabError(text(name=args.name, words=", ".join(map(str, args.files))))
    if args.only and args.name != "report":
        raise LabError(_NO_OPTION(name=args.name, option="only"))


def _each(wishes: dict[str, list[str]], console: Console) -> dict[str, Any]:
    """Several benchmarks in this one process, for who started it (bench/child.py): a line for each as it ends."""
    import gc

    from engine.bench.calm import PATIENCE

    parser = Parser()
    add(parser.add_subparsers())
    PATIENCE.left = _PATIENCE_OF_ALL
    for name, words in wishes.items():
        console.line({"event": "began", "name": name})
        args = parser.parse_args(["bench", name, *words, "--json", "--one-step-a-line"])
        try:
            console.line({"event": "measured", "name": name, "result": _measure(args, console)})
        except LabError as error:
            console.line({"event": "missing", "name": name, "words": error.text})
        gc.collect()  # the next one starts without the networks of this one
    return {"count": len(wishes)}


def _wishes(args: argparse.Namespace) -> list[str]:
    """The options of this command as words for another one."""
    words = ["--quick"] if args.quick else []
    words += ["--data", str(args.data)] if args.data else []
    return [*words, *(["--model", args.model] if args.model else [])]


def own_options(args: argparse.Namespace, known: Collection[str]) -> dict[str, Any]:
    """The options that only some benchmarks know, as asked for. Raises: `LabError` for one that this one does not."""
    asked = {name: getattr(args, name) for name in _OWN if getattr(args, name)}
    if wrong := [name for name in asked if name not in known]:
        raise LabError(_NO_OPTION(name=args.name, option=wrong[0]))
    return asked


def _measure(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.bench import BENCHES, takes
    from engine.bench.charts import save_result
    from engine.bench.gathered_shown import with_shown
    from engine.memory import keep_freed_memory

    keep_freed_memory()  # as every training does; without it a step took 31 or 48 ms as chance had it
    more: dict[str, Any] = {"quick": True} if args.quick and "quick" in takes(args.name) else {}
    asked = own_options(args, takes(args.name))

    def say(text: Text) -> None:
        if console.as_json:
            values = text.values
            counted = {"done": values.get("done"), "total": values.get("total")}
            console.line({"event": "progress", **counted, "words": values.get("what", text)})
            if args.one_step_a_line and not sys.stdin.readline():
                raise KeyboardInterrupt  # who asked is gone
        else:
            console.say(text)

    for path in filter(None, (args.out, args.trace)):
        check_place(path)  # before minutes of measuring, not after
    result = BENCHES[args.name](data=args.data, repeats=args.repeats, say=say, **more, **asked)
    if args.out:
        save_result(args.out, with_shown(result))
    if not console.as_json:
        return _short(result)
    return result


def _short(result: dict[str, Any]) -> dict[str, Any]:
    """What a person reads at a terminal: figures and sentences, not what charts are made of."""
    shown = result.get("shown")
    words = [chart["reading"]["en"] for chart in shown["charts"]] if shown else []
    notes = [note["en"] for note in shown["notes"]] if shown else []
    kept = {key: value for key, value in result.items() if not isinstance(value, dict | list) or key in _MEASURED}
    return {**kept, **({"reading": " ".join(words), "notes": " ".join(notes)} if shown else {})}
