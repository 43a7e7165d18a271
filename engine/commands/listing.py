"""`list`: what exists."""

from __future__ import annotations

import argparse
import json
from typing import Any

from engine.commands.options import Commands, common
from engine.console import Console


def add(commands: Commands) -> None:
    one = commands.add_parser("list", help="what exists")
    one.add_argument("what", choices=("datasets", "models", "recipes"), help="of what")
    common(one)


def run(args: argparse.Namespace, console: Console) -> dict[str, Any]:
    from engine.data import DATASETS
    from engine.settings import load
    from engine.train.recipes import RECIPES

    if args.what == "datasets":
        root = load()[0].data()
        items = [
            {**d.card.as_json(), "splits": dict(zip(d.splits, d.counts, strict=True)), "place": d.find(root)}
            for d in DATASETS
        ]
    elif args.what == "recipes":
        from engine.caption.recipes import CAPTION_RECIPES

        items = [{**r.card.as_json(), "datasets": list(r.datasets), "settings": r.defaults} for r in RECIPES]
        from engine.latent.recipes import RECIPES as GENERATORS

        items += [r.as_json() for r in CAPTION_RECIPES]
        items += [r.as_json() for r in GENERATORS]
        from engine.latent.melody_learn import as_json as melody

        items.append(melody())
    else:
        from engine.latent.recipes import RECIPES as GENERATORS

        items = [{**r.card.as_json(), **_weights_of(r.id)} for r in RECIPES]
        items += [{**r.as_json(), **_weights_of(r.id)} for r in GENERATORS]
        from engine.latent.melody_learn import as_json as melody

        items.append({**melody(), **_weights_of("melody")})
    return {"count": len(items), "items": items}


def _weights_of(id: str) -> dict[str, Any]:
    import resources

    card = resources.path("models", f"{id}.json")
    return {"bundled": card.is_file(), "weights": json.loads(card.read_text("utf-8")) if card.is_file() else None}
