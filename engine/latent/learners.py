"""How each kind of generator learns from one batch, and how it is checked. The loop in learn.py is the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.devices import Device
from engine.latent.augmented import mirrored
from engine.latent.autoencoder import Autoencoder, damaged
from engine.latent.dcgan import Discriminator, Generator
from engine.latent.gan import GanOptions, GanStepper, Move
from engine.latent.model import Generative
from engine.latent.projected import ProjectedDiscriminator
from engine.latent.settings import AeSettings, GanSettings, VaeSettings
from engine.latent.vae import Vae


class Learner:
    """What changes while a generator learns.

    metric: the figure of a check by which the best weights are chosen, the smaller the better; "" keeps the newest.
    judged: True when samples are measured at each check. pairs: True when pictures and what came through are shown.
    """

    metric = ""
    judged = False
    pairs = False

    def __init__(self, where: Device, random: torch.Generator) -> None:
        self.where, self.random = where, random

    @staticmethod
    def build(now: Any, *, side: int, channels: int, classes: int) -> dict[str, Any]:
        """What decides the generator's network; stored beside its weights. Raises `LabError` for what will not do."""
        raise NotImplementedError

    @property
    def shown(self) -> Generative:
        """The generator that is shown, measured and kept."""
        raise NotImplementedError

    def networks(self) -> Mapping[str, nn.Module]:
        """All that is saved, by name."""
        raise NotImplementedError

    def optimizers(self) -> Mapping[str, torch.optim.Optimizer]:
        raise NotImplementedError

    def update(self, pictures: Tensor, labels: Tensor, now: Any, progress: float) -> dict[str, Tensor]:
        """One step. pictures: (B, C, S, S) uint8; progress: of the run, in [0, 1). Returns the losses' terms, each ()."""
        raise NotImplementedError

    def check(self, pictures: Tensor) -> dict[str, float]:
        """Figures on pictures held out, (N, C, S, S) uint8."""
        return {}

    def tensors(self) -> dict[str, Tensor]:
        """Everything needed to go on."""
        found = {f"{part}.{k}": v for part, network in self.networks().items() for k, v in network.state_dict().items()}
        for part, optimizer in self.optimizers().items():
            for number, moments in optimizer.state_dict()["state"].items():
                kept = {k: v for k, v in moments.items() if isinstance(v, Tensor)}
                found |= {f"optimizer {part}.{number}.{k}": v for k, v in kept.items()}
        return found | {"random": self.random.get_state()}

    def restore(self, tensors: dict[str, Tensor]) -> None:
        """Stand where the checkpoint was made. Raises `KeyError` or `RuntimeError` for one of another network."""
        for part, network in self.networks().items():
            network.load_state_dict({k[len(part) + 1 :]: v for k, v in tensors.items() if k.startswith(f"{part}.")})
        for part, optimizer in self.optimizers().items():
            moments: dict[int, dict[str, Tensor]] = {}
            for name, value in tensors.items():
                if name.startswith(f"optimizer {part}."):
                    _, number, kind = name.rsplit(".", 2)
                    moments.setdefault(int(number), {})[kind] = value
            optimizer.load_state_dict({**optimizer.state_dict(), "state": moments})
            for weight, values in optimizer.state.items():  # a fused step wants moments to lie as their weights do
                for kind, value in values.items():
                    if isinstance(value, Tensor) and value.shape == weight.shape:
                        values[kind] = torch.empty_like(weight).copy_(value)
        self.random.set_state(tensors["random"])

    def _mixed(self) -> torch.autocast:
        bf16 = self.where.precision is torch.bfloat16
        return torch.autocast(self.where.where.type, torch.bfloat16, enabled=bf16)


def options_of(now: GanSettings) -> GanOptions:
    """The part of a GAN's settings that the stepper reads."""
    return GanOptions(now.loss, now.learning_rate, now.penalty, now.critic, now.smooth, now.average, now.augment)


class GanLearner(Learner):
    """A DCGAN: `GanStepper`'s moves, a round for each batch (several batches where the discriminator has more turns)."""

    metric, judged = "frechet", True

    @staticmethod
    def build(now: GanSettings, *, side: int, channels: int, classes: int) -> dict[str, Any]:
        asked = classes if now.conditional and classes > 1 else 0
        shape = {"side": side, "channels": channels, "classes": asked}
        return {**shape, "latent": now.latent, "width": now.width, "batch_norm": now.batch_norm}

    def __init__(self, build: dict[str, Any], now: GanSettings, where: Device, random: torch.Generator) -> None:
        super().__init__(where, random)
        generator, critic = Generator(**build), discriminator(build, now)
        for network in (generator, critic):
            network.to(where.where, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.stepper = GanStepper(
            generator,
            critic,
            latent=build["latent"],
            random=random,
            options=options_of(now),
            precision=where.precision,
        )

    @property
    def shown(self) -> Generative:
        found = self.stepper.best_generator
        assert isinstance(found, Generative)
        return found

    def networks(self) -> Mapping[str, nn.Module]:
        more = {} if self.stepper.averaged is None else {"averaged": self.stepper.averaged}
        return {"generator": self.stepper.generator, "discriminator": self.stepper.discriminator, **more}

    def optimizers(self) -> Mapping[str, torch.optim.Optimizer]:
        return {"d": self.stepper.move_d, "g": self.stepper.move_g}

    def tensors(self) -> dict[str, Tensor]:
        return super().tensors() | {"stepper": torch.tensor(self.stepper.counts)}

    def restore(self, tensors: dict[str, Tensor]) -> None:
        super().restore(tensors)
        self.stepper.counts = (int(tensors["stepper"][0]), int(tensors["stepper"][1]))

    def update(self, pictures: Tensor, labels: Tensor, now: GanSettings, progress: float) -> dict[str, Tensor]:
        stepper = self.stepper
        stepper.options = options_of(now)
        asked = labels if stepper.discriminator.classes else None
        pictures = mirrored(pictures, self.random) if now.mirror else pictures
        real = (pictures.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)
        found = stepper.moves_1_to_3(real, asked)
        if stepper.next is Move.FOOL:
            found.append(stepper.play(real))
        terms = {"D(x)": found[0].scores.sigmoid().mean(), "D(G(z))": found[2].scores.sigmoid().mean()}
        terms |= {"log D(x)": functional.logsigmoid(found[0].scores).mean()}
        terms |= {"log(1−D(G(z)))": functional.logsigmoid(-found[2].scores).mean()}
        terms |= {"loss D": found[0].loss + found[2].loss + found[2].penalty}
        if now.loss == "wgan-gp":
            terms |= {"penalty": found[2].penalty}
        return terms | ({"loss G": found[3].loss} if len(found) > 3 else {})


def discriminator(build: dict[str, Any], now: GanSettings) -> Discriminator | ProjectedDiscriminator:
    """The opponent of the generator that `build` describes. WGAN-GP judges each picture alone: no batch norm."""
    if now.eyes == "trained":
        return ProjectedDiscriminator(classes=build["classes"])
    return Discriminator(
        side=build["side"],
        channels=build["channels"],
        width=now.width,
        classes=build["classes"],
        batch_norm=now.batch_norm and now.loss != "wgan-gp" and not now.spectral,
        spectral=now.spectral,
    )


class VaeLearner(Learner):
    metric, pairs = "cost", True

    @staticmethod
    def build(now: VaeSettings, *, side: int, channels: int, classes: int) -> dict[str, Any]:
        return {"side": side, "channels": channels, "latent": now.latent, "hidden": now.hidden}

    def __init__(self, build: dict[str, Any], now: VaeSettings, where: Device, random: torch.Generator) -> None:
        super().__init__(where, random)
        self.model = Vae(**build).to(where.where)
        self.optimizer = torch.optim.Adam(self.model.parameters(), now.learning_rate, fused=True)

    @property
    def shown(self) -> Generative:
        return self.model

    def networks(self) -> Mapping[str, nn.Module]:
        return {"model": self.model}

    def optimizers(self) -> Mapping[str, torch.optim.Optimizer]:
        return {"model": self.optimizer}

    def update(self, pictures: Tensor, labels: Tensor, now: VaeSettings, progress: float) -> dict[str, Tensor]:
        with self._mixed():
            bound = self.model.bound(pictures.float() / 255, self.random)
        missed, divergence = bound.reconstruction.mean(), bound.divergence.mean()
        step(self.optimizer, missed + now.beta * divergence, now.learning_rate)
        return {"−ELBO": (missed + divergence).detach(), "reconstruction": missed.detach(), "KL": divergence.detach()}

    @torch.inference_mode()
    def check(self, pictures: Tensor) -> dict[str, float]:
        """−ELBO, its two terms in nats a picture, and the mean squared error of the reconstruction."""
        same_each_time, sums = torch.Generator().manual_seed(0), torch.zeros(3, dtype=torch.float64)
        for piece in pictures.split(500):
            x = piece.float() / 255
            bound = self.model.bound(x, same_each_time)
            error = ((self.model.decode(self.model.cloud(x)[0]) - x) ** 2).flatten(1).mean(1)
            sums += torch.stack([v.double().sum() for v in (bound.reconstruction, bound.divergence, error)])
        missed, divergence, error = (sums / len(pictures)).tolist()
        return {"cost": missed + divergence, "elbo": -missed - divergence, "kl": divergence, "error": error}


class AeLearner(Learner):
    """An autoencoder. Stacked, its stages are learnt one after the other in the first two thirds, then all together."""

    metric, pairs = "error", True

    @staticmethod
    def build(now: AeSettings, *, side: int, channels: int, classes: int) -> dict[str, Any]:
        return {"side": side, "channels": channels, "latent": now.latent, "layers": now.layers}

    def __init__(self, build: dict[str, Any], now: AeSettings, where: Device, random: torch.Generator) -> None:
        super().__init__(where, random)
        self.model = Autoencoder(**build).to(where.where)
        self.optimizer = torch.optim.Adam(self.model.parameters(), now.learning_rate, fused=True)
        self.stacked = now.stacked and now.layers == "full"

    @property
    def shown(self) -> Generative:
        return self.model

    def networks(self) -> Mapping[str, nn.Module]:
        return {"model": self.model}

    def optimizers(self) -> Mapping[str, torch.optim.Optimizer]:
        return {"model": self.optimizer}

    def depth(self, progress: float) -> int:
        """How many stages are in use at `progress` of the run."""
        stages = len(self.model.down)
        return min(stages, 1 + int(progress * 1.5 * stages)) if self.stacked else stages

    def update(self, pictures: Tensor, labels: Tensor, now: AeSettings, progress: float) -> dict[str, Tensor]:
        x = pictures.float() / 255
        seen = damaged(x, now.noise, now.level, self.random)
        depth = self.depth(progress)
        with self._mixed():
            scores = self.model.through(seen, depth) if depth < len(self.model.down) else self.model(seen)
        cost = functional.binary_cross_entropy_with_logits(scores.float(), x)
        singly = self.stacked and progress * 1.5 < 1 and depth > 1
        step(self.optimizer, cost, now.learning_rate, only=self._stage(depth) if singly else None)
        with torch.no_grad():
            error = ((scores.float().sigmoid() - x) ** 2).mean()
        stages = {"stages in use": torch.tensor(float(depth))} if self.stacked else {}
        return {"cross-entropy": cost.detach(), "error": error, **stages}

    def _stage(self, depth: int) -> set[nn.Parameter]:
        """The weights of the innermost stage in use; those outside it were learnt before and stay."""
        return {*self.model.down[depth - 1].parameters(), *self.model.up[len(self.model.up) - depth].parameters()}

    @torch.inference_mode()
    def check(self, pictures: Tensor) -> dict[str, float]:
        """Mean squared error over pixels in [0, 1]; remembers where codes lie."""
        total, codes = 0.0, []
        for piece in pictures.split(500):
            x = piece.float() / 255
            codes.append(self.model.inner(x))
            total += float(((self.model.decode(codes[-1]) - x) ** 2).mean()) * len(piece)
        self.model.settle(torch.cat(codes))
        return {"error": total / len(pictures)}


def rate(optimizer: torch.optim.Optimizer, value: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = value


def step(
    optimizer: torch.optim.Optimizer, cost: Tensor, learning_rate: float, *, only: set[nn.Parameter] | None = None
) -> None:
    """One update; `only` these weights move where given."""
    rate(optimizer, learning_rate)
    optimizer.zero_grad(set_to_none=True)
    cost.backward()
    if only is not None:
        for group in optimizer.param_groups:
            for weight in group["params"]:
                weight.grad = weight.grad if weight in only else None
    optimizer.step()
