"""Downloads: whole and checked or not at all, going on after a cut, and one sentence for each kind of trouble."""

from __future__ import annotations

import hashlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import drive, drive_to, of
from serving import Site, served

from engine.download import fetch, in_words
from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.text import same

CONTENT = bytes(range(256)) * 4096  # 1 MiB
HALF = len(CONTENT) // 2
SHA = hashlib.sha256(CONTENT).hexdigest()
NAME = same("weights.bin")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site(files={"/f": CONTENT, "/g": CONTENT, "/other": b"<html>sign in</html>"})) as site:
        yield site


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "받은 것" / "weights.bin"


def part(to: Path) -> Path:
    return to.with_name(to.name + ".part")


def get(site: Site, to: Path, *paths: str, **how: Any) -> Job:
    how.setdefault("sha256", SHA)
    return fetch([p if "://" in p else site.url(p) for p in paths or ("/f",)], to, name=NAME, **how)


def sentence(job: Job) -> str:
    """What a person reads when `job` fails; in both languages it must be a different one."""
    with pytest.raises(LabError) as caught:
        drive(job)
    en, ko = caught.value.text.render("en"), caught.value.text.render("ko")
    assert any("가" <= letter <= "힣" for letter in ko)
    assert en != ko
    return en


def far(events: list[Event]) -> list[int]:
    return [event.done for event in of(Progress, events)]


# What goes well


def test_a_file_arrives_whole_and_says_how_far_it_is(site: Site, to: Path) -> None:
    events, result = drive(get(site, to))
    assert result == to
    assert to.read_bytes() == CONTENT
    assert not part(to).exists()
    assert max(far(events)) == len(CONTENT) == of(Progress, events)[-1].total
    assert any("1.0 MB" in str(event.note) for event in of(Progress, events))


def test_a_file_that_is_there_already_is_not_asked_for(site: Site, to: Path) -> None:
    drive(get(site, to))
    site.asked.clear()
    assert drive(get(site, to))[1] == to
    assert site.asked == []


def test_another_file_in_the_place_is_replaced_only_by_a_whole_one(site: Site, to: Path) -> None:
    to.parent.mkdir()
    to.write_bytes(b"old")
    site.cuts = [10, 0]
    sentence(get(site, to))
    assert to.read_bytes() == b"old"
    drive(get(site, to))
    assert to.read_bytes() == CONTENT


@pytest.mark.parametrize("hashes", [{"sha256": SHA[:8]}, {"sha256": "", "md5": hashlib.md5(CONTENT).hexdigest()}])
def test_the_first_digits_of_sha256_or_an_md5_are_enough(site: Site, to: Path, hashes: dict[str, str]) -> None:
    drive(get(site, to, **hashes))
    assert to.read_bytes() == CONTENT


@pytest.mark.parametrize("hashes", [{"sha256": ""}, {"sha256": SHA, "md5": "0"}, {"sha256": SHA[:7]}])
def test_a_file_is_never_got_without_something_to_check_it_by(site: Site, to: Path, hashes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="one hash"):
        drive(get(site, to, **hashes))


def test_a_server_that_does_not_say_how_long_the_file_is_will_do(site: Site, to: Path) -> None:
    site.says_length = False
    drive(get(site, to))
    assert to.read_bytes() == CONTENT


def test_a_moved_file_is_followed(site: Site, to: Path) -> None:
    site.moved = {"/here": "/f"}
    drive(get(site, to, "/here"))
    assert [path for path, _ in site.asked] == ["/here", "/f"]


# Going on


def test_a_cut_download_goes_on_where_it_stopped(site: Site, to: Path) -> None:
    site.cuts = [HALF]
    drive(get(site, to))
    assert to.read_bytes() == CONTENT
    assert site.asked == [("/f", ""), ("/f", f"bytes={HALF}-")]


def test_a_connection_that_is_always_cut_keeps_what_arrived_and_says_so(site: Site, to: Path) -> None:
    site.cuts = [HALF, 0]
    said = sentence(get(site, to))
    assert "was cut" in said
    assert "What arrived is kept" in said
    assert part(to).read_bytes() == CONTENT[:HALF]
    drive(get(site, to))
    assert to.read_bytes() == CONTENT
    assert site.asked[-1] == ("/f", f"bytes={HALF}-")


def test_a_server_that_cuts_again_and_again_is_given_up(site: Site, to: Path) -> None:
    site.cuts = [1000] * 50
    assert "was cut" in sentence(get(site, to))
    assert len(site.asked) < 10


def test_cancelling_keeps_what_arrived_and_the_next_start_goes_on(site: Site, to: Path) -> None:
    site.stalls_at = HALF
    drive_to(get(site, to), lambda event: isinstance(event, Progress) and event.done >= HALF)
    assert part(to).read_bytes() == CONTENT[:HALF]
    assert not to.exists()
    site.stalls_at = None
    drive(get(site, to))
    assert to.read_bytes() == CONTENT
    assert site.asked[-1] == ("/f", f"bytes={HALF}-")


def test_a_silent_server_does_not_hold_up_a_cancel(site: Site, to: Path) -> None:
    site.stalls_at = 0
    job, began = get(site, to, patience=20.0), time.monotonic()
    said = [next(job) for _ in range(4)]  # it goes on talking while nothing comes
    job.close()
    assert len(said) == 4
    assert time.monotonic() - began < 5


def test_a_server_that_knows_no_parts_sends_all_and_the_part_starts_anew(site: Site, to: Path) -> None:
    to.parent.mkdir()
    part(to).write_bytes(CONTENT[:HALF])
    site.ranges = False
    drive(get(site, to))
    assert to.read_bytes() == CONTENT
    assert site.asked == [("/f", f"bytes={HALF}-")]


def test_a_part_of_another_file_is_noticed_and_all_is_got_again(site: Site, to: Path) -> None:
    to.parent.mkdir()
    part(to).write_bytes(b"x" * HALF)
    drive(get(site, to))
    assert to.read_bytes() == CONTENT
    assert [wanted for _, wanted in site.asked] == [f"bytes={HALF}-", ""]


@pytest.mark.parametrize("kept", [CONTENT, CONTENT + b"more"])
def test_a_part_that_is_as_long_as_the_file_or_longer_ends_well(site: Site, to: Path, kept: bytes) -> None:
    to.parent.mkdir()
    part(to).write_bytes(kept)
    drive(get(site, to))
    assert to.read_bytes() == CONTENT
    assert len(site.asked) == (1 if kept == CONTENT else 2)


# Mirrors


def test_a_mirror_helps_when_the_first_address_has_lost_the_file(site: Site, to: Path) -> None:
    drive(get(site, to, "/gone", "/g"))
    assert to.read_bytes() == CONTENT


def test_a_mirror_goes_on_with_the_part_of_another_one(site: Site, to: Path) -> None:
    site.cuts = [HALF, 0]
    drive(get(site, to, "/f", "/g"))
    assert to.read_bytes() == CONTENT
    assert site.asked[-1] == ("/g", f"bytes={HALF}-")


def test_a_mirror_helps_when_the_first_address_has_another_file(site: Site, to: Path) -> None:
    drive(get(site, to, "/other", "/g"))
    assert to.read_bytes() == CONTENT


def test_of_several_troubles_the_one_that_helps_most_is_told(site: Site, to: Path) -> None:
    assert "checksum is wrong" in sentence(get(site, to, "http://nowhere.invalid/f", "/other", "/gone"))


# Trouble in one sentence


def test_a_wrong_file_is_removed_and_said_to_be_wrong(site: Site, to: Path) -> None:
    said = sentence(get(site, to, "/other"))
    assert "checksum is wrong" in said
    assert "weights.bin" in said
    assert list(to.parent.iterdir()) == []


def test_a_file_far_larger_than_said_is_not_taken(site: Site, to: Path) -> None:
    site.files["/f"] = bytes(3 << 20)
    assert "checksum is wrong" in sentence(get(site, to, size=100_000))
    assert not part(to).exists()


def test_a_file_without_end_is_not_taken(site: Site, to: Path) -> None:
    site.files["/f"], site.says_length = bytes(8 << 20), False
    assert "checksum is wrong" in sentence(get(site, to, size=100_000))
    assert not part(to).exists() or part(to).stat().st_size < 4 << 20


def test_without_a_connection_the_size_and_the_way_out_are_told(to: Path) -> None:
    job = fetch(["http://nowhere.invalid/f"], to, name=NAME, sha256=SHA, size=13_000_000)
    with pytest.raises(LabError) as caught:
        drive(job)
    assert caught.value.text.render("en") == (
        "This needs 13 MB from the internet and there is no connection. Everything marked bundled works without one."
    )
    assert caught.value.text.render("ko").startswith("인터넷에서 13 MB를 받아야 하는데 연결이 없어요.")


def test_a_server_that_refuses_is_named(to: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = sentence(fetch([f"http://127.0.0.1:{port}/f"], to, name=NAME, sha256=SHA))
    assert said == "127.0.0.1 refuses the connection. Try again later."


@pytest.mark.parametrize(("code", "words"), [(404, "no longer has this file (404)"), (503, "its answer was 503")])
def test_a_server_that_gives_nothing_is_quoted(site: Site, to: Path, code: int, words: str) -> None:
    site.status["/f"] = code
    assert words in sentence(get(site, to))


def test_a_server_that_falls_silent_is_given_up_and_the_part_kept(site: Site, to: Path) -> None:
    to.parent.mkdir()
    part(to).write_bytes(CONTENT[:HALF])
    site.stalls_at = 0
    assert "does not answer" in sentence(get(site, to, patience=0.3))
    assert part(to).read_bytes() == CONTENT[:HALF]


def test_a_server_that_falls_silent_midway_is_asked_again(site: Site, to: Path) -> None:
    site.stalls_at = HALF
    drive(get(site, to, patience=0.3))
    assert to.read_bytes() == CONTENT
    assert site.asked == [("/f", ""), ("/f", f"bytes={HALF}-")]


@pytest.mark.parametrize("elsewhere", ["ftp://127.0.0.1/f", "file:///etc/hostname"])
def test_nobody_leads_out_of_the_web(site: Site, to: Path, elsewhere: str) -> None:
    site.moved = {"/f": elsewhere}
    assert "not a safe address" in sentence(get(site, to))


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/f", "no address"])
def test_only_addresses_of_the_web_are_opened(to: Path, address: str) -> None:
    said = sentence(fetch([address], to, name=NAME, sha256=SHA))
    assert "not an address of the web" in said
    assert list(to.parent.iterdir()) == []


def test_a_proxy_brings_the_file(site: Site, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.address)
    drive(get(site, to, "http://models.example/f"))
    assert site.asked == [("http://models.example/f", "")]
    assert to.read_bytes() == CONTENT


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_is_told_from_a_server(
    site: Site, to: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv(f"{scheme}_proxy", site.address)
    site.status = {"/f": 407, "CONNECT": 407}
    said = sentence(get(site, to, f"{scheme}://models.example/f"))
    assert "proxy 127.0.0.1 asks for a name and a password (407)" in said


def test_a_proxy_that_forbids_is_quoted(site: Site, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", site.address)
    site.status = {"CONNECT": 403}
    assert "does not let this through (its answer was 403)" in sentence(get(site, to, "https://models.example/f"))


def test_a_proxy_that_is_not_there_is_named(to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{free.getsockname()[1]}")
    job = fetch(["https://models.example/f"], to, name=NAME, sha256=SHA)
    assert "The proxy 127.0.0.1 does not answer" in sentence(job)


def test_a_disk_without_room_is_told_before_anything_is_asked(site: Site, to: Path) -> None:
    said = sentence(get(site, to, size=10**16))
    assert "The disk is too full" in said
    assert "10,000,000 GB are needed" in said
    assert site.asked == []


def test_a_disk_that_fills_up_on_the_way_keeps_the_part_and_what_was_there(site: Site, to: Path) -> None:
    resource = pytest.importorskip("resource")
    to.parent.mkdir()
    to.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (HALF, before[1]))
    try:
        assert "disk is full" in sentence(get(site, to))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert to.read_bytes() == b"old"
    drive(get(site, to))
    assert to.read_bytes() == CONTENT


def test_a_folder_that_cannot_be_made_is_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert str(tmp_path / "file") in sentence(get(site, tmp_path / "file" / "weights.bin"))


def test_two_do_not_download_the_same_file_at_once(site: Site, to: Path) -> None:
    site.stalls_at = HALF
    first = get(site, to)
    next(first)
    assert "being downloaded already" in sentence(get(site, to))
    first.close()
    site.stalls_at = None
    drive(get(site, to))
    assert to.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 kB"), (1, "1 kB"), (640_000, "640 kB"), (1_500_000, "1.5 MB"), (13e6, "13 MB"), (2.46e9, "2.5 GB")],
)
def test_sizes_are_said_in_short_words(size: float, words: str) -> None:
    assert in_words(size) == words
