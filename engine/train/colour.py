"""The lesson of small colour photographs: classification with mirrored, moved, smaller pictures and smoothed labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.data.augment import augment
from engine.data.augment_colour import cut_out, framed, pasted
from engine.data.imageset import ImageSet
from engine.devices import Device
from engine.train.classify import Classify
from engine.train.colour_settings import ColourSettings
from engine.train.lesson import Lost, Moment
from engine.train.measure import as_input
from engine.train.settings import TrainSettings

SMALL = 24  # pixels of a side while pictures are small
MIX_UNTIL = 0.9  # of the run; the last steps see pictures as they are asked about later


class ColourClassify(Classify):
    """As `Classify`; what is done to a picture may depend on how far the training is."""

    def batch(
        self, data: ImageSet, chosen: np.ndarray, now: TrainSettings, generator: torch.Generator, device: Device
    ) -> tuple[Tensor, Tensor]:
        """A batch as at the end of a training."""
        return self.batch_at(data, chosen, now, generator, device, Moment(0, 1.0))

    def batch_at(
        self,
        data: ImageSet,
        chosen: np.ndarray,
        now: TrainSettings,
        generator: torch.Generator,
        device: Device,
        moment: Moment,
    ) -> tuple[Tensor, Tensor]:
        """(B, C, H, W) float32 in [0, 1] after augmentation, and (B,) int64 labels.

        Where pictures were mixed the answers are (B, classes) float32: how much of each class there is.
        """
        assert isinstance(now, ColourSettings)
        images = data.images[chosen]
        if now.augment:
            shift = round(now.augment * now.shift)
            images = framed(images, chosen, shift=shift, flip=now.flip, epoch=moment.epoch, generator=generator)
        pictures = augment(as_input(images, device), replace(now, shift=0.0), generator)
        pictures = cut_out(pictures, round(now.augment * now.cutout), generator)
        if moment.progress < now.small:
            pictures = functional.interpolate(pictures, size=(SMALL, SMALL), mode="bilinear", antialias=True)
        answers = torch.from_numpy(data.labels[chosen]).to(device.where)
        if now.mix and moment.progress < MIX_UNTIL and torch.rand((), generator=generator) < now.augment * now.mix:
            pictures, others, share = pasted(pictures, generator)
            whole = functional.one_hot(answers, len(data.classes)).float()
            answers = (1 - share) * whole + share * whole[others]
        return pictures.contiguous(memory_format=torch.channels_last), answers

    def loss(self, network: nn.Module, inputs: Tensor, answers: Tensor, now: TrainSettings, device: Device) -> Lost:
        """Of mixed pictures the class with the larger share counts as right."""
        assert isinstance(now, ColourSettings)
        most = answers if answers.ndim == 1 else answers.argmax(1)
        logits, right = self.scored(network, inputs, most, now, device)
        return Lost(functional.cross_entropy(logits, answers, label_smoothing=now.smoothing), right)


LESSON = ColourClassify()
