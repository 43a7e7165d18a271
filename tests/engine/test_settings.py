"""What a person has set is never lost, and places follow what the person named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import places
from engine.errors import LabError
from engine.settings import Settings, load, save


def test_the_usual_settings_hold_on_a_first_start() -> None:
    assert load() == (Settings(), None)
    assert not places.settings_file().exists()


def test_settings_come_back_as_they_were_saved() -> None:
    mine = Settings(theme="dark", language="ko", data_folder="/자료/숫자", window={"geometry": "AdnQ"})
    save(mine)
    assert load() == (mine, None)


def test_every_file_of_ours_names_its_format() -> None:
    save(Settings())
    assert json.loads(places.settings_file().read_text("utf-8"))["format"] == 1


def test_a_setting_that_is_not_known_here_does_no_harm() -> None:
    save(Settings(theme="light"))
    value = json.loads(places.settings_file().read_text("utf-8"))
    places.settings_file().write_text(json.dumps({**value, "of_a_later_part": 3}), "utf-8")
    assert load() == (Settings(theme="light"), None)


BROKEN = ["", "{", "[]", "null", '{"theme": 3}', '{"window": "x"}', '{"format": 99, "theme": "dark"}', "\ufffd\x00"]


@pytest.mark.parametrize("content", BROKEN)
def test_settings_that_cannot_be_used_are_set_aside_with_a_word_and_not_lost(content: str) -> None:
    path = places.settings_file()
    path.parent.mkdir(parents=True)
    path.write_text(content, "utf-8")
    found, word = load()
    assert found == Settings()
    assert word is not None
    assert word.render("en") != word.render("ko")
    kept = [other for other in path.parent.iterdir() if other.read_text("utf-8") == content]
    assert len(kept) == 1
    assert str(kept[0]) in word.render("ko")
    assert load() == (Settings(), None)


def test_settings_set_aside_twice_are_both_kept() -> None:
    path = places.settings_file()
    path.parent.mkdir(parents=True)
    for content in ("first {", "second {"):
        path.write_text(content)
        load()
        save(Settings())
    assert {p.read_text() for p in path.parent.iterdir() if p != path} == {"first {", "second {"}


def test_settings_from_a_newer_version_say_so() -> None:
    path = places.settings_file()
    path.parent.mkdir(parents=True)
    path.write_text('{"format": 99}')
    word = load()[1]
    assert word is not None
    assert "newer" in word.render("en")
    assert "업데이트" in word.render("ko")


def test_settings_that_cannot_be_read_are_left_with_a_word() -> None:
    path = places.settings_file()
    path.mkdir(parents=True)
    (path / "inside").write_text("kept")
    found, word = load()
    assert found == Settings()
    assert word is not None
    assert [p.read_text() for p in path.parent.rglob("inside")] == ["kept"]


def test_saving_where_nothing_can_be_written_is_a_sentence(home: Path) -> None:
    home.write_text("a file in the place of the folder")
    assert load() == (Settings(), None)
    with pytest.raises(LabError, match=str(home)):
        save(Settings())


# Places


def test_one_variable_moves_everything_into_one_folder(home: Path) -> None:
    for place in (places.settings_file(), places.runs(), places.cache(), places.log_folder()):
        assert home in place.parents


def test_without_it_the_systems_own_places_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONVOSCOPE_HOME")
    import platformdirs

    assert places.runs() == Path(platformdirs.user_data_dir("Convoscope", appauthor=False)) / "runs"
    assert places.cache().is_relative_to(platformdirs.user_cache_dir("Convoscope", appauthor=False))
    assert places.settings_file().is_relative_to(platformdirs.user_config_dir("Convoscope", appauthor=False))


def test_no_data_folder_is_known_at_first() -> None:
    assert places.data() is None
    assert Settings().data() is None


def test_our_own_data_folder_is_used_once_there_is_one(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    assert Settings().data() == home / "data"


def test_a_folder_chosen_in_the_window_is_stronger_than_our_own(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    assert Settings(data_folder="/chosen").data() == Path("/chosen")


def test_the_variable_is_stronger_than_the_folder_chosen_in_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_DATA", "/named")
    assert Settings(data_folder="/chosen").data() == Path("/named")


def test_an_empty_variable_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVOSCOPE_DATA", "")
    assert Settings(data_folder="/chosen").data() == Path("/chosen")
