"""The lines of a script that change its training pictures, as engine/data/augment.py does: the same random numbers."""

from __future__ import annotations

from engine.train.settings import TrainSettings

_AUGMENT = '''
def augment(x):
    """Turn, shift, scale{more} each picture by its own random amount; x is (B, C, H, W)."""
    if now.augment == 0:
        return x
    (height, width), r = x.shape[2:], torch.rand(len(x), 6, generator=draw).mul_(2).sub_(1)
    angle = r[:, 0] * math.radians(now.augment * {rotate:g})
    grow, wide = 1 + now.augment * {scale:g} * r[:, 1], 1 + now.augment * {stretch:g} * r[:, 2]
    cos, sin, slant = angle.cos() / grow, angle.sin() / grow, now.augment * {stretch:g} * r[:, 3]
    to_x = torch.stack((cos / wide, -sin + slant, now.augment * {shift:g} * r[:, 4] * 2 / width), 1)
    to_y = torch.stack((sin, cos * wide, now.augment * {shift:g} * r[:, 5] * 2 / height), 1)
    grid = F.affine_grid(torch.stack((to_x, to_y), 1).to(x.device), list(x.shape), align_corners=False)
{elastic}    return F.grid_sample(x, grid, align_corners=False)
'''
_ELASTIC = """    coarse = torch.rand(len(x), 2, 5, 5, generator=draw).mul_(2).sub_(1)  # elastic: a smooth field of moves
    field = F.interpolate(coarse, (height, width), mode="bicubic", align_corners=True).permute(0, 2, 3, 1)
    grid = grid + (field * (now.augment * {bend:g}) * 2 / torch.tensor([width, height])).to(x.device)
"""


def changes(settings: TrainSettings) -> bool:
    """True when the pictures are changed at all."""
    return any((settings.rotate, settings.shift, settings.scale, settings.stretch, settings.bend))


def source_of(settings: TrainSettings) -> str:
    """`augment(x)` with the run's amounts; "" when it changed nothing."""
    if not changes(settings):
        return ""
    return _AUGMENT.format(
        more=" and bend" if settings.bend else "",
        elastic=_ELASTIC.format(bend=settings.bend) if settings.bend else "",
        rotate=settings.rotate,
        scale=settings.scale,
        stretch=settings.stretch,
        shift=settings.shift,
    )
