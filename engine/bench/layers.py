"""Where the time of one picture goes (Fig. 8-14): each network by kind of layer, and which layers wait for memory."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

import torch

from engine.bench import Say, layers_trace
from engine.bench.calm import PATIENCE, Calm
from engine.bench.charts import save_trace
from engine.bench.layers_shown import Network, shown
from engine.bench.layers_trace import Done, Pass
from engine.bench.method import Timed, Watch, interleaved, step
from engine.bench.networks import Net, chosen
from engine.bench.peaks import Peaks, peaks
from engine.devices import cores
from engine.text import Text, same

LEARN_BATCH = 4  # pictures of a learning step: batch norm needs more than one
_SECONDS, _ROOFS = 8.0, 0.8  # of a quick run's turns on one device, and of the processor's own limits
_LEAD = 0.03  # seconds: all networks have the same threads, only small ones find the processor's memory full of others


def run(
    *,
    data: Path | None,
    repeats: int,
    say: Say,
    quick: bool = False,
    model: str = "",
    batch: int = 1,
    back: bool = True,
    trace: Path | None = None,
) -> dict[str, Any]:
    """Forward (and with `back` backward) times of the networks in `model`, or the usual ones, by kind of layer.

    batch: pictures at once forwards. trace: a Chrome trace of the first network is written there.
    Raises: `LabError` for an unknown network.
    """
    torch.set_num_threads(cores())
    nets, turns, watch = chosen(model, quick=quick), 3 if quick else repeats, Watch()
    roofs = peaks(say=say, quick=quick, seconds=_ROOFS if quick else 0.0)
    found: list[Network] = []
    for place in _places():
        found += _on(place, nets, turns, batch=batch, say=say, budget=_SECONDS if quick else 0.0)
    if back:
        _learn(found, turns=max(3, turns // 2), say=say, quick=quick)
    if trace:
        save_trace(trace, found[0].module, found[0].net.pictures(batch).to(found[0].place))
    timed = {f"{one.net.id} {one.place}": one.plain for one in found}
    method = watch.method(repeats=found[0].plain.n, warm_up=1, threads=torch.get_num_threads(), timed=timed)
    return {**_figures(found, roofs), "shown": shown(found, roofs, batch).json(), "method": method}


def _places() -> list[torch.device]:
    return [torch.device("cpu"), *([torch.device("cuda")] if torch.cuda.is_available() else [])]


def _on(
    place: torch.device, nets: tuple[Net, ...], turns: int, *, batch: int, say: Say, budget: float
) -> list[Network]:
    """Every network on one device: whole and taken apart in turn."""
    found, ways, passes = list[Network](), dict[str, Any](), dict[str, list[Pass]]()
    for number, net in enumerate(nets):
        step(say, number, len(nets) + turns, Text("building {name}", "{name} 만드는 중")(name=net.name))
        module, x = net.build().to(place), net.pictures(batch).to(place)
        kept: list[Pass] = []
        ways[net.id] = _whole(module, x)
        ways[f"{net.id} parts"] = lambda module=module, x=x, kept=kept: kept.append(layers_trace.forward(module, x))
        passes[net.id], found = kept, [*found, Network(net, place, module)]
    name = same(place.type.upper())

    def told(turn: int, turns: int) -> None:
        words = Text("{place}: turn {n} of {all}", "{place}: {all}회 중 {n}회")
        step(say, len(nets) + max(turn - 1, 0), len(nets) + turns, words(place=name, n=max(turn, 1), all=turns))

    times = interleaved(ways, repeats=turns, lead=_LEAD, budget=budget, told=told)
    for one in found:
        seen = passes[one.net.id][1:]  # the first prepares what the others use
        one.fastest = min(sum(done.seconds for done in p.done) for p in seen)
        one.inside = median(sum(done.seconds for done in p.done) / p.seconds for p in seen)
        one.plain, one.parts = times[one.net.id], _middle(seen)
        layers_trace.count(one.module, one.net.pictures(batch).to(place), one.parts.done)
    return found


def _whole(module: torch.nn.Module, x: torch.Tensor) -> Any:
    clock = layers_trace.Clock(x.device)

    def work() -> None:
        with torch.inference_mode():
            module(x)
        clock.wait()

    return work


def _middle(passes: list[Pass]) -> Pass:
    """One pass whose every time is the median of the calm passes."""
    calm = Timed.of([p.seconds + p.back for p in passes]).calm
    passes = [passes[place] for place in calm]
    first = passes[0]
    for place, one in enumerate(first.done):
        one.seconds = median(p.done[place].seconds for p in passes)
        one.back = median(p.done[place].back for p in passes)
    first.seconds, first.back = median(p.seconds for p in passes), median(p.back for p in passes)
    return first


def _learn(found: list[Network], *, turns: int, say: Say, quick: bool) -> None:
    """A learning step of each network, taken apart; in a quick run of the two lightest alone."""
    chosen_ones = sorted(found, key=lambda one: one.plain.median)[:2] if quick else found
    for number, one in enumerate(chosen_ones):
        words = Text("{name}: forwards and backwards", "{name}: 순방향과 역방향")(name=one.net.name)
        step(say, number, len(chosen_ones), words)
        x = one.net.pictures(2 if quick else LEARN_BATCH).to(one.place)
        passes = _learnt(one.module, x, turns)
        one.back = Timed.of([p.back for p in passes])
        one.learnt, one.learnt_batch = _middle(passes), len(x)


def _learnt(module: torch.nn.Module, x: torch.Tensor, turns: int) -> list[Pass]:
    """So many passes there and back, each begun in a calm moment where it is waited for."""
    calm = Calm(0.0) if PATIENCE.left else None
    layers_trace.learn(module, x)
    passes = []
    for _ in range(turns):
        if calm:
            calm.wait()
        passes.append(layers_trace.learn(module, x))
    return passes


def _figures(found: list[Network], roofs: Peaks) -> dict[str, Any]:
    worst = max(abs(1 - one.adds_up) for one in found)
    return {
        "adds_up_worst": worst,
        "within_10_percent": worst <= 0.1,
        "adds_up_in_the_same_pass_worst": max(1 - one.inside for one in found),
        "count": found[0].plain.n,
        "headlines": {f"{one.net.id} {one.place.type} ms": one.plain.map(_ms).json() for one in found},
        "peak_gflops": roofs.gflops.json(),
        "peak_gbytes": roofs.gbytes.json(),
        "networks": [_plain(one) for one in found],
    }


def _ms(seconds: float) -> float:
    return 1000 * seconds


def _plain(one: Network) -> dict[str, Any]:
    return {
        "id": one.net.id,
        "device": one.place.type,
        "milliseconds": one.plain.map(_ms).json(),
        "adds_up": one.adds_up,
        "adds_up_in_the_same_pass": one.inside,
        "shares": {kind: one.of_kind(kind) / one.sum for kind, _ in layers_trace.KINDS},
        "macs": one.macs,
        "parameters": one.parameters,
        "gflops": one.gflops,
        "back_milliseconds": one.back.map(_ms).json() if one.back else None,
        "layers": [_layer(done) for done in one.parts.done],
    }


def _layer(done: Done) -> dict[str, Any]:
    return {
        "layer": done.layer,
        "function": done.function,
        "kind": done.kind,
        "shape": list(done.shape),
        "milliseconds": 1000 * done.seconds,
        "macs": done.macs,
        "parameters": done.parameters,
        "bytes": done.bytes,
    }
