"""What `evaluate` says of a generator: how many samples are read, of which classes, and how far from real pictures."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.devices import choose
from engine.errors import LabError
from engine.jobs import Job, Progress
from engine.latent.begin import Pictures, last_split, learnt_from, read_pictures
from engine.latent.collapse import collapse_of, variety
from engine.latent.explore import memorised, plane
from engine.latent.measure import Looked, class_shares, figures, frechet, is_small
from engine.latent.model import Generative, pictures
from engine.latent.trained import Trained, open_generator, untrained
from engine.settings import load as load_settings
from engine.text import Text

SAMPLES = 10_000
RAW = 2000  # samples of the untrained one: far off however many are looked at
MEMORY = 500  # samples compared with every training picture
_LOOKING = Text("Looking at samples", "표본을 살펴보는 중")


def evaluate_generator(
    which: str,
    *,
    data: Path | None = None,
    dataset_id: str = "auto",
    count: int = SAMPLES,
    seed: int = 1,
    truncation: float = 1.0,
) -> Job:
    """Measure a generator on `count` samples; a job, returns plain figures.

    frechet is against the set's last split; frechet_real is training pictures against the same (what a perfect
    generator would get), frechet_untrained the same network as drawn. The figures of the last split for VAEs and
    autoencoders: ELBO in nats a picture and mean squared error. memorised: see `explore.memorised`.
    Raises:
        LabError: no such generator, no data, a count that will not do.
    """
    if count < 100:
        raise LabError(Text("Measure at least 100 samples.", "표본을 100장 이상으로 정해 주세요."))
    began = time.perf_counter()
    trained = open_generator(which)
    torch.set_num_threads(choose().threads or 1)
    root = data or load_settings()[0].data()
    id = learnt_from(trained.recipe, trained.about, root, dataset_id)
    train: Pictures = yield from read_pictures(trained.recipe, id, "train", root)
    test: Pictures = yield from read_pictures(trained.recipe, id, last_split(id), root)
    look = trained.recipe.judge()
    samples = yield from _samples(trained.model, count, seed, truncation)
    raw = yield from _samples(untrained(trained), min(count, RAW), seed, 1.0)
    made, real, other = look(samples), look(test.images), look(train.images[_some(len(train), len(test), seed)])
    yield Progress(1, 1, _LOOKING)
    found = {**figures(made, real), "frechet_real": frechet(other.features, real.features)}
    found["frechet_untrained"] = frechet(look(raw).features, real.features)
    found["frechet_share_of_untrained"] = found["frechet"] / max(1e-9, found["frechet_untrained"])
    copied = memorised(samples[:MEMORY], train.images, test.images[_some(len(test), MEMORY, seed)])
    return {
        "model": trained.recipe.id,
        "weights": str(trained.source),
        "step": trained.step,
        "dataset": id,
        "split": last_split(id),
        "count": len(made),
        "count_real": len(real),
        **found,
        **_shares(made, real, train.classes),
        "memorised": copied,
        "truncation": truncation,
        "small_sample": is_small(min(len(made), len(real)), made.features.shape[1]),
        **_through(trained, test.images),
        **_plane(trained, look),
        "seconds": time.perf_counter() - began,
    }


def _some(whole: int, count: int, seed: int) -> Tensor:
    """`count` places of a set that may be sorted, (count,) int64."""
    return torch.randperm(whole, generator=torch.Generator().manual_seed(seed))[:count]


def _samples(model: Generative, count: int, seed: int, truncation: float) -> Job:
    """`count` samples, classes in turn where it knows classes; yields `Progress`."""
    random, parts = torch.Generator().manual_seed(seed), list[Tensor]()
    for start in range(0, count, 500):
        z = model.draw(min(500, count - start), random, truncation)
        parts.append(pictures(model, z))
        yield Progress(start, count, _LOOKING)
    return torch.cat(parts)


def _shares(made: Looked, real: Looked, classes: tuple[Text, ...]) -> dict[str, Any]:
    """Each class's share of the samples, and the collapse in words."""
    varied = variety(made.features, real.features)
    shares = class_shares(made.probabilities) if made.reads else None
    fallen = collapse_of(varied, shares, classes)
    found: dict[str, Any] = {"cover": varied.cover, "spread": varied.spread, "collapse": fallen and fallen.words}
    if shares is None:
        return found
    return {**found, "shares": {name.en: share for name, share in zip(classes, shares.tolist(), strict=True)}}


def _through(trained: Trained, images: Tensor) -> dict[str, float]:
    """What comes through a generator with an encoder: mean squared error, and a VAE's ELBO."""
    from engine.latent.vae import Vae

    total, cost, random = 0.0, 0.0, torch.Generator().manual_seed(0)
    with torch.inference_mode():
        for piece in images.split(500):
            x = piece.float() / 255
            code = trained.model.encode(x)
            if code is None:
                return {}
            total += float(((trained.model.decode(code) - x) ** 2).mean()) * len(piece)
            if isinstance(trained.model, Vae):
                bound = trained.model.bound(x, random)
                cost += float((bound.reconstruction + bound.divergence).sum())
    more = {"elbo": -cost / len(images)} if cost else {}
    return {"error": total / len(images), **more}


def _plane(trained: Trained, look: Any) -> dict[str, Any]:
    """Which classes the map of a generator with 2 numbers shows, read with at least 0.5 confidence."""
    if trained.model.latent != 2:
        return {}
    seen: Looked = look(pictures(trained.model, plane(trained.model, count=25, reach=2.5)))
    sure = seen.probabilities.max(1) >= 0.5
    shown = sorted({int(i) for i in seen.probabilities.argmax(1)[sure]})
    return {"plane_classes": len(shown), "plane_shows": shown}


def sentence(result: dict[str, Any]) -> Text:
    """The result in words."""
    if "confident" not in result:
        text = Text(
            "Fréchet distance {frechet:.1f}; real against real {frechet_real:.1f}, untrained {frechet_untrained:.1f}.",
            "프레셰 거리 {frechet:.1f}. 진짜끼리는 {frechet_real:.1f}, 학습 전은 {frechet_untrained:.1f}.",
        )
        return text(**result)
    text = Text(
        "{confident:.1%} of {count:,} samples are read with confidence; classes between {share_min:.1%} and {share_max:.1%}; Fréchet distance {frechet:.1f}, real against real {frechet_real:.1f}, untrained {frechet_untrained:.1f}.",
        "표본 {count:,}장 가운데 {confident:.1%}를 자신 있게 읽어요. 클래스 비율은 {share_min:.1%}에서 {share_max:.1%}. 프레셰 거리 {frechet:.1f}, 진짜끼리는 {frechet_real:.1f}, 학습 전은 {frechet_untrained:.1f}.",
    )
    return text(**result)
