"""Autoencoders, RBMs and stacks of them; measures, collapse, and moving among codes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.data import ImageSet
from engine.devices import choose
from engine.errors import LabError
from engine.jobs import result_of
from engine.latent.autoencoder import Autoencoder, damaged
from engine.latent.begin import Pictures, shaped
from engine.latent.collapse import collapse_of, variety
from engine.latent.dbn import Dbn
from engine.latent.energy_learners import RbmLearner, widths_of
from engine.latent.explore import (
    arithmetic,
    directions,
    find_code,
    memorised,
    nearest,
    plane,
    slant,
    slerp,
    thickness,
    walk,
)
from engine.latent.few_labels import balanced, compare
from engine.latent.learners import AeLearner, VaeLearner
from engine.latent.measure import (
    class_shares,
    confident_share,
    digit_judge,
    figures,
    frechet,
    inception_score,
    photo_judge,
)
from engine.latent.model import pictures
from engine.latent.rbm import Rbm, drawn, every_state
from engine.latent.settings import AeSettings, RbmSettings, VaeSettings
from engine.latent.trained import open_generator
from engine.latent.vae import Vae


def random(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def pictures_of(digits: ImageSet, count: int, start: int = 0) -> Tensor:
    order = np.random.default_rng(0).permutation(len(digits))[start : start + count]
    return shaped(digits.images[order], 28, 1)


# Machines with an energy


def test_the_lectures_state_of_two_minus_ones_has_the_least_energy() -> None:
    states = every_state(torch.tensor([[1.0]]), torch.tensor([-1.0]), torch.tensor([-1.0]))
    assert states[0].visible == (-1.0,) and states[0].hidden == (-1.0,) and states[0].energy == -3.0
    assert sum(state.probability for state in states) == pytest.approx(1)
    assert states[0].probability / states[1].probability == pytest.approx(np.exp(states[1].energy - states[0].energy))


def test_the_free_energy_is_the_sum_over_hidden_states() -> None:
    torch.manual_seed(0)
    machine = Rbm(latent=3, side=2, channels=1)
    with torch.no_grad():
        for part in machine.parameters():
            part.copy_(torch.randn(part.shape, generator=random()))
    v = torch.tensor([1.0, 0.0, 1.0, 1.0])
    total = 0.0
    for h in itertools.product((0.0, 1.0), repeat=3):
        hidden = torch.tensor(h)
        total += float((v @ machine.a + hidden @ machine.b + v @ machine.weight @ hidden).detach().exp())
    assert float(machine.free_energy(v[None]).detach()) == pytest.approx(-np.log(total), rel=1e-5)


def test_contrastive_divergence_points_where_the_exact_gradient_points() -> None:
    torch.manual_seed(0)
    machine = Rbm(latent=2, side=2, channels=1)
    with torch.no_grad():
        machine.weight.copy_(torch.randn(4, 2, generator=random()))
    v = (torch.rand(2000, 4, generator=random(1)) < torch.tensor([0.9, 0.1, 0.8, 0.5])).float()
    machine.contrast(v, None, 30, random(2))
    found = torch.cat([p.grad.flatten() for p in machine.parameters() if p.grad is not None])
    every = torch.tensor(list(itertools.product((0.0, 1.0), repeat=4)))
    cost = machine.free_energy(v).mean() + (-machine.free_energy(every)).logsumexp(0)
    exact = torch.cat([g.flatten() for g in torch.autograd.grad(cost, list(machine.parameters()))])
    assert float(torch.cosine_similarity(found, exact, dim=0)) > 0.99


def test_centred_units_treat_ink_and_paper_alike() -> None:
    torch.manual_seed(0)
    machine, turned = Rbm(latent=5, side=3, channels=1), Rbm(latent=5, side=3, channels=1)
    v, sample = (drawn(torch.full((64, 9), p), random(n)) for n, p in enumerate((0.2, 0.3)))
    with torch.no_grad():
        for weight in (machine.weight, machine.a, machine.b):
            weight.normal_(generator=random(3))
        turned.weight.copy_(-machine.weight)  # the same machine for pictures with ink and paper exchanged
        turned.a.copy_(-machine.a)
        turned.b.copy_(machine.b + machine.weight.sum(0))
    pulls = []
    for one, data, end in ((machine, v, sample), (turned, 1 - v, 1 - sample)):
        up, expected = one.up(data), one.up(end)
        one.weight.grad = (end.T @ expected - data.T @ up).detach() / len(v)
        one.a.grad, one.b.grad = (end - data).mean(0), (expected - up).mean(0).detach()
        assert one.weight.grad is not None
        pulls.append([one.weight.grad.clone()])
        one.centre(data, end)
        pulls[-1].append(one.weight.grad)
    assert not torch.allclose(pulls[0][0], -pulls[1][0], atol=1e-3), "as it stands it depends on what is called ink"
    assert torch.allclose(pulls[0][1], -pulls[1][1], atol=1e-6)


def test_chains_go_on_from_batch_to_batch_of_any_size_and_some_begin_with_noise() -> None:
    settings = RbmSettings(latent=16, persistent=True)
    build = RbmLearner.build(settings, side=28, channels=1, classes=10)
    learner = RbmLearner(build, settings, choose("cpu", "fp32"), random())
    paper = torch.zeros(4, 1, 28, 28, dtype=torch.uint8)
    learner.update(paper, torch.zeros(4), settings, 0.0)
    for count in (6, 3):
        went_on = learner.chain
        assert went_on is not None
        learner.chain = torch.ones_like(went_on)  # as no data could make it
        state = learner.random.get_state()
        learner.update(paper[:1].expand(count, -1, -1, -1), torch.zeros(count), settings, 1.0)  # no rate is left
        _, end = learner.model.contrast(
            torch.zeros(count, 784), torch.ones(count, 784), 1, torch.Generator().set_state(state)
        )
        assert learner.chain is not None and torch.equal(learner.chain, end)
    again = RbmLearner(build, settings, choose("cpu", "fp32"), random(9))
    again.restore(learner.tensors())
    assert again.chain is not None and torch.equal(again.chain, learner.chain), "a resumed run goes on with its chains"
    v = torch.zeros(5, 784)
    ends = [learner.model.contrast(v, torch.full_like(v, at), 1, random(2), anew=1.0)[1] for at in (0.0, 1.0)]
    assert torch.equal(*ends), "where all begin anew nothing is left of what they were"


def test_an_rbm_learns_digits_and_its_chain_stays_among_them(digits: ImageSet) -> None:
    torch.manual_seed(0)
    settings = RbmSettings(latent=64, learning_rate=0.1)
    build = RbmLearner.build(settings, side=28, channels=1, classes=10)
    learner = RbmLearner(build, settings, choose("cpu", "fp32"), random())
    x, held = pictures_of(digits, 1000), pictures_of(digits, 200, 1000)
    before = learner.check(held)["error"]
    for step in range(40):
        learner.update(x[step * 25 % 1000 :][:25], torch.zeros(25), settings, 0.0)
    assert learner.check(held)["error"] < 0.6 * before
    film = learner.model.film((held[:4].float() / 255).flatten(1), 3, random())
    assert len(film) == 3 and film[0].shape == (4, 1, 28, 28)
    assert learner.model.tiles(9).shape == (9, 1, 28, 28)


def test_the_machine_that_ships_dreams_digits_of_every_class() -> None:
    machine = open_generator("rbm-mnist").model
    seen = digit_judge()(pictures(machine, machine.draw(600, random())))
    assert confident_share(seen.probabilities) > 0.75, "it used to dream blank pages"
    shares = class_shares(seen.probabilities)
    assert shares.min() > 0.03 and shares.max() < 0.2


def test_a_stack_hands_its_weights_to_the_classifier() -> None:
    stack = Dbn(widths=[12, 8], side=4, channels=1)
    x = torch.rand(3, 1, 4, 4)
    network = stack.classifier(10, pretrained=True)
    code = stack.encode(x)
    assert code is not None and torch.allclose(network[:-1](x), code, atol=1e-6)
    assert not torch.allclose(stack.classifier(10, pretrained=False)[:-1](x), code)
    assert stack.decode(stack.draw(2, random())).shape == (2, 1, 4, 4)


@pytest.mark.parametrize("words", ["", "a", "500-", "0-5", "500,500"])
def test_hidden_layers_that_are_no_numbers_are_refused(words: str) -> None:
    with pytest.raises(LabError, match="hyphens"):
        widths_of(words)


# Autoencoders


def test_the_lectures_layers_go_from_28_over_14_and_7_to_4() -> None:
    model = Autoencoder(latent=1, side=28, channels=1)
    x, sides = torch.rand(1, 1, 28, 28), []
    for layer in model.down:
        x = layer(x)
        sides.append((x.shape[1], x.shape[2]))
    assert sides == [(16, 14), (8, 7), (8, 4)]
    assert model.latent == 128 and model.decode(x.flatten(1)).shape == (1, 1, 28, 28)


def test_a_stack_learns_one_stage_at_a_time(digits: ImageSet) -> None:
    torch.manual_seed(0)
    settings = AeSettings(layers="full", latent=8, stacked=True)
    build = AeLearner.build(settings, side=28, channels=1, classes=10)
    learner = AeLearner(build, settings, choose("cpu", "fp32"), random())
    x = pictures_of(digits, 32)
    assert [learner.depth(p) for p in (0.0, 0.3, 0.5, 0.9)] == [1, 2, 3, 3]
    outer = learner.model.down[0][0].weight.detach().clone()  # type: ignore[index,union-attr]
    learner.update(x, torch.zeros(32), settings, 0.3)
    assert torch.equal(outer, learner.model.down[0][0].weight), "the stage learnt before stays"  # type: ignore[index]
    learner.update(x, torch.zeros(32), settings, 0.9)
    assert not torch.equal(outer, learner.model.down[0][0].weight), "at the end all learn together"  # type: ignore[index]


def test_noise_damages_what_is_seen_as_much_as_asked() -> None:
    x = torch.full((4, 1, 28, 28), 0.5)
    assert float((damaged(x, "dropout", 0.3, random()) == 0).float().mean()) == pytest.approx(0.3, abs=0.03)
    assert float(damaged(x, "gaussian", 0.1, random()).std()) == pytest.approx(0.1, abs=0.01)
    assert torch.equal(damaged(x, "none", 0.3, random()), x)


def test_a_vae_raises_its_bound_and_its_divergence_is_the_textbooks(digits: ImageSet) -> None:
    torch.manual_seed(0)
    settings = VaeSettings(latent=2, hidden=64)
    learner = VaeLearner(
        {"side": 28, "channels": 1, "latent": 2, "hidden": 64}, settings, choose("cpu", "fp32"), random()
    )
    x, held = pictures_of(digits, 1000), pictures_of(digits, 200, 1000)
    before = learner.check(held)["elbo"]
    for step in range(60):
        learner.update(x[step * 50 % 1000 :][:50], torch.zeros(50), settings, 0.0)
    assert learner.check(held)["elbo"] > before + 200
    mean, log_variance = learner.model.cloud(held[:5].float() / 255)
    here = torch.distributions.Normal(mean, (0.5 * log_variance).exp())
    exact = torch.distributions.kl_divergence(here, torch.distributions.Normal(0.0, 1.0)).sum(1)
    assert torch.allclose(learner.model.bound(held[:5].float() / 255, random()).divergence, exact, atol=1e-4)


def test_codes_drawn_for_an_autoencoder_lie_where_those_of_pictures_lie() -> None:
    model = Autoencoder(latent=3, side=28, channels=1, layers="full")
    mixed = torch.tensor([[2.0, 0.0, 0.0], [1.0, 0.5, 0.0], [0.0, 0.0, 0.1]])
    codes = torch.randn(5000, 3, generator=random()) @ mixed.T + torch.tensor([1.0, 2.0, 3.0])
    model.settle(codes)
    drawn = model.draw(5000, random(1))
    assert torch.allclose(drawn.mean(0), codes.mean(0), atol=0.1)
    assert torch.allclose(torch.cov(drawn.T), torch.cov(codes.T), atol=0.3)


# Measures


def test_the_frechet_distance_is_the_one_of_normal_distributions() -> None:
    dice = np.random.default_rng(0)
    a, b = dice.normal(0, 1, (20_000, 3)), dice.normal(0, 2, (20_000, 3)) + np.array([3.0, 0, 0])
    assert frechet(a, b) == pytest.approx(9 + 3 * (2 - 1) ** 2, rel=0.03)
    assert frechet(a, a) == pytest.approx(0, abs=1e-9)


def test_real_digits_are_read_and_noise_is_far_from_them(digits: ImageSet) -> None:
    look = digit_judge()
    a, b = look(pictures_of(digits, 600)), look(pictures_of(digits, 600, 600))
    noise = look((torch.rand(600, 1, 28, 28, generator=random()) * 255).to(torch.uint8))
    assert confident_share(a.probabilities) > 0.95
    assert class_shares(a.probabilities).sum() == pytest.approx(1)
    assert class_shares(a.probabilities).min() > 0.06
    assert inception_score(a.probabilities) > 9 > 3 > inception_score(noise.probabilities)
    assert frechet(noise.features, b.features) > 20 * frechet(a.features, b.features)


def test_photographs_are_scored_by_the_classes_of_the_network_that_looks_but_have_no_shares() -> None:
    flat = torch.zeros(6, 3, 32, 32, dtype=torch.uint8)
    varied = (torch.rand(6, 3, 4, 4, generator=random()) * 255).to(torch.uint8).repeat_interleave(8, 2)
    look = photo_judge()
    alike, other = look(flat), look(varied.repeat_interleave(8, 3))
    assert other.features.shape == (6, 1280) and other.probabilities.shape == (6, 1000) and not other.reads
    found = figures(alike, other)
    assert found["score"] == pytest.approx(1, abs=1e-4) and found["score_real"] > 1.01
    assert "confident" not in found and "share_min" not in found


def test_a_collapse_is_found_and_named_and_real_variety_is_not_called_one(digits: ImageSet) -> None:
    look = digit_judge()
    real, other = look(pictures_of(digits, 600)), look(pictures_of(digits, 600, 600))
    shares = class_shares(other.probabilities)
    assert collapse_of(variety(other.features, real.features), shares, digits.classes) is None
    ones = look(shaped(digits.images[digits.labels == 1][:200], 28, 1))
    found = collapse_of(variety(ones.features, real.features), class_shares(ones.probabilities), digits.classes)
    assert found is not None and "붕괴" in found.words.render("ko")
    assert variety(ones.features, real.features).cover < 0.4 < 0.8 < variety(other.features, real.features).cover
    lost = np.array([0.0, *[1 / 9] * 9])
    missing = collapse_of(variety(other.features, real.features), lost, digits.classes)
    assert missing is not None and "0 hardly occurs" in missing.words.render("en")


# Moving among codes


def test_the_arc_keeps_the_length_that_the_straight_line_loses() -> None:
    a, b = torch.tensor([3.0, 0.0]), torch.tensor([0.0, 3.0])
    path = slerp(a, b, torch.tensor([0.0, 0.5, 1.0]))
    assert torch.allclose(path, torch.tensor([[3.0, 0.0], [4.5**0.5, 4.5**0.5], [0.0, 3.0]]), atol=1e-5)
    assert torch.allclose(slerp(a, a, torch.tensor([0.3])), a[None]), "one direction has no arc"
    assert torch.isfinite(slerp(a, -a, torch.tensor([0.5]))).all()


def test_a_walk_is_closed_and_even() -> None:
    model = Vae(latent=16, side=28, channels=1, hidden=32)
    z = walk(model, stops=3, frames=10, seed=0)
    assert z.shape == (30, 16)
    steps = (z - z.roll(1, 0)).norm(dim=1)
    assert float(steps.max() / steps.median()) < 2, "also from the last back to the first"


class Painter(Vae):
    """A decoder whose picture follows the third number of its code strongly and the first weakly."""

    def decode(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        pattern = torch.linspace(-1, 1, 784)
        score = 3 * z[:, 2:3] * pattern + 0.5 * z[:, :1] * pattern.abs()
        return score.sigmoid().view(-1, 1, 28, 28)


def test_the_first_direction_is_the_one_along_which_pictures_change_most() -> None:
    model = Painter(latent=5, side=28, channels=1, hidden=16)
    found = directions(model, count=3, samples=400)
    assert abs(float(found.vectors[0, 2])) > 0.95
    assert found.shares[0] > 0.8 and bool((found.shares.diff() <= 1e-6).all())


def test_a_code_is_found_again_from_its_picture() -> None:
    torch.manual_seed(0)

    class Blind(Painter):
        def encode(self, x: Tensor) -> Tensor | None:
            return None

    model = Blind(latent=5, side=28, channels=1, hidden=16)
    z = torch.tensor([[0.5, 0.0, -0.8, 0.0, 0.0]])
    found, _ = find_code(model, model.decode(z))
    assert torch.allclose(model.decode(found), model.decode(z), atol=0.05)
    assert arithmetic(z, z, found).shape == (5,)


def test_the_nearest_training_picture_is_found_and_copies_are_noticed(digits: ImageSet) -> None:
    training, held = pictures_of(digits, 1500), pictures_of(digits, 200, 1500)
    where, apart = nearest(training[[7, 1234]], training, at_once=500)
    assert where.tolist() == [7, 1234] and apart.max() < 1e-3
    assert memorised(training[:100], training, held) == 1.0
    assert memorised(pictures_of(digits, 200, 1700), training, held) < 0.15


def test_the_plane_reads_like_a_map() -> None:
    codes = plane(Vae(latent=2, side=28, channels=1, hidden=16), count=3, reach=2)
    assert codes[0].tolist() == [-2, 2] and codes[1].tolist() == [0, 2] and codes[-1].tolist() == [2, -2]


def test_thick_strokes_measure_thick_and_leaning_ones_lean() -> None:
    import cv2

    bars = []
    for wide in (3, 6):
        bar = np.zeros((28, 28), np.uint8)
        bar[4:24, 14 - wide // 2 : 14 - wide // 2 + wide] = 255
        bars.append(bar)
    assert thickness(bars[0]) == pytest.approx(3, abs=0.8) and thickness(bars[1]) == pytest.approx(6, abs=1.0)
    assert slant(bars[0]) == pytest.approx(0, abs=1)
    leaning = cv2.warpAffine(bars[0], np.array([[1, -0.5, 7], [0, 1, 0]], np.float32), (28, 28))  # the top to the right
    assert slant(leaning) == pytest.approx(np.degrees(np.arctan(0.5)), abs=4)
    assert thickness(np.zeros((28, 28), np.uint8)) == 0


# Few labels


def test_a_beginning_that_knows_the_answer_needs_fewer_labels(digits: ImageSet) -> None:
    """The comparison gives both beginnings the same: one that already separates the classes must come out ahead."""

    class Knows:
        def classifier(self, classes: int, *, pretrained: bool) -> nn.Sequential:
            network = nn.Sequential(nn.Flatten(), nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, classes))
            if pretrained:
                network.load_state_dict(learnt)
            return network

    order = np.random.default_rng(0).permutation(len(digits))
    labels = torch.from_numpy(digits.labels[order])
    x = shaped(digits.images[order], 28, 1)
    torch.manual_seed(0)
    teacher = Knows().classifier(10, pretrained=False)
    move = torch.optim.Adam(teacher.parameters(), 3e-3)
    for rows in torch.randperm(2000, generator=random()).split(100):
        loss = nn.functional.cross_entropy(teacher(x[rows].float() / 255), labels[rows])
        move.zero_grad()
        loss.backward()
        move.step()
    learnt = teacher.state_dict()
    train, held, test = (
        Pictures(x[a:b], labels[a:b], digits.classes) for a, b in ((0, 2000), (2000, 2300), (2300, 2800))
    )
    found = result_of(compare(Knows(), train, held, test, labels=50, epochs=3, seed=0))
    assert found.labels == 50 and found.count == 500
    assert found.error_pretrained < found.error_scratch and found.fewer > 0.2
    assert torch.bincount(train.labels[balanced(train.labels, 50, 10, 0)], minlength=10).tolist() == [5] * 10
