"""What the tests of the Datasets tab share: the open tab, its words, and small sets of real photographs on disk."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from skimage import data

from engine.host import EngineHost
from engine.settings import Settings
from gui.context import Context
from gui.pages.datasets import DatasetsPage

SECONDS = 20_000
SIZE = (160, 120)


def tab(host: EngineHost, qtbot: QtBot) -> DatasetsPage:
    """The tab as it is before anything was opened in it, 1280 × 760."""
    page = DatasetsPage(host, Context(host, Settings()))
    qtbot.addWidget(page)
    page.resize(1280, 760)
    page.show()
    return page


def opened(page: DatasetsPage, qtbot: QtBot, place: Path) -> DatasetsPage:
    """The tab once it shows what lies at `place`, with every thumbnail known and all said about it."""
    before = page.stage.shown
    page.open_folder(place)
    qtbot.waitUntil(lambda: page.stage.shown is not before and page.stage.shown is not None, timeout=SECONDS)
    settled(page, qtbot)
    return page


def settled(page: DatasetsPage, qtbot: QtBot) -> None:
    """Wait until nothing is under way any more but the pictures on the cards of other sets."""
    parts = page._reading, page._describing, page.chosen, page.photos, page.readings, page.views

    def done() -> bool:
        return not (page.shelf.looking or page.photos.filling or any(part.busy for part in parts))

    qtbot.waitUntil(done, timeout=SECONDS)


def words_in(page: DatasetsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def photograph(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A real photograph, another part of it for each number."""
    whole = (data.chelsea, data.coffee)[number % 2]()
    x, y = 13 * number % (whole.shape[1] - size[0]), 7 * number % (whole.shape[0] - size[1])
    return Image.fromarray(whole[y : y + size[1], x : x + size[0]])


def boxes_in(folder: Path, count: int = 6) -> Path:
    """A COCO set: photograph i holds i % 3 cats (100 × 60) and one dog (20 × 20)."""
    folder.mkdir(parents=True)
    images, marks = [], []
    for number in range(count):
        photograph(number).save(folder / f"photo{number}.jpg", quality=90)
        images.append({"id": number, "file_name": f"photo{number}.jpg", "width": SIZE[0], "height": SIZE[1]})
        kinds = [(1, [5 + 10 * k, 5, 100, 60]) for k in range(number % 3)] + [(2, [130, 90, 20, 20])]
        for kind, box in kinds:
            area = box[2] * box[3]
            about = {"id": len(marks) + 1, "image_id": number, "category_id": kind, "bbox": box, "area": area}
            marks.append({**about, "iscrowd": 0})
    classes = [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}]
    about = {"images": images, "annotations": marks, "categories": classes}
    (folder / "instances_train.json").write_text(json.dumps(about))
    return folder


def masks_in(folder: Path, count: int = 4) -> Path:
    """A CamVid set: in photograph i the left (i + 1) tenths are sky, the rest road, the first row nothing."""
    (folder / "train").mkdir(parents=True)
    (folder / "trainannot").mkdir()
    for number in range(count):
        photograph(number).save(folder / "train" / f"p{number}.jpg")
        mask = np.full(SIZE[::-1], 3, np.uint8)
        mask[:, : SIZE[0] * (number + 1) // 10] = 0
        mask[0] = 11
        Image.fromarray(mask).save(folder / "trainannot" / f"p{number}.png")
    (folder / "train.txt").write_text("".join(f"p{n}\n" for n in range(count)))
    return folder


def captions_in(folder: Path) -> Path:
    """Three photographs with two sentences each."""
    folder.mkdir(parents=True)
    lines = ["image,caption"]
    for number, said in enumerate(("a cat asleep", "a cup of coffee", "a cat awake")):
        photograph(number).save(folder / f"c{number}.jpg")
        lines += [f"c{number}.jpg,{said}", f"c{number}.jpg,photograph number {number}"]
    (folder / "captions.csv").write_text("\n".join(lines) + "\n")
    return folder


def classes_in(folder: Path) -> Path:
    """A folder per class: three cats, two cups of coffee of which one is no picture."""
    for name, numbers in (("cat", (0, 2, 4)), ("coffee", (1, 3))):
        (folder / name).mkdir(parents=True)
        for number in numbers:
            photograph(number).save(folder / name / f"{number}.jpg")
    (folder / "coffee" / "3.jpg").write_bytes(b"torn")
    return folder


def waves_in(folder: Path) -> Path:
    """Twenty windows of 40 samples in three channels, of two classes, as an archive of arrays."""
    folder.mkdir(parents=True)
    rng, t = np.random.default_rng(0), np.arange(40) / 20
    labels = np.arange(20) % 2
    x = np.stack([np.sin(2 * np.pi * (1 + 2 * y) * t)[:, None] + rng.normal(0, 0.1, (40, 3)) for y in labels])
    place = folder / "waves.npz"
    np.savez(place, x=x.astype(np.float32), y=labels, classes=np.array(["walk", "run"]), rate=np.float32(20))
    return place
