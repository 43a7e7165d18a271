"""A captioner learns from photographs with sentences, tells them word by word, and goes on from a changed word."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
import torch
from PIL import Image

from engine.caption.batch import Batch, captions, files_in
from engine.caption.chorus import Chorus
from engine.caption.events import Checked
from engine.caption.learn import train
from engine.caption.network import build
from engine.caption.recipes import caption_recipe
from engine.caption.session import camera_photo
from engine.caption.speak import Ways
from engine.caption.trained import Describer, look_at, open_captioner, read_photo
from engine.caption.words import END, START
from engine.cli import main
from engine.errors import LabError
from engine.fields import changed
from engine.jobs import result_of
from engine.live.sources import VideoFile

pytestmark = pytest.mark.usefixtures("one_core")
SENTENCES = {
    "chelsea": ("a striped cat looks at the camera", "a cat with green eyes looks up"),
    "coffee": ("a cup of coffee stands on a wooden table", "a spoon lies beside a cup of coffee"),
    "rocket": ("a white rocket stands on the launch pad", "a rocket points at the night sky"),
}
SMALL = ("epochs=40", "batch_size=12", "members=2", "width=32", "state=48", "views=1", "least=1", "held_out=3")


def photographs(folder: Path) -> Path:
    """Real photographs in Flickr8k's layout: ten parts of each of three, two of them for val."""
    root, rng = folder / "flickr8k_subset", np.random.default_rng(0)
    (root / "images").mkdir(parents=True)
    parts: dict[str, list[str]] = {"train": [], "val": []}
    with (root / "captions.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("image", "caption"))
        for name, lines in SENTENCES.items():
            whole = getattr(skimage.data, name)()
            for number in range(10):
                top, left = rng.integers(0, 60, 2)
                part = whole[top : whole.shape[0] - 40, left : whole.shape[1] - 60]
                file_name = f"{name}_{number}.jpg"
                Image.fromarray(part).resize((160, 120)).save(root / "images" / file_name)
                parts["val" if number > 7 else "train"].append(file_name)
                table.writerows((file_name, line) for line in lines)
    (root / "split.json").write_text(json.dumps(parts))
    return folder


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Checked]]:
    """(data, run, its checks) of a small NIC that has seen its few photographs often."""
    home = tmp_path_factory.mktemp("caption")
    data, checks = photographs(home / "data"), []
    settings = changed(caption_recipe("nic").defaults, [*SMALL, "check_every=20", "learning_rate=0.01"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONVOSCOPE_HOME", str(home / "home"))
        for event in train("nic", settings, data=data, out=home / "run"):
            checks += [event] if isinstance(event, Checked) else []
    return data, home / "run", checks


@pytest.fixture
def one(learnt: tuple[Path, Path, list[Checked]]) -> Describer:
    return open_captioner(str(learnt[1]))


def test_it_tells_photographs_it_was_not_taught_and_keeps_its_words_with_its_weights(
    learnt: tuple[Path, Path, list[Checked]], one: Describer
) -> None:
    data, run, checks = learnt
    assert json.loads((run / "run.json").read_text("utf-8"))["state"] == "done"
    assert checks[-1].figures["bleu4"] > 0.3
    for name, word in (("chelsea", "cat"), ("coffee", "coffee"), ("rocket", "rocket")):
        photo = read_photo(data / "flickr8k_subset" / "images" / f"{name}_9.jpg", 256)
        assert word in one.tell(look_at(photo), one.usual()).words
    assert one.vocabulary.words[:3] == ("<start>", "<end>", "<unknown>")


def test_evaluate_counts_the_network_against_borrowed_sentences(
    learnt: tuple[Path, Path, list[Checked]], capsys: pytest.CaptureFixture[str]
) -> None:
    data, run, _ = learnt
    command = ["evaluate", "nic", "--weights", str(run), "--data", str(data), "--split", "val", "--json"]
    assert main(command) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["count"] == len(told["sentences"]) == 6
    assert told["ratio"] == pytest.approx(told["bleu4"] / told["nearest_bleu4"])
    assert 0 < told["milliseconds_p50"] <= told["milliseconds_p95"]
    assert told["distinct"] >= 0.5


def test_a_beam_of_one_is_greedy_and_the_tree_leads_to_the_sentence(one: Describer) -> None:
    seen = look_at(skimage.data.chelsea())
    greedy, narrow, wide = (
        one.tell(seen, Ways(method, width)) for method, width in (("greedy", 1), ("beam", 1), ("beam", 4))
    )
    assert narrow.words == greedy.words
    assert tuple(t.word for t in wide.tree if t.best and t.word) == wide.words
    assert wide.log_probability >= narrow.log_probability - 1e-4
    assert max(sum(t.depth == depth for t in wide.tree) for depth in range(5)) <= 4
    first = wide.places[0]
    assert len(first.likely) == 10
    assert [p for _, p in first.likely] == sorted((p for _, p in first.likely), reverse=True)


def test_the_network_goes_on_from_a_word_that_a_person_put(one: Describer) -> None:
    seen = look_at(skimage.data.chelsea())
    told = one.tell(seen, one.usual())
    other = next(word for word in ("rocket", "spoon") if word not in told.words)
    again = one.tell(seen, one.usual(), (*told.words[:1], other))
    assert again.words[:2] == (told.words[0], other)
    assert again.words != told.words
    assert [place.chosen for place in again.places[:3]] == [True, True, False]
    typed = one.tell(seen, one.usual(), ("zebra",))
    assert typed.words[0] == "zebra"


def test_sampling_repeats_with_its_seed_and_differs_without(one: Describer) -> None:
    seen = look_at(skimage.data.coffee())
    drawn = [one.tell(seen, Ways("sample", temperature=2.5, seed=seed)).words for seed in (1, 1, 2, 3, 4)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) > 1


@pytest.mark.parametrize("kind", ["nic", "attention"])
def test_several_decoders_told_as_one_say_what_each_says_by_itself(kind: str) -> None:
    torch.manual_seed(0)
    network = build({"kind": kind, "words": 50, "width": 24, "state": 32, "dropout": 0.3, "members": 3}).eval()
    with torch.no_grad():
        for values in network.parameters():
            values.add_(0.3 * torch.randn_like(values))  # biases too
    seen, words = look_at(skimage.data.coffee()), torch.tensor([[0, 7, 31, 4]])
    with torch.no_grad():
        apart = torch.stack([one.softmax(2) for one in network.teach(seen.pooled, seen.maps, words)]).mean(0)[0]
    chorus = Chorus(network)
    photo, state = chorus.begin(seen)
    for at, word in enumerate(words[0]):
        said, state = chorus.step(word[None], state, photo)
        torch.testing.assert_close(said.log[0].exp(), apart[at], atol=1e-5, rtol=1e-4)


def test_a_hint_makes_a_word_likelier_until_it_was_said(one: Describer) -> None:
    from engine.caption.speak import Speaker

    seen = look_at(skimage.data.coffee())
    hinted, plain = (Speaker(one.chorus, one.vocabulary, seen, hints=h) for h in (1.0, 0.0))
    cup = one.vocabulary.numbers["coffee"]
    hint = float(hinted._hints[cup])
    assert hint > 0.2

    def lead(before: list[int]) -> float:
        """How much the hint adds to the word's log-probability after these, beside the end, which has none."""
        found = []
        with torch.inference_mode():
            for speaker in (hinted, plain):
                states = speaker.begin()
                for number in before:
                    log, states, _ = speaker.step(torch.tensor([number]), states)
                found.append(float(log[0, cup] - log[0, END]))
        return found[0] - found[1]

    a = one.vocabulary.numbers["a"]
    assert lead([START]) == pytest.approx(hint, abs=1e-4)
    assert lead([START, cup, a]) == pytest.approx(0, abs=1e-4)


def test_the_map_of_attention_sums_to_one_at_every_word(
    learnt: tuple[Path, Path, list[Checked]], tmp_path: Path
) -> None:
    small = [each if not each.startswith("epochs") else "epochs=2" for each in SMALL]
    settings = changed(caption_recipe("nic-attention").defaults, [*small, "check_every=2"])
    result_of(train("nic-attention", settings, data=learnt[0], out=tmp_path / "run"))
    told = open_captioner(str(tmp_path / "run")).tell(look_at(skimage.data.rocket()), Ways("greedy"))
    looked = [place.looked for place in told.places]
    assert all(one is not None and one.shape == (8, 8) and one.sum() == pytest.approx(1, abs=1e-3) for one in looked)


# Photographs as they come


def test_odd_photographs_are_told_or_refused_with_a_sentence(
    learnt: tuple[Path, Path, list[Checked]], tmp_path: Path
) -> None:
    cat = Image.fromarray(skimage.data.chelsea())
    cat.convert("L").save(tmp_path / "a_grey.png")
    cat.convert("CMYK").save(tmp_path / "b_cmyk.jpg")
    cat.convert("RGBA").save(tmp_path / "c_clear.png")
    cat.save(tmp_path / "d_moves.gif", save_all=True, append_images=[cat.rotate(90)])
    cat.resize((20_000, 40)).save(tmp_path / "e_wide.png")
    Image.new("RGB", (1, 1)).save(tmp_path / "f_dot.png")
    (tmp_path / "g_words.jpg").write_text("not a picture")
    found: Batch = result_of(captions(files_in([tmp_path]), model=str(learnt[1])))
    assert [item.file.name[0] for item in found.items] == list("abcde")
    assert all("cat" in item.caption for item in found.items[:4])
    why = {path.name: str(text) for path, text in found.unreadable}
    assert "1 × 1 pixels: there is nothing to see" in why["f_dot.png"]
    assert "is not a picture" in why["g_words.jpg"]
    (tmp_path / "none").mkdir()
    with pytest.raises(LabError, match="There are no pictures in"):
        files_in([tmp_path / "none"])


def test_the_command_writes_a_table_and_a_sheet_of_ten(
    learnt: tuple[Path, Path, list[Checked]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = sorted((learnt[0] / "flickr8k_subset" / "images").glob("*.jpg"))[:10]
    out, sheet = tmp_path / "문장.csv", tmp_path / "sheet.png"
    words = [str(path) for path in images]
    assert main(["caption", *words, "--model", str(learnt[1]), "--out", str(out), "--sheet", str(sheet), "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["count"] == 10
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [row["caption"] for row in rows] == [item["caption"] for item in told["items"]]
    assert all(row["gloss_ko"] for row in rows)
    with Image.open(sheet) as page:
        assert page.width > 1500
    assert main(["caption", words[0], "--model", str(learnt[1]), "--out", "x.txt"]) == 2
    assert "must end in .csv" in capsys.readouterr().err
    assert main(["caption", words[0], "--model", "blip"]) == 2
    assert "BLIP cannot tell photographs: Not here" in capsys.readouterr().err


def test_a_frame_of_a_camera_becomes_the_photo_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "camera.avi"
    film = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for number in range(12):
        film.write(np.full((48, 64, 3), 10 * number, np.uint8))
    film.release()
    shown = result_of(camera_photo(VideoFile(path, loop=False)))
    assert shown.picture.shape == (48, 64, 3)
    assert shown.picture.mean() > 20, "not the first, dark frame"


def test_without_a_camera_a_sentence_says_so() -> None:
    with pytest.raises(LabError, match="No camera was found"):
        result_of(camera_photo())
