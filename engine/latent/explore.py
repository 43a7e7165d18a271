"""Moving among codes: between two, along directions, by arithmetic, back from a picture; pure functions."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from engine.latent.model import Generative, pictures
from engine.text import Text


def lerp(a: Tensor, b: Tensor, t: Tensor) -> Tensor:
    """Codes on the straight line from a to b, each (d,), at shares t (n,): (n, d)."""
    return a + t[:, None] * (b - a)


def slerp(a: Tensor, b: Tensor, t: Tensor) -> Tensor:
    """Codes on the arc from a to b, each (d,), at shares t (n,): (n, d).

    Normal codes of many numbers all have nearly the same length; a straight line leaves that shell, the arc stays on
    it (White, Sampling generative networks, 2016). Lengths go evenly from ‖a‖ to ‖b‖.
    """
    long_a, long_b = a.norm(), b.norm()
    if float(long_a) < 1e-9 or float(long_b) < 1e-9:
        return lerp(a, b, t)
    unit_a, unit_b = a / long_a, b / long_b
    angle = torch.atan2((unit_a - unit_b).norm(), (unit_a + unit_b).norm()) * 2  # exact for small angles too
    if float(angle) < 1e-4 or float(torch.pi - angle) < 1e-4:  # one direction, or opposite ones: no arc is the one
        return lerp(a, b, t)
    sine = angle.sin()
    arc = ((1 - t) * angle).sin()[:, None] / sine * unit_a + (t * angle).sin()[:, None] / sine * unit_b
    return arc * ((1 - t) * long_a + t * long_b)[:, None]


def walk(model: Generative, *, stops: int, frames: int, seed: int, truncation: float = 1.0) -> Tensor:
    """Codes (stops · frames, d) of a closed random walk through `stops` codes, `frames` from one to the next."""
    z = model.draw(stops, torch.Generator().manual_seed(seed), truncation)
    t = torch.arange(frames) / frames
    return torch.cat([slerp(z[i], z[(i + 1) % stops], t) for i in range(stops)])


def arithmetic(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """a − b + c of groups of codes (n, d): the mean of each group, (d,) (Radford et al., 2016, figure 7)."""
    return a.mean(0) - b.mean(0) + c.mean(0)


@dataclass(frozen=True, slots=True, eq=False)
class Directions:
    """Where pictures change most. vectors: (k, d) unit vectors in the code. shares: (k,) of all change, falling.
    spread: (k,) how far ±1 standard deviation reaches along each."""

    vectors: Tensor
    shares: Tensor
    spread: Tensor


def directions(model: Generative, *, count: int = 8, samples: int = 1000, seed: int = 0) -> Directions:
    """The principal directions of the pictures, carried back into the code.

    Codes are drawn, the principal components of their pictures found, and the codes regressed on them (as GANSpace
    does with inner layers: Härkönen et al., 2020). One class only, where the generator knows classes.
    """
    z = model.draw(samples, torch.Generator().manual_seed(seed))
    labels = torch.zeros(samples, dtype=torch.int64) if model.classes else None
    x = pictures(model, z, labels).flatten(1).float()
    x = x - x.mean(0)
    count = min(count, model.latent, samples - 1)
    torch.manual_seed(seed)  # svd_lowrank draws from torch's own generator
    _, sizes, components = torch.svd_lowrank(x, q=count + 4, niter=4)
    coordinates = x @ components[:, :count]  # (N, k)
    found = torch.linalg.lstsq(coordinates / coordinates.std(0).clamp_min(1e-9), z - z.mean(0)).solution  # (k, d)
    spread = found.norm(dim=1)
    shares = sizes[:count] ** 2 / (x**2).sum().clamp_min(1e-9)
    return Directions(found / spread.clamp_min(1e-9)[:, None], shares, spread)


def nearest(made: Tensor, training: Tensor, *, at_once: int = 4096) -> tuple[np.ndarray, np.ndarray]:
    """For each made picture the training picture most like it: (indices (n,) int64, distances (n,) float32).

    made, training: (n, C, S, S) and (N, C, S, S) uint8; the distance is the root mean square over pixels in [0, 1].
    """
    a = made.flatten(1).float() / 255
    best, where = torch.full((len(a),), torch.inf), torch.zeros(len(a), dtype=torch.int64)
    own = (a**2).sum(1)
    for start in range(0, len(training), at_once):
        b = training[start : start + at_once].flatten(1).float() / 255
        apart = own[:, None] + (b**2).sum(1) - 2 * a @ b.T
        value, index = apart.min(1)
        better = value < best
        best, where = torch.where(better, value, best), torch.where(better, index + start, where)
    return where.numpy(), (best.clamp_min(0) / a.shape[1]).sqrt().numpy()


def memorised(made: Tensor, training: Tensor, held: Tensor) -> float:
    """The share of made pictures that lie closer to a training picture than nearly every new real picture does.

    Real held-out pictures show how close is usual: 5 % of them are closer than the limit. About 0.05 = nothing is
    copied; near 1 = it repeats what it saw.
    """
    _, usual = nearest(held, training)
    _, found = nearest(made, training)
    return float((found < np.quantile(usual, 0.05)).mean())


def find_code(model: Generative, picture: Tensor, *, steps: int = 200, seed: int = 0) -> tuple[Tensor, int]:
    """The code (1, d) whose picture comes nearest to `picture` (1, C, S, S) in [0, 1], and the class it is asked with:
    by the encoder where there is one, else by gradient steps from the best of 64 drawn codes."""
    with torch.no_grad():
        code = model.encode(picture)
        if code is not None:
            return code, 0
        z = model.draw(64, torch.Generator().manual_seed(seed))
        labels = torch.arange(64) % max(1, model.classes)
        best = ((model.decode(z, labels) - picture) ** 2).flatten(1).mean(1).argmin()
    z, label = z[best : best + 1].clone().requires_grad_(), labels[best : best + 1]
    optimizer = torch.optim.Adam([z], 0.05)
    for _ in range(steps):
        loss = ((model.decode(z, label) - picture) ** 2).mean() + 1e-4 * (z**2).mean()
        (z.grad,) = torch.autograd.grad(loss, z)
        optimizer.step()
    return z.detach(), int(label)


def plane(model: Generative, *, count: int = 15, reach: float = 2.0) -> Tensor:
    """The map of a generator with 2 numbers: codes (count², 2), row by row from the top left, evenly in ±reach."""
    line = torch.linspace(-reach, reach, count)
    y, x = torch.meshgrid(line.flip(0), line, indexing="ij")
    return torch.stack((x.flatten(), y.flatten()), 1)


def thickness(image: np.ndarray) -> float:
    """Width of the strokes in pixels of an (H, W) uint8 picture with light ink; 0 when it is empty.

    Inside a stroke of width w the distance to its edge is w / 4 on average.
    """
    large = cv2.resize(image, None, fx=4, fy=4, interpolation=cv2.INTER_LINEAR)
    ink = np.pad((large > 127).astype(np.uint8), 1)  # the picture's rim is an edge too
    if not ink.any():
        return 0.0
    inside = cv2.distanceTransform(ink, cv2.DIST_L2, 5)
    return float(inside[ink > 0].mean())  # 4 · mean distance, in pixels four times as fine


def slant(image: np.ndarray) -> float:
    """How far the strokes lean, in degrees, of an (H, W) uint8 picture: above 0 to the right, 0 = upright or empty."""
    m = cv2.moments(image)
    return 0.0 if m["mu02"] < 1e-9 else float(np.degrees(np.arctan(-m["mu11"] / m["mu02"])))


def kind_words(model: Generative) -> Text:
    """How a code is drawn, in a sentence."""
    if model.kind in ("rbm", "dbn"):
        return Text("The code is a state of the hidden units.", "코드는 은닉 유닛의 상태예요.")
    if model.kind == "ae":
        return Text(
            "The code is drawn like those of training pictures: an autoencoder itself does not say which are likely.",
            "코드는 학습 그림의 코드처럼 뽑아요. 오토인코더는 어떤 코드가 그럴듯한지 말해 주지 않아요.",
        )
    return Text("The code is drawn from a normal distribution.", "코드는 정규 분포에서 뽑아요.")
