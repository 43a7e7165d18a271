"""`runs`: the trainings on this machine: list, note, tag, export, draw as a tree; read TensorBoard's files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.commands.options import Commands, common, run_named
from engine.commands.rows import as_lines
from engine.console import Console

if TYPE_CHECKING:
    from engine.train.runs import RunSummary

SORTS = ("started", "recipe", "state", "held_out_accuracy", "accuracy", "seconds", "steps")
_COLUMNS = ("star", "name", "recipe", "dataset", "state", "held_out_accuracy", "accuracy", "seconds", "tags", "notes")


def add(commands: Commands) -> None:
    one = commands.add_parser("runs", help="the trainings on this machine")
    acts = one.add_subparsers(dest="act", required=True)
    lists = acts.add_parser("list", help="a table of them")
    lists.add_argument("--sort", choices=SORTS, default="started", help="what the table goes by")
    lists.add_argument("--tag", help="only those with this tag")
    lists.add_argument("--find", default="", help="only those in whose name, notes or tags this stands")
    lists.add_argument("--star", action="store_true", help="only those with a star")
    note = acts.add_parser("note", help="write down what to remember of a run")
    note.add_argument("run", type=Path, help="folder of the run, or its name among ours")
    note.add_argument("--words", help="the note")
    note.add_argument("--tag", nargs="*", help="its tags from now on")
    note.add_argument("--star", choices=("on", "off"), help="give it a star or take it away")
    export = acts.add_parser("export", help="the steps and checks of runs as one CSV table")
    export.add_argument("run", type=Path, nargs="+", help="folders of runs, or their names among ours")
    export.add_argument("--out", type=Path, required=True, help="the .csv to write")
    tree = acts.add_parser("tree", help="which run was branched from which")
    board = acts.add_parser("board", help="the scalars of TensorBoard files of any program")
    board.add_argument("path", type=Path, help="a TensorBoard file, or a folder of them")
    rank = acts.add_parser("ranking", help="MNIST's list of 2016 with the best run of each recipe here")
    dreams = acts.add_parser("generators", help="the generators on this machine: bundled ones and runs")
    for each in (lists, note, export, tree, board, rank, dreams):
        common(each)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    acts = {"list": _list, "note": _note, "export": _export, "tree": _tree, "board": _board, "ranking": _ranking}
    acts |= {"generators": _generators}
    return acts[args.act](args, console)


def _values(run: RunSummary) -> dict[str, Any]:
    names = ("folder", "recipe", "dataset", "state", "started", "steps", "epoch", "held_out_accuracy", "accuracy")
    return {
        "name": run.folder.name,
        **{name: getattr(run, name) for name in (*names, "seconds", "metric", "group", "settings")},
        "parent": run.parent and {"folder": run.parent[0], "step": run.parent[1]},
        "notes": run.notes.words,
        "tags": list(run.notes.tags),
        "star": run.notes.star,
    }


def _list(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.runs import list_runs, matches
    from engine.train.sweep import varied_in

    runs = [
        run
        for run in console.run(list_runs())
        if matches(run, args.find)
        and (not args.tag or args.tag in run.notes.tags)
        and (run.notes.star or not args.star)
    ]
    runs.sort(key=lambda run: _sortable(getattr(run, args.sort)), reverse=args.sort not in ("recipe", "state"))
    differing = varied_in([run.settings for run in runs])
    found = {"count": len(runs), "differing": list(differing)}
    if console.as_json:
        return {**found, "items": [_values(run) for run in runs]}
    rows = [{**_values(run), **run.settings, "star": "★" if run.notes.star else " "} for run in runs]
    if rows:
        print("\n".join(as_lines(rows, (*_COLUMNS, *differing[:6]))))
    return found


def _sortable(value: Any) -> Any:
    return -1.0 if value is None else value


def _generators(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.latent.found import known_generators

    items = [{**one.as_json(), "words": one.words} for one in console.run(known_generators())]
    if not console.as_json and items:
        print("\n".join(as_lines(items, ("name", "recipe", "state", "started", "pack"))))
        return {"count": len(items)}
    return {"count": len(items), "items": items}


def _note(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.notes import Notes, as_tags, read_notes, write_notes

    folder = run_named(args.run)
    now = read_notes(folder)
    wanted = Notes(
        now.words if args.words is None else args.words,
        now.tags if args.tag is None else as_tags(args.tag),
        now.star if args.star is None else args.star == "on",
    )
    console.run(write_notes(folder, wanted))
    return {"folder": folder, "words": wanted.words, "tags": list(wanted.tags), "star": wanted.star}


def _export(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.runs import export_csv

    folders = [run_named(path) for path in args.run]
    to = console.run(export_csv(folders, args.out))
    with to.open("rb") as file:
        return {"file": to, "runs": len(folders), "lines": sum(1 for _ in file)}


def _tree(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.branch import tree_of
    from engine.train.runs import list_runs

    branches = tree_of(console.run(list_runs()))
    depth: dict[Path, int] = {}
    items = []
    for branch in branches:
        depth[branch.run.folder] = depth[branch.parent.folder] + 1 if branch.parent else 0
        parent = branch.parent.folder.name if branch.parent else None
        items.append(
            {**_values(branch.run), "depth": depth[branch.run.folder], "parent": parent, "start": branch.start}
        )
    if console.as_json:
        return {"count": len(items), "items": items}
    for item in items:
        figure = item["accuracy"] or item["held_out_accuracy"]
        start = f"@{item['start']} " if item["start"] else ""
        print(f"{'   ' * item['depth']}{start}{item['name']}  {'–' if figure is None else f'{100 * figure:.2f} %'}")
    return {"count": len(items)}


def _board(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.board_read import read_board

    board = console.run(read_board(args.path))
    items = [
        {"tag": tag, "count": len(curve.steps), "last_step": int(curve.steps[-1]), "last": float(curve.values[-1])}
        for tag, curve in board.scalars.items()
    ]
    found = {"count": len(items), "files": board.files, "records": board.records, "damaged": board.damaged}
    if console.as_json:
        return {**found, "items": items}
    if items:
        print("\n".join(as_lines(items, ("tag", "count", "last_step", "last"))))
    return found


def _ranking(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.train.ranking import ranking
    from engine.train.runs import list_runs
    from engine.zoo.weights import bundled

    lines = ranking(console.run(list_runs()), bundled=bundled("mnist-deep").card["accuracy"])
    items = [
        {"place": one.place, "accuracy": one.accuracy, "name": one.name, "source": one.source, "folder": one.folder}
        for one in lines
    ]
    if console.as_json:
        return {"count": len(items), "items": items}
    print("\n".join(as_lines(items, ("place", "accuracy", "name", "source"))))
    return {"count": len(items)}
