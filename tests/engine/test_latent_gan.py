"""The GAN's four moves: who learns when, what the formula's numbers are, what the switches do."""

from __future__ import annotations

import copy
import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.devices import choose
from engine.latent.begin import fresh
from engine.latent.dcgan import Discriminator, Generator
from engine.latent.gan import GanOptions, GanStepper, Move, loss_fake, loss_fool, loss_real, terms_of
from engine.latent.layers import FromCode, ToPicture, Verdict
from engine.latent.points import POINT_SETS, Played2D, PointLab, draw_points, play_points
from engine.latent.recipes import latent_recipe
from engine.latent.settings import GanSettings


def stepper(options: GanOptions | None = None, *, classes: int = 0, spectral: bool = False) -> GanStepper:
    torch.manual_seed(0)
    generator = Generator(latent=8, side=28, channels=1, width=4, classes=classes)
    critic = Discriminator(
        side=28,
        channels=1,
        width=4,
        classes=classes,
        batch_norm=options is None or options.loss == "gan",
        spectral=spectral,
    )
    return GanStepper(generator, critic, latent=8, random=torch.Generator().manual_seed(0), options=options)


def real(count: int = 6) -> Tensor:
    return torch.rand(count, 1, 28, 28, generator=torch.Generator().manual_seed(1)) * 2 - 1


def weights(network: nn.Module) -> list[Tensor]:
    return [p.detach().clone() for p in network.parameters()]


def same(a: list[Tensor], b: list[Tensor]) -> bool:
    return all(torch.equal(x, y) for x, y in zip(a, b, strict=True))


def test_the_moves_come_in_the_lectures_order_and_each_moves_only_its_own_network() -> None:
    game = stepper()
    changed = []
    for move in (Move.REAL, Move.MAKE, Move.FAKE, Move.FOOL):
        assert game.next is move
        d, g = weights(game.discriminator), weights(game.generator)
        played = game.play(real())
        assert played.move is move
        changed.append((not same(d, weights(game.discriminator)), not same(g, weights(game.generator))))
    assert changed == [(False, False), (False, False), (True, False), (False, True)]
    assert game.next is Move.REAL and game.update == 1
    assert all(p.requires_grad for p in game.discriminator.parameters()), "D is thawed after the generator's move"


def test_the_discriminators_step_is_the_one_of_both_losses_together() -> None:
    game = stepper()
    other = copy.deepcopy(game.discriminator).train()
    game.real(real())
    made = game.make().made
    assert made is not None
    game.fake()
    step = torch.optim.Adam(other.parameters(), 2e-4, (0.5, 0.999))
    binary = nn.functional.binary_cross_entropy_with_logits
    a, b = other(real()), other(made)
    (binary(a, torch.ones(6)) + binary(b, torch.zeros(6))).backward()
    step.step()
    assert all(
        torch.allclose(p, q, atol=1e-6)
        for p, q in zip(other.parameters(), game.discriminator.parameters(), strict=True)
    )


def test_the_terms_are_those_of_the_formula() -> None:
    game = stepper()
    played = game.round(lambda: (real(), None))
    terms = terms_of(played)
    scores = played[0].scores.sigmoid()
    assert terms.log_real == pytest.approx(float(scores.log().mean()), abs=1e-5)
    assert terms.log_fake == pytest.approx(float((1 - played[2].scores.sigmoid()).log().mean()), abs=1e-5)
    assert terms.value == pytest.approx(terms.log_real + terms.log_fake)
    assert terms.loss_d == pytest.approx(-terms.value, abs=1e-5), "the discriminator's loss is −V"
    assert played[3].loss == pytest.approx(float(-played[3].scores.sigmoid().log().mean()), abs=1e-5)


def test_min_max_and_the_other_loss_pull_the_generator_the_same_way_with_other_strength() -> None:
    slopes = []
    for loss in ("gan", "min-max"):
        score = torch.full((4,), -5.0, requires_grad=True)  # fakes that are seen through
        loss_fool(score, GanOptions(loss)).backward()
        assert score.grad is not None
        slopes.append(float(score.grad[0]))
    assert slopes[0] < 0 and slopes[1] < 0
    assert abs(slopes[0]) > 100 * abs(slopes[1]), "the formula's own hardly teaches a generator that is seen through"


def test_wgan_gp_gives_the_critic_several_turns_and_charges_its_slope() -> None:
    game = stepper(GanOptions("wgan-gp", critic=2, average=0.9))
    played = game.round(lambda: (real(), None))
    assert [p.move for p in played].count(Move.FAKE) == 2
    assert played[-1].move is Move.FOOL
    assert float(played[2].penalty) > 0
    assert game.best_generator is not game.generator


def test_spectral_norm_keeps_every_layer_from_stretching() -> None:
    torch.manual_seed(0)
    critic = Discriminator(side=28, channels=1, width=4, batch_norm=False, spectral=True)
    for _ in range(20):  # the power iteration settles
        critic(real())
    convolutions = [m for m in critic.modules() if isinstance(m, nn.Conv2d)]
    assert [float(torch.linalg.matrix_norm(c.weight.detach().flatten(1), 2)) for c in convolutions] == pytest.approx(
        [1.0] * 3, abs=0.05
    )


def test_the_hinge_asks_for_nothing_beyond_its_margin() -> None:
    hinge = GanOptions("hinge")
    scores = torch.tensor([-2.0, 0.5, 3.0], requires_grad=True)
    assert float(loss_real(scores.detach(), hinge)) == pytest.approx((3 + 0.5 + 0) / 3)
    assert float(loss_fake(scores.detach(), hinge)) == pytest.approx((0 + 1.5 + 4) / 3)
    loss_real(scores, hinge).backward()
    assert scores.grad is not None and scores.grad.tolist() == pytest.approx([-1 / 3, -1 / 3, 0])


def test_the_eyes_of_a_trained_network_stay_as_they_are_while_the_police_learn_to_judge() -> None:
    settings = GanSettings(width=4, latent=8, eyes="trained", loss="hinge", conditional=True)
    learners = [fresh(latent_recipe("dcgan-flowers"), settings, choose("cpu", "fp32"), 5)[1] for _ in range(2)]
    game = learners[0].stepper  # type: ignore[attr-defined]
    eyes = game.discriminator._eyes[0]
    before, heads, made = weights(eyes), weights(game.discriminator), weights(game.generator)
    flowers = (torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(1)) * 255).to(torch.uint8)
    terms = learners[0].update(flowers, torch.arange(4), settings, 0.0)
    assert {"D(x)", "loss D", "loss G"} <= set(terms)
    assert not same(heads, weights(game.discriminator)) and not same(made, weights(game.generator))
    assert same(before, weights(eyes)) and not any(p.requires_grad for p in eyes.parameters())
    kept = learners[0].tensors()
    assert sum(v.numel() for n, v in kept.items() if n.startswith("discriminator.")) < 1e6, "only what learns is saved"
    other = learners[1].stepper.discriminator._eyes[0]  # type: ignore[attr-defined]
    assert same(before, weights(other)), "a resumed run sees through the same eyes"
    x = torch.rand(2, 3, 64, 64) * 2 - 1
    asked = [game.discriminator(x, torch.full((2,), n)) for n in (0, 1)]
    assert asked[0].shape == (2, 64) and not torch.allclose(*asked), "a class asks for something of its own"


def test_a_conditional_generator_makes_another_picture_for_another_class() -> None:
    game = stepper(classes=3)
    assert isinstance(game.generator, Generator)
    z = torch.zeros(1, 8)
    game.generator.eval()
    a, b = (game.generator.decode(z, torch.tensor([label])) for label in (0, 1))
    assert not torch.allclose(a, b)
    game.round(lambda: (real(), torch.arange(6) % 3))
    assert game.update == 1


def test_the_fast_layers_give_what_torchs_give_with_the_same_weights() -> None:
    torch.manual_seed(0)
    for ours, x in (
        (ToPicture(8, 3, 4, stride=2, padding=1), torch.randn(2, 8, 5, 6)),
        (ToPicture(8, 1, 4, stride=2, padding=1), torch.randn(2, 8, 5, 6)),
        (FromCode(8, 6, 7), torch.randn(2, 8, 1, 1)),
    ):
        x.requires_grad_()
        theirs = nn.ConvTranspose2d.forward(ours, x)
        assert torch.allclose(ours(x), theirs, atol=1e-5)
        for a, b in zip(*(torch.autograd.grad((y**2).sum(), [x, ours.weight]) for y in (ours(x), theirs)), strict=True):
            assert torch.allclose(a, b, atol=1e-4)
    verdict, maps = Verdict(6, 1, 5), torch.randn(3, 6, 5, 5)
    assert torch.allclose(verdict(maps), nn.Conv2d.forward(verdict, maps), atol=1e-5)


@pytest.mark.parametrize(("side", "channels"), [(28, 1), (32, 3), (64, 1)])
def test_the_maps_grow_up_to_the_picture_and_shrink_again(side: int, channels: int) -> None:
    generator = Generator(latent=8, side=side, channels=channels, width=4).eval()
    maps = generator.grown(torch.randn(1, 8))
    assert maps[0].shape[-1] == (7 if side == 28 else 4)
    assert [b.shape[-1] // a.shape[-1] for a, b in pairwise(maps)] == [2] * (len(maps) - 1)
    assert maps[-1].shape == (channels, side, side) and float(maps[-1].abs().max()) <= 1
    assert Discriminator(side=side, channels=channels, width=4)(maps[-1][None]).shape == (1,)


def test_the_point_gan_learns_where_the_points_lie() -> None:
    points = draw_points("ring", 500, seed=0)
    job = play_points(points, GanSettings(batch_size=128, learning_rate=2e-3), rounds=500, seed=0, every=100)
    seen = [event for event in job if isinstance(event, Played2D)]
    first, last = seen[0], seen[-1]
    assert np.isfinite(last.heat).all() and last.heat.min() >= 0 and last.heat.max() <= 1
    radius = [np.abs(np.linalg.norm(one.made, axis=1) - 1).mean() for one in (first, last)]
    assert radius[1] < 0.6 * radius[0], "the fakes come nearer to the ring of radius 1"
    assert math.isfinite(last.terms.value)


def test_the_point_lab_goes_move_by_move_and_shows_which_way_each_fake_is_pushed() -> None:
    lab = PointLab(draw_points("two", 200, seed=0), GanSettings(batch_size=64), seed=0)
    assert [lab.play().move for _ in range(4)] == [Move.REAL, Move.MAKE, Move.FAKE, Move.FOOL]
    seen = lab.look()
    assert seen.pushes.shape == seen.made.shape
    with torch.no_grad():
        here, there = (lab.belief(torch.from_numpy(p)) for p in (seen.made, seen.made + 0.01 * _unit(seen.pushes)))
    assert float((there > here).float().mean()) > 0.9, "a push leads to where the discriminator believes more"


def _unit(values: np.ndarray) -> np.ndarray:
    return (values / np.linalg.norm(values, axis=1, keepdims=True).clip(1e-12)).astype(np.float32)


@pytest.mark.parametrize("name", POINT_SETS)
def test_every_distribution_of_points_fits_the_picture(name: str) -> None:
    points = draw_points(name, 300, seed=3)
    assert points.shape == (300, 2) and points.dtype == np.float32
    assert np.abs(points).max() < 1.5
    assert points.std(0).min() > 0.05
