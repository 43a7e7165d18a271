"""The recipe of the denoising autoencoder for photographs (lecture row 122)."""

from __future__ import annotations

from typing import Any

from torch import nn

from engine.cards import Card, Explanation, Task
from engine.latent.denoise_lesson import LESSON, DenoiserSettings
from engine.latent.denoiser import Denoiser
from engine.text import Text
from engine.train.recipe import Block, Recipe


def _denoiser(**arguments: Any) -> nn.Module:
    return Denoiser(**arguments)


AE_PHOTOS = Recipe(
    card=Card(
        id="ae-photos",
        task=Task.DENOISE,
        name=Text("Denoising autoencoder, photos", "잡음 제거 오토인코더, 사진"),
        summary=Text(
            "Takes Gaussian and dropout noise out of photographs of any size, and of a camera’s pictures.",
            "크기에 상관없이 사진에서 가우스 잡음과 dropout 잡음을 지워요. 카메라에도 돼요.",
        ),
        source="26 photographs of COCO 2017 under CC BY and CC BY-SA",
        paper="Vincent et al., Extracting and composing robust features with denoising autoencoders, ICML 2008",
        explanation=Explanation(
            Text("Denoising autoencoder", "잡음 제거 오토인코더 (denoising autoencoder)"),
            Text(
                "Put out half of all pixels: edges and faces come back, fine patterns do not.",
                "픽셀 절반을 꺼 보세요. 윤곽과 얼굴은 돌아오지만 고운 무늬는 돌아오지 않아요.",
            ),
            Text(
                "It is shown a damaged picture and asked for the whole one, so it has to learn what pictures are like.",
                "망가진 사진을 보고 온전한 사진을 내놓아야 해요. 그래서 사진이 어떻게 생겼는지 배워요.",
            ),
            "min  E | g(f(x + noise)) − x |",
        ),
        rows=(122,),
        data_licence="CC-BY-2.0 and CC-BY-SA-2.0 (photographs)",
        weights_licence="CC-BY-SA-2.0",
    ),
    defaults=DenoiserSettings(
        learning_rate=2e-3, weight_decay=1e-4, held_out=4, batch_size=4, keep_checkpoints=4, epochs=150.0
    ),
    datasets=("free-photos", "coco_small", "flickr8k"),
    layers=(
        Block("input", 3, 80),
        *(Block(name, c, s) for name, c, s in (("head", 24, 40), ("down", 48, 20), ("code", 72, 10))),
        *(Block(name, c, s, back=True) for name, c, s in (("up", 48, 20), ("last", 24, 40), ("out", 3, 80))),
    ),
    make=_denoiser,
    lesson=LESSON,
    architecture=("width",),
    checks=0.02,
)

RECIPES = (AE_PHOTOS,)
