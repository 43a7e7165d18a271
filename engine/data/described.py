"""The figures of a set that need no picture to be opened: what the command line tells (lecture rows 93 to 95)."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.data.forms.form import AnySet
from engine.data.imageset import ImageSet
from engine.data.photoset import PhotoSet
from engine.data.signalset import SignalSet

MOST_LISTED = 50  # unreadable files told one by one


def figures_of(set_: AnySet) -> dict[str, Any]:
    """Counts as plain values: `count`, `classes`, and, where the set has them, objects, captions, masks, windows."""
    figures: dict[str, Any] = {
        "id": set_.id,
        "count": len(set_),
        "classes": [name.en for name in set_.classes],
        "fingerprint": set_.fingerprint,
    }
    if set_.labels is not None:
        known = set_.labels[set_.labels >= 0]
        figures["per_class"] = np.bincount(known, minlength=len(set_.classes)).tolist()
    if isinstance(set_, PhotoSet):
        return figures | _of_photos(set_)
    if isinstance(set_, SignalSet):
        people = {} if set_.groups is None else {"groups": len(np.unique(set_.groups))}
        shape = {"samples": set_.x.shape[1], "channels": list(set_.channels), "rate": set_.rate, "unit": set_.unit}
        return figures | shape | people
    assert isinstance(set_, ImageSet)
    return figures | {
        "height": set_.images.shape[1],
        "width": set_.images.shape[2],
        "colour": len(set_.images.shape) == 4,
    }


def _of_photos(photos: PhotoSet) -> dict[str, Any]:
    figures: dict[str, Any] = {
        "unreadable_count": len(photos.unreadable),
        "unreadable": [{"file": bad.file, "why": bad.why} for bad in photos.unreadable[:MOST_LISTED]],
    }
    if photos.objects is not None:
        labels = np.concatenate([np.zeros(0, np.int64), *(objects.labels for objects in photos.objects)])
        figures |= {
            "objects": len(labels),
            "objects_per_picture": len(labels) / max(1, len(photos)),
            "empty_pictures": sum(not len(objects) for objects in photos.objects),
            "crowds": int(sum(objects.crowd.sum() for objects in photos.objects)),
            "outlined": sum(bool(rings) for objects in photos.objects for rings in objects.outlines),
            "objects_per_class": np.bincount(labels, minlength=len(photos.classes)).tolist(),
        }
    if photos.captions is not None:
        count = sum(map(len, photos.captions))
        figures |= {"captions": count, "captions_per_picture": count / max(1, len(photos))}
    if photos.masks is not None:
        figures["masks"] = sum(bool(mask) for mask in photos.masks)
    if photos.keypoint_names:
        figures["keypoints"] = list(photos.keypoint_names)
    return figures
