"""The commands as other programs call them: JSON on stdout, sentences on stderr, the exit status."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine import __version__, places
from engine.caption.recipes import CAPTION_RECIPES
from engine.cli import handles, main
from engine.data import DATASETS, ImageSet
from engine.files import read_tensors, write_tensors
from engine.latent.recipes import RECIPES as GENERATORS
from engine.train.recipes import RECIPES
from engine.zoo.weights import open_weights

QUICK = ["train", "digits-quick", "--epochs", "1"]


pytestmark = pytest.mark.usefixtures("one_core")


class Answer:
    """What a command said: exit status, its JSON lines, its words for people."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def result(self) -> dict[str, Any]:
        last = self.lines[-1]
        assert last["event"] == "result"
        return last


Call = Callable[..., Answer]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: object) -> Answer:
        status = main([str(a) for a in arguments])
        out, err = capfd.readouterr()
        return Answer(status, out, err)

    return run


@pytest.fixture
def digit_file(digits: ImageSet, tmp_path: Path) -> Path:
    """A real 3 in dark ink on paper."""
    digit = digits.images[int(np.flatnonzero(digits.labels == 3)[0])]
    path = tmp_path / "숫자 삼.png"
    Image.fromarray(255 - digit).resize((112, 112), Image.Resampling.BICUBIC).save(path)
    return path


def refused(answer: Answer, *words: str) -> None:
    """One clear sentence, status 2, nothing on stdout."""
    assert answer.status == 2
    assert answer.out == ""
    assert len(answer.err.strip().splitlines()) == 1
    assert all(word in answer.err for word in words), answer.err
    assert "Traceback" not in answer.err


# list


def test_list_names_every_data_set_with_its_terms(call: Call) -> None:
    result = call("list", "datasets", "--json").result
    assert [item["id"] for item in result["items"]] == [card.id for card in DATASETS]
    assert result["count"] == len(DATASETS)
    for item in result["items"]:
        assert item["data_licence"]
        assert item["name"]["en"]
        assert item["name"]["ko"]
        assert all(count > 0 for count in item["splits"].values())


def test_list_tells_where_a_data_set_is(call: Call, mnist_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def place() -> Any:
        items = call("list", "datasets", "--json").result["items"]
        return next(item["place"] for item in items if item["id"] == "mnist")

    assert place() is None
    monkeypatch.setenv("CONVOSCOPE_DATA", str(mnist_dir))
    assert place() == str(mnist_dir / "MNIST" / "raw")


def test_list_names_every_recipe_with_its_settings(call: Call) -> None:
    items = call("list", "recipes", "--json").result["items"]
    named = {item["id"]: set(item["datasets"]) for item in items}
    every = [(r.id, set(r.datasets)) for r in (*RECIPES, *CAPTION_RECIPES, *GENERATORS)]
    every.append(("melody", {"resources/melodies/tunes.txt"}))  # the one that learns from a file of its own
    assert named == dict(every) and len(items) == len(every), "each once, whatever it is for"
    assert all(item["settings"]["learning_rate"] > 0 for item in items)


def test_list_tells_which_weights_are_bundled(call: Call) -> None:
    items = {item["id"]: item for item in call("list", "models", "--json").result["items"]}
    assert items["mnist-deep"]["bundled"]
    assert items["mnist-deep"]["weights"]["sha256"]


@pytest.mark.parametrize("what", ["datasets", "models", "recipes"])
def test_list_reads_well_without_json_too(call: Call, what: str) -> None:
    answer = call("list", what)
    assert answer.status == 0
    assert len(answer.out.splitlines()) >= 3


# train, evaluate


def test_train_says_what_happens_line_by_line_and_the_result_last(call: Call, tmp_path: Path) -> None:
    answer = call(*QUICK, "--out", tmp_path / "run", "--json")
    assert answer.status == 0
    kinds = [line["event"] for line in answer.lines]
    assert kinds[0] == "started"
    assert kinds[1:-1] == ["checked"] * 5
    result = answer.result
    assert {
        "accuracy",
        "test_count",
        "held_out_accuracy",
        "seconds",
        "images_per_second",
        "steps",
        "epochs",
        "why",
    } <= set(result)
    assert 0.3 < result["accuracy"] <= 1
    assert result["folder"] == str(tmp_path / "run")
    evaluated = call("evaluate", "digits-quick", "--weights", tmp_path / "run" / "best.safetensors", "--json").result
    assert evaluated["accuracy"] == pytest.approx(result["accuracy"])


def test_train_takes_settings_seed_and_time(call: Call, tmp_path: Path) -> None:
    words = ["--set", "dropout=0.25", "batch_norm=off", "--seed", "11", "--seconds", "0.05", "--precision", "fp32"]
    answer = call(*QUICK, *words, "--out", tmp_path / "run", "--json")
    about = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    settings = about["settings"]
    assert (settings["dropout"], settings["batch_norm"], settings["seed"]) == (0.25, False, 11)
    assert about["precision"] == "fp32"
    assert answer.result["why"] in ("The time was used up.", "All epochs are done.")


def test_train_uses_the_data_it_is_given(call: Call, mnist_dir: Path, tmp_path: Path) -> None:
    words = ["--set", "held_out=100", "--epochs", "0.2", "--data", mnist_dir, "--out", tmp_path / "run"]
    result = call("train", "mnist-mlp", "--dataset", "mnist", *words, "--json").result
    assert result["test_count"] == 200
    again = call(
        "evaluate",
        "mnist-mlp",
        "--dataset",
        "mnist",
        "--data",
        mnist_dir,
        "--weights",
        tmp_path / "run" / "best.safetensors",
        "--split",
        "train",
        "--json",
    )
    assert again.result["count"] == 1000


def test_train_without_a_folder_makes_one_and_names_it(call: Call) -> None:
    folder = Path(call(*QUICK, "--set", "epochs=0.2", "--json").result["folder"])
    assert folder.parent == places.runs()
    assert (folder / "best.safetensors").is_file()


def test_evaluate_bundled_weights_tells_count_and_spread(call: Call) -> None:
    result = call("evaluate", "mnist-deep", "--dataset", "digits", "--json").result
    assert result["count"] == 1000
    assert result["accuracy_low"] < result["accuracy"] <= result["accuracy_high"]
    assert result["accuracy"] > 0.97
    assert np.sum(result["confusion"]) == 1000
    assert {"model", "weights", "split", "loss", "seconds", "device", "precision", "fingerprint"} <= set(result)


MISTAKES = [
    (["train", "cats"], ["cats", "mnist-deep"]),
    (["train"], ["--resume"]),
    ([*QUICK, "--set", "cats=3"], ["cats=3", "learning_rate"]),
    ([*QUICK, "--set", "dropout"], ["dropout"]),
    ([*QUICK, "--set", "dropout=high"], ["dropout", "high"]),
    ([*QUICK, "--set", "dropout=7"], ["dropout", "0.9"]),
    ([*QUICK, "--set", "batch_norm=perhaps"], ["batch_norm", "perhaps"]),
    ([*QUICK, "--set", "schedule=wild"], ["schedule", "one-cycle"]),
    ([*QUICK, "--set", "held_out=1000"], ["held out"]),
    ([*QUICK, "--epochs", "-1"], ["epochs"]),
    ([*QUICK, "--epochs", "nan"], ["epochs"]),
    ([*QUICK, "--seed", "-1"], ["seed"]),
    ([*QUICK, "--dataset", "mnist"], ["digits8", "mnist"]),
    ([*QUICK, "--device", "tpu"], ["tpu", "cpu"]),
    ([*QUICK, "--precision", "fp8"], ["fp8", "bf16"]),
    (["train", "mnist-mlp", "--dataset", "mnist", "--data", "/nowhere"], ["/nowhere"]),
    (["train", "mnist-mlp", "--data", "/nowhere"], ["/nowhere"]),  # it learnt from the bundled digits instead
    (["evaluate", "mnist-deep", "--data", "/nowhere"], ["/nowhere"]),
    (["train", "dcgan-mnist", "--data", "/nowhere"], ["/nowhere"]),
    (["few-labels", "dbn-mnist", "--data", "/nowhere"], ["/nowhere"]),  # these three took the bundled digits
    (["experiment", "dropout", "--data", "/nowhere"], ["/nowhere"]),
    (["bench", "train", "--data", "/nowhere"], ["/nowhere"]),
    (["train", "--resume", "/nowhere"], ["/nowhere", "not a run"]),
    (["evaluate", "cats"], ["cats"]),
    (["evaluate", "mnist-mlp"], ["mnist-mlp", "Train them first"]),
    (["evaluate", "mnist-deep", "--weights", "/nowhere.safetensors"], ["/nowhere.safetensors", "does not exist"]),
    (["evaluate", "mnist-deep", "--dataset", "digits", "--split", "validation"], ["validation", "test"]),
    (["evaluate", "mnist-deep", "--dataset", "mnist"], ["--data"]),
    (["predict", "digit", "/nowhere.png"], ["/nowhere.png", "does not exist"]),
    (["bundle", "/nowhere"], ["/nowhere"]),
    (["branch", "/nowhere"], ["/nowhere", "not a run"]),  # it had no checkpoints, and nothing was wrong
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES, ids=lambda v: " ".join(v) if isinstance(v, list) else None)
def test_a_mistake_is_answered_with_one_sentence_and_status_2(
    call: Call, arguments: list[str], words: list[str]
) -> None:
    refused(call(*arguments), *words)
    assert not places.runs().exists()


def test_a_report_that_cannot_be_written_is_refused_before_minutes_of_measuring(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    began = time.perf_counter()
    refused(call("bench", "report", "--out", tmp_path / "file" / "r.html"), "a file stands where a folder should be")
    assert time.perf_counter() - began < 30


def test_a_sentence_is_korean_when_asked_for(call: Call) -> None:
    refused(call("train", "cats", "--lang", "ko"), "레시피", "cats")
    refused(call("--lang", "ko", "train", "cats"), "레시피", "cats")


@pytest.mark.parametrize(
    "arguments", [[], ["fly"], ["list"], ["list", "cats"], [*QUICK, "--epochs", "many"], ["predict"]]
)
def test_wrong_words_end_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert __version__ in capsys.readouterr().out


HANDLED = {
    "list datasets": True,
    "train digits-quick --lang ko": True,
    "--lang ko train digits-quick": True,
    "predict digit x.png": True,
    "bench train": True,
    "--version": True,
    "": False,
    "--lang ko": False,
    "--self-test": False,
    "shots --out train": False,
    "bench responsiveness": False,
}


@pytest.mark.parametrize("words", HANDLED)
def test_commands_that_need_the_window_are_left_to_it(words: str) -> None:
    assert handles(words.split()) == HANDLED[words]


# predict


def test_predict_reads_a_digit_from_a_file_with_a_korean_name(call: Call, digit_file: Path) -> None:
    result = call("predict", "digit", digit_file, "--json").result
    assert (result["digit"], result["count"]) == (3, 1)
    assert result["confidence"] > 0.5
    assert sum(result["items"][0]["probabilities"]) == pytest.approx(1, abs=1e-4)
    assert result["items"][0]["file"] == str(digit_file)


def test_predict_answers_people_in_their_language(call: Call, digit_file: Path) -> None:
    assert "This is a 3." in call("predict", "digit", digit_file).err
    assert "3 같아요." in call("predict", "digit", digit_file, "--lang", "ko").err


def test_predict_reads_several_files(call: Call, digit_file: Path) -> None:
    result = call("predict", "digit", digit_file, digit_file, "--json").result
    assert result["count"] == 2
    assert [item["digit"] for item in result["items"]] == [3, 3]


def picture(kind: str, path: Path) -> Path:
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(
            {"text": b"hello", "empty": b"", "cut off": path.parent.joinpath("whole.png").read_bytes()[:200]}[kind]
        )
    return path


@pytest.mark.parametrize("kind", ["text", "cut off", "folder", "empty", "missing"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_what_is_no_picture_is_answered_with_one_sentence(call: Call, tmp_path: Path, kind: str, lang: str) -> None:
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64), np.uint8)).save(tmp_path / "whole.png")
    path = picture(kind, tmp_path / "그림.png")
    refused(call("predict", "digit", path, "--lang", lang), str(path))


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (28, 28), (300, 200)])
def test_an_empty_sheet_of_any_size_gets_an_answer(call: Call, tmp_path: Path, shape: tuple[int, int]) -> None:
    Image.fromarray(np.full(shape, 255, np.uint8)).save(tmp_path / "x.png")
    assert call("predict", "digit", tmp_path / "x.png", "--json").result["count"] == 1


# A disk that fills up, files of strangers


@pytest.fixture
def small_disk() -> Iterator[Callable[[int], None]]:
    """Lets no file of this process grow above so many bytes, as a full disk would; -1 makes space again."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size if size >= 0 else before[0], before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [300, 5_000, 30_000, 100_000])
def test_a_disk_that_fills_up_ends_a_training_with_one_sentence_and_nothing_half_written(
    call: Call, tmp_path: Path, small_disk: Callable[[int], None], size: int
) -> None:
    folder = tmp_path / "꽉 찬 디스크"
    small_disk(size)
    answer = call("train", "digits-quick", "--epochs", "2", "--out", folder, "--lang", "ko", "--json")
    small_disk(-1)
    assert answer.status == 2
    assert "디스크가 가득 차서" in answer.err
    assert len(answer.err.splitlines()) == 1
    assert list(tmp_path.rglob(".part-*")) == []
    for path in folder.glob("*.json"):
        json.loads(path.read_text("utf-8"))
    for path in folder.glob("*.safetensors"):
        read_tensors(path)
    if (folder / "run.json").exists():  # with space again it goes on
        assert call("train", "--resume", folder, "--json").result["epochs"] == 2.0


def test_a_pickle_named_as_weights_is_refused_by_the_command(call: Call, tmp_path: Path) -> None:
    torch.save({"weight": torch.ones(3)}, tmp_path / "model.safetensors")
    refused(call("evaluate", "mnist-deep", "--weights", tmp_path / "model.safetensors"), "is a pickle")


def test_numbers_that_are_none_are_null_in_json(call: Call, tmp_path: Path) -> None:
    tensors, about = open_weights("mnist-deep")
    broken = {name: value * float("nan") if value.is_floating_point() else value for name, value in tensors.items()}
    write_tensors(tmp_path / "nan.safetensors", broken, {"build": about["build"]})
    answer = call("evaluate", "mnist-deep", "--dataset", "digits", "--weights", tmp_path / "nan.safetensors", "--json")
    assert answer.result["loss"] is None
    assert "NaN" not in answer.out


def test_weights_of_another_network_are_refused_by_the_command(call: Call, tmp_path: Path) -> None:
    call(*QUICK, "--set", "epochs=0.2", "--out", tmp_path / "run", "--json")
    weights = tmp_path / "run" / "best.safetensors"
    refused(call("evaluate", "mnist-deep", "--dataset", "digits", "--weights", weights), "another network")


def test_a_folder_that_may_not_be_written_is_one_sentence(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused(call(*QUICK, "--out", tmp_path / "file" / "run"), str(tmp_path / "file"))
