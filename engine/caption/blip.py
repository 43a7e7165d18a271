"""A larger captioner, BLIP, where the package transformers and its weights are on this machine; nothing is downloaded.

Li, Li, Xiong, Hoi, "BLIP: bootstrapping language-image pre-training", ICML 2022. Only local files are opened, and of
weights only safetensors.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine import places
from engine.caption.words import words_of
from engine.errors import LabError
from engine.memory import kept
from engine.text import Text

ID = "blip"
REPOSITORY = "models--Salesforce--blip-image-captioning-base"  # its folder in Hugging Face's cache
NEEDED = ("config.json", "model.safetensors", "tokenizer_config.json")


@dataclass(frozen=True, slots=True)
class FoundBlip:
    """Whether BLIP can be used here. folder: its files, None when it cannot. words: why, or where it is."""

    folder: Path | None
    words: Text


def find_blip() -> FoundBlip:
    """Look for the package and the files; opens neither."""
    folder = next((f for f in _folders() if all((f / name).is_file() for name in NEEDED)), None)
    if importlib.util.find_spec("transformers") is None:
        return FoundBlip(
            None,
            Text(
                "Not here: the package transformers is not installed.", "없음: transformers 패키지가 설치되지 않았어요."
            ),
        )
    if folder is None:
        text = Text(
            "Not here: no folder with {names} was found in {place}.",
            "없음: {place} 안에 {names} 파일이 든 폴더가 없어요.",
        )
        return FoundBlip(None, text(names=", ".join(NEEDED), place=places.models() / ID))
    return FoundBlip(folder, Text("Found in {folder}.", "{folder} 폴더에 있어요.")(folder=folder))


def _folders() -> list[Path]:
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    snapshots = home / "hub" / REPOSITORY / "snapshots"
    return [places.models() / ID, *(sorted(snapshots.iterdir()) if snapshots.is_dir() else ())]


class Blip:
    """BLIP from a folder. Raises `LabError` when its files cannot be opened."""

    def __init__(self, folder: Path) -> None:
        import transformers

        here: dict[str, Any] = {"local_files_only": True}
        try:
            self._processor = transformers.BlipProcessor.from_pretrained(folder, **here)
            network = transformers.BlipForConditionalGeneration.from_pretrained(folder, use_safetensors=True, **here)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            text = Text("{folder} holds no BLIP that can be opened.", "{folder} 폴더의 BLIP을 열 수 없어요.")
            raise LabError(text(folder=folder)) from error
        self._network = network.eval()

    def tell(self, picture: np.ndarray, beams: int) -> tuple[str, ...]:
        """The words of a sentence about (H, W, 3) uint8 RGB."""
        import torch

        with torch.inference_mode():
            inputs = self._processor(images=picture, return_tensors="pt")
            numbers = self._network.generate(**inputs, num_beams=beams, max_new_tokens=20)
        return words_of(self._processor.decode(numbers[0], skip_special_tokens=True))


@kept()
def _opened(folder: Path) -> Blip:
    return Blip(folder)


def open_blip() -> Blip:
    """BLIP, opened once. Raises `LabError` saying why it is not here."""
    found = find_blip()
    if found.folder is None:
        text = Text("BLIP cannot tell photographs: {why}", "BLIP을 쓸 수 없어요: {why}")
        raise LabError(text(why=found.words))
    return _opened(found.folder)
