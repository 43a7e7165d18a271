"""Memory that a job freed goes back to the system."""

from __future__ import annotations

import platform

import psutil
import pytest

from engine import memory

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
