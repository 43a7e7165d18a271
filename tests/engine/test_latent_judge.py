"""Who looks at what a generator makes is shared by all trainings of the window, each on its thread."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

import numpy as np
import pytest
import torch
from torch import Tensor

from engine.data import ImageSet
from engine.latent.begin import shaped
from engine.latent.measure import digit_judge


class Meeting(Tensor):
    """Pictures whose judge waits, once their features are known, at its last layer. at: (known, go on) by thread."""

    at: ClassVar[dict[int, tuple[threading.Event, threading.Event]]] = {}

    @classmethod
    def __torch_function__(cls, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        found = super().__torch_function__(function, types, args, kwargs)
        if function is torch.nn.functional.linear and found.shape[-1] == 10 and threading.get_ident() in cls.at:
            known, go_on = cls.at[threading.get_ident()]
            known.set()
            assert go_on.wait(60)
        return found


def test_two_trainings_that_are_judged_at_once_do_not_get_each_others_features(digits: ImageSet) -> None:
    """What one thread had heard was taken by the other."""
    look, answers = digit_judge(), dict[int, np.ndarray]()
    asked = [shaped(digits.images[:3], 28, 1), shaped(digits.images[600:603], 28, 1)]
    first, second, done = threading.Event(), threading.Event(), threading.Event()

    def ask(number: int, known: threading.Event, go_on: threading.Event) -> None:
        Meeting.at[threading.get_ident()] = known, go_on
        answers[number] = look(asked[number].as_subclass(Meeting)).features
        done.set()

    threads = [
        threading.Thread(target=ask, args=(0, first, second)),
        threading.Thread(target=ask, args=(1, second, done)),
    ]
    threads[0].start()
    assert first.wait(60)
    threads[1].start()
    for one in threads:
        one.join(60)
    for number in (0, 1):
        assert np.asarray(answers[number]) == pytest.approx(look(asked[number]).features, abs=1e-5)
