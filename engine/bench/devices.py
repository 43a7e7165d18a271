"""CPU and GPU, learning and answering (Fig. 8-15): batches, the fast libraries on and off, an epoch of CIFAR-10."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from engine.bench import Say
from engine.bench.charts import Bar, Chart, Said, Shown, Table, bar_of, series_of
from engine.bench.layers_trace import Clock
from engine.bench.method import Timed, Watch, interleaved, ratio_words, step
from engine.bench.networks import RANDOM, net
from engine.devices import cores
from engine.text import Text, same

BATCHES, QUICK_BATCHES = (1, 2, 4, 8, 16, 32), (1, 4, 8)
_NETWORK = "alexnet"  # of the figure
CIFAR = 50_000  # pictures of an epoch
_CIFAR_NET, _CIFAR_BATCH = "cifar-alexnet-mini", 128  # the lecture's project (row 27)
_SECONDS = 8.0  # of a quick run's turns on one device


def run(*, data: Path | None, repeats: int, say: Say, quick: bool = False) -> dict[str, Any]:
    """Everything on each device that is here; of one that is not, nothing is said."""
    torch.set_num_threads(cores())
    watch, turns = Watch(), 3 if quick else repeats
    places = [torch.device("cpu"), *([torch.device("cuda")] if torch.cuda.is_available() else [])]
    found = dict[str, dict[str, Any]]()
    for place in places:
        found[place.type] = _on(place, turns, budget=_SECONDS if quick else 0.0, say=say, quick=quick)
    timed = {f"{place} {name}": one for place, all_ in found.items() for name, one in all_["timed"].items()}
    least = min(one.n for one in timed.values())
    method = watch.method(repeats=least, warm_up=1, threads=torch.get_num_threads(), timed=timed)
    return {**_figures(found), "shown": _shown(found).json(), "method": method}


def _on(place: torch.device, turns: int, *, budget: float, say: Say, quick: bool) -> dict[str, Any]:
    """All of one device in the same turns: what disturbs it for some seconds takes no figure whole."""
    name, chosen, small, batch = same(place.type.upper()), net(_NETWORK), net(_CIFAR_NET), 8 if quick else 32
    step(say, 0, turns, Text("{p}: building networks", "{p}: 신경망 만드는 중")(p=name))
    module = chosen.build().to(place)
    pupil = small.build().to(place).to(memory_format=torch.channels_last)
    asks = {b: _answering(module, chosen.pictures(b).to(place)) for b in (QUICK_BATCHES if quick else BATCHES)}
    switched = _switched(module, chosen.pictures(1 if quick else 4).to(place), place)
    ways = {
        **{f"answer {b}": ask for b, ask in asks.items()},
        **switched,
        "learn": _learning(chosen.build().to(place), chosen.pictures(batch).to(place)),
        "epoch": _learning(pupil, small.pictures(_CIFAR_BATCH).to(place)),
    }

    def told(turn: int, turns: int) -> None:
        words = Text("{p}: turn {n} of {all}", "{p}: {all}회 중 {n}회")
        step(say, max(0, turn - 1), turns, words(p=name, n=max(1, turn), all=turns))

    timed = interleaved(ways, repeats=turns, budget=budget, told=told)
    return {
        "answers": {str(b): timed[f"answer {b}"] for b in asks},
        "switches": {name: timed[name] for name in switched},
        "learn": timed["learn"],
        "learn_batch": batch,
        "epoch": timed["epoch"],
        "timed": timed,
    }


def _answering(module: nn.Module, x: Tensor) -> Callable[[], object]:
    clock = Clock(x.device)

    def work() -> None:
        with torch.inference_mode():
            module(x)
        clock.wait()

    return work


def _learning(module: nn.Module, x: Tensor) -> Callable[[], object]:
    """A whole step: forwards, backwards, and the weights moved."""
    clock, classes = Clock(x.device), 10
    labels = torch.arange(len(x), device=x.device) % classes
    optimiser = torch.optim.SGD(module.parameters(), lr=1e-4, momentum=0.9)

    def work() -> None:
        module.train()
        optimiser.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(module(x).float(), labels).backward()
        optimiser.step()
        clock.wait()
        module.eval()

    return work


def _switched(module: nn.Module, x: Tensor, place: torch.device) -> dict[str, Callable[[], object]]:
    """The same with the vendor's library on and off: cuDNN (and TF32) on a GPU, oneDNN on the processor."""
    ask = _answering(module, x)

    def under(*switches: Callable[[], Any]) -> Callable[[], object]:
        def work() -> None:
            with contextlib.ExitStack() as stack:
                for switch in switches:
                    stack.enter_context(switch())
                ask()

        return work

    if place.type != "cuda":
        return {"oneDNN": ask, "without oneDNN": under(lambda: torch.backends.mkldnn.flags(enabled=False))}

    def cudnn(**how: bool) -> Callable[[], Any]:
        return lambda: torch.backends.cudnn.flags(enabled=how.get("enabled", True), allow_tf32=how.get("tf32", False))

    return {
        "cuDNN": under(cudnn()),
        "without cuDNN": under(cudnn(enabled=False)),
        "cuDNN TF32": under(cudnn(tf32=True)),
    }


def _epoch(one: dict[str, Any]) -> Timed:
    """Seconds of a whole epoch, from some of its steps."""
    found: Timed = one["epoch"].map(lambda s: s * CIFAR / _CIFAR_BATCH)
    return found


def _figures(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    heads: dict[str, Any] = {}
    for place, one in found.items():
        heads |= {f"{place} answer batch {b} pictures/s": _rate(t, int(b)).json() for b, t in one["answers"].items()}
        heads[f"{place} learn pictures/s"] = _rate(one["learn"], one["learn_batch"]).json()
        heads[f"{place} CIFAR-10 epoch s"] = _epoch(one).json()
    gpu = found.get("cuda")
    ratio = _ratio(found) if gpu else None
    return {
        "devices": list(found),
        "gpu_found": gpu is not None,
        "gpu_times_as_fast": ratio.json() if ratio else None,
        "cifar_seconds_per_epoch": {place: _epoch(one).json() for place, one in found.items()},
        "cifar_is_estimate": True,
        "count": found["cpu"]["learn"].n,
        "headlines": heads,
    }


def _rate(timed: Timed, batch: int) -> Timed:
    return timed.map(lambda s: batch / s)


def _ratio(found: dict[str, dict[str, Any]]) -> Timed:
    """How many times faster the GPU learns; devices were measured one after the other in one run."""
    slow, fast = found["cpu"]["learn"].values, found["cuda"]["learn"].values
    both = min(len(slow), len(fast))
    return Timed(slow[:both]).over(Timed(fast[:both]))


def _shown(found: dict[str, dict[str, Any]]) -> Shown:
    charts = (_batches(found), _learn(found), _library(found))
    notes = [
        RANDOM,
        Text(
            "Seconds of an epoch are an estimate from some steps of it.",
            "한 에폭의 시간은 몇 스텝에서 추정한 값이에요.",
        ),
    ]
    if "cuda" not in found:
        notes.append(Text("No GPU found: nothing is said about one.", "GPU를 찾지 못했어요. GPU 값은 말하지 않아요."))
    return Shown(charts, (_table(found),), _said(found), tuple(notes))


def _batches(found: dict[str, dict[str, Any]]) -> Chart:
    series = tuple(
        series_of(
            same(place.upper()),
            {float(b): _rate(t, int(b)) for b, t in one["answers"].items()},
            tone="" if n else "net",
        )
        for n, (place, one) in enumerate(found.items())
    )
    times = found["cpu"]["answers"]
    first, last = next(iter(times)), list(times)[-1]
    gain = times[first].map(lambda s: s / int(first)).over(times[last].map(lambda s: s / int(last)))
    text = Text(
        "On the CPU {b} pictures at once against one alone, pictures a second: {r}.",
        "CPU에서 {b}장을 한꺼번에 넣을 때와 한 장씩일 때의 초당 사진 수: {r}.",
    )
    title = Text("AlexNet: pictures a second", "AlexNet: 초당 사진 수")
    across = Text("pictures at once", "한꺼번에 넣는 사진")
    reading = text(b=last, r=ratio_words(gain))
    return Chart("batches", title, Text("pictures/s", "장/초"), reading, series=series, x_title=across, log_x=True)


def _learn(found: dict[str, dict[str, Any]]) -> Chart:
    bars: list[Bar] = []
    for place, one in found.items():
        note = Text("{n} pictures a step", "한 번에 {n}장")(n=one["learn_batch"])
        bars.append(
            bar_of(same(place.upper()), one["learn"].map(lambda s, n=one["learn_batch"]: 1000 * s / n), note=note)
        )
    if "cuda" in found:
        text = Text("Speed of learning, GPU against this CPU: {r}.", "학습 속도, GPU와 이 CPU의 비: {r}.")
        reading = text(r=ratio_words(_ratio(found)))
    else:
        reading = Text(
            "No GPU found. The book’s figure stands on a Titan beside a 16-core Xeon; here is one bar.",
            "GPU를 찾지 못했어요. 책의 그림은 16코어 Xeon과 Titan을 견주지만 여기에는 막대가 하나예요.",
        )
    title = Text("AlexNet: learning, a picture", "AlexNet: 학습, 사진 한 장당")
    return Chart("learn", title, same("ms"), reading, tuple(bars), (("time", Text("time", "시간")),))


def _library(found: dict[str, dict[str, Any]]) -> Chart:
    bars, words = [], []
    for place, one in found.items():
        for name, timed in one["switches"].items():
            bars.append(bar_of(same(name), timed, note=same(place.upper()), scale=1000))
        names = list(one["switches"])
        ratio = one["switches"][names[1]].over(one["switches"][names[0]])
        words.append(
            Text("AlexNet with {name} against without: {r}.", "AlexNet, {name} 있을 때와 없을 때: {r}.")(
                name=names[0], r=ratio_words(ratio)
            )
        )
    reading = words[0] if len(words) == 1 else same("{a} {b}")(a=words[0], b=words[1])
    title = Text("The vendor’s library on and off", "전용 라이브러리 켜고 끄기")
    return Chart("library", title, same("ms"), reading, tuple(bars), (("time", Text("time", "시간")),))


def _said(found: dict[str, dict[str, Any]]) -> tuple[Said, ...]:
    text = Text("{s:.1f} s ({a:.1f} to {b:.1f})", "{s:.1f}초({a:.1f}~{b:.1f})")
    rows = []
    names = {
        "cpu": (Text("CIFAR-10, one epoch on the CPU", "CIFAR-10 한 에폭, CPU"), Text("23 s", "23초")),
        "cuda": (Text("CIFAR-10, one epoch on a GPU", "CIFAR-10 한 에폭, GPU"), Text("5 s", "5초")),
    }
    for place, (name, said) in names.items():
        one = found.get(place)
        epoch = _epoch(one) if one else None
        here = text(s=epoch.median, a=epoch.reach[0], b=epoch.reach[1]) if epoch else Text("no GPU found", "GPU 없음")
        rows.append(Said(name, said, here, 27, estimate=epoch is not None))
    return tuple(rows)


def _table(found: dict[str, dict[str, Any]]) -> Table:
    columns = (
        Text("Device", "장치"),
        Text("Work", "일"),
        same("ms"),
        Text("lowest", "최소"),
        Text("highest", "최대"),
        same("n"),
    )
    rows = []
    for place, one in found.items():
        for name, timed in one["timed"].items():
            figures = (round(1000 * v, 3) for v in (timed.median, timed.low, timed.high))
            rows.append((same(place.upper()), same(name), *figures, float(timed.n)))
    return Table(Text("Everything timed", "잰 것 모두"), columns, tuple(rows))
