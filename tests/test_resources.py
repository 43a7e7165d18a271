"""What ships beside the source: cards, settings, weights, and the Korean words of the window."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from safetensors import safe_open

import resources
from engine.cards import Card, Explanation
from engine.data import DATASETS, dataset
from engine.fields import Field, fields_of, problems
from engine.latent.recipes import RECIPES as GENERATORS
from engine.train.recipes import RECIPES
from engine.train.settings import TrainSettings

ROOT = Path(__file__).resolve().parents[1]

# Cards, settings, weights


def _whole(explanation: Explanation) -> bool:
    texts = (explanation.title, explanation.look, explanation.words)
    return all(text.en.strip() and text.ko.strip() for text in texts) and bool(explanation.formula.strip())


CARDS: list[Card] = [one.card for one in (*RECIPES, *DATASETS)]


def test_every_id_is_used_once() -> None:
    for cards in (RECIPES, DATASETS):
        ids = [card.id for card in cards]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_says_all_a_person_needs_to_choose(card: Card) -> None:
    assert re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", card.id)
    assert card.name.en
    assert card.name.ko
    assert card.source
    assert card.paper
    assert card.summary.en != card.summary.ko
    assert card.code_licence
    assert card.data_licence
    assert card.rows
    assert all(1 <= row <= 141 for row in card.rows)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_explains_at_three_depths(card: Card) -> None:
    assert _whole(card.explanation)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.id)
def test_a_recipe_learns_from_sets_that_exist_with_settings_that_will_do(recipe: object) -> None:
    assert set(recipe.datasets) <= {card.id for card in DATASETS}  # type: ignore[attr-defined]
    assert problems(recipe.defaults) == {}  # type: ignore[attr-defined]


@pytest.mark.parametrize("card", DATASETS, ids=lambda card: card.id)
def test_a_data_set_counts_the_pictures_of_each_split(card: object) -> None:
    assert len(card.counts) == len(card.splits) >= (1 if card.id == "toy-sequence" else 2)  # type: ignore[attr-defined]
    assert f"{sum(card.counts):,}" in card.size_words.en  # type: ignore[attr-defined]


@pytest.mark.parametrize("setting", list(fields_of(TrainSettings())), ids=lambda setting: setting[0])
def test_a_setting_has_a_label_and_bounds_that_hold_its_default(setting: tuple[str, Field, object]) -> None:
    _, field, value = setting
    assert field.label.en
    assert field.label.ko
    assert isinstance(value, bool) or field.choices or field.low < field.high
    assert field.help is None or _whole(field.help)
    assert not field.live or field.help is not None, "whoever may move it needs to know what it does"


def test_every_setting_can_be_set_by_a_person() -> None:
    assert [name for name, _, _ in fields_of(TrainSettings())] == [f.name for f in dataclasses.fields(TrainSettings)]


MODELS = sorted(resources.path("models").glob("*.json"))


def test_weights_come_with_cards_and_cards_with_weights() -> None:
    assert MODELS, "no weights are bundled"
    assert {p.stem for p in MODELS} == {p.stem for p in resources.path("models").glob("*.safetensors")}
    assert {p.suffix for p in resources.path("models").iterdir()} <= {".json", ".safetensors", ".onnx", ".txt", ".md"}


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_card_beside_weights_tells_where_they_come_from(path: Path) -> None:
    card = json.loads(path.read_text("utf-8"))
    assert card["format"] == 1
    needed = {"id", "build", "sha256", "dataset", "fingerprint", "selected_on", "seed", "command", "versions"}
    needed |= {"count", "split", "data_licence", "weights_licence", "pack"}
    assert needed <= set(card)
    metric = card.get("metric", "accuracy")
    if card["task"] == "generate":
        assert card["frechet_real"] < card["frechet"] < card["frechet_untrained"]
    else:
        assert (0.35 if metric == "map50" else 0.5) < card[metric] <= 1
    assert metric != "accuracy" or card["accuracy_low"] < card["accuracy"] < card["accuracy_high"]
    assert card["id"] == path.stem
    assert path.stem in {recipe.id for recipe in (*RECIPES, *GENERATORS)}
    assert card["split"] == dataset(card["dataset"]).last_split
    assert card["data_licence"]
    assert card["weights_licence"]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_bundled_weights_are_the_ones_their_card_describes(path: Path) -> None:
    weights = path.with_suffix(".safetensors")
    assert hashlib.sha256(weights.read_bytes()).hexdigest() == json.loads(path.read_text("utf-8"))["sha256"]
    with safe_open(str(weights), framework="pt") as file:
        assert list(file.keys())


def test_all_bundled_weights_together_stay_small() -> None:
    assert sum(p.stat().st_size for p in resources.path("models").iterdir()) < 60 * 1024 * 1024


# The words of the window

NAMES = {  # these are the same in Korean
    "Convoscope",
    "MNIST",
    "MLP",
    "Dropout",
    "Batch norm",
    "TensorBoard",
    "English",
    "한국어",
    "CPU",
    "GPU",
    "CSV",
    "PNG",
    "ReLU",
    "Adam",
    "DQN",
    "ONNX…",
    "TP {tp} · FP {fp} · FN {fn}",
    "ImageNet",
    "same",  # kinds of padding, called so in every library
    "valid",
}
TS, QM = resources.path("i18n", "convoscope_ko.ts"), resources.path("i18n", "convoscope_ko.qm")


def messages(path: Path) -> dict[tuple[str, str], ET.Element]:
    """(context, English) to its <message> of a Qt Linguist file."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def test_every_message_of_the_window_has_its_own_korean() -> None:
    assert TS.is_file(), "resources/i18n/convoscope_ko.ts is missing"
    found = messages(TS)
    assert len(found) > 50
    wrong = {}
    for (_, english), message in found.items():
        translation = message.find("translation")
        korean = (translation.text or "") if translation is not None else ""
        if translation is None or translation.get("type") is not None or not korean.strip():
            wrong[english] = "not translated"
        elif korean == english and english not in NAMES and re.search(r"[A-Za-z]{2}", re.sub(r"\{.*?\}", "", english)):
            wrong[english] = "the same as the English"
        elif _placeholders(korean) != _placeholders(english):
            wrong[english] = f"other placeholders: {korean}"
    assert wrong == {}


def _placeholders(words: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None} | set(
        re.findall(r"%(?:\d|n)", words)
    )


def _tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    assert found, f"{name} is not installed beside {sys.executable}"
    return found


def test_no_sentence_of_the_window_is_missing_from_the_translation(tmp_path: Path) -> None:
    assert TS.is_file(), "resources/i18n/convoscope_ko.ts is missing"
    fresh = tmp_path / "fresh.ts"
    files = [str(path) for path in sorted((ROOT / "gui").rglob("*.py"))]
    subprocess.run([_tool("pyside6-lupdate"), "-silent", *files, "-ts", str(fresh)], check=True, capture_output=True)
    assert set(messages(fresh)) - set(messages(TS)) == set()


def test_the_compiled_translation_is_the_one_in_the_source(tmp_path: Path) -> None:
    assert QM.is_file(), "resources/i18n/convoscope_ko.qm is missing"
    made = tmp_path / "made.qm"
    subprocess.run([_tool("pyside6-lrelease"), "-silent", str(TS), "-qm", str(made)], check=True, capture_output=True)
    assert made.read_bytes() == QM.read_bytes()
