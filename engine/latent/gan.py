"""The contest of a GAN in the lectures' order, as four moves that can be made one at a time.

    1 REAL  the discriminator sees real pictures; its target is 1                (lecture row 105)
    2 MAKE  the generator makes fakes from noise
    3 FAKE  the discriminator sees the fakes; its target is 0; then its weights move, the generator's are frozen
    4 FOOL  the generator is judged by the discriminator, target 1; its weights move, the discriminator's are frozen

    min_G max_D  V(D, G) = E log D(x) + E log(1 − D(G(z)))     Goodfellow et al., Generative adversarial nets, 2014

max belongs to the discriminator and min to the generator; the slide (row 113) has the headings swapped.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.latent.augmented import varied
from engine.latent.layers import HalvedNorm
from engine.text import Text

LOSSES = ("gan", "min-max", "hinge", "wgan-gp")
"""gan: −log D(G(z)) for the generator (what the paper trains with); min-max: log(1 − D(G(z))), the formula's own;
hinge: scores beyond ±1 cost nothing more (Lim, Ye, Geometric GAN, 2017);
wgan-gp: Gulrajani et al., Improved training of Wasserstein GANs, 2017."""
BETAS = {"hinge": (0.0, 0.99), "wgan-gp": (0.0, 0.9)}


class Move(Enum):
    """The four moves. learns, frozen: whose weights the move is for; "" = nobody's."""

    REAL = 1
    MAKE = 2
    FAKE = 3
    FOOL = 4

    @property
    def learns(self) -> str:
        return {Move.REAL: "D", Move.MAKE: "", Move.FAKE: "D", Move.FOOL: "G"}[self]

    @property
    def frozen(self) -> str:
        return {Move.REAL: "G", Move.MAKE: "", Move.FAKE: "G", Move.FOOL: "D"}[self]

    @property
    def path(self) -> tuple[str, ...]:
        """Where the gradient runs, from the loss back; () for a move without one."""
        return {
            Move.REAL: ("loss", "D"),
            Move.MAKE: (),
            Move.FAKE: ("loss", "D"),
            Move.FOOL: ("loss", "D", "picture", "G"),
        }[self]

    @property
    def target(self) -> int | None:
        """The '1' or '0' that the discriminator's answer is compared with (row 106)."""
        return {Move.REAL: 1, Move.MAKE: None, Move.FAKE: 0, Move.FOOL: 1}[self]

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Move.REAL: Text("The police look at real ones.", "경찰이 진짜를 봐요."),
    Move.MAKE: Text("The counterfeiter makes fakes.", "위조범이 가짜를 만들어요."),
    Move.FAKE: Text("The police look at fakes, and learn.", "경찰이 가짜를 보고 배워요."),
    Move.FOOL: Text("The counterfeiter learns from the verdict.", "위조범이 판정을 보고 배워요."),
}


@dataclass(frozen=True, slots=True)
class GanOptions:
    """What may change between two moves.

    loss: one of `LOSSES`. penalty: λ of WGAN-GP. critic: discriminator's turns for one of the generator's.
    smooth: target 1 − smooth for real pictures (one-sided label smoothing). average: β of the generator's average.
    augment: how pictures are changed before the discriminator sees them (augmented.py).
    """

    loss: str = "gan"
    learning_rate: float = 2e-4
    penalty: float = 10.0
    critic: int = 1
    smooth: float = 0.0
    average: float = 0.0
    augment: str = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Played:
    """What one move brought; tensors without gradient, still on their device.

    scores: (B,) or (B, places) float32 what the discriminator said before the sigmoid; empty for MAKE. loss: () of the
    network that learns. penalty: () the gradient penalty's part of it. made: (B, …) the fakes, for MAKE.
    """

    move: Move
    update: int
    scores: Tensor
    loss: Tensor
    penalty: Tensor
    made: Tensor | None = None

    @property
    def belief(self) -> float:
        """Mean D in [0, 1]: how sure the discriminator is that what it saw was real; nan for MAKE."""
        return float(self.scores.sigmoid().mean()) if len(self.scores) else float("nan")


@dataclass(frozen=True, slots=True)
class Terms:
    """The min–max formula with its numbers of one round.

    real, fake, fooled: mean D(x), D(G(z)) in move 3 and in move 4. log_real: E log D(x). log_fake: E log(1 − D(G(z))).
    """

    update: int
    real: float
    fake: float
    fooled: float
    log_real: float
    log_fake: float
    loss_d: float
    loss_g: float
    penalty: float

    @property
    def value(self) -> float:
        """V(D, G); −log 4 ≈ −1.386 where the discriminator can only guess."""
        return self.log_real + self.log_fake


def loss_real(scores: Tensor, options: GanOptions) -> Tensor:
    """What the discriminator pays for its scores of real pictures, ()."""
    if options.loss == "wgan-gp":
        return -scores.mean()
    if options.loss == "hinge":
        return functional.relu(1 - scores).mean()
    return functional.binary_cross_entropy_with_logits(scores, torch.full_like(scores, 1 - options.smooth))


def loss_fake(scores: Tensor, options: GanOptions) -> Tensor:
    """What it pays for its scores of fakes, ()."""
    if options.loss == "hinge":
        return functional.relu(1 + scores).mean()
    return scores.mean() if options.loss == "wgan-gp" else functional.softplus(scores).mean()


def loss_fool(scores: Tensor, options: GanOptions) -> Tensor:
    """What the generator pays, ()."""
    if options.loss in ("hinge", "wgan-gp"):
        return -scores.mean()
    return -functional.softplus(scores).mean() if options.loss == "min-max" else functional.softplus(-scores).mean()


def gradient_penalty(critic: Callable[[Tensor], Tensor], real: Tensor, made: Tensor, random: torch.Generator) -> Tensor:
    """Mean (‖∇D(x̂)‖ − 1)² at points x̂ between real and made ones, ()."""
    share = torch.rand(len(real), *([1] * (real.ndim - 1)), generator=random).to(real.device)
    between = (share * real.float() + (1 - share) * made.float()).requires_grad_()
    (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    return ((gradient.flatten(1).norm(dim=1) - 1) ** 2).mean()


class GanStepper:
    """Two networks and whose turn it is. `play()` makes the next move; `round(real)` all four.

    generator: (z (B, latent), labels) → fakes; discriminator: (fakes, labels) → (B,) scores. Labels may be None.
    """

    def __init__(
        self,
        generator: nn.Module,
        discriminator: nn.Module,
        *,
        latent: int,
        random: torch.Generator,
        options: GanOptions | None = None,
        precision: torch.dtype = torch.float32,
    ) -> None:
        self.generator, self.discriminator, self.latent, self.random = generator, discriminator, latent, random
        self.options, self.precision = options or GanOptions(), precision
        betas = BETAS.get(self.options.loss, (0.5, 0.999))
        rate = self.options.learning_rate
        self.move_d = torch.optim.Adam(discriminator.parameters(), rate, betas, fused=True)
        self.move_g = torch.optim.Adam(generator.parameters(), rate, betas, fused=True)
        self.averaged = copy.deepcopy(generator).requires_grad_(False) if self.options.average else None
        self.update, self.next = 0, Move.REAL
        self._turns = 0
        self._real: Tensor | None = None
        self._labels: Tensor | None = None
        self._made: Tensor | None = None

    @property
    def best_generator(self) -> nn.Module:
        """The averaged generator where there is one."""
        return self.generator if self.averaged is None else self.averaged

    @property
    def counts(self) -> tuple[int, int]:
        """(rounds played, the discriminator's turns in this one): with weights and optimizers, all that changes."""
        return self.update, self._turns

    @counts.setter
    def counts(self, value: tuple[int, int]) -> None:
        self.update, self._turns = value

    def play(self, real: Tensor, labels: Tensor | None = None) -> Played:
        """Make the move whose turn it is; `real` is looked at in REAL only, and decides how many fakes are made."""
        if self.next is Move.REAL:
            return self.real(real, labels)
        return {Move.MAKE: self.make, Move.FAKE: self.fake, Move.FOOL: self.fool}[self.next]()

    def round(self, batches: Callable[[], tuple[Tensor, Tensor | None]]) -> list[Played]:
        """All moves up to and with the generator's; `batches` gives the next real ones for every turn of the critic."""
        found = list[Played]()
        while not found or found[-1].move is not Move.FOOL:
            found.append(self.play(*batches()) if self.next is Move.REAL else self.play(torch.empty(0)))
        return found

    def moves_1_to_3(self, pictures: Tensor, labels: Tensor | None = None) -> list[Played]:
        """REAL, MAKE and FAKE with one pass of the discriminator over both batches, for speed: each half has its own
        batch statistics, so that losses and gradients are those of the moves made one by one (WGAN-GP makes them so)."""
        halves = [layer for layer in self.discriminator.modules() if isinstance(layer, HalvedNorm)]
        if self.options.loss == "wgan-gp":
            return [self.play(pictures, labels) for _ in range(3)]
        self._real, self._labels = self._changed(pictures), labels
        self.discriminator.train()
        self.move_d.zero_grad(set_to_none=True)
        made = self.make()
        assert self._made is not None
        both = torch.cat((self._real.to(self._made.dtype), self._changed(self._made.detach())))
        asked = None if labels is None else torch.cat((labels, labels))
        for layer in halves:
            layer.halves = True
        with self._mixed(both):
            scores = self.discriminator(both, asked).float()
        for layer in halves:
            layer.halves = False
        first, second = scores.chunk(2)
        losses = loss_real(first, self.options), loss_fake(second, self.options)
        (losses[0] + losses[1]).backward()
        _step(self.move_d, self.options.learning_rate)
        self._turns += 1
        self.next = Move.REAL if self._turns < self.options.critic else Move.FOOL
        return [self._played(Move.REAL, first, losses[0]), made, self._played(Move.FAKE, second, losses[1])]

    def real(self, pictures: Tensor, labels: Tensor | None = None) -> Played:
        """Move 1. pictures: as the generator makes them. The gradient is kept for move 3."""
        self._real, self._labels = self._changed(pictures), labels
        self.discriminator.train()
        self.move_d.zero_grad(set_to_none=True)
        with self._mixed(pictures):
            scores = self.discriminator(self._real, labels).float()
        loss = loss_real(scores, self.options)
        loss.backward()
        self.next = Move.MAKE
        return self._played(Move.REAL, scores, loss)

    def make(self) -> Played:
        """Move 2. As many fakes as there were real ones, of the same classes."""
        assert self._real is not None
        self.generator.train()
        z = torch.randn(len(self._real), self.latent, generator=self.random).to(self._real.device)
        with self._mixed(z):
            self._made = self.generator(z, self._labels)
        self.next = Move.FAKE
        nothing = z.new_zeros(())
        return Played(Move.MAKE, self.update, z[:0, 0], nothing, nothing, self._made.detach().float())

    def fake(self) -> Played:
        """Move 3. The discriminator's weights move by what moves 1 and 3 found."""
        assert self._made is not None and self._real is not None
        made, labels = self._changed(self._made.detach()), self._labels
        with self._mixed(made):
            scores = self.discriminator(made, labels).float()
        loss = loss_fake(scores, self.options)
        penalty = loss.new_zeros(())
        if self.options.loss == "wgan-gp":
            found = gradient_penalty(lambda x: self.discriminator(x, labels), self._real, made, self.random)
            penalty = self.options.penalty * found
        (loss + penalty).backward()
        _step(self.move_d, self.options.learning_rate)
        self._turns += 1
        self.next = Move.REAL if self._turns < self.options.critic else Move.FOOL
        return self._played(Move.FAKE, scores, loss, penalty)

    def fool(self) -> Played:
        """Move 4. The gradient runs through the frozen discriminator into the generator, whose weights move."""
        assert self._made is not None
        self.move_g.zero_grad(set_to_none=True)
        with _frozen(self.discriminator):
            with self._mixed(self._made):
                scores = self.discriminator(self._changed(self._made), self._labels).float()
            loss = loss_fool(scores, self.options)
            loss.backward()
        _step(self.move_g, self.options.learning_rate)
        self.update += 1
        self._follow()
        self._turns, self.next = 0, Move.REAL
        return self._played(Move.FOOL, scores, loss)

    def _follow(self) -> None:
        """Let the averaged generator follow: w̄ ← β w̄ + (1 − β) w, faster at first."""
        if self.averaged is None:
            return
        share = 1 - min(self.options.average, (1 + self.update) / (10 + self.update))
        with torch.no_grad():
            torch._foreach_lerp_(_numbers(self.averaged), _numbers(self.generator), share)

    def _changed(self, x: Tensor) -> Tensor:
        """What the discriminator gets to see of pictures."""
        return varied(x, self.options.augment, self.random)

    def _mixed(self, x: Tensor) -> torch.autocast:
        return torch.autocast(x.device.type, torch.bfloat16, enabled=self.precision is torch.bfloat16)

    def _played(self, move: Move, scores: Tensor, loss: Tensor, penalty: Tensor | None = None) -> Played:
        nothing = loss.new_zeros(())
        return Played(
            move, self.update, scores.detach(), loss.detach(), nothing if penalty is None else penalty.detach()
        )


def terms_of(played: list[Played]) -> Terms:
    """The formula's numbers of a round as `GanStepper.round` returns it. Waits for the device, once."""
    last = {one.move: one for one in played}
    real, fake, fool = last[Move.REAL], last[Move.FAKE], last[Move.FOOL]
    values = torch.stack(
        (
            real.scores.sigmoid().mean(),
            fake.scores.sigmoid().mean(),
            fool.scores.sigmoid().mean(),
            functional.logsigmoid(real.scores).mean(),
            functional.logsigmoid(-fake.scores).mean(),
            real.loss + fake.loss + fake.penalty,
            fool.loss,
            fake.penalty,
        )
    )
    return Terms(fool.update, *values.tolist())


def _numbers(network: nn.Module) -> list[Tensor]:
    """What of a network is averaged: weights, and batch norm's running figures."""
    return [value for value in (*network.parameters(), *network.buffers()) if value.is_floating_point()]


@contextlib.contextmanager
def _frozen(network: nn.Module) -> Iterator[None]:
    network.requires_grad_(False)
    try:
        yield
    finally:
        network.requires_grad_(True)


def _step(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
