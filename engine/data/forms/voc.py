"""PASCAL VOC's XML: one file of boxes for each photograph (lecture rows 65, 93).

Layouts: VOC's own (`Annotations/`, `JPEGImages/`, `ImageSets/Main/train.txt`) and photographs with their XML
beside them, with or without folders for parts. VOC counts pixels from 1 and includes the last one (Everingham
et al., The PASCAL Visual Object Classes Challenge, 2010): xmin = x1 + 1, xmax = x2. "difficult" objects are not
scored there, so they are read as crowds.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # builds only; what comes from outside is parsed by defusedxml
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from engine.cards import Task
from engine.data.forms.form import AnySet, Form, Recognised, has_boxes
from engine.data.forms.marks import Gathered, box_of
from engine.data.forms.reading import PARTS, Faults, in_order, is_picture, is_text, list_folder, read_text
from engine.data.forms.sizes import header_size
from engine.data.forms.writing import WRITING, check_part, copy_files, flat_names, size_of, write_marks
from engine.data.names import VOC, all_named, listed
from engine.data.photoset import PhotoSet, with_fingerprint
from engine.errors import LabError, cannot_read
from engine.jobs import Job, Progress
from engine.text import Text, same

_STEP = 100
_READING = Text("Reading marks", "표시를 읽는 중")
_PHOTOS = ("JPEGImages", "images", "Images", "")
NO_XML = Text("it is no XML of this form", "이 형식의 XML이 아니에요")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the XML and the photographs of a part lie, relative to the set's folder, and which names belong to it."""

    marks: str
    photos: str
    names: tuple[str, ...] | None


def recognise(path: Path) -> Recognised | None:
    found = splits(path)
    return Recognised(path, found, Task.DETECT) if found else None


def splits(path: Path) -> tuple[str, ...]:
    return in_order(_layouts(path)) if path.is_dir() else ()


def _layouts(root: Path) -> dict[str, _Layout]:
    marks = root / "Annotations"
    if marks.is_dir() and _is_marked(marks):
        photos = next(name for name in _PHOTOS if (root / name).is_dir())
        lists = root / "ImageSets" / "Main"
        files = list_folder(lists) if lists.is_dir() else []
        lists_of = [Path(entry.path) for entry in files if entry.name.endswith(".txt") and _is_part(Path(entry.path))]
        named = {file.stem: _Layout("Annotations", photos, _names(file)) for file in lists_of}
        if {"train", "val"} <= set(named):
            named.pop("trainval", None)  # the two together
        return named or {"all": _Layout("Annotations", photos, None)}
    parts = [entry.name for entry in list_folder(root) if entry.is_dir() and entry.name.lower() in PARTS]
    found = {part: _Layout(part, part, None) for part in parts if _is_marked(root / part)}
    if not found and _is_marked(root):
        return {"all": _Layout("", "", None)}
    return found


def _is_part(file: Path) -> bool:
    """True for a list of names alone; VOC's lists for one class have a second column of 1, 0 and −1."""
    first = next((line.split() for line in read_text(file).splitlines() if line.strip()), [])
    return bool(first) and (len(first) == 1 or first[-1] not in ("1", "0", "-1"))


def _is_marked(folder: Path) -> bool:
    """True when the first XML file of a folder starts like VOC's."""
    for entry in list_folder(folder):
        if entry.name.endswith(".xml"):
            try:
                with open(entry.path, "rb") as file:
                    return b"<annotation" in file.read(2000)
            except OSError:
                return False
    return False


def _names(file: Path) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in read_text(file).splitlines() if line.strip()))


def read(path: Path, split: str) -> Job:
    """Read one part: a `PhotoSet` with objects. Raises `LabError` when it holds no photograph with marks."""
    layout = _layouts(path).get(split)
    if layout is None:
        raise LabError(
            Text("{path} has no part “{split}”.", "{path}에 ‘{split}’ 부분이 없어요.")(path=path, split=split)
        )
    faults = Faults()
    trees = yield from _parse(path / layout.marks, layout.names, faults)
    classes = yield from _classes(path, layout.marks, trees)
    photos = {Path(e.name).stem: e.name for e in list_folder(path / layout.photos) if is_picture(e.name)}
    files, sizes, objects = [], [], []
    for done, (name, tree) in enumerate(trees.items()):
        if done % _STEP == 0:
            yield Progress(done, len(trees), _READING)
        photo = photos.get(name) or photos.get(Path(tree.findtext("filename") or "").stem)
        if photo is None:
            faults.add(f"{name}.xml", Text("its photograph is not there", "사진이 없어요"))
            continue
        file = f"{layout.photos}/{photo}".lstrip("/")
        size = _size(tree, path / file)
        files.append(file)
        sizes.append(size)
        objects.append(_marks(tree, classes, size, file=file, faults=faults).objects())
    if not files:
        text = Text("{path} has no photograph with marks.", "{path}에 표시가 있는 사진이 없어요.")
        raise LabError(text(path=path / layout.marks))
    found = PhotoSet(
        id=path.name,
        split=split,
        folder=path,
        files=tuple(files),
        sizes=np.array(sizes, np.int32),
        classes=all_named(classes),
        note=same(str(path)),
        objects=tuple(objects),
        unreadable=faults.listed(),
    )
    return with_fingerprint(found)


def _parse(folder: Path, names: tuple[str, ...] | None, faults: Faults, known: Container[str] = ()) -> Job:
    """The XML of each name (None = all in the folder), by name, without those that are `known`."""
    lying = {Path(entry.name).stem: Path(entry.path) for entry in list_folder(folder) if entry.name.endswith(".xml")}
    wanted = tuple(name for name in lying if name not in known) if names is None else names
    trees: dict[str, ET.Element] = {}
    for done, name in enumerate(wanted):
        if done % _STEP == 0:
            yield Progress(done, len(wanted), _READING)
        if name not in lying or not is_text(name):
            faults.add(ascii(name)[1:-1], Text("its XML file is not there", "XML 파일이 없어요"))
            continue
        try:
            tree = fromstring(lying[name].read_bytes())
        except OSError as error:
            faults.add(f"{name}.xml", cannot_read(lying[name], error).text)
            continue
        except (ET.ParseError, DefusedXmlException, ValueError, LookupError):
            faults.add(f"{name}.xml", NO_XML)
            continue
        if tree.tag == "annotation":
            trees[name] = tree
        else:
            faults.add(f"{name}.xml", NO_XML)
    return trees


def _classes(root: Path, marks: str, trees: dict[str, ET.Element]) -> Job:
    """The classes of the whole set, so that every part counts them alike: a list beside it, VOC's 20, or all found."""
    for name in ("classes.txt", "labels.txt"):
        if (root / name).is_file():
            return list(dict.fromkeys(line.strip() for line in read_text(root / name).splitlines() if line.strip()))
    others = {layout.marks for layout in _layouts(root).values()} | {marks}
    found: set[str] = set()
    for folder in sorted(others):
        here = trees if folder == marks else {}
        more: dict[str, ET.Element] = yield from _parse(root / folder, None, Faults(), known=here)
        for tree in (*here.values(), *more.values()):
            found |= {_class_of(mark) for mark in tree.iter("object")}
    found.discard("")
    usual = listed(VOC)
    return list(usual) if found <= set(usual) else sorted(found)


def _class_of(mark: ET.Element) -> str:
    return (mark.findtext("name") or "").strip()


def _size(tree: ET.Element, photo: Path) -> tuple[int, int]:
    """Width and height as the XML says, else as the photograph's header says."""
    said = [tree.findtext(f"size/{side}") or "" for side in ("width", "height")]
    sides = [int(float(word)) if word.strip().replace(".", "", 1).isascii() and _number(word) else 0 for word in said]
    if all(0 < side < 1 << 20 for side in sides):
        return sides[0], sides[1]
    return header_size(photo) or (0, 0)


def _number(word: str) -> bool:
    return word.strip().replace(".", "", 1).isdigit()


def _marks(tree: ET.Element, classes: list[str], size: tuple[int, int], *, file: str, faults: Faults) -> Gathered:
    gathered = Gathered()
    for mark in tree.iter("object"):
        name = _class_of(mark)
        if name not in classes:
            faults.add(file, Text("a mark of an unknown class was left out", "모르는 클래스의 표시를 뺐어요"))
            continue
        corners = [_float(mark.findtext(f"bndbox/{key}")) for key in ("xmin", "ymin", "xmax", "ymax")]
        box = box_of([corners[0] - 1, corners[1] - 1, *corners[2:]], size, faults, file)
        if box is not None:
            difficult = (mark.findtext("difficult") or "").strip() == "1"
            gathered.add(box, classes.index(name), crowd=difficult)
    return gathered


def _float(word: str | None) -> float:
    try:
        return float(word or "nan")
    except ValueError:
        return float("nan")


def write(set_: AnySet, folder: Path, *, pictures: bool = True) -> Job:
    """Write one part in VOC's own layout; returns the folder."""
    assert isinstance(set_, PhotoSet) and set_.objects is not None
    part = check_part(set_.split)
    names = flat_names(set_)
    if pictures:
        yield from copy_files([(set_.path(i), folder / "JPEGImages" / name) for i, name in enumerate(names)])
    for index, name in enumerate(names):
        if index % _STEP == 0:
            yield Progress(index, len(names), WRITING)
        tree = _tree(set_, index, name)
        ET.indent(tree, "\t")
        content = ET.tostring(tree, encoding="unicode") + "\n"
        write_marks(folder / "Annotations" / f"{Path(name).stem}.xml", content.encode(), one_of_many=True)
    write_marks(folder / "classes.txt", "".join(f"{name.en}\n" for name in set_.classes).encode())
    stems = "".join(f"{Path(name).stem}\n" for name in names)
    write_marks(folder / "ImageSets" / "Main" / f"{part}.txt", stems.encode())
    return folder


def _tree(photos: PhotoSet, index: int, name: str) -> ET.Element:
    assert photos.objects is not None
    tree = ET.Element("annotation")
    _leaf(tree, "folder", "JPEGImages")
    _leaf(tree, "filename", name)
    size = ET.SubElement(tree, "size")
    for side, pixels in zip(("width", "height"), size_of(photos, index), strict=True):
        _leaf(size, side, str(pixels))
    _leaf(size, "depth", "3")
    objects = photos.objects[index]
    for box, label, crowd in zip(objects.boxes, objects.labels, objects.crowd, strict=True):
        mark = ET.SubElement(tree, "object")
        _leaf(mark, "name", photos.classes[int(label)].en)
        _leaf(mark, "difficult", str(int(crowd)))
        corners = ET.SubElement(mark, "bndbox")
        x1, y1, x2, y2 = (round(float(value), 2) for value in box)
        for key, value in (("xmin", x1 + 1), ("ymin", y1 + 1), ("xmax", x2), ("ymax", y2)):
            _leaf(corners, key, f"{value:.2f}".rstrip("0").rstrip("."))
    return tree


def _leaf(above: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(above, tag).text = "".join(c for c in text if c >= " ")  # XML knows no control characters


FORM = Form(
    id="voc",
    name=same("PASCAL VOC"),
    task=Task.DETECT,
    recognise=recognise,
    read=read,
    splits=splits,
    write=write,
    takes=has_boxes,
)
