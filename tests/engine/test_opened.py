"""Opening a folder, a file or an archive: recognised, used in place, remembered; archives stay in their folder."""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from form_sets import NAMES, captioned, marked, masked, pictures, tree, waves

from engine import places
from engine.cards import Task
from engine.data import DATASETS, DatasetCard, ImageSet, all_datasets, archives, dataset, load
from engine.data.export import export
from engine.data.forms import FORMS, form
from engine.data.opened import forget, open_place, opened
from engine.errors import LabError
from engine.jobs import Event, result_of


def open_one(path: Path) -> DatasetCard:
    (card,) = result_of(open_place(path))
    assert isinstance(card, DatasetCard)
    return card


def written(folder: Path, kind: str, digits: ImageSet) -> Path:
    """A small set of each form."""
    source = folder.parent / f"{folder.name}-source"
    sets = {
        **dict.fromkeys(("coco", "voc", "yolo", "images"), lambda: marked(source)),
        **dict.fromkeys(("npz", "idx", "csv"), lambda: digits.part(np.arange(40), "train")),
        "camvid": lambda: masked(source),
        "captions": lambda: captioned(source),
        "signals": waves,
    }
    result_of(export(sets[kind](), kind, folder))
    return folder


@pytest.mark.parametrize("kind", [one.id for one in FORMS])
def test_what_was_exported_opens_as_the_form_it_was_written_in(tmp_path: Path, kind: str, digits: ImageSet) -> None:
    folder = written(tmp_path / "내 데이터", kind, digits)
    before = tree(folder)
    card = open_one(folder)
    assert (card.splits, card.card.task, card.bundled) == (("train",), form(kind).task, False)
    assert form(kind).name.en in card.card.summary.render("en")
    assert len(result_of(load(card.id, "train"))) > 0
    assert tree(folder) == before


def test_an_opened_place_is_found_by_its_id_and_outlives_the_program(tmp_path: Path) -> None:
    pictures(tmp_path / "My Photos!" / "cat", ("1.jpg",))
    card = open_one(tmp_path / "My Photos!")
    assert card.id == "my-photos" and card.card.name.en == "My Photos!"
    assert [one.id for one in opened()] == ["my-photos"]
    assert all_datasets()[: len(DATASETS)] != () and all_datasets()[-1].id == "my-photos"
    found = result_of(load("my-photos", "all"))
    assert found.id == "my-photos" and found.files == ("cat/1.jpg",)
    assert places.own_data().parent.joinpath("datasets.json").is_file()


def test_a_place_opened_twice_is_one_set_and_another_of_its_name_gets_its_own_id(tmp_path: Path) -> None:
    for above in ("a", "b"):
        pictures(tmp_path / above / "photos", ("1.jpg",))
    ids = [open_one(tmp_path / above / "photos").id for above in ("a", "b", "a")]
    assert ids == ["photos", "photos-2", "photos"]
    assert len(opened()) == 2


def test_an_opened_set_never_takes_the_id_of_one_of_ours(tmp_path: Path) -> None:
    pictures(tmp_path / "mnist", ("1.jpg",))
    assert open_one(tmp_path / "mnist").id == "mnist-2"
    assert dataset("mnist") in DATASETS


def test_a_forgotten_set_is_gone_but_its_files_stay(tmp_path: Path) -> None:
    pictures(tmp_path / "photos", ("1.jpg",))
    forget(open_one(tmp_path / "photos").id)
    assert opened() == ()
    assert (tmp_path / "photos" / "1.jpg").is_file()
    with pytest.raises(LabError, match="photos"):
        forget("photos")


def test_a_folder_that_went_away_is_said_when_its_set_is_read(tmp_path: Path) -> None:
    pictures(tmp_path / "photos", ("1.jpg",))
    card = open_one(tmp_path / "photos")
    (tmp_path / "photos").rename(tmp_path / "moved")
    assert dataset(card.id).find(None) is None
    with pytest.raises(LabError, match="photos"):
        result_of(load(card.id, "all"))


def test_the_official_files_opened_anywhere_are_the_set_of_that_name(mnist_dir: Path) -> None:
    card = open_one(mnist_dir)
    assert card.id == "mnist" and opened() == ()
    assert len(result_of(load("mnist", "test"))) == 200  # no data folder was named


def test_a_folder_of_several_sets_opens_them_all(tmp_path: Path, digits: ImageSet) -> None:
    for kind in ("coco", "camvid", "npz"):
        written(tmp_path / "sets" / kind, kind, digits)
        # what they were made from lies elsewhere
        if (tmp_path / "sets" / f"{kind}-source").exists():
            (tmp_path / "sets" / f"{kind}-source").rename(tmp_path / f"{kind}-source")
    cards = result_of(open_place(tmp_path / "sets"))
    assert {card.id: card.card.task for card in cards} == {
        "coco": Task.DETECT,
        "camvid-2": Task.SEGMENT,
        "npz": Task.CLASSIFY,
    }


@pytest.mark.parametrize("name", ["empty folder", "notes.txt", "gone"])
def test_what_is_no_set_is_one_sentence(tmp_path: Path, name: str) -> None:
    if name == "empty folder":
        (tmp_path / name).mkdir()
    if name == "notes.txt":
        (tmp_path / name).write_text("hello\nworld\n")
    with pytest.raises(LabError, match=name):
        result_of(open_place(tmp_path / name))
    assert opened() == ()


def test_a_damaged_list_of_places_is_set_aside_never_lost(tmp_path: Path) -> None:
    file = places.own_data().parent / "datasets.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('{"sets": [{"id"')
    assert opened() == ()
    pictures(tmp_path / "photos", ("1.jpg",))
    open_one(tmp_path / "photos")
    assert len(opened()) == 1
    assert file.with_suffix(".kept").read_text() == '{"sets": [{"id"'


def test_entries_that_are_no_sets_are_passed_over() -> None:
    file = places.own_data().parent / "datasets.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        '{"format": 1, "sets": [7, {"id": "x"}, {"id": "y", "name": "y", "form": "pickle", "place": "/", "splits": []}]}'
    )
    assert opened() == ()


# Archives


def zipped(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tree(folder).items():
            archive.writestr(f"{folder.name}/{name}", content)
    return path


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"])
def test_an_archive_is_unpacked_once_into_our_own_folder(tmp_path: Path, ending: str) -> None:
    pictures(tmp_path / "사진" / "cat", NAMES[:2])
    path = tmp_path / f"사진 묶음{ending}"
    if ending == ".zip":
        zipped(path, tmp_path / "사진")
    else:
        with tarfile.open(path, f"w:{ending.split('.')[-1].replace('tgz', 'gz').replace('tar', '')}") as tar:
            tar.add(tmp_path / "사진", "사진")
    card = open_one(path)
    place = card.find(None)
    assert place and place.is_relative_to(places.own_data()) and place.name == "사진"
    assert tree(place) == tree(tmp_path / "사진")
    before = (place / "cat" / NAMES[0]).stat().st_mtime_ns
    assert open_one(path).id == card.id
    assert (place / "cat" / NAMES[0]).stat().st_mtime_ns == before


def unpacked() -> dict[str, bytes]:
    return tree(places.own_data()) if places.own_data().exists() else {}


BAD_NAMES = ["../out.jpg", "a/../../out.jpg", "/tmp/out.jpg", "..\\out.jpg", "C:\\out.jpg", "a/C:/out.jpg"]


@pytest.mark.parametrize("name", BAD_NAMES)
@pytest.mark.parametrize("ending", ["zip", "tar"])
def test_an_archive_never_writes_outside_its_folder(tmp_path: Path, name: str, ending: str) -> None:
    path = tmp_path / f"bad.{ending}"
    if ending == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("fine.jpg", b"x")
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, b"x")
    else:
        with tarfile.open(path, "w") as tar:
            info2 = tarfile.TarInfo(name)
            info2.size = 1
            tar.addfile(info2, io.BytesIO(b"x"))
    outside = {p for p in tmp_path.rglob("*") if places.own_data() not in (p, *p.parents)}
    with pytest.raises(LabError, match=r"bad\.(zip|tar) was not unpacked|is damaged"):
        result_of(open_place(path))
    assert unpacked() == {}
    assert {p for p in tmp_path.rglob("*") if places.own_data() not in (p, *p.parents)} - outside <= {tmp_path / "home"}
    assert not Path("/tmp/out.jpg").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_in_an_archive_are_passed_over(tmp_path: Path, kind: bytes) -> None:
    pictures(tmp_path / "p", ("1.jpg",))
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        link = tarfile.TarInfo("out")
        link.type, link.linkname = kind, "/etc"
        tar.addfile(link)
        inner = tarfile.TarInfo("out/passwd.jpg")
        inner.size = 1
        tar.addfile(inner, io.BytesIO(b"x"))
        tar.add(tmp_path / "p" / "1.jpg", "1.jpg")
    place = open_one(tmp_path / "a.tar").find(None)
    assert place and not (place / "out").is_symlink()
    assert sorted(tree(place)) == ["1.jpg", "out/passwd.jpg"]
    assert not Path("/etc/passwd.jpg").exists()


def test_a_link_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    pictures(tmp_path / "p", ("1.jpg",))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("out")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc")
        archive.write(tmp_path / "p" / "1.jpg", "1.jpg")
    place = open_one(tmp_path / "a.zip").find(None)
    assert place and sorted(tree(place)) == ["1.jpg"]


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_a_bomb_is_not_unpacked(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "SMALL", 1 << 20)
    path = tmp_path / f"bomb.{ending}"
    if ending == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("0.jpg", bytes(8 << 20))
    else:
        with tarfile.open(path, "w:gz") as tar:
            info = tarfile.TarInfo("0.jpg")
            info.size = 8 << 20
            tar.addfile(info, io.BytesIO(bytes(info.size)))
    with pytest.raises(LabError, match="more than 300 times its size"):
        result_of(open_place(path))
    assert unpacked() == {}


def test_a_zip_that_lies_about_its_size_is_stopped_while_it_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "SMALL", 1 << 20)
    path = tmp_path / "liar.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.jpg", bytes(8 << 20))
    content = path.read_bytes().replace(struct.pack("<I", 8 << 20), struct.pack("<I", 100))
    path.write_bytes(content)
    with pytest.raises(LabError, match=r"liar\.zip"):
        result_of(open_place(path))
    assert unpacked() == {}


def test_an_archive_larger_than_the_disk_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures(tmp_path / "p", ("1.jpg",))
    path = zipped(tmp_path / "a.zip", tmp_path / "p")
    usage = archives.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(archives.shutil, "disk_usage", lambda where: usage._replace(free=10))
    with pytest.raises(LabError, match="no room"):
        result_of(open_place(path))
    assert unpacked() == {}


@pytest.mark.parametrize("ending", [".zip", ".tar.gz", ".tar.bz2", ".tar.xz"])
@pytest.mark.parametrize(
    ("damage", "seed"), [("cut", 0), *(("changed", n) for n in range(5)), ("text", 0), ("empty", 0)]
)
def test_a_damaged_archive_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, ending: str, damage: str, seed: int
) -> None:
    pictures(tmp_path / "p")
    path = tmp_path / f"a{ending}"
    if ending == ".zip":
        zipped(path, tmp_path / "p")
    else:
        with tarfile.open(path, f"w:{ending.split('.')[-1]}") as tar:
            tar.add(tmp_path / "p", "p")
    content = path.read_bytes()
    changed = bytearray(content)
    changed[len(content) // 2 : len(content) // 2 + 50] = np.random.default_rng(seed).bytes(50)
    path.write_bytes({"cut": content[: len(content) // 2], "changed": changed, "text": b"hello", "empty": b""}[damage])
    with pytest.raises(LabError, match=r"a\.(zip|tar)"):
        result_of(open_place(path))
    assert unpacked() == {} and opened() == ()


def test_an_archive_with_a_password_is_one_sentence(tmp_path: Path) -> None:
    pictures(tmp_path / "p", ("1.jpg",))
    path = zipped(tmp_path / "a.zip", tmp_path / "p")
    content = bytearray(path.read_bytes())
    content[6] |= 1  # the mark of a password, in both of the file's headers
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(LabError, match="password"):
        result_of(open_place(path))


def test_a_cancelled_unpacking_leaves_nothing(tmp_path: Path) -> None:
    pictures(tmp_path / "p")
    job = open_place(zipped(tmp_path / "a.zip", tmp_path / "p"))
    for _ in range(4):
        assert isinstance(next(job), Event)
    job.close()
    assert unpacked() == {}
    assert not any((places.own_data() / "unpacked").iterdir())


def test_korean_names_of_an_old_zip_are_read_as_korean(tmp_path: Path) -> None:
    pictures(tmp_path / "p", ("1.jpg",))
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("aaaa/1.jpg", (tmp_path / "p" / "1.jpg").read_bytes())
    path.write_bytes(path.read_bytes().replace(b"aaaa", "사진".encode("cp949")))
    place = open_one(path).find(None)
    assert place and place.name == "사진"
