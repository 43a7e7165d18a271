"""The lines of a script that move the weights: the optimizer, and its learning rate at each step."""

from __future__ import annotations

from engine.train.colour_settings import ColourSettings
from engine.train.muon import MOMENTUM, OTHERS, OTHERS_MOMENTUM, QUICK, TURNS
from engine.train.settings import TrainSettings
from engine.train.state import MOMENTUM as SGD_MOMENTUM

_MUON = '''
def orthogonal(matrix):
    """The same directions, each about as strong as the others (Newton and Schulz): singular values near 1."""
    wide = len(matrix) <= matrix.shape[1]
    x = (matrix if wide else matrix.T).bfloat16()
    x = x / (x.norm() + 1e-7)
    for _ in range({turns}):
        a = x @ x.T
        x = 3.4445 * x + (-4.775 * a + 2.0315 * a @ a) @ x
    return (x if wide else x.T).float()


class Muon(torch.optim.Optimizer):
    """Turns each convolution as far in every direction its gradient points to (K. Jordan et al., 2024).

    Biases and the last layer get Nesterov's momentum, each with its own share of the learning rate.
    """

    def __init__(self, net, weight_decay):
        some = [p for p in net.parameters() if p.requires_grad]
        convolutions, biases = [p for p in some if p.ndim == 4], [p for p in some if p.ndim == 1]
        groups = [
            {{"params": convolutions, "share": 1, "momentum": {momentum:g}, "weight_decay": 0}},
            {{"params": biases, "share": {quick:g}, "weight_decay": weight_decay * {others:g} / {quick:g}}},
            {{"params": [p for p in some if p.ndim == 2], "share": {others:g}, "weight_decay": weight_decay}},
        ]
        super().__init__(groups, {{"lr": 0, "momentum": {others_momentum:g}}})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group["params"]:
                self.move(weight, group)

    def move(self, weight, group):
        kept, momentum = self.state[weight], group["momentum"]
        if not kept:
            kept["speed"] = torch.zeros_like(weight)
        slope = weight.grad.add(weight, alpha=group["weight_decay"])
        ahead = slope.add(kept["speed"].mul_(momentum).add_(slope), alpha=momentum)
        if weight.ndim == 4:
            weight.mul_(len(weight) ** 0.5 / weight.norm())  # batch norm undoes any other size
            ahead = orthogonal(ahead.flatten(1)).view(weight.shape)
        weight.sub_(ahead, alpha=group["lr"])
'''
_ONE_CYCLE = '''
def rate(progress):
    """One-cycle: up to the full rate in 15 % of the run, then down half a cosine to 0."""
    down = (progress - 0.15) / 0.85
    return max(progress, 0.015) / 0.15 if down < 0 else 0.5 * (1 + math.cos(math.pi * min(down, 1)))
'''
_RATES = {
    "one-cycle": "now.learning_rate * rate({at})",
    "linear": "now.learning_rate * (1 - {at})",
    "constant": "now.learning_rate",
}


def sources_of(settings: TrainSettings) -> tuple[str, ...]:
    """What the loop calls: the schedule and the optimizer, where torch does not have them."""
    muon = _MUON.format(turns=TURNS, momentum=MOMENTUM, quick=QUICK, others=OTHERS, others_momentum=OTHERS_MOMENTUM)
    schedule = _ONE_CYCLE if settings.schedule == "one-cycle" else ""
    return tuple(text for text in (schedule, muon if name_of(settings) == "muon" else "") if text)


def name_of(settings: TrainSettings) -> str:
    """What the script calls its optimizer."""
    return settings.optimizer if isinstance(settings, ColourSettings) else "adam"


def call_of(settings: TrainSettings) -> str:
    """The call that makes the optimizer."""
    name, decay = name_of(settings), f"weight_decay={settings.weight_decay:g}"
    if name == "muon":
        return f"Muon(net, {decay})"
    if name == "sgd":
        return f"torch.optim.SGD(net.parameters(), momentum={SGD_MOMENTUM:g}, nesterov=True, {decay}, fused=True)"
    return f"torch.optim.AdamW(net.parameters(), {decay}, fused=True)"


def rate_of(settings: TrainSettings, at: str) -> str:
    """The lines that set the learning rate of a step. at: how the script says how far it is."""
    name, rate = name_of(settings), _RATES[settings.schedule].format(at=at)
    if name == "muon":
        return f'    for group in muon.param_groups:\n        group["lr"] = {rate} * group["share"]\n'
    return f'    {name}.param_groups[0]["lr"] = {rate}\n'
