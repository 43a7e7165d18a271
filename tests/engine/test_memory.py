"""Memory that a job freed goes back to the system."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import weakref
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from engine import host, memory

ROOT = Path(__file__).parents[2]
BLOCK, COUNT = 100_000, 2000  # bytes: too small for glibc to hand back one by one


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries hand blocks back themselves")
def test_what_lies_freed_between_blocks_in_use_is_handed_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_given", 0.0)  # another test may have given back a moment ago
    size = psutil.Process().memory_info
    blocks = [bytes(BLOCK) + b"." for _ in range(COUNT)]
    kept = bytes(BLOCK) + b"."  # at the end of the heap: what lies before it stays with the program
    full = size().rss
    del blocks
    memory.give_memory_back()
    assert full - size().rss > 0.7 * BLOCK * COUNT
    assert len(kept) == BLOCK + 1


class Opened:
    """What stands for a network."""


def test_what_was_opened_is_shared_until_it_is_let_go() -> None:
    made: list[int] = []

    @memory.kept(2)
    def opened(number: int) -> Opened:
        made.append(number)
        return Opened()

    one = weakref.ref(opened(1))
    assert opened(1) is one()
    assert [opened(number) for number in (2, 1, 3)][1] is one()  # 2 is the one nobody asked for longest
    opened(2)
    assert made == [1, 2, 3, 2]
    memory.give_memory_back()
    assert opened(2) and made == [1, 2, 3, 2], "asked for a moment ago"
    memory.give_memory_back(at_once=True)
    assert one() is None
    assert opened(2) and made == [1, 2, 3, 2, 2]


def test_what_is_taken_is_the_askers_alone() -> None:
    waiting: memory.Kept[str, Opened] = memory.Kept(2)
    network = Opened()
    waiting.put("classify", network)
    assert waiting.take("classify") is network
    assert waiting.take("classify") is None
    waiting.put("classify", network)
    memory.give_memory_back(at_once=True)
    assert waiting.take("classify") is None


def test_an_idle_lane_lets_go_of_what_nobody_asks_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in (memory, host):
        monkeypatch.setattr(where, "IDLE", 0.05)
    monkeypatch.setattr(memory, "_BETWEEN", 0.0)
    opened = memory.kept()(Opened)
    network = weakref.ref(opened())
    lanes = host.EngineHost()
    try:
        qtbot.waitUntil(lambda: network() is None)
    finally:
        lanes.shutdown()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no arenas")
def test_many_threads_share_two_stores_of_memory(tmp_path: Path) -> None:
    """Each had one of its own, and what was freed there was no use to the others."""
    code = """
import ctypes, sys, threading
import main
main.share_arenas()
together = threading.Barrier(6)
def take():
    together.wait()
    blocks = [bytes(1000) for _ in range(1000)]
    together.wait()
threads = [threading.Thread(target=take) for _ in range(6)]
[one.start() for one in threads]
[one.join() for one in threads]
libc = ctypes.CDLL(None)
libc.fopen.restype, libc.malloc_info.argtypes, libc.fclose.argtypes = ctypes.c_void_p, (ctypes.c_int, ctypes.c_void_p), (ctypes.c_void_p,)
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, file)
libc.fclose(file)
"""
    file = tmp_path / "stores.xml"
    subprocess.run([sys.executable, "-c", code, str(file)], cwd=ROOT, check=True)
    assert file.read_text(encoding="ascii").count("<heap nr") == 2


def test_kernels_of_shapes_that_are_over_go() -> None:
    """As the program starts: after more shapes than are kept, the first one's kernel is made anew."""
    code = """
import main
main.keep_few_kernels()
import torch
kernel = torch.ones(4, 4, 3, 3)
for wide in range(8, 208):  # each a convolution and reorders of its numbers: more than are kept, fewer than 1,024
    torch.conv2d(torch.ones(2, 4, 8, wide), kernel)
print("again", flush=True)
torch.conv2d(torch.ones(2, 4, 8, 8), kernel)
"""
    environment = {**os.environ, "ONEDNN_VERBOSE": "profile_create", "OMP_NUM_THREADS": "1"}
    environment.pop("ONEDNN_PRIMITIVE_CACHE_CAPACITY", None)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    before, again = done.stdout.split("again")
    if "create:cache" not in before:
        pytest.skip("torch computes this without oneDNN here")
    made = [line for line in again.splitlines() if ",convolution," in line and "create:" in line]
    assert made and all("create:cache_miss" in line for line in made)
