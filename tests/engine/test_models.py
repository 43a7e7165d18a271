"""The list of models, getting one, and model packs for machines without internet."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from driving import drive, drive_to, of
from serving import Site, served
from test_files import Bomb
from tiny_models import TENSORS, WEIGHTS, beside, card_for, on_site, saved, use_own_torch

from engine import cli
from engine.cards import Task
from engine.errors import LabError
from engine.jobs import Progress, result_of
from engine.models import (
    ModelCard,
    Origin,
    Where,
    all_models,
    delete,
    get,
    get_model,
    model,
    open_official,
    place_of,
)
from engine.models.imagenet import classify
from engine.models.official import hub_folder


@pytest.fixture(autouse=True)
def torch_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return use_own_torch(tmp_path / "torch", monkeypatch)


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as site:
        yield site


# The list


def test_the_list_has_what_is_bundled_packaged_and_published() -> None:
    cards = all_models()
    assert len({card.id for card in cards}) == len(cards) > 130
    by_origin = {origin: [card for card in cards if card.origin is origin] for origin in Origin}
    assert "mnist-deep" in [card.id for card in by_origin[Origin.BUNDLED]]
    assert [card.id for card in by_origin[Origin.PACKAGE]] == ["efficientnet-lite0"]
    tasks = [card.task for card in by_origin[Origin.OFFICIAL]]
    assert {task: tasks.count(task) for task in set(tasks)} == {Task.CLASSIFY: 115, Task.DETECT: 13, Task.SEGMENT: 6}


@pytest.mark.parametrize("card", all_models(), ids=lambda card: card.id)
def test_every_model_says_what_it_is_in_both_languages(card: ModelCard) -> None:
    for text in (card.unlocks, card.terms):
        assert text.render("en")
        assert any("가" <= letter <= "힣" for letter in text.render("ko"))
    assert "nan" not in card.figure.render("en")
    assert card.licence
    assert card.bytes > 40_000  # the smallest is the lecture’s autoencoder
    assert len(card.sha256) in (8, 10, 64)
    assert int(card.sha256, 16)
    if card.origin is Origin.OFFICIAL:
        assert card.url.endswith(card.file)
        assert card.sha256 in card.file
        assert place_of(card).where is Where.MISSING
    else:
        assert place_of(card).where in (Where.BUNDLED, Where.PACKAGE)


def test_some_published_models_by_name() -> None:
    resnet, ssd = model("resnet50"), model("ssdlite320_mobilenet_v3_large")
    assert resnet.id == "resnet50-imagenet1k-v2"
    assert resnet.name.en == "ResNet50 · V2"
    assert "80.9" in resnet.figure.render("en")
    assert ssd.name.en == "SSDLite320 MobileNet V3 Large"
    assert ssd.bytes == round(13.418 * 2**20)
    assert model("vit-h-14-imagenet1k-swag-e2e-v1").licence == "CC-BY-NC-4.0"


def test_an_unknown_model_names_those_that_are_near() -> None:
    with pytest.raises(LabError, match="resnet101-imagenet1k-v1"):
        model("resnet")
    with pytest.raises(LabError, match="no model called"):
        model("cats")


# Getting one


def test_a_model_is_downloaded_into_torchs_own_cache(site: Site, torch_home: Path) -> None:
    card = on_site(site, WEIGHTS)
    events, path = drive(get_model(card))
    assert path == torch_home / "hub" / "checkpoints" / card.file == place_of(card).path
    assert path.read_bytes() == WEIGHTS
    assert place_of(card).where is Where.HERE
    assert max(event.done for event in of(Progress, events)) == len(WEIGHTS)
    assert torch.equal(torch.load(path, weights_only=True)["weight"], TENSORS["weight"])


def test_old_files_of_torch_are_taken_too(site: Site) -> None:
    card = on_site(site, saved(TENSORS, _use_new_zipfile_serialization=False))
    assert place_of(card).path is None
    drive(get_model(card))
    assert place_of(card).where is Where.HERE


def test_a_cancelled_model_goes_on_where_it_stopped(site: Site) -> None:
    site.stalls_at = 100_000
    card = on_site(site, WEIGHTS)
    drive_to(get_model(card), lambda event: isinstance(event, Progress) and event.done >= 100_000)
    assert place_of(card).where is Where.MISSING
    assert beside(hub_folder()) == [card.file + ".part"]
    site.stalls_at = None
    drive(get_model(card))
    assert site.asked[-1] == ("/tiny.pth", "bytes=100000-")
    assert beside(hub_folder()) == [card.file]


def test_a_file_with_the_right_hash_that_holds_more_than_tensors_is_never_opened(site: Site, tmp_path: Path) -> None:
    card = on_site(site, saved({"weight": Bomb(tmp_path / "exploded")}))
    with pytest.raises(LabError, match="something else than weights"):
        drive(get_model(card))
    assert not (tmp_path / "exploded").exists()
    assert beside(hub_folder()) == []


def test_without_internet_the_size_is_told() -> None:
    card = card_for(WEIGHTS, "http://nowhere.invalid/tiny.pth", bytes=13_000_000)
    with pytest.raises(LabError, match="needs 13 MB from the internet and there is no connection"):
        drive(get_model(card))


@pytest.mark.parametrize("id", ["mnist-deep", "efficientnet-lite0"])
def test_what_is_here_already_is_only_checked(id: str) -> None:
    card = model(id)
    path = result_of(get(id))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == card.sha256
    assert path.stat().st_size == card.bytes


def test_a_downloaded_model_can_be_deleted_and_a_bundled_one_stays(site: Site) -> None:
    card = on_site(site, WEIGHTS)
    drive(get_model(card))
    drive(delete(card))
    assert place_of(card).where is Where.MISSING
    with pytest.raises(LabError, match="stays"):
        drive(delete(model("mnist-deep")))


# Opening one


@pytest.fixture
def squeezenet() -> ModelCard:
    """A card for SqueezeNet 1.1 with weights as they are drawn at random, in torch's cache."""
    from torchvision.models import get_model as build

    published = model("squeezenet1_1")
    torch.manual_seed(0)
    content = saved(build("squeezenet1_1", weights=None).state_dict())
    hub_folder().mkdir(parents=True)
    (hub_folder() / published.file).write_bytes(content)
    return dataclasses.replace(published, sha256=hashlib.sha256(content).hexdigest())


def test_an_official_model_is_opened_with_its_weights(squeezenet: ModelCard) -> None:
    network = open_official(squeezenet)
    kept = torch.load(hub_folder() / squeezenet.file, weights_only=True)
    assert not network.training
    assert all(torch.equal(value, kept[name]) for name, value in network.state_dict().items())


def test_an_official_model_classifies(squeezenet: ModelCard) -> None:
    answer = result_of(classify(torch.zeros(80, 90, 3, dtype=torch.uint8).numpy(), model=squeezenet))
    assert answer.model == squeezenet.id
    assert answer.probabilities.shape == (5,)


def test_a_file_that_was_not_published_is_not_opened(squeezenet: ModelCard) -> None:
    with pytest.raises(LabError, match="not the file that was published"):
        open_official(model("squeezenet1_1"))


def test_an_official_model_that_is_not_here_says_how_to_get_it() -> None:
    with pytest.raises(LabError, match="models get resnet18-imagenet1k-v1"):
        open_official(model("resnet18"))


def test_torch_itself_refuses_pickles_once_models_are_known(tmp_path: Path) -> None:
    path = tmp_path / "x.pth"
    path.write_bytes(saved({"weight": Bomb(tmp_path / "exploded")}))
    with pytest.raises(Exception, match=r"weights_only|Unsupported"):
        torch.load(path, weights_only=False)  # as torchvision calls it
    assert not (tmp_path / "exploded").exists()


# The command line


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any], str]:
    status = cli.main([*arguments, "--json"])
    said = capsys.readouterr()
    lines = said.out.splitlines()
    return status, json.loads(lines[-1]) if lines else {}, said.err


def test_the_command_line_lists_models(capsys: pytest.CaptureFixture[str]) -> None:
    _, result, _ = call(capsys, "models", "list")
    assert result["count"] == len(result["items"]) == len(all_models())
    _, here, _ = call(capsys, "models", "list", "--here")
    assert {item["where"] for item in here["items"]} == {"bundled", "package"}
    _, segment, _ = call(capsys, "models", "list", "--task", "segment")
    assert {item["task"] for item in segment["items"]} == {"segment"}


@pytest.mark.parametrize("words", [("models", "get", "cats"), ("get", "dataset", "cats")])
def test_an_unknown_id_is_one_sentence_and_status_two(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    status, _, said = call(capsys, *words)
    assert status == 2
    assert "cats" in said
    assert "Traceback" not in said
