"""What is made of the window's beats: one disturbed second does not tell of the window, a stutter of every second does."""

from __future__ import annotations

import numpy as np
import pytest

from gui.heartbeat import waits


def beats(stutters: dict[int, int], seconds: int = 10, long: float = 0.02) -> np.ndarray:
    """Moments of a beat every millisecond; {second: how many of its gaps are `long` instead}."""
    gaps = []
    for second in range(seconds):
        late = stutters.get(second, 0)
        gaps += [long] * late + [0.001] * round((1 - late * long) / 0.001)
    return np.concatenate([[0.0], np.cumsum(gaps)])


def test_one_disturbed_second_is_told_by_the_longest_gap_alone() -> None:
    """Forty late beats of one second were half of all that the percentile of ten seconds looks at."""
    told = waits(beats({3: 40, 4: 40, 5: 40}))
    assert told["p50_ms"] == pytest.approx(1) and told["p99_ms"] == pytest.approx(1)
    assert told["max_ms"] == pytest.approx(20)


def test_a_stutter_of_every_second_is_what_the_percentile_tells() -> None:
    assert waits(beats(dict.fromkeys(range(10), 12)))["p99_ms"] == pytest.approx(20)
