"""Where the official files of data sets come from, and getting them onto this machine.

Addresses and checksums are those that torchvision publishes for the same files.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from engine import places
from engine.cards import unknown
from engine.download import fetch, in_words
from engine.jobs import Event, Job, Progress
from engine.settings import load as load_settings
from engine.text import Text, same
from engine.web import Offline, host_of, offline


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as its publisher packs it: its name, its exact length in bytes, its MD5 in hexadecimal."""

    name: str
    bytes: int
    md5: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a data set can be downloaded.

    mirrors: folders on the web that hold all `files`, the best first, each ending in "/".
    folder:  where the files go below the folder of data sets, as torchvision lays them out.
    """

    id: str
    name: Text
    mirrors: tuple[str, ...]
    folder: str
    files: tuple[SourceFile, ...]
    licence: str

    @property
    def bytes(self) -> int:
        """Of all files together."""
        return sum(file.bytes for file in self.files)

    @property
    def host(self) -> str:
        """Who is asked first."""
        return host_of(self.mirrors[0])


SOURCES: tuple[Source, ...] = (
    Source(
        id="mnist",
        name=same("MNIST"),
        mirrors=("https://ossci-datasets.s3.amazonaws.com/mnist/", "http://yann.lecun.com/exdb/mnist/"),
        folder="MNIST/raw",
        files=(
            SourceFile("train-images-idx3-ubyte.gz", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            SourceFile("train-labels-idx1-ubyte.gz", 28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
            SourceFile("t10k-images-idx3-ubyte.gz", 1_648_877, "9fb629c4189551a2d022fa330f9573f3"),
            SourceFile("t10k-labels-idx1-ubyte.gz", 4_542, "ec29112dd5afa0611ce80d1b7f02629c"),
        ),
        licence="CC-BY-SA-3.0 (as commonly given)",
    ),
    Source(
        id="fashion-mnist",
        name=same("Fashion-MNIST"),
        mirrors=("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",),
        folder="FashionMNIST/raw",
        files=(
            SourceFile("train-images-idx3-ubyte.gz", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            SourceFile("train-labels-idx1-ubyte.gz", 29_515, "25c81989df183df01b3e8a0aad5dffbe"),
            SourceFile("t10k-images-idx3-ubyte.gz", 4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
            SourceFile("t10k-labels-idx1-ubyte.gz", 5_148, "bb300cfdad3c16e7a12a480ee83cd310"),
        ),
        licence="MIT",
    ),
    Source(
        id="cifar10",
        name=same("CIFAR-10"),
        mirrors=("https://www.cs.toronto.edu/~kriz/",),
        folder="",
        files=(SourceFile("cifar-10-python.tar.gz", 170_498_071, "c58f30108f718f92721af3b95e74349a"),),
        licence="as published by A. Krizhevsky, 2009: cite the technical report",
    ),
)


def source(id: str) -> Source | None:
    """Where the data set with this id can be downloaded, or None."""
    return next((one for one in SOURCES if one.id == id), None)


def get_dataset(id: str, *, root: Path | None = None) -> Job:
    """Download a data set; a job, returns the folder of its files.

    Args:
        root: the folder of data sets; None = the one in use, or our own when none was chosen.
    Raises:
        LabError: as `engine.download.fetch`, or no official source is known.
    """
    found = source(id)
    if found is None:
        raise unknown(Text("official source", "공식 출처"), id, [one.id for one in SOURCES])
    return (yield from get_files(found, root or load_settings()[0].data() or places.own_data()))


def get_files(wanted: Source, root: Path) -> Job:
    """Download every file of `wanted` below `root`; a job, returns their folder. Files already right are kept."""
    folder, done = root / wanted.folder, 0
    for file in wanted.files:
        addresses = [mirror + file.name for mirror in wanted.mirrors]
        job = fetch(addresses, folder / file.name, md5=file.md5, size=file.bytes, name=_of(wanted, file))
        try:
            yield from _among_all(job, done, wanted.bytes)
        except Offline as error:
            raise offline(in_words(wanted.bytes - done)) from error
        done += file.bytes
    return folder


def _of(wanted: Source, file: SourceFile) -> Text:
    return wanted.name if len(wanted.files) == 1 else same(f"{wanted.name.en} ({file.name})")


def _among_all(job: Job, before: int, total: int) -> Generator[Event, None, None]:
    """One file's progress as a share of all files."""
    try:
        for event in job:
            if isinstance(event, Progress):
                yield Progress(min(before + event.done, total), total, event.note)
    finally:
        job.close()
