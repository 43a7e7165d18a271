"""The networks that ship with the Caption tab: their cards, their words, and what they say."""

from __future__ import annotations

import json
from typing import Any

import pytest

import resources
from engine.caption.gloss import covered
from engine.caption.recipes import CAPTION_RECIPES
from engine.caption.trained import file_of, open_captioner, open_writer
from engine.cli import main
from engine.console import BAD_INPUT, DONE
from engine.files import sha256

pytestmark = pytest.mark.usefixtures("one_core")
CAPTIONERS = ("nic", "nic-attention")


@pytest.mark.parametrize("id", [one.id for one in CAPTION_RECIPES])
def test_a_card_beside_the_weights_tells_where_they_come_from(id: str) -> None:
    path = file_of(id)
    card = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert card["sha256"] == sha256(path) and card["bytes"] == path.stat().st_size < 10 * 2**20
    assert {"command", "seed", "versions", "dataset", "fingerprint", "selected_on", "split", "data_licence"} <= set(
        card
    )
    assert card["pack"] == ("open" if id == "rnn-text" else "restricted")
    assert "non-commercial" in card["weights_licence"] or id == "rnn-text"


@pytest.mark.parametrize("id", CAPTIONERS)
def test_a_captioner_that_ships_beats_borrowed_sentences_and_tells_photos_apart(id: str) -> None:
    card = json.loads(file_of(id).with_suffix(".json").read_text("utf-8"))
    assert card["count"] == 100 and card["split"] == "val" and card["beam"] == 3
    assert card["bleu4"] >= 0.12 and card["ratio"] >= 1.5 and card["distinct"] >= 0.7


def test_the_glossary_knows_every_word_that_the_captioners_can_say() -> None:
    for id in CAPTIONERS:
        assert [word for word in open_captioner(id).vocabulary.words[3:] if not covered(word)] == []


def test_after_na_the_writer_says_neun_and_after_a_noun_with_a_final_consonant_eun_or_i() -> None:
    pen = open_writer().pen()
    pen.read("나")
    assert pen.next(1.0).likely[0][0] == "는"
    assert pen.share_of("는", 1.0) > 0.4
    assert pen.share_of("는", 0.5) > pen.share_of("는", 1.0) > pen.share_of("는", 2.0)
    pen.read("The ")
    assert all(character.isascii() for character, _ in pen.next(1.0).likely)


def test_the_command_writes_on_in_both_languages_and_repeats_with_its_seed(capsys: pytest.CaptureFixture[str]) -> None:
    def written(*words: str) -> dict[str, Any]:
        assert main(["write", *words, "--length", "12", "--json"]) == DONE
        found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
        return found

    told = written("나", "--asked", "는")
    assert told["next"][0]["character"] == "는" and told["asked_share"] > 0.4
    assert len(told["text"]) == 13 and told["text"].startswith("나")
    assert written("The ")["text"][4:].isascii()
    assert written("나")["text"] == told["text"] != written("나", "--seed", "1")["text"]
    assert main(["write", "나", "--temperature", "9"]) == BAD_INPUT
    assert "Between 0.1 and 3.0" in capsys.readouterr().err


def test_no_photograph_and_no_sentence_of_the_data_set_is_part_of_what_ships() -> None:
    names = {path.name for path in resources.path("captions").iterdir()}
    assert names == {
        *(f"{one.id}{ending}" for one in CAPTION_RECIPES for ending in (".json", ".safetensors")),
        *("glossary.json", "tales-en.txt", "tales-ko.txt"),
    }
