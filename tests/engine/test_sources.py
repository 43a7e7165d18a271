"""Official sources of data sets: what they say, and a downloaded set that is found and read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from driving import drive, of
from serving import Site, served
from tiny_models import use_own_torch

from engine import places
from engine.data import dataset, load
from engine.data.imageset import ImageSet
from engine.data.sources import SOURCES, Source, SourceFile, get_dataset, get_files, source
from engine.errors import LabError
from engine.jobs import Progress


def test_every_source_names_its_files_hashes_and_terms() -> None:
    assert {"mnist", "fashion-mnist", "cifar10"} <= {one.id for one in SOURCES}
    for one in SOURCES:
        assert one.licence
        assert one.host in one.mirrors[0]
        assert all(mirror.startswith("http") and mirror.endswith("/") for mirror in one.mirrors)
        assert all(len(file.md5) == 32 and int(file.md5, 16) and file.bytes > 1000 for file in one.files)
    assert source("mnist").bytes == 11_594_722  # type: ignore[union-attr]
    assert source("cats") is None


def test_a_set_without_a_source_is_a_sentence() -> None:
    with pytest.raises(LabError, match=r"cats.*mnist"):
        drive(get_dataset("cats"))


def small_mnist(mnist_dir: Path, *mirrors: str) -> Source:
    """The official source with other files and mirrors."""
    official = source("mnist")
    assert official
    files = sorted((mnist_dir / "MNIST" / "raw").iterdir())
    about = tuple(SourceFile(f.name, f.stat().st_size, hashlib.md5(f.read_bytes()).hexdigest()) for f in files)
    return Source("mnist", official.name, mirrors, official.folder, about, "")


def test_a_downloaded_set_is_found_and_read(mnist_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_own_torch(tmp_path / "torch", monkeypatch)
    files = (mnist_dir / "MNIST" / "raw").iterdir()
    with served(Site(files={f"/mnist/{path.name}": path.read_bytes() for path in files})) as site:
        small = small_mnist(mnist_dir, site.url("/lost/"), site.url("/mnist/"))
        events, folder = drive(get_files(small, places.own_data()))
    done = [event.done for event in of(Progress, events)]
    assert done == sorted(done)
    assert done[-1] == small.bytes
    assert dataset("mnist").find(places.data()) == folder
    found = drive(load("mnist", "train"))[1]
    assert isinstance(found, ImageSet)
    assert len(found) == 1000


def test_without_a_connection_the_size_of_the_whole_set_is_told(mnist_dir: Path, tmp_path: Path) -> None:
    small = small_mnist(mnist_dir, "http://nowhere.invalid/")
    with pytest.raises(LabError, match=r"needs \d+ kB from the internet and there is no connection") as caught:
        drive(get_files(small, tmp_path / "elsewhere"))
    assert f"{small.bytes / 1e3:.0f} kB" in str(caught.value)
