"""Small sets of real photographs in the layouts of CamVid and BCCD, cut from the pictures that scikit-image brings."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
from skimage import data as photographs

SOURCES = (photographs.astronaut, photographs.coffee, photographs.chelsea, photographs.rocket)
WIDTH, HEIGHT = 96, 64


def some_photographs(count: int) -> list[np.ndarray]:
    """(64, 96, 3) uint8 RGB, each another cut."""
    rng, found = np.random.default_rng(0), []
    for number in range(count):
        whole = SOURCES[number % len(SOURCES)]()
        y, x = rng.integers(0, whole.shape[0] - 200), rng.integers(0, whole.shape[1] - 300)
        found.append(cv2.resize(whole[y : y + 200, x : x + 300], (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA))
    return found


def write_camvid(root: Path, *, train: int = 6, val: int = 3) -> Path:
    """A set in CamVid's layout below `root`: the class of a pixel is its brightness in twelfths, the last is void."""
    every = some_photographs(train + val)
    for part, pictures in (("train", every[:train]), ("val", every[train:])):
        for folder in (part, f"{part}annot"):
            (root / "camvid" / folder).mkdir(parents=True)
        for number, picture in enumerate(pictures):
            mask = (picture.mean(axis=2).astype(int) * 12 // 256).astype(np.uint8)
            mask[:2] = 11
            cv2.imwrite(str(root / "camvid" / part / f"{number}.png"), picture[:, :, ::-1])
            cv2.imwrite(str(root / "camvid" / f"{part}annot" / f"{number}.png"), mask)
    return root


def write_bccd(root: Path, *, train: int = 6, val: int = 3) -> Path:
    """A set in BCCD's layout below `root`: each photograph holds a red and a white disc; the last one of val none."""
    (root / "bccd" / "images").mkdir(parents=True)
    every = some_photographs(train + val)
    names = ("RBC", "WBC", "Platelets")
    for part, start, pictures in (("train", 0, every[:train]), ("val", train, every[train:])):
        images, annotations = [], []
        for number, picture in enumerate(pictures, start=start):
            images.append({"id": number, "file_name": f"{number}.png", "width": WIDTH, "height": HEIGHT})
            empty = part == "val" and number == train + val - 1
            for label, (x, ink) in enumerate(((24, (220, 30, 30)), (70, (250, 250, 250)))) if not empty else ():
                y = 20 + 5 * (number % 5)
                cv2.circle(picture, (x, y), 10, ink, -1)
                box = [x - 10, y - 10, 21, 21]
                annotations.append({"id": len(annotations) + 1, "image_id": number, "category_id": label, "bbox": box})
                annotations[-1] |= {"area": 441, "iscrowd": 0}
            cv2.imwrite(str(root / "bccd" / "images" / f"{number}.png"), picture[:, :, ::-1])
        categories = [{"id": i, "name": name} for i, name in enumerate(names)]
        content = {"images": images, "annotations": annotations, "categories": categories}
        (root / "bccd" / f"{part}.json").write_text(json.dumps(content))
    return root


def write_free_photos(root: Path, *, train: int = 6, val: int = 3) -> Path:
    """A set in the layout of the small COCO below `root`, every photograph under CC BY: `free-photos` takes them all."""
    folder, every = root / "coco_small", some_photographs(train + val)
    for part, pictures in (("train", every[:train]), ("val", every[train:])):
        (folder / part).mkdir(parents=True)
        for number, picture in enumerate(pictures):
            cv2.imwrite(str(folder / part / f"{number}.png"), picture[:, :, ::-1])
        told = {"width": WIDTH, "height": HEIGHT, "license": 4}
        images = [{"id": number, "file_name": f"{number}.png", **told} for number in range(len(pictures))]
        content = {"images": images, "annotations": [], "categories": [{"id": 0, "name": "person"}]}
        (folder / f"instances_{part}.json").write_text(json.dumps(content))
    (folder / "captions.json").write_text("{}")
    return root
