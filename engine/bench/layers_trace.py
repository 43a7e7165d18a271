"""One pass through a network, taken apart: each operation with its layer, time, products and bytes.

Operations are caught where Python calls them (`TorchFunctionMode`), so that additions and joins between layers are
seen as well as the layers; the way back is timed between the hooks of each operation's gradient.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode
from torch.utils.flop_counter import FlopCounterMode

from engine.text import Text, same

KINDS: tuple[tuple[str, Text], ...] = (
    ("conv", Text("convolution", "합성곱")),
    ("fc", Text("fully connected", "완전 연결")),
    ("pool", Text("pooling", "풀링")),
    ("norm", Text("normalisation", "정규화")),
    ("activation", Text("activation", "활성화")),
    ("other", Text("the rest", "나머지")),
)
_WORDS: dict[str, tuple[str, ...]] = {  # the first that occurs in a function's name decides
    "pool": ("pool", "mean"),
    "norm": ("norm",),
    "conv": ("conv",),
    "fc": ("linear", "matmul", "bmm", "addmm", "lstm", "gru", "rnn"),
    "activation": ("relu", "swish", "silu", "sigmoid", "tanh", "softmax", "gelu", "elu"),
}
_NOT_WORK = ("__get__", "size", "dim", "requires_grad", "register_hook", "__set__", "is_floating_point")


def kind_of(function: str) -> str:
    """Which of `KINDS` a function of torch belongs to, by its name."""
    return next((kind for kind, words in _WORDS.items() if any(word in function for word in words)), "other")


class Clock:
    """Marks in time: of the processor at once, of a graphics card when `read` has waited for it."""

    def __init__(self, device: torch.device) -> None:
        self._cuda = device.type == "cuda"

    def mark(self) -> Any:
        """Now, in this device's own time."""
        if not self._cuda:
            return time.perf_counter()
        event = torch.cuda.Event(enable_timing=True)
        event.record()
        return event

    def seconds(self, began: Any, ended: Any) -> float:
        """Between two marks; call `wait` first."""
        return began.elapsed_time(ended) / 1000 if self._cuda else ended - began

    def wait(self) -> None:
        """Until the device has done all that was asked."""
        if self._cuda:
            torch.cuda.synchronize()


@dataclass(slots=True)
class Done:
    """One operation of a pass. seconds: forwards; back: backwards (0 where nothing was learnt)."""

    layer: str
    function: str
    kind: str
    shape: tuple[int, ...] = ()
    seconds: float = 0.0
    back: float = 0.0
    macs: int = 0
    parameters: int = 0
    bytes: int = 0


@dataclass(slots=True)
class Pass:
    """Everything one pass did, in order, and what it took as a whole."""

    done: list[Done] = field(default_factory=list)
    seconds: float = 0.0
    back: float = 0.0


def forward(network: nn.Module, x: Tensor) -> Pass:
    """One answer in inference, taken apart."""
    with torch.inference_mode():
        return _traced(network, x, learn=False)


def learn(network: nn.Module, x: Tensor) -> Pass:
    """One answer and its gradients, taken apart; batch norm as in training."""
    network.train()
    try:
        return _traced(network, x, learn=True)
    finally:
        network.zero_grad(set_to_none=True)
        network.eval()


def _traced(network: nn.Module, x: Tensor, *, learn: bool) -> Pass:
    clock = Clock(x.device)
    tracer = _Tracer(network, clock, learn=learn)
    clock.wait()
    began = time.perf_counter()
    with tracer:
        answer = network(x)
        clock.wait()
        whole = time.perf_counter() - began
    back = 0.0
    if learn:
        began = time.perf_counter()
        _sum(answer).backward()
        clock.wait()
        back = time.perf_counter() - began
    return Pass(tracer.finish(), whole, back)


def _sum(answer: Any) -> Tensor:
    """All that a network answers as one number whose gradient is asked for."""
    total: Tensor = sum(one.float().mean() for one in tensors_of(answer))  # type: ignore[assignment]
    return total


def tensors_of(value: Any) -> list[Tensor]:
    """The floating tensors in an answer of any form."""
    if isinstance(value, Tensor):
        return [value] if value.is_floating_point() else []
    if isinstance(value, Mapping):
        return [one for part in value.values() for one in tensors_of(part)]
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [one for part in value for one in tensors_of(part)]
    if hasattr(value, "__dataclass_fields__"):
        return [one for name in value.__dataclass_fields__ for one in tensors_of(getattr(value, name))]
    return []


class _Tracer(TorchFunctionMode):
    """Times every outermost call of torch; modules say by hooks which of them is at work."""

    def __init__(self, network: nn.Module, clock: Clock, *, learn: bool) -> None:
        super().__init__()
        self._network, self._clock, self._learn = network, clock, learn
        self._where: list[str] = []
        self._marks: list[tuple[Done, Any, Any]] = []
        self._backs: list[tuple[Done, list[Any]]] = []
        self._hooks: list[Any] = []

    def __enter__(self) -> _Tracer:
        for name, module in self._network.named_modules():
            if module is not self._network:
                self._hooks.append(module.register_forward_pre_hook(self._entered(name)))
                self._hooks.append(module.register_forward_hook(self._left, always_call=True))
        super().__enter__()
        return self

    def __exit__(self, *what: Any) -> None:
        super().__exit__(*what)
        for hook in self._hooks:
            hook.remove()

    def _entered(self, name: str) -> Callable[..., None]:
        return lambda module, arguments: self._where.append(name)

    def _left(self, module: nn.Module, arguments: Any, answer: Any) -> None:
        self._where.pop()

    def __torch_function__(self, function: Any, kinds: Any, arguments: Any = (), named: Any = None) -> Any:
        name = getattr(function, "__name__", str(function))
        if name in _NOT_WORK:
            return function(*arguments, **(named or {}))
        began = self._clock.mark()
        answer = function(*arguments, **(named or {}))
        ended = self._clock.mark()
        if isinstance(answer, Tensor):
            done = Done(self._where[-1] if self._where else "", name, kind_of(name), tuple(answer.shape))
            self._marks.append((done, began, ended))
            if self._learn and answer.grad_fn is not None:
                self._watch_back(done, answer.grad_fn)
        return answer

    def _watch_back(self, done: Done, gradient: Any) -> None:
        marks: list[Any] = []
        gradient.register_prehook(lambda values: marks.append(self._clock.mark()))
        gradient.register_hook(lambda found, values: marks.append(self._clock.mark()))
        self._backs.append((done, marks))

    def finish(self) -> list[Done]:
        """The operations with their times."""
        for done, began, ended in self._marks:
            done.seconds = self._clock.seconds(began, ended)
        for done, marks in self._backs:
            if len(marks) == 2:
                done.back = self._clock.seconds(*marks)
        return [done for done, _, _ in self._marks]


class _Counter(TorchFunctionMode):
    """Products and bytes of every outermost call, in the same order as the tracer's."""

    def __init__(self, counter: Any) -> None:
        super().__init__()
        self._counter = counter
        self.found: list[tuple[int, int, int]] = []

    def __torch_function__(self, function: Any, kinds: Any, arguments: Any = (), named: Any = None) -> Any:
        if getattr(function, "__name__", str(function)) in _NOT_WORK:
            return function(*arguments, **(named or {}))
        before = self._counter.get_total_flops()
        answer = function(*arguments, **(named or {}))
        if isinstance(answer, Tensor):
            given = [one for one in (*arguments, *(named or {}).values()) if isinstance(one, Tensor)]
            weights = sum(one.numel() for one in given if isinstance(one, nn.Parameter))
            moved = sum(one.numel() * one.element_size() for one in (*given, answer))
            self.found.append(((self._counter.get_total_flops() - before) // 2, weights, moved))
        return answer


def count(network: nn.Module, x: Tensor, done: list[Done]) -> None:
    """Write multiply-adds (torch's own counter, two operations each), parameters and least bytes into `done`.

    Bytes are what an operation must read and write once; caches and copies are not seen.
    """
    counter = FlopCounterMode(display=False)
    with torch.inference_mode(), counter, _Counter(counter) as seen:
        network(x)
    for one, (macs, parameters, moved) in zip(done, seen.found, strict=True):
        one.macs, one.parameters, one.bytes = macs, parameters, moved


def kind_words(kind: str) -> Text:
    """What a person calls a kind."""
    return dict(KINDS).get(kind, same(kind))
