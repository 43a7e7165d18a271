"""Tiny weights with a card as torchvision's have, and torch's cache in a folder of the test."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
import torch
from serving import Site

from engine.cards import Task
from engine.models import ModelCard, Origin
from engine.text import Text, same


def use_own_torch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """torch's cache is `folder` for one test, and no proxy is known."""
    monkeypatch.setenv("TORCH_HOME", str(folder))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return folder


def saved(value: Any, **how: Any) -> bytes:
    file = io.BytesIO()
    torch.save(value, file, **how)
    return file.getvalue()


TENSORS = {"weight": torch.arange(50_000.0), "bias": torch.ones(3)}
WEIGHTS = saved(TENSORS)


def card_for(content: bytes, url: str = "", **changes: Any) -> ModelCard:
    """A card like torchvision's for a file of ours."""
    digits = hashlib.sha256(content).hexdigest()[:8]
    card = ModelCard(
        id="tiny-v1",
        name=same("Tiny"),
        task=Task.CLASSIFY,
        origin=Origin.OFFICIAL,
        file=f"tiny-{digits}.pth",
        bytes=len(content),
        sha256=digits,
        licence="BSD-3-Clause",
        terms=Text("a", "가"),
        unlocks=Text("b", "나"),
        figure=Text("c", "다"),
        url=url,
    )
    return dataclasses.replace(card, **changes)


def on_site(site: Site, content: bytes) -> ModelCard:
    site.files["/tiny.pth"] = content
    return card_for(content, site.url("/tiny.pth"))


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
