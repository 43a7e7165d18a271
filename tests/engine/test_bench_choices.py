"""Colour against grey, 1×1 on and off, noise and fewer bits as the Benchmark tab shows them (rows 13, 43, 53, 54)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.bench import choices, choices_learnt, precision
from engine.bench.charts import Chart, shown_of
from engine.bench.choices_learnt import Learnt, lesson, share_interval
from engine.train.evaluate import wilson

pytestmark = pytest.mark.usefixtures("one_core")


def charts_of(result: dict[str, Any]) -> dict[str, Chart]:
    """The charts of a result by their names."""
    return {chart.id: chart for chart in shown_of(result["shown"]).charts}


def test_grey_takes_a_third_of_the_memory_of_a_picture_and_loses_what_colour_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(choices, "CHOICES", choices.CHOICES[:1])
    monkeypatch.setattr(choices, "_SECONDS", 0.0)  # three turns are enough
    result = choices.run(data=None, repeats=3, say=lambda text: None, quick=True)
    grey, charts = result["choices"]["grey"], charts_of(result)
    assert grey["numbers_of_a_picture"] == [3072, 1024]
    assert grey["macs"][0] > grey["macs"][1]
    assert grey["accuracy_difference"][2] < 0, "real photographs are told apart by their colours"
    assert grey["places"] < grey["asked"]
    right = charts["grey-right"]
    assert [round(bar.total, 1) for bar in right.bars] == [round(100 * share, 1) for share in grey["accuracy"]]
    assert "points" in right.reading.en
    pictures = [dict(bar.parts)["in"] for bar in charts["grey-memory"].bars]
    assert pictures[0] == pytest.approx(3 * pictures[1])
    assert charts["grey-memory"].estimate
    assert result["count"] == 3


def test_one_by_one_saves_products_weights_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "CHOICES", choices.CHOICES[1:])
    monkeypatch.setattr(choices, "_SECONDS", 0.0)
    monkeypatch.setattr(choices, "QUICK_STEPS", 1)  # what it learns is asked above
    result = choices.run(data=None, repeats=3, say=lambda text: None, quick=True)
    found, charts = result["choices"]["one_by_one"], charts_of(result)
    assert found["macs"][1] > 2 * found["macs"][0]
    assert found["parameters"][1] > 2 * found["parameters"][0]
    words = charts["one_by_one"].reading
    assert f"Products {found['macs'][1] / found['macs'][0]:.2f}" in words.en
    assert charts["one_by_one"].bars[0].n == 3


def test_pictures_that_are_asked_about_share_no_pixel_with_those_learnt_from_nor_with_those_of_another_place() -> None:
    coordinates = np.stack([*np.mgrid[0:300, 0:451], np.zeros((300, 451), int)], axis=-1)
    tiles = choices_learnt._tiles(coordinates)
    seen = [set(map(tuple, one.reshape(-1, 3))) for one in (choices_learnt._left(coordinates), *tiles)]
    assert len(tiles) == 8
    assert sum(map(len, seen)) == len(set().union(*seen))
    of = lesson(None, quick=True)
    assert of.learn.images.shape[1:] == of.ask.images.shape[1:] == (32, 32, 3)
    assert set(of.ask.labels) == set(range(len(of.ask.classes)))
    names_of_places = {int(place): set(of.ask.labels[of.places == place]) for place in of.places}
    assert all(len(names) == 1 for names in names_of_places.values())


def test_an_interval_holds_the_truth_though_pictures_of_one_place_are_alike() -> None:
    draw, places = np.random.default_rng(0), np.arange(400) % 32
    covered = plain = 0
    for _ in range(300):
        right = draw.random(400) < draw.beta(1.4, 0.6, 32)[places]  # each place is easy or hard: 0.7 on the whole
        low, high = share_interval(right, places)
        covered += low <= 0.7 <= high
        low, high = wilson(int(right.sum()), 400)
        plain += low <= 0.7 <= high
    assert covered >= 0.9 * 300
    assert plain < 0.7 * 300, "what the places have in common was not there to be missed"
    alone = draw.random(400) < 0.7
    low, high = share_interval(alone, np.arange(400))
    assert (low, high) == pytest.approx(wilson(int(alone.sum()), 400), abs=1e-3)
    assert share_interval(np.ones(400, bool), places)[0] == pytest.approx(wilson(32, 32)[0])


def test_a_difference_is_taken_picture_by_picture() -> None:
    draw, places = np.random.default_rng(1), np.arange(400) % 32
    hard = draw.random(32)[places]
    first, second = (Learnt(draw.random(400) < hard * share, places, 1) for share in (1.0, 0.75))
    share, low, high = second.better_than(first)
    assert share == pytest.approx(second.share - first.share)
    assert low < share < high < 0
    assert first.interval[0] < second.interval[1], "seen apart the two would not differ"


def test_little_noise_hardly_changes_the_answers_and_much_noise_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "QUICK_IDS", ("torch-last", "torch-bf16"))  # other programs have tests of their own
    result = precision.run(data=None, repeats=3, say=lambda text: None, quick=True)
    (trial,) = result["trials"]
    chart = charts_of(result)[f"{trial['id']}-noise"]
    curve = trial["noise"]["fp32"]
    assert list(curve) == sorted(curve)
    assert curve[0.0] > 0.95
    assert curve[0.05] > curve[0.0] - 0.02
    assert curve[0.15] <= curve[0.05]
    assert {str(one.name) for one in chart.series} == {"fp32", "weights in 4 bits"}
    assert chart.series[0].y == pytest.approx([100 * share for share in curve.values()])
    assert "0.05" in chart.reading.en or "0.15" in chart.reading.en
    assert trial["bits"]["weights"][8] >= curve[0.0] - 0.01
    assert trial["bits"]["maps"][2] < trial["bits"]["maps"][8]
    assert trial["ratio_same_backend"]["torch-bf16"]["n"] >= 3
    moved = trial["traffic_bytes"]
    assert moved["torch-last"] == 2 * moved["torch-bf16"]
    assert moved["torch-last"] > 4 * (16 + 16 + 32 + 32) * 28 * 28 / 4, "at least what its convolutions write"
    traffic = charts_of(result)["traffic"]
    assert traffic.estimate
    assert traffic.bars[0].total == pytest.approx(moved["torch-last"] / 2**20)
    assert dict(traffic.bars[0].parts)["maps"] > dict(traffic.bars[0].parts)["weights"] > 0
