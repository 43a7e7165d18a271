"""The map of a set: what it is made of, that near things stay near, and that it can be watched and stopped."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from engine.bench.tsne import neighbour_accuracy
from engine.data import ImageSet
from engine.data.embedding import Mapped, embed, reduced, sample
from engine.data.features import describe, features_of
from engine.data.tsne import Attraction, Moved, Repulsion, affinities, neighbours, tsne
from engine.jobs import result_of
from tests.engine.driving import drive, drive_to, of
from tests.engine.examined import cuts, walks

pytestmark = pytest.mark.usefixtures("one_core")


@pytest.fixture(scope="module")
def few(digits: ImageSet) -> ImageSet:
    return digits.part(np.arange(0, len(digits), 5), "train")  # 800, of every class 80


@pytest.fixture(scope="module")
def pixels(few: ImageSet) -> np.ndarray:
    rows: np.ndarray = result_of(describe(few, np.arange(len(few)), features_of(few)[0]))
    return rows


# Principal components


def test_the_components_are_those_of_scikit_learn(pixels: np.ndarray) -> None:
    ours, theirs = reduced(pixels, 10), PCA(10).fit_transform(pixels)
    assert np.abs(np.abs(ours[:, :4]) - np.abs(theirs[:, :4])).max() < 1e-2
    assert np.allclose(ours.var(0), theirs.var(0), rtol=1e-2)


def test_more_numbers_than_pictures_make_no_more_components_than_pictures() -> None:
    rows = np.random.default_rng(0).normal(size=(7, 300)).astype(np.float32)
    flat = reduced(rows, 50)
    assert flat.shape == (7, 7)
    assert np.allclose(
        ((flat[:, None] - flat[None]) ** 2).sum(2), ((rows[:, None] - rows[None]) ** 2).sum(2), rtol=1e-3
    )


def test_a_component_does_not_flip_from_time_to_time(pixels: np.ndarray) -> None:
    assert np.allclose(reduced(pixels, 2), reduced(pixels[::-1].copy(), 2)[::-1], atol=1e-2)


# t-SNE


def test_neighbours_are_the_nearest(pixels: np.ndarray) -> None:
    near, index = result_of(neighbours(pixels, 8))
    distance, expected = NearestNeighbors(n_neighbors=8).fit(pixels).kneighbors()
    assert (index == expected).mean() > 0.999
    assert np.allclose(np.sqrt(near), distance, atol=1e-3)


def test_every_point_gets_the_width_at_which_its_perplexity_is_met(pixels: np.ndarray) -> None:
    near, index = result_of(neighbours(pixels, 60))
    p = result_of(affinities(near, index, 20.0))
    assert p.sum() == pytest.approx(1)
    assert abs(p - p.T).max() < 1e-12
    loner, crowded = np.argsort(near.mean(1))[[-1, 0]]
    for point in (loner, crowded):  # both listen to about as many
        share = p[[point]].toarray()[0] / p[[point]].sum()
        heard = np.exp(-(share[share > 0] * np.log(share[share > 0])).sum())
        assert 10 < heard < 60


@pytest.mark.parametrize("spread", [0.01, 1.0, 4.0, 20.0])
def test_the_grid_gives_the_push_between_all_pairs(spread: float) -> None:
    y = (np.random.default_rng(0).normal(size=(600, 2)) * spread).astype(np.float32)
    push, z = Repulsion()(y)
    away = y[:, None].astype(float) - y[None]
    q = 1 / (1 + (away**2).sum(2))
    exact = (q[..., None] ** 2 * away).sum(1)
    assert np.abs(push - exact).mean() < 0.06 * np.abs(exact).mean()
    assert z == pytest.approx(q.sum() - 600, rel=0.02)


def test_the_pull_is_the_sum_over_neighbours() -> None:
    rng = np.random.default_rng(0)
    p = sparse.random(50, 50, 0.2, random_state=1).toarray()
    p = (p + p.T + np.eye(50, k=1) + np.eye(50, k=-1)) / 2
    y = rng.normal(size=(50, 2)).astype(np.float32)
    away = y[:, None] - y[None]
    exact = (p[..., None] * away / (1 + (away**2).sum(2))[..., None]).sum(1)
    assert np.allclose(Attraction(sparse.csr_matrix(p))(y), exact, atol=1e-5)


def test_a_map_of_digits_keeps_neighbours_together(few: ImageSet, pixels: np.ndarray) -> None:
    points = result_of(embed(few, features_of(few)[0], method="tsne")).points
    flat = result_of(embed(few, features_of(few)[0], method="pca")).points
    assert trustworthiness(pixels, points, n_neighbors=12) > 0.95
    assert neighbour_accuracy(points, few.labels) > 0.8
    assert neighbour_accuracy(points, few.labels) > neighbour_accuracy(flat, few.labels) + 0.2


def test_the_same_digits_give_the_same_map(pixels: np.ndarray) -> None:
    rows = reduced(pixels[:200], 20)
    assert (result_of(tsne(rows, early=20, late=20)) == result_of(tsne(rows, early=20, late=20))).all()


def test_pca_is_there_before_t_sne_moves_and_every_step_can_be_seen(few: ImageSet) -> None:
    events, made = drive(embed(few.part(np.arange(150), "x"), features_of(few)[0], method="tsne"))
    kinds = [type(event) for event in events]
    assert kinds.index(Mapped) < kinds.index(Moved)
    moved = of(Moved, events)
    assert [event.done for event in moved] == list(range(1, moved[0].total + 1))
    assert (moved[-1].points == made.points).all()
    assert not np.shares_memory(moved[-2].points, moved[-1].points)


def test_a_map_can_be_stopped_after_any_step(few: ImageSet) -> None:
    job = embed(few.part(np.arange(150), "x"), features_of(few)[0], method="tsne")
    events = drive_to(job, lambda event: isinstance(event, Moved) and event.done == 3)
    assert len(of(Moved, events)) == 3
    with pytest.raises(StopIteration):
        next(job)


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 9])
def test_a_handful_of_points_is_a_map_too(few: ImageSet, count: int) -> None:
    made = result_of(embed(few.part(np.arange(count), "x"), features_of(few)[0], method="tsne"))
    assert made.points.shape == (count, 2)
    assert np.isfinite(made.points).all()


def test_pictures_that_are_all_the_same_do_not_break_the_map(few: ImageSet) -> None:
    same = few.part(np.zeros(40, np.int64), "x")
    assert np.isfinite(result_of(embed(same, features_of(same)[0], method="tsne")).points).all()


def test_a_sample_is_drawn_from_what_is_asked_for_and_is_the_same_each_time() -> None:
    assert (sample(10, 20, None) == np.arange(10)).all()
    among = np.arange(50, 100)
    drawn = sample(1000, 20, among)
    assert len(drawn) == 20
    assert np.isin(drawn, among).all()
    assert (drawn == sample(1000, 20, among)).all()
    assert (np.diff(drawn) > 0).all()


# Features


def test_digits_are_described_by_pixels_or_by_the_digit_network(few: ImageSet) -> None:
    assert [way.id for way in features_of(few)] == ["pixels", "mnist-deep"]
    raw, network = features_of(few)
    index = np.arange(200)
    known = neighbour_accuracy(network.comparable(result_of(describe(few, index, network))), few.labels[:200])
    assert known > 0.95
    assert known > neighbour_accuracy(result_of(describe(few, index, raw)), few.labels[:200])


def test_photographs_are_described_by_a_network_that_knows_things(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 60, seed=0)
    network = features_of(photos)[-1]
    assert network.id == "efficientnet-lite0"
    rows = result_of(describe(photos, np.arange(60), network))
    assert rows.shape == (60, 1712)
    assert neighbour_accuracy(network.comparable(rows), photos.labels, k=5) > 0.9


def test_what_a_network_said_is_kept_and_not_asked_again(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 6, seed=0)
    network = features_of(photos)[-1]
    before = result_of(describe(photos, np.arange(6), network))
    for name in photos.files:
        (photos.folder / name).unlink()
    assert np.allclose(result_of(describe(photos, np.arange(6), network)), before, atol=1e-2)


def test_kept_features_that_are_damaged_are_made_again(tmp_path: Path, home: Path) -> None:
    photos = cuts(tmp_path, "train", 6, seed=0)
    network = features_of(photos)[-1]
    before = result_of(describe(photos, np.arange(6), network))
    (kept,) = (home / "cache" / "features").glob("*.safetensors")
    kept.write_bytes(kept.read_bytes()[:100])
    assert np.allclose(result_of(describe(photos, np.arange(6), network)), before)


def test_a_photograph_that_cannot_be_read_is_a_point_like_any_other(tmp_path: Path) -> None:
    photos = cuts(tmp_path, "train", 9, seed=0)
    (photos.folder / photos.files[4]).write_bytes(b"not a picture")
    made = result_of(embed(photos, features_of(photos)[0], method="pca"))
    assert len(made.index) == 9
    assert np.isfinite(made.points).all()


def test_the_spectrum_tells_walks_apart_that_begin_at_any_moment() -> None:
    signals = walks("train", 240, seed=0, people=range(5))
    samples, spectrum = features_of(signals)
    index = np.arange(240)
    assert neighbour_accuracy(spectrum.comparable(result_of(describe(signals, index, spectrum))), signals.labels) > 0.95
    lost = dataclasses.replace(signals, x=np.where(np.arange(100)[:, None] == 7, np.nan, signals.x))
    for way in (samples, spectrum):
        assert np.isfinite(way.comparable(result_of(describe(lost, index, way)))).all()
