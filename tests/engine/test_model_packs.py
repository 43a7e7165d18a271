"""Model packs: weights carried to a machine without internet as a file, a folder or a zip."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from driving import drive, of
from test_files import Bomb
from tiny_models import WEIGHTS, beside, card_for, saved, use_own_torch

import resources
from engine import cli, places
from engine.errors import LabError
from engine.jobs import Progress
from engine.models import Imported, ModelCard, Where, delete, import_pack, model, place_of
from engine.models.official import hub_folder
from engine.zoo.weights import open_weights


@pytest.fixture(autouse=True)
def torch_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_own_torch(tmp_path / "torch", monkeypatch)


def sentence_of(path: Path, *cards: ModelCard) -> str:
    with pytest.raises(LabError) as caught:
        drive(import_pack(path, cards=cards))
    assert any("가" <= letter <= "힣" for letter in caught.value.text.render("ko"))
    return str(caught.value)


def test_a_file_is_known_by_its_content_whatever_it_is_called(tmp_path: Path) -> None:
    card = card_for(WEIGHTS)
    (tmp_path / "받은 파일.PTH").write_bytes(WEIGHTS)
    events, result = drive(import_pack(tmp_path / "받은 파일.PTH", cards=[card]))
    assert result == Imported((card,), ())
    assert place_of(card).where is Where.IMPORTED
    assert (hub_folder() / card.file).read_bytes() == WEIGHTS
    assert of(Progress, events)[-1].done == len(WEIGHTS)


@pytest.mark.parametrize("zipped", [False, True])
def test_a_pack_brings_what_it_can_and_says_what_it_left(tmp_path: Path, zipped: bool) -> None:
    pack = tmp_path / "pack"
    (pack / "deep" / "er").mkdir(parents=True)
    (pack / "deep" / "er" / "a.pth").write_bytes(WEIGHTS)
    (pack / "unknown.pt").write_bytes(b"something")
    (pack / "readme.txt").write_text("words")
    if zipped:
        shutil.make_archive(str(pack), "zip", pack)
        pack = tmp_path / "pack.zip"
    card = card_for(WEIGHTS)
    result = drive(import_pack(pack, cards=[card]))[1]
    assert result.cards == (card,)
    assert ["unknown.pt" in str(text) for text in result.refused] == [True]
    assert beside(hub_folder()) == [card.file]


def test_a_name_in_a_zip_leads_nowhere(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as pack:
        pack.writestr("../../../evil.pth", WEIGHTS)
    card = card_for(WEIGHTS)
    drive(import_pack(tmp_path / "pack.zip", cards=[card]))
    assert beside(hub_folder()) == [card.file]
    assert not list(tmp_path.rglob("evil*"))


@pytest.mark.parametrize("legacy", [False, True])
def test_a_pickle_is_not_imported_even_when_its_hash_is_known(tmp_path: Path, legacy: bool) -> None:
    content = saved({"weight": Bomb(tmp_path / "exploded")}, _use_new_zipfile_serialization=not legacy)
    (tmp_path / "a.pth").write_bytes(content)
    assert "something else than weights" in sentence_of(tmp_path / "a.pth", card_for(content))
    assert not (tmp_path / "exploded").exists()
    assert beside(hub_folder()) == []


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pth").write_bytes(WEIGHTS[:-1])
    assert "no known checksum fits" in sentence_of(tmp_path / "a.pth", card_for(WEIGHTS))
    assert beside(hub_folder()) == []


def damaged_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("a.pth", WEIGHTS)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def no_zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 no zip")


def empty_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as pack:
        pack.writestr("readme.txt", "words")


@pytest.mark.parametrize(
    ("make", "words"), [(damaged_zip, "damaged"), (no_zip, "not a zip"), (empty_zip, "There are no weights")]
)
def test_a_zip_that_will_not_do_is_a_sentence(tmp_path: Path, make: Any, words: str) -> None:
    make(tmp_path / "pack.zip")
    assert words in sentence_of(tmp_path / "pack.zip", card_for(WEIGHTS))


@pytest.mark.parametrize(("name", "words"), [("none.pth", "does not exist"), ("words.txt", "There are no weights")])
def test_what_is_no_pack_is_a_sentence(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "words.txt").write_text("words")
    assert words in sentence_of(tmp_path / name)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A pack with weights of ours under another id, as a build without them would be given."""
    folder = tmp_path / "ours"
    folder.mkdir()
    source = resources.path("models", "mnist-deep.safetensors")
    shutil.copy(source, folder / "mnist-extra.safetensors")
    about = json.loads(source.with_suffix(".json").read_text("utf-8")) | {"id": "mnist-extra"}
    (folder / "mnist-extra.json").write_text(json.dumps(about), "utf-8")
    return folder


def change(folder: Path, **values: Any) -> None:
    path = folder / "mnist-extra.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


def test_weights_of_ours_come_with_their_card_and_can_be_used(ours: Path) -> None:
    result = drive(import_pack(ours, cards=()))[1]
    assert [card.id for card in result.cards] == ["mnist-extra"]
    card = model("mnist-extra")
    assert place_of(card).where is Where.IMPORTED
    assert "99.65% right" in card.figure.render("en")
    tensors, about = open_weights("mnist-extra")
    assert about["id"] == "mnist-extra"
    assert tensors.keys() == open_weights("mnist-deep")[0].keys()
    drive(delete(card))
    assert beside(places.models()) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"sha256": "0" * 64}, "not the file its card describes"),
        ({"id": "../../evil"}, "an id that cannot be"),
        ({"task": "cook"}, "not a card of weights"),
        ({"bytes": None}, "not a card of weights"),
        ({"format": 99}, "newer Convoscope"),
    ],
)
def test_weights_of_ours_with_a_wrong_card_are_refused(ours: Path, values: dict[str, Any], words: str) -> None:
    change(ours, **values)
    assert words in sentence_of(ours)
    assert beside(places.models()) == []


def test_weights_of_ours_without_a_card_are_refused(ours: Path) -> None:
    os.remove(ours / "mnist-extra.json")
    assert "has no card" in sentence_of(ours)


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any], str]:
    status = cli.main([*arguments, "--json"])
    said = capsys.readouterr()
    lines = said.out.splitlines()
    return status, json.loads(lines[-1]) if lines else {}, said.err


def test_the_command_line_imports_and_gets(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ours / "odd.pt").write_bytes(b"odd")
    status, result, said = call(capsys, "models", "import", str(ours))
    assert (status, result["count"], result["items"][0]["id"]) == (0, 1, "mnist-extra")
    assert "odd.pt" in said
    status, result, _ = call(capsys, "models", "get", "mnist-extra")
    assert (status, Path(result["file"]).parent) == (0, places.models())
