"""Files written whole or not at all, and read with distrust."""

from __future__ import annotations

import io
import json
import os
import pickle
from pathlib import Path
from typing import BinaryIO

import pytest
import torch

from engine.errors import LabError
from engine.files import (
    FORMAT,
    check_place,
    read_json,
    read_tensors,
    sha256,
    write_bytes,
    write_json,
    write_tensors,
    write_whole,
)
from engine.train.recipes import recipe
from engine.zoo.weights import open_weights, put


def leftovers(folder: Path) -> list[Path]:
    return list(folder.rglob(".part-*"))


def test_a_written_file_has_the_new_content_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "새 폴더" / "값.json"
    write_json(path, {"name": "숫자"})
    write_json(path, {"name": "다른 숫자"})
    assert read_json(path) == {"format": FORMAT, "name": "다른 숫자"}
    assert os.listdir(path.parent) == ["값.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    """`--out /dev/null` of the system's administrator took /dev/null away."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for write in (lambda: write_bytes(path, b"new"), lambda: check_place(path)):
        with pytest.raises(LabError, match="it is a device, not a file"):
            write()
    assert path.is_fifo() and not leftovers(tmp_path)


def test_values_nested_without_end_are_damage(tmp_path: Path) -> None:
    """They were a RecursionError."""
    path = tmp_path / "deep.json"
    path.write_text("[" * 100_000)
    with pytest.raises(LabError, match="damaged"):
        read_json(path)


def test_a_write_that_fails_midway_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.bin"
    write_bytes(path, b"old")

    def half(file: BinaryIO) -> None:
        file.write(b"half of the new")
        raise OSError(28, "No space left on device")

    with pytest.raises(LabError) as caught:
        write_whole(path, half)
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == []
    assert "disk is full" in str(caught.value)
    assert str(path) in str(caught.value)
    assert "디스크가 가득" in caught.value.text.render("ko")


def test_a_defect_while_writing_leaves_the_old_file_too(tmp_path: Path) -> None:
    path = tmp_path / "kept.bin"
    write_bytes(path, b"old")
    with pytest.raises(ZeroDivisionError):
        write_whole(path, lambda file: file.write(bytes(1 // 0)))
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "kept.bin"
    write_bytes(path, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(LabError, match="disk is full"):
            write_bytes(path, bytes(100_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old"
    assert leftovers(tmp_path) == []


def test_a_folder_that_is_a_file_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LabError) as caught:
        write_json(tmp_path / "file" / "x.json", {})
    assert str(tmp_path / "file") in str(caught.value)
    assert (tmp_path / "file").read_text() == "in the way"


def test_what_the_system_says_of_a_file_is_said_in_both_languages(tmp_path: Path) -> None:
    """In a Korean sentence stood “Is a directory”."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LabError) as folder:
        read_tensors(tmp_path)
    with pytest.raises(LabError) as there:
        write_json(tmp_path / "file" / "x.json", {})
    assert folder.value.text.render("en").endswith("could not be read: it is a folder.")
    assert folder.value.text.render("ko").endswith("읽지 못했어요: 파일이 아니라 폴더예요.")
    assert there.value.text.render("ko").endswith("쓰지 못했어요: 폴더가 있어야 할 자리에 파일이 있어요.")


def test_tensors_come_back_bit_for_bit_with_what_they_say_of_themselves(tmp_path: Path) -> None:
    path = tmp_path / "가중치.safetensors"
    tensors = {
        "a": torch.randn(3, 4).to(torch.bfloat16),
        "b": torch.arange(5),
        "c": torch.randn(2, 3, 4).transpose(0, 2),
    }
    write_tensors(path, tensors, {"recipe": "x", "step": 3})
    found, about = read_tensors(path)
    assert about == {"format": FORMAT, "recipe": "x", "step": 3}
    assert all(torch.equal(found[name], value) and found[name].dtype == value.dtype for name, value in tensors.items())


class Bomb:
    """Unpickling this would create a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def raw_pickle(bomb: Bomb, protocol: int) -> bytes:
    return pickle.dumps({"weight": bomb}, protocol=protocol)


def torch_zip(bomb: Bomb, _: int) -> bytes:
    file = io.BytesIO()
    torch.save({"weight": bomb}, file)
    return file.getvalue()


def old_torch_file(bomb: Bomb, _: int) -> bytes:
    file = io.BytesIO()
    torch.save({"weight": bomb}, file, _use_new_zipfile_serialization=False)
    return file.getvalue()


PICKLES = [(raw_pickle, 2), (raw_pickle, 4), (raw_pickle, 5), (torch_zip, 0), (old_torch_file, 0)]


@pytest.mark.parametrize(("make", "protocol"), PICKLES)
@pytest.mark.parametrize("name", ["model.safetensors", "model.pt"])
def test_a_pickle_is_refused_as_one_and_never_run(tmp_path: Path, make: object, protocol: int, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(make(Bomb(tmp_path / "exploded"), protocol))  # type: ignore[operator]
    with pytest.raises(LabError) as caught:
        open_weights("mnist-deep", str(path))
    assert "is a pickle" in str(caught.value)
    assert str(path) in str(caught.value)
    assert "pickle" in caught.value.text.render("ko")
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize("protocol", [0, 1])
def test_a_pickle_of_old_times_is_never_run_either(tmp_path: Path, protocol: int) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(raw_pickle(Bomb(tmp_path / "exploded"), protocol))
    with pytest.raises(LabError, match="not a safetensors file"):
        open_weights("mnist-deep", str(path))
    assert not (tmp_path / "exploded").exists()


def test_the_bomb_of_these_tests_would_go_off(tmp_path: Path) -> None:
    pickle.loads(raw_pickle(Bomb(tmp_path / "exploded"), 4))
    assert (tmp_path / "exploded").exists()


@pytest.mark.parametrize("keep", [0, 4, 8, 100, 1000, -1])
def test_weights_that_were_cut_off_are_refused(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "w.safetensors"
    write_tensors(path, {"a": torch.randn(1000)}, {})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(LabError, match=r"not a safetensors file, or it is cut off"):
        read_tensors(path)


def test_weights_that_are_not_there_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="does not exist"):
        read_tensors(tmp_path / "none.safetensors")


def test_a_folder_in_the_place_of_weights_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="could not be read"):
        read_tensors(tmp_path)


@pytest.mark.parametrize("about", ["[]", "3", "not json"])
def test_weights_that_describe_themselves_in_nonsense_are_refused(tmp_path: Path, about: str) -> None:
    from safetensors.torch import save_file

    path = tmp_path / "w.safetensors"
    save_file({"a": torch.ones(2)}, path, metadata={"about": about})
    with pytest.raises(LabError, match=r"w\.safetensors"):
        read_tensors(path)


def test_weights_from_a_newer_version_are_refused(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    path = tmp_path / "w.safetensors"
    save_file({"a": torch.ones(2)}, path, metadata={"about": json.dumps({"format": FORMAT + 1})})
    with pytest.raises(LabError, match="newer"):
        read_tensors(path)


def test_weights_of_another_network_are_refused() -> None:
    simple, deep = (recipe(id).build(recipe(id).defaults) for id in ("mnist-simple", "mnist-deep"))
    with pytest.raises(LabError, match="another network") as caught:
        put(deep, simple.state_dict(), "file.safetensors")
    assert "다른 신경망" in caught.value.text.render("ko")


@pytest.mark.parametrize("content", ["", "{", "\x00\x01", "{'a': 1}"])
def test_json_that_is_broken_is_said_to_be_damaged(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content)
    with pytest.raises(LabError, match="damaged"):
        read_json(path)


def test_json_that_is_no_text_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(b"\xff\xfe\xba\xad")
    with pytest.raises(LabError, match="damaged"):
        read_json(path)


@pytest.mark.parametrize("content", ["[1, 2]", "3", '"text"', "null", '{"format": "two"}'])
def test_json_of_another_shape_is_said_to_be_damaged(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content)
    with pytest.raises(LabError, match="damaged"):
        read_json(path)


def test_json_of_a_newer_version_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps({"format": FORMAT + 1}))
    with pytest.raises(LabError, match="newer Convoscope"):
        read_json(path)


def test_json_that_is_missing_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="does not exist"):
        read_json(tmp_path / "none.json")


def test_a_checksum_is_the_one_everybody_computes(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"abc")
    assert sha256(tmp_path / "f") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
