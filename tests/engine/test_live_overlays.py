"""What networks answer, laid over pictures: detectors of several makers, segmenters, trackers, damage, backends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torchvision.models import detection, segmentation

from engine.data.pictures import read_rgb
from engine.data.sample_photos import sample_folder
from engine.detect.detections import Detections
from engine.errors import LabError
from engine.files import write_json, write_tensors
from engine.jobs import result_of
from engine.live import openvino_runner
from engine.live.available import card_of_onnx, opened
from engine.live.backends import Fastest, Network, remembered
from engine.live.damage import damaged
from engine.live.official_live import seer_of
from engine.live.ours import run_overlay
from engine.live.overlays import Cover, Covered, Found, Kind, OverlayCard, Segmented
from engine.live.privacy import Privacy
from engine.live.seers import Seer
from engine.live.settings import Damage, LiveSettings
from engine.live.tracking import Tracker, overlaps
from engine.models.imagenet import middle_of
from engine.text import Text, same
from engine.zoo.efficientnet_lite import pretrained
from engine.zoo.segmenters import LitePyramid
from engine.zoo.yolo_mini import YoloMini

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    folder = sample_folder()
    assert folder is not None
    return read_rgb(folder / "astronaut.png")[:, 60:]  # 512 high, 452 wide


def ask(seer: Seer, picture: np.ndarray, settings: LiveSettings) -> object:
    return seer.finish(seer.infer(seer.prepare(picture)), picture, settings)


def write_onnx(path: Path, answer: np.ndarray, *, names: str = "", size: tuple[int, int] = (64, 64)) -> Path:
    """A network that answers the same whatever it sees, as an ONNX file with `names` as YOLO exporters write them."""
    shape = [1, 3, *size]
    nodes = [
        helper.make_node("ReduceMean", ["images"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "zero"], ["nothing"]),
        helper.make_node("Add", ["answer", "nothing"], ["output0"]),
    ]
    graph = helper.make_graph(
        nodes,
        "yolo",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("output0", TensorProto.FLOAT, answer.shape)],
        [
            numpy_helper.from_array(answer.astype(np.float32), "answer"),
            numpy_helper.from_array(np.float32(0), "zero"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    if names:
        helper.set_model_props(model, {"names": names})
    onnx.save(model, path)
    return path


def test_yolo_files_of_three_layouts_find_the_same_box(tmp_path: Path) -> None:
    picture = np.zeros((128, 256, 3), np.uint8)  # on the 64×64 canvas: times 1/4, 16 pixels of grey above
    v5 = np.zeros((1, 40, 7), np.float32)
    v5[0, 3] = (32, 32, 20, 10, 0.9, 0.1, 0.8)  # x y w h, objectness, two classes
    v5[0, 4] = (33, 32, 20, 10, 0.8, 0.1, 0.8)  # nearly the same: suppressed
    v8 = np.zeros((1, 6, 40), np.float32)
    v8[0, :, 3] = (32, 32, 20, 10, 0.1, 0.72)
    end = np.zeros((1, 30, 6), np.float32)
    end[0, 0] = (22, 27, 42, 37, 0.72, 1)
    for name, answer in (("v5", v5), ("v8", v8), ("end", end)):
        path = write_onnx(tmp_path / f"{name} 모델.onnx", answer, names="{0: 'cat', 1: 'dog'}")
        card = result_of(card_of_onnx(path))
        found = ask(opened(card.id), picture, LiveSettings(score=0.3))
        assert isinstance(found, Found)
        np.testing.assert_allclose(found.found.boxes, [[88, 44, 168, 84]], atol=0.01)
        assert found.found.scores.tolist() == pytest.approx([0.72]) and found.counts == ((1, 1),)
        assert found.classes[1].en == "dog" and found.classes[1].ko == "개"


def test_a_file_that_is_no_detector_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.onnx").write_bytes(b"just words")
    flat = write_onnx(tmp_path / "flat.onnx", np.zeros((1, 1000), np.float32))
    for path, words in ((tmp_path / "text.onnx", "not a network"), (flat, r"answers with \(1, 1000\)")):
        with pytest.raises(LabError, match=words):
            result_of(card_of_onnx(path))


def run_folder(folder: Path, recipe: str, network: nn.Module) -> Path:
    folder.mkdir()
    write_json(folder / "run.json", {"recipe": recipe, "dataset": recipe.partition("-")[0], "state": "done"})
    write_tensors(folder / "best.safetensors", network.state_dict(), {"recipe": recipe, "build": {}})
    return folder


def test_a_run_that_detects_can_be_laid_over_the_picture(tmp_path: Path, photo: np.ndarray) -> None:
    torch.manual_seed(0)
    network = YoloMini(3)
    with torch.no_grad():  # an untrained network is sure of nothing; this one is of everything
        network.head.box.bias[4] = 3.0  # type: ignore[index]
        network.head.classes.bias.copy_(torch.tensor([-5.0, 3.0, -5.0]))  # type: ignore[operator]
    card = run_overlay(run_folder(tmp_path / "내 실행", "bccd-yolo-mini", network))
    assert card.kind is Kind.DETECT and [c.en for c in card.classes] == ["RBC", "WBC", "Platelets"]
    seer = opened(card.id)
    settings = LiveSettings(score=0.3, nms=0.3)
    every = ask(seer, photo, settings)
    assert isinstance(every, Found) and every.counts[0][0] == 1 and len(every.found) > 3
    assert (every.found.boxes[:, 2] <= photo.shape[1]).all() and (every.found.boxes[:, 3] <= photo.shape[0]).all()
    fewer = ask(seer, photo, replace(settings, nms=0.05))
    none = ask(seer, photo, replace(settings, classes=("RBC",)))
    assert isinstance(fewer, Found) and isinstance(none, Found)
    assert len(none.found) == 0
    shares = [np.triu(overlaps(one.found.boxes, one.found.boxes), 1).max() for one in (every, fewer)]
    assert 0.05 < shares[0] < 0.4 and shares[1] < 0.5 * shares[0]  # cut at the edge, boxes overlap a little more
    (tmp_path / "digits").mkdir()
    write_json(tmp_path / "digits" / "run.json", {"recipe": "mnist-deep"})
    with pytest.raises(LabError, match="cannot be laid over a picture"):
        run_overlay(tmp_path / "digits")


def test_a_run_that_segments_gives_every_pixel_a_class(tmp_path: Path, photo: np.ndarray) -> None:
    torch.manual_seed(0)
    folder = run_folder(tmp_path / "run", "camvid-pyramid", LitePyramid())
    seer = opened(f"run:{folder}")
    found = ask(seer, photo[:200, :333], LiveSettings())
    assert isinstance(found, Segmented)
    assert found.labels.shape == (200, 333) and found.labels.dtype == np.uint8 and found.labels.max() < 11
    assert found.shares.sum() == pytest.approx(1, abs=1e-5) and found.classes[0].ko == "하늘"
    common = found.classes[int(found.shares.argmax())].en
    filtered = ask(seer, photo[:200, :333], LiveSettings(classes=(common,)))
    assert isinstance(filtered, Segmented)
    assert set(np.unique(filtered.labels)) <= {int(found.shares.argmax()), 255}


def card(kind: Kind, classes: int) -> OverlayCard:
    return OverlayCard("x", kind, same("x"), same(""), classes=tuple(same(str(i)) for i in range(classes)))


def test_ssdlite_cut_open_answers_as_torchvision_does(photo: np.ndarray) -> None:
    torch.manual_seed(0)
    network = detection.ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None, num_classes=8).eval()
    for module in network.modules():  # as it is built every anchor says the same
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, mode="fan_out" if module.groups == 1 else "fan_in")
    square = np.ascontiguousarray(photo[:320, :320])  # nothing to resize: only the cutting can differ
    theirs = network([torch.from_numpy(square.copy()).permute(2, 0, 1).float() / 255])[0]
    seer = seer_of(card(Kind.DETECT, 8), network, key="test ssdlite")
    ours = ask(seer, square, LiveSettings(score=float(theirs["scores"][20].detach()), nms=0.55))
    assert isinstance(ours, Found)
    np.testing.assert_allclose(ours.found.boxes[:5], theirs["boxes"][:5].detach().numpy(), atol=1.0)
    assert ours.found.labels[:5].tolist() == theirs["labels"][:5].tolist()


def test_lraspp_gives_the_labels_that_torchvision_gives(photo: np.ndarray) -> None:
    torch.manual_seed(0)
    network = segmentation.lraspp_mobilenet_v3_large(weights=None, weights_backbone=None).eval()
    picture = np.ascontiguousarray(photo[:256, :320])
    ours = ask(seer_of(card(Kind.SEGMENT, 21), network, key="test lraspp"), picture, LiveSettings())
    x = torch.from_numpy(picture.copy()).permute(2, 0, 1).float() / 255 - torch.tensor([0.485, 0.456, 0.406]).view(
        3, 1, 1
    )
    x = x / torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
    theirs = network(x[None])["out"][0].argmax(0).numpy()
    assert isinstance(ours, Segmented) and (ours.labels == theirs).mean() > 0.999


def test_the_fastest_way_takes_over_is_remembered_and_gives_the_same_answers(photo: np.ndarray) -> None:
    network = Network("efficientnet-lite0 test", pretrained)
    views = [middle_of(photo[top : top + 300, left : left + 300]) for top in (0, 100, 200) for left in (0, 80, 150)]
    way = Fastest(network, (224, 224))
    slow = [way(view)[0][0] for view in views]
    way.settle()
    change = way.compare(views[0])
    if not openvino_runner.here():
        assert way.backend.startswith("PyTorch")
        return
    assert remembered()["efficientnet-lite0 test 224x224"] == way.backend
    if change:
        assert change[0] == way.backend and change[2] < change[1]
    fast = [way(view)[0][0] for view in views]
    assert sum(a.argmax() == b.argmax() for a, b in zip(fast, slow, strict=True)) >= 7  # crops of a suit: near ties
    exact = openvino_runner.cached("efficientnet-lite0 test", (224, 224), "f32")
    assert exact is not None
    assert max(float(np.abs(exact(v)[0][0] - a).max()) for v, a in zip(views, slow, strict=True)) < 1e-3
    again = Fastest(
        Network("efficientnet-lite0 test", lambda: pytest.fail("was opened though it is cached")), (224, 224)
    )
    assert again.backend == way.backend or way.backend.startswith("PyTorch")


def test_a_network_that_does_not_translate_stays_with_torch(photo: np.ndarray) -> None:
    class Odd(nn.Module):
        def forward(self, x: torch.Tensor) -> tuple[torch.Tensor]:
            return (torch.tensor([[float(np.median(x.numpy()))]]),)

    way = Fastest(Network("odd", Odd), (8, 8))
    picture = np.full((8, 8, 3), 51, np.uint8)
    for _ in range(3):
        assert way(picture)[0][0, 0] == pytest.approx(0.2)
    way.settle()
    way.compare(picture)
    assert way(picture)[0][0, 0] == pytest.approx(0.2)


def test_damage_does_what_its_slider_says(photo: np.ndarray) -> None:
    grey = np.full((64, 64, 3), 100, np.uint8)
    assert damaged(grey, Damage()) is grey
    assert damaged(grey, Damage(noise=20)).std() == pytest.approx(20, rel=0.1)
    assert damaged(grey, Damage(brightness=1.5)).mean() == pytest.approx(150, abs=1)
    assert set(np.unique(damaged(photo, Damage(bits=1)))) == {0, 255}
    assert len(np.unique(damaged(photo, Damage(bits=3)))) == 8
    assert np.abs(damaged(photo, Damage(rotation=180)).astype(int) - photo[::-1, ::-1]).mean() < 2
    edges = [np.abs(np.diff(damaged(photo, d).astype(int), axis=1)).mean() for d in (Damage(), Damage(blur=3))]
    assert edges[1] < 0.5 * edges[0]
    crushed = damaged(photo, Damage(jpeg=3))
    assert crushed[..., 0].mean() == pytest.approx(photo[..., 0].mean(), abs=6) and not np.array_equal(crushed, photo)


def test_numbers_stay_with_objects_that_cross_and_return_after_a_gap() -> None:
    tracker, seen = Tracker(), []
    for step in range(20):
        left, right = 10 + 10 * step, 200 - 10 * step
        rows = [[left, 10, left + 40, 50], [right, 30, right + 40, 70]]
        if step in (5, 6):
            rows = rows[:1]
        boxes = np.array(rows, np.float32)
        found = Detections(boxes, np.ones(len(rows), np.float32), np.zeros(len(rows), np.int64))
        seen.append(tracker.update(found, step / 10).tolist())
    assert all(ids[0] == 1 for ids in seen) and all(ids[1] == 2 for ids in seen if len(ids) == 2)


def faces_at(*boxes: list[float]) -> Covered:
    array = np.array(boxes, np.float32).reshape(-1, 4)
    scores = np.full(len(array), 0.9, np.float32)
    return Covered("faces", array, scores, np.zeros(len(array), np.int64), Cover.FACES, Text("", ""))


def test_a_lost_face_stays_covered_then_more_then_all_until_it_is_found_again() -> None:
    rng = np.random.default_rng(0)
    with_face = rng.integers(0, 255, (240, 320, 3), np.uint8)
    without = rng.integers(0, 255, (240, 320, 3), np.uint8)  # nothing looks like it any more
    privacy, settings, told = Privacy(), LiveSettings(("faces",)), []
    for step in range(5):
        privacy.cover(with_face, faces_at([140, 100, 180, 150]), step / 10, settings)
    for step in range(5, 22):
        picture, covered = privacy.cover(without, faces_at(), step / 10, settings)
        told.append(covered.cover)
        changed = (picture != without).any(axis=2)
        assert changed[90:160, 130:190].mean() > 0.9  # where it was last is never shown
        assert str(covered.why)
    assert told[0] is Cover.NEAR and told[-1] is Cover.WHOLE
    assert told == sorted(told, key=[Cover.NEAR, Cover.WHOLE].index)
    picture, covered = privacy.cover(with_face, faces_at([200, 100, 240, 150]), 2.2, settings)
    assert covered.cover is Cover.FACES and len(covered.boxes) == 1


def test_a_face_that_turns_away_is_followed_and_one_that_leaves_is_let_go() -> None:
    rng = np.random.default_rng(1)
    ground, head = rng.integers(0, 60, (240, 320, 3), np.uint8), rng.integers(80, 255, (50, 40, 3), np.uint8)
    privacy, settings = Privacy(), LiveSettings(("faces",))
    for step in range(52):
        left = 100 + 6 * step
        picture = ground.copy()
        part = head[:, : max(0, 320 - left)]
        picture[100 : 100 + 50, left : left + part.shape[1]] = part
        found = faces_at([left, 100, left + 40, 150]) if step < 5 else faces_at()  # seen only at first
        shown, covered = privacy.cover(picture, found, step / 25, settings)
        if left + 20 < 320:
            inside = (shown != picture).any(axis=2)[105:145, left + 5 : left + 35]
            assert covered.cover is not Cover.WHOLE and inside.mean() > 0.9
    assert len(covered.boxes) == 0 and covered.cover is Cover.FACES  # gone over the border
