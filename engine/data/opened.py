"""Places a person has opened: a folder, a file or an archive, recognised, used where it lies, and remembered."""

from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path
from typing import Any

from engine import places
from engine.cards import Card, Explanation, Task
from engine.data.archives import is_archive, unpack
from engine.data.explained import PIXELS
from engine.data.forms import FORMS, Form, Recognised, form
from engine.data.forms.reading import list_folder, listed_once
from engine.data.imageset import DatasetCard
from engine.data.marked import BOXES, MASKS
from engine.errors import LabError
from engine.files import read_json, write_json
from engine.jobs import Job, Progress
from engine.text import Text, same

_LOOKING = Text("Looking at what it holds", "무엇이 들었는지 보는 중")
_CHILDREN = 200  # folders of a folder that are looked into
_WAVES = Explanation(
    Text("A signal is numbers over time", "신호는 시간에 따른 숫자예요"),
    Text("Compare the waves of two classes.", "두 클래스의 파형을 견주어 보세요."),
    Text(
        "Sensors were read many times a second. A window of these numbers is what the network gets.",
        "센서를 1초에 여러 번 읽었어요. 그 숫자를 잘라 낸 한 구간이 신경망의 입력이에요.",
    ),
    "x ∈ ℝᵀˣᶜ",
)
_SENTENCES = Explanation(
    Text("Pictures and sentences", "그림과 문장"),
    Text("Read what people wrote about one picture.", "사람들이 한 그림에 쓴 문장을 읽어 보세요."),
    Text(
        "Several people described each picture. There is no single right sentence.",
        "여러 사람이 그림을 설명했어요. 정답 문장은 하나가 아니에요.",
    ),
    "p(wₜ | w₁ … wₜ₋₁, x)",
)
_EXPLAINED = {
    Task.CLASSIFY: PIXELS,
    Task.DETECT: BOXES,
    Task.SEGMENT: MASKS,
    Task.CAPTION: _SENTENCES,
    Task.SIGNAL: _WAVES,
}
_kept: dict[tuple[str, int, int], tuple[dict[str, Any], ...]] = {}


def _file() -> Path:
    return places.own_data().parent / "datasets.json"


def _entries() -> tuple[dict[str, Any], ...]:
    """What is remembered; nothing when the file is missing or damaged. Read again only after a change."""
    file = _file()
    try:
        about = file.stat()
    except OSError:
        return ()
    key = (str(file), about.st_mtime_ns, about.st_size)
    if key not in _kept:
        _kept.clear()
        try:
            found = read_json(file).get("sets")
        except LabError:
            found = None
        _kept[key] = tuple(e for e in found or () if _is_entry(e)) if isinstance(found, list) else ()
    return _kept[key]


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict) or not all(
        isinstance(entry.get(key), str) for key in ("id", "form", "place", "name")
    ):
        return False
    parts = entry.get("splits")
    known_form = entry["form"] == "" or entry["form"] in {one.id for one in FORMS}
    return known_form and isinstance(parts, list) and all(isinstance(part, str) for part in parts)


def _remember(entries: list[dict[str, Any]]) -> None:
    """Keep `entries`; a list that was damaged, or is a newer program's, is set aside and never overwritten."""
    file = _file()
    if file.exists() and not _is_list(file):
        os.replace(file, file.with_suffix(".kept"))
    write_json(file, {"sets": entries})


def _is_list(file: Path) -> bool:
    try:
        return isinstance(read_json(file).get("sets"), list)
    except LabError:
        return False


def opened() -> tuple[DatasetCard, ...]:
    """A card for each place that was opened, in the order they were first opened."""
    return tuple(_card(entry) for entry in _entries() if entry["form"])


def place_of(id: str) -> Path | None:
    """Where a person has opened the set with this id, if it is still there."""
    for entry in _entries():
        if entry["id"] == id and Path(entry["place"]).exists():
            return Path(entry["place"])
    return None


def forget(id: str) -> None:
    """Take a set off the list; its files stay. Raises `LabError` when no opened set has this id."""
    left = [entry for entry in _entries() if entry["id"] != id]
    if len(left) == len(_entries()):
        text = Text("No opened place is called “{id}”.", "‘{id}’ 이름으로 연 곳이 없어요.")
        raise LabError(text(id=id))
    _remember(left)


def open_place(path: Path) -> Job:
    """Recognise what a folder, file or archive holds; yields `Progress`, returns the cards of its sets.

    Archives are unpacked into our own data folder; all else is used where it lies.
    Raises: `LabError` when nothing there can be recognised.
    """
    path = Path(os.path.abspath(path))
    yield Progress(0, 0, _LOOKING)
    if not path.exists():
        raise LabError(Text("{path} does not exist.", "{path} 경로가 없어요.")(path=path))
    known = _known(path)
    if not known and path.is_file() and is_archive(path):
        path = yield from unpack(path)
        known = _known(path)
    yield Progress(0, 0, _LOOKING)
    if known:
        _add([_known_entry(card, path) for card in known])
        return tuple(dataclasses.replace(card, find=_at(path, card)) for card in known)
    with listed_once():
        found = _recognised(path)
    if not found:
        raise LabError(_nothing(path))
    return tuple(_card(entry) for entry in _add([_entry(one, what) for one, what in found]))


def _known(path: Path) -> list[DatasetCard]:
    """The sets with cards of their own that lie at or below a place."""
    from engine.data import DATASETS  # here: it imports this file

    return [card for card in DATASETS if not card.bundled and card.find(path) is not None]


def _at(path: Path, card: DatasetCard) -> Any:
    return lambda root: card.find(root) or card.find(path)


def with_place(card: DatasetCard) -> DatasetCard:
    """A card of ours that also finds its set where a person has opened it."""
    place = place_of(card.id)
    return dataclasses.replace(card, find=_at(place, card)) if place else card


def _recognised(path: Path) -> list[tuple[Form, Recognised]]:
    """The set at `path`; if it has none but pictures, the marked sets in its folders; else its pictures."""
    for one in FORMS[:-1]:
        what = one.recognise(path)
        if what is not None:
            return [(one, what)]
    found = []
    for child in list_folder(path)[:_CHILDREN] if path.is_dir() else ():
        if child.is_dir() and os.access(child.path, os.R_OK | os.X_OK):
            hits = ((one, one.recognise(Path(child.path))) for one in FORMS[:-1])
            found += [(one, what) for one, what in hits if what is not None][:1]
    pictures = FORMS[-1].recognise(path)
    return found or ([(FORMS[-1], pictures)] if pictures else [])


def _nothing(path: Path) -> Text:
    text = Text(
        "{path} holds nothing this program can read as a data set. It reads: {forms}.",
        "{path}에는 데이터셋으로 읽을 수 있는 것이 없어요. 읽을 수 있는 형식: {forms}.",
    )
    return text(path=path, forms=", ".join(one.name.en for one in FORMS))


def _add(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Remember `entries`; a place opened before keeps its id, a new one gets an id of its own."""
    from engine.data import DATASETS  # here: it imports this file

    kept = list(_entries())
    for entry in entries:
        before = [old for old in kept if (old["place"], old["form"]) == (entry["place"], entry["form"])]
        if entry["form"] and before:
            entry["id"] = before[0]["id"]
        elif entry["form"]:
            entry["id"] = _free_id(entry["id"], {card.id for card in DATASETS} | {old["id"] for old in kept})
        positions = [i for i, old in enumerate(kept) if old["id"] == entry["id"]]
        if positions:
            kept[positions[0]] = entry
        else:
            kept.append(entry)
    _remember(kept)
    return entries


def _free_id(wanted: str, taken: set[str]) -> str:
    number, id = 2, wanted
    while id in taken:
        id, number = f"{wanted}-{number}", number + 1
    return id


def _known_entry(card: DatasetCard, path: Path) -> dict[str, Any]:
    return {"id": card.id, "name": card.card.name.en, "form": "", "place": str(path), "splits": list(card.splits)}


def _entry(one: Form, what: Recognised) -> dict[str, Any]:
    name = what.place.stem if what.place.is_file() else what.place.name
    unpacked = what.place.parent == places.own_data() / "unpacked"
    name = re.sub(r"-[0-9a-f]{8}$", "", name) if unpacked else name
    return {
        "id": re.sub(r"[^\w.]+", "-", name.lower()).strip("-.") or "set",
        "name": name or str(what.place),
        "form": one.id,
        "place": str(what.place),
        "splits": list(what.splits),
        "counts": list(what.counts),
    }


def _card(entry: dict[str, Any]) -> DatasetCard:
    one = form(entry["form"])
    place, id = Path(entry["place"]), entry["id"]

    def read(split: str, at: Path) -> Job:
        found = yield from one.read(at, split)
        return dataclasses.replace(found, id=id)

    counts = tuple(n for n in entry.get("counts", ()) if isinstance(n, int))
    summary = Text("Opened from {place} · {form}", "{place}에서 열었어요 · {form}")
    card = Card(
        id=id,
        task=one.task,
        name=same(entry["name"]),
        summary=summary(place=place, form=one.name),
        source=str(place),
        paper="",
        explanation=_EXPLAINED[one.task],
    )
    return DatasetCard(
        card=card,
        splits=tuple(entry["splits"]),
        counts=counts if len(counts) == len(entry["splits"]) else (),
        size_words=one.name,
        bundled=False,
        find=lambda root: place if place.exists() else None,
        read=read,
    )
