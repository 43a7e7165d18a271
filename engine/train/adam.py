"""torch's AdamW with less around it."""

from __future__ import annotations

from typing import Any

import torch

_KERNEL: Any = getattr(torch, "_fused_adamw_", None)  # a torch without it takes its own step
_ONE = torch.ones(())  # a number from Python would be made a tensor once for each weight


class Adam(torch.optim.AdamW):
    """AdamW, fused; on a CPU each step asks torch's kernel for the fused update at once.

    What torch's own step does around the kernel is alike at every step, and for networks of some thousand weights takes
    longer than the update. The first step, which makes the moments, is torch's own; the state is the same.
    """

    def __init__(self, groups: list[dict[str, Any]]) -> None:
        super().__init__(groups, fused=True)

    def step(self, closure: Any = None) -> Any:
        everything = [p for group in self.param_groups for p in group["params"] if p.grad is not None]
        if closure or _KERNEL is None or any(not (p.is_cpu and self.state.get(p)) for p in everything):
            return super().step(closure)
        with torch.no_grad():
            for group in self.param_groups:
                self._update(group)
        return None

    step.hooked = True  # type: ignore[attr-defined]  # else torch wraps it to time it and to call hooks; there are none

    def _update(self, group: dict[str, Any]) -> None:
        weights = [p for p in group["params"] if p.grad is not None]
        if not weights:
            return
        kept = [self.state[p] for p in weights]
        steps = [one["step"] for one in kept]
        torch._foreach_add_(steps, _ONE)
        _KERNEL(
            weights,
            [p.grad for p in weights],
            [one["exp_avg"] for one in kept],
            [one["exp_avg_sq"] for one in kept],
            [],
            steps,
            lr=group["lr"],
            beta1=group["betas"][0],
            beta2=group["betas"][1],
            weight_decay=group["weight_decay"],
            eps=group["eps"],
            amsgrad=False,
            maximize=False,
        )
