"""Photographs read by the packaged network: real ones, from the wheels of scikit-image and scikit-learn."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from driving import drive, of

import resources
from engine import cli
from engine.data.pictures import read_rgb
from engine.errors import LabError
from engine.jobs import Progress, result_of
from engine.models.imagenet import Answer, classify, middle_of, names, sentence
from engine.zoo.efficientnet_lite import SHA256, weights_path


def photo(name: str) -> Path:
    package, below = ("sklearn", "datasets/images") if name in ("flower.jpg", "china.jpg") else ("skimage", "data")
    spec = importlib.util.find_spec(package)
    assert spec and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], below, name)


def words(answer: Answer) -> list[str]:
    return [name.en for name in answer.names]


CATS = {"tabby", "tiger cat", "Egyptian cat", "lynx"}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("chelsea.png", CATS),
        ("coffee.png", {"espresso"}),
        ("rocket.jpg", {"missile", "projectile", "space shuttle"}),
        ("camera.png", {"tripod"}),
        ("flower.jpg", {"daisy"}),
        ("china.jpg", {"palace", "monastery", "bell cote"}),
        ("motorcycle_left.png", {"moped", "motor scooter"}),
    ],
)
def test_a_photograph_is_named(name: str, first: set[str]) -> None:
    answer = result_of(classify(photo(name)))
    assert words(answer)[0] in first
    assert answer.seen.shape == (224, 224, 3)
    assert answer.probabilities.shape == (5,)
    assert list(answer.probabilities) == sorted(answer.probabilities, reverse=True)
    assert 0 < answer.probabilities.sum() <= 1.001


def test_three_of_the_five_words_for_a_cat_are_cats() -> None:
    assert set(words(result_of(classify(photo("chelsea.png"))))[:3]) <= CATS


def test_an_array_is_read_as_its_file_is() -> None:
    of_file, of_array = (result_of(classify(p)) for p in (photo("coffee.png"), read_rgb(photo("coffee.png"))))
    assert of_file.classes == of_array.classes
    np.testing.assert_allclose(of_file.probabilities, of_array.probabilities)


def test_the_job_tells_how_far_it_is_and_its_answer() -> None:
    events, answer = drive(classify(photo("coffee.png")))
    assert of(Progress, events)
    assert of(Answer, events) == [answer]
    assert answer.model == "efficientnet-lite0"


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 900, 3), (900, 3, 3), (224, 224, 3)])
def test_the_middle_of_any_picture_has_the_size_the_network_wants(shape: tuple[int, int, int]) -> None:
    assert middle_of(np.zeros(shape, np.uint8)).shape == (224, 224, 3)


def test_the_middle_is_the_middle() -> None:
    picture = np.zeros((600, 1000, 3), np.uint8)
    cv2.circle(picture, (500, 300), 60, (255, 255, 255), -1)
    seen = middle_of(picture)[..., 0] > 128
    rows, columns = np.nonzero(seen)
    assert abs(rows.mean() - 111.5) < 1
    assert abs(columns.mean() - 111.5) < 1
    assert abs(seen.sum() - np.pi * (60 * 256 / 600) ** 2) < 80


def test_there_are_a_thousand_names_in_each_language() -> None:
    all_names = names()
    korean = [name.ko for name in all_names]
    assert len(all_names) == len(set(korean)) == len({name.en for name in all_names}) == 1000
    assert all(any("가" <= letter <= "힣" for letter in name) for name in korean)
    known = {
        1: "금붕어",
        281: "태비고양이",
        404: "여객기",
        574: "골프공",
        657: "미사일",
        920: "신호등",
        967: "에스프레소",
    }
    assert {i: korean[i] for i in known} == known
    assert json.loads(resources.path("i18n", "imagenet_ko.json").read_text("utf-8")) == korean


def _answer(*probabilities: float) -> Answer:
    values = np.array([*probabilities, 0, 0, 0, 0, 0][:5], np.float32)
    return Answer((281, 967, 1, 2, 3), values, np.zeros((1, 1, 3), np.uint8), 1.0, "x")


@pytest.mark.parametrize(
    ("answer", "en", "ko"),
    [
        (_answer(0.4, 0.3), "Not sure: perhaps tabby, perhaps espresso.", "잘 모르겠어요."),
        (_answer(0.9, 0.05), "This is: tabby (90%).", "태비고양이 같아요"),
        (_answer(0.6, 0.2), "Looks like tabby, a little like espresso.", "조금 닮았어요"),
    ],
)
def test_the_answer_is_said_as_sure_as_it_is(answer: Answer, en: str, ko: str) -> None:
    assert sentence(answer).render("en") == en
    assert ko in sentence(answer).render("ko")


def test_what_is_no_picture_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.jpg").write_text("no picture")
    with pytest.raises(LabError, match=r"x\.jpg is not a picture"):
        result_of(classify(tmp_path / "x.jpg"))


@pytest.mark.parametrize("model", ["fcn-resnet50-coco-with-voc-labels-v1", "vgg16-imagenet1k-features", "mnist-deep"])
def test_a_model_for_something_else_is_refused(model: str) -> None:
    with pytest.raises(LabError, match="does not name what is in a photograph"):
        result_of(classify(photo("coffee.png"), model=model))


def test_the_packaged_weights_are_the_published_ones() -> None:
    assert weights_path().name == f"efficientnet-lite0-{SHA256[:8]}.pth"


def test_the_command_line_names_photographs_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(photo("chelsea.png")), str(photo("coffee.png"))]
    assert cli.main(["predict", "classify", *files, "--json"]) == 0
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result["count"] == 2
    assert [item["answer"] for item in result["items"]] == ["tiger cat", "espresso"]
    assert result["items"][1]["top"][0]["name"]["ko"] == "에스프레소"
    assert cli.main(["predict", "classify", files[1], "--json"]) == 0
    alone = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert alone["answer"] == "espresso"
    assert alone["confidence"] > 0.8
    assert cli.main(["predict", "classify", files[1], "--lang", "ko"]) == 0
    assert "에스프레소" in capsys.readouterr().err


def test_digits_are_still_read_and_only_with_their_own_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = np.zeros((28, 28), np.uint8)
    cv2.line(picture, (14, 4), (14, 24), 255, 3)
    path = tmp_path / "one.png"
    cv2.imencode(".png", picture)[1].tofile(path)
    assert cli.main(["predict", "digit", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["digit"] == 1
    assert cli.main(["predict", "digit", str(path), "--model", "resnet18"]) == 2
    assert "not with resnet18" in capsys.readouterr().err
