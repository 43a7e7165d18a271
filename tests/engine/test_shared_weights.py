"""EfficientNet-Lite0 is held in memory once for all that only ask it."""

from __future__ import annotations

import torch

from engine.caption import encoder as captions
from engine.detect.explain import teaching
from engine.live import teach
from engine.zoo.efficientnet_lite import for_reading, pretrained


def test_all_that_only_read_the_network_share_its_weights_but_no_module() -> None:
    with torch.inference_mode():  # whoever asks first may stand in it, and a gradient is still possible after
        readers = [for_reading(), teach.encoder(), teaching.encoder(), captions.encoder()]
    places = [[tensor.data_ptr() for tensor in one.state_dict().values()] for one in readers]
    assert all(one == places[0] for one in places)
    assert len({id(module) for one in readers for module in one.modules()}) == sum(
        len(list(one.modules())) for one in readers
    ), "a hook on one must see nothing of the others"
    x = torch.rand(1, 3, 64, 64, requires_grad=True)
    assert torch.autograd.grad(readers[1](x)[0, 0], x)[0].abs().sum() > 0
    captions.encoder().requires_grad_(False)
    assert all(one.requires_grad for one in readers[0].parameters()), "what one reader freezes is frozen for it alone"


def test_a_network_that_may_be_changed_has_weights_of_its_own_and_answers_alike() -> None:
    mine, shared = pretrained(), for_reading()
    x = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        before = shared(x)
        assert torch.equal(mine(x), before)
        for one in mine.parameters():
            one.zero_()
        assert torch.equal(shared(x), before)
