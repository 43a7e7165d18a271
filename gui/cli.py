"""The commands that need the window, and the window itself."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from engine import bench
from engine.commands.options import check, common
from engine.commands.parser import Parser, parse
from engine.console import Console, guarded
from engine.errors import LabError
from engine.files import check_place
from engine.text import Text

_WINDOW = {"--lang", "en", "ko", "--self-test", "--until-painted"}  # with these alone no command is asked for


def parser_for(arguments: list[str]) -> Parser:
    """What reads `arguments`; it knows the engine's commands only where these ask for one."""
    parser = Parser(prog="convoscope", description="Opens the window, or runs a command in it.")
    parser.add_argument("--lang", choices=("en", "ko"), default=None)
    parser.add_argument("--self-test", action="store_true", help="every tab does its job once, without a screen")
    parser.add_argument("--until-painted", action="store_true", help="end when the window can be used (bench startup)")
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", help="each has a --help of its own")
    one = commands.add_parser("shots", help="a PNG of every tab after it has done its job")
    one.add_argument("--out", type=Path, required=True, help="the folder of the pictures")
    one.add_argument("--theme", choices=("dark", "light"), default="dark", help="colours of the window")
    one.add_argument("--size", default="1280x800", metavar="WxH", help="of the window in pixels")
    one.add_argument("--scale", type=float, default=1.0, help="1.5 is a screen at 150 %%")
    common(one)
    if not set(arguments) <= _WINDOW:  # what declares them takes a moment, which a start need not wait for
        from engine.cli import add_commands

        add_commands(commands)
    return parser


def main(arguments: list[str]) -> int:
    """Open the window, or run one command; returns the exit status."""
    args = parse(parser_for(arguments), arguments)
    if args.until_painted:
        return _until_painted()
    if not args.command and not args.self_test:
        from gui.app import run

        return run(args)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    args.lang = args.lang or "en"
    console = Console(args.lang, getattr(args, "json", True))
    commands = {"shots": _shots, "bench": _bench, None: lambda _, console: _self_test(console)}

    def work() -> dict[str, Any]:
        check(args)
        return commands[None if args.self_test else args.command](args, console)

    return guarded(console, work)


def _until_painted() -> int:
    from engine import settings
    from gui import splash
    from gui.app import make_application, open_window

    app = make_application()
    window = open_window(app, settings.load()[0])

    def report() -> None:
        print("painted", flush=True)
        splash.finish()
        if (seconds := splash.seconds()) is not None:
            print(f"the mark was shown after {seconds:.2f} s", flush=True)
        window.close()
        app.quit()

    window.painted.connect(report)
    window.show()
    return app.exec()


def _size(words: str) -> tuple[int, int]:
    width, _, height = words.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise LabError(Text("Write the size as WxH, for example 1280x800.", "크기는 1280x800처럼 써 주세요."))
    return int(width), int(height)


def _shots(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    os.environ["QT_SCALE_FACTOR"] = str(args.scale)
    from engine import settings
    from gui.app import make_application, open_window
    from gui.pages import PAGES
    from gui.tour import borrowed_home, visit

    size, suffix = _size(args.size), "" if args.scale == 1 else f"@{args.scale:g}"
    check_place(args.out / "home.png")
    files = []
    with borrowed_home():
        app = make_application()
        wanted = dataclasses.replace(settings.load()[0], theme=args.theme, language=args.lang)
        window = open_window(app, wanted)
        window.resize(*size)
        window.show()
        with contextlib.closing(window):
            for page in (*PAGES[1:], PAGES[0]):  # home last: it shows the runs the others made
                visit(window, page.id)
                path = args.out / f"{page.id}-{args.theme}-{args.lang}-{args.size}{suffix}.png"
                if not window.grab().save(str(path)):
                    raise LabError(Text("{path} could not be written.", "{path} 파일을 쓰지 못했어요.")(path=path))
                files.append(path)
    return {"count": len(files), "files": files}


def _self_test(console: Console) -> dict[str, Any]:
    """Open every tab, draw a digit, train some steps, export; anything that fails raises."""
    from engine import places, settings
    from engine.files import read_tensors
    from engine.jobs import result_of
    from engine.train.runs import export_csv, export_weights, list_runs
    from gui.app import catch_errors, make_application, open_window
    from gui.pages import PAGES
    from gui.tour import borrowed_home, visit

    with borrowed_home() as home:
        window = open_window(make_application(), settings.load()[0])
        stop = catch_errors(window)
        with contextlib.closing(window):
            window.show()
            for page in PAGES:
                visit(window, page.id)
                console.say(Text("{id}: done", "{id}: 완료")(id=page.id))
        runs = result_of(list_runs())
        if not runs:
            raise LabError(
                Text("The Train tab left no run in {folder}.", "학습 탭이 {folder}에 실행을 남기지 않았어요.")(
                    folder=places.runs()
                )
            )
        weights = result_of(export_weights(runs[0].folder, home / "export.safetensors"))
        table = result_of(export_csv(runs[0].folder, home / "export.csv"))
        tensors, about = read_tensors(weights)
        told = window.notices.texts
        stop()
        if told:
            text = Text("Errors were shown in the window ({n}): {told}", "창에 오류가 나왔어요({n}개): {told}")
            raise LabError(text(n=len(told), told=" / ".join(told)))
        return {
            "tabs": [page.id for page in PAGES],
            "steps": runs[0].steps,
            "accuracy": runs[0].accuracy,
            "recipe": about["recipe"],
            "exported_tensors": len(tensors),
            "exported_lines": len(table.read_text("utf-8").splitlines()),
        }


def _bench(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.bench.charts import save_result
    from engine.commands.benching import check_words, own_options

    check_words(args)
    own_options(args, ())
    if args.out:
        check_place(args.out)
    measured = import_module(f"gui.bench_{args.name}").run(
        seconds=min(args.seconds, 3.0) if args.quick else args.seconds, root=args.data
    )
    result = {"bench": args.name, **measured, "machine": bench.machine(), "platform": os.environ["QT_QPA_PLATFORM"]}
    if args.out:
        save_result(args.out, result)
    return result
