"""Curves made small: every column shows the lowest and highest value there, at any zoom, of one curve or of many."""

from __future__ import annotations

import numpy as np
import pytest

from engine.jobs import result_of
from gui.widgets.detail import Field, Trace, build_field, reduced, thinned

N = 100_000


@pytest.fixture(scope="module")
def curve() -> Trace:
    chance = np.random.default_rng(1)
    x = np.arange(1, N + 1, dtype=np.float32)
    y = (np.exp(-x / 20_000) + chance.normal(0, 0.05, N)).astype(np.float32)
    y[54_321] = 9.0  # a single peak among a hundred thousand
    return Trace("long", x, y)


@pytest.fixture(scope="module")
def field(curve: Trace) -> Field:
    short = Trace("short", np.array([10_000.0, 30_000.0, 90_000.0]), np.array([0.0, 4.0, 2.0]))
    found = result_of(build_field([curve, short]))
    assert found is not None
    return found


def expected(trace: Trace, left: float, right: float, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """What a line covers in each column, the slow way: its points there and where it crosses the edges."""
    edges = np.linspace(left, right, columns + 1)
    at = np.interp(edges, trace.x, trace.y, left=np.nan, right=np.nan)
    low, high = np.fmin(at[:-1], at[1:]), np.fmax(at[:-1], at[1:])
    for c in range(columns):
        inside = trace.y[(trace.x >= edges[c]) & (trace.x < edges[c + 1])]
        if len(inside):
            low[c], high[c] = np.fmin(low[c], inside.min()), np.fmax(high[c], inside.max())
    return low, high


@pytest.mark.parametrize(("left", "right"), [(0, N), (20_000, 30_000), (54_000, 54_700), (50_000, 50_020)])
def test_a_column_spans_what_the_curve_does_there(field: Field, curve: Trace, left: int, right: int) -> None:
    low, high = field.spans(left, right, 300)
    least, most = expected(curve, left, right, 300)
    width = (right - left) / 300
    bin_width = N / 2**15 if width >= 2 * N / 2**15 else 0.0
    # a bin on the border of two columns belongs to one of them: at most that much is shown a column aside
    around_low = np.minimum(np.minimum(least, np.roll(least, 1)), np.roll(least, -1))
    around_high = np.maximum(np.maximum(most, np.roll(most, 1)), np.roll(most, -1))
    inside = slice(2, -2)
    assert (low[0][inside] >= around_low[inside] - 1e-6).all()
    assert (high[0][inside] <= around_high[inside] + 1e-6).all()
    if not bin_width:
        assert np.allclose(low[0][inside], least[inside], atol=1e-5)
        assert np.allclose(high[0][inside], most[inside], atol=1e-5)


@pytest.mark.parametrize("columns", [40, 300, 1200])
def test_a_single_peak_is_never_lost(field: Field, columns: int) -> None:
    for left, right in ((0, N), (40_000, 60_000), (54_300, 54_340)):
        assert field.spans(left, right, columns)[1][0].max() == 9.0


def test_neighbouring_columns_touch_as_a_line_does(field: Field) -> None:
    for left, right in ((0, N), (11_000, 20_000), (54_000, 54_050)):
        low, high = field.spans(left, right, 400)
        for row in range(2):
            met = np.flatnonzero(low[row] <= high[row])
            assert len(met) > 100
            assert (np.diff(met) == 1).all()
            a, b = met[:-1], met[1:]
            assert (low[row][a] <= high[row][b] + 1e-5).all()
            assert (low[row][b] <= high[row][a] + 1e-5).all()


def test_a_curve_is_nowhere_where_it_has_no_points(field: Field) -> None:
    low, high = field.spans(-50_000, 150_000, 200)
    nowhere = low[1] > high[1]
    assert nowhere[:58].all() and nowhere[142:].all()
    assert not nowhere[62:138].any()


def test_a_field_of_nothing_is_none() -> None:
    empty = Trace("empty", np.empty(0), np.empty(0))
    assert result_of(build_field([])) is None
    assert result_of(build_field([empty, Trace("one", np.ones(1), np.ones(1))])) is None


def test_a_reduced_curve_keeps_its_extremes_and_its_ends(curve: Trace) -> None:
    x, y = reduced(curve.x, curve.y, 0, N, 500)
    assert len(x) <= 2 * 500 + 2
    assert y.max() == 9.0
    assert y.min() == curve.y.min()
    assert (np.diff(x) > 0).all()
    short = reduced(curve.x[:50], curve.y[:50], -5, 60, 500)
    assert np.array_equal(short[0], curve.x[:50])


def test_the_part_in_view_goes_on_to_the_edge(curve: Trace) -> None:
    for cut in (reduced(curve.x, curve.y, 500.5, 510.5, 300), thinned(curve.x, curve.y, 500.5, 510.5, 240)):
        assert cut[0].tolist() == list(range(500, 512))


def test_a_thinned_curve_has_few_points_and_both_ends(curve: Trace) -> None:
    x, y = thinned(curve.x, curve.y, 0, N, 240)
    assert (len(x), x[0], x[-1]) == (240, 1, N)
    assert np.array_equal(y, curve.y[x.astype(int) - 1])
