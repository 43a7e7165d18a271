"""Networks taken apart, rounded, computed by other programs, and measured in a child process."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from skimage.data import coffee
from torch.utils.flop_counter import FlopCounterMode

from engine.bench import devices, live_agreement
from engine.bench.child import measured, measured_each
from engine.bench.layers_trace import count, forward, learn
from engine.bench.networks import naming, net
from engine.bench.peaks import BATCH, OPERATIONS, convolution, peaks
from engine.bench.rounding import rounded, with_rounded_maps, with_rounded_weights
from engine.bench.scaling_steps import join, measure, sizes
from engine.bench.subjects import trials
from engine.bench.ways import Subject, asked, made, with_missing
from engine.errors import LabError
from engine.jobs import Progress, result_of
from engine.live.ours import bundled_overlays
from engine.text import Text

pytestmark = pytest.mark.usefixtures("one_core")


def test_every_operation_of_a_pass_is_seen_with_its_products_and_weights() -> None:
    chosen = net("mnist-simple")
    module, x = chosen.build(), chosen.pictures(2)
    found = forward(module, x)
    count(module, x, found.done)
    assert {"conv", "fc", "pool", "activation"} <= {one.kind for one in found.done}
    first = next(one for one in found.done if one.kind == "conv")
    outputs, height, width = first.shape[1:]
    weight = next(part.weight for part in module.modules() if isinstance(part, torch.nn.Conv2d))
    assert first.macs == 2 * outputs * height * width * weight[0].numel()
    assert sum(one.parameters for one in found.done) == sum(p.numel() for p in module.parameters())
    assert 0 < sum(one.seconds for one in found.done) <= found.seconds


def test_additions_and_joins_between_layers_are_seen_too() -> None:
    functions = {one.function for one in forward(net("mobilenet_v3_large").build(), torch.rand(1, 3, 64, 64)).done}
    assert {"conv2d", "batch_norm", "mul"} <= functions
    assert any("add" in name for name in functions)


def test_the_way_back_is_timed_for_each_layer() -> None:
    chosen = net("mnist-simple")
    found = learn(chosen.build(), chosen.pictures(4))
    timed = [one for one in found.done if one.kind in ("conv", "fc")]
    assert timed
    assert all(one.back > 0 for one in timed)
    assert sum(one.back for one in found.done) <= found.back


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_roof_is_a_convolution_whose_operations_torch_counts_alike(dtype: torch.dtype) -> None:
    """It was a matrix product: ResNet-50 used 124 % of what the processor can do at most."""
    with FlopCounterMode(display=False) as counter:
        convolution(1, dtype)()
    assert counter.get_total_flops() == OPERATIONS
    with FlopCounterMode(display=False) as counter:
        found = peaks(say=lambda text: None, quick=True)
    turns, left = divmod(counter.get_total_flops(), BATCH * OPERATIONS)
    assert left == 0 and turns >= found.gflops.n, "nothing but this convolution is a roof"


def test_a_name_that_is_no_network_is_told_what_there_is() -> None:
    with pytest.raises(LabError) as told:
        net("alexnot")
    for language in ("en", "ko"):
        words = told.value.text.render(language)
        assert "alexnot" in words
        assert "alexnet" in words


@pytest.mark.parametrize("id", ["next-number", "activity-3", "activity-conv1d", "sensor-fusion"])
def test_networks_of_signals_are_given_one_along_time(id: str) -> None:
    assert forward(net(id).build(), net(id).pictures(2)).done


@pytest.mark.parametrize("id", ["vgg16", "camvid-unet", "alexnot"])
def test_precision_says_which_networks_learn_to_name_pictures(id: str) -> None:
    assert id not in [one for one, _ in naming()]
    with pytest.raises(LabError) as told:
        trials(id, None, quick=True)
    for language in ("en", "ko"):
        words = told.value.text.render(language)
        assert id in words and "cifar-resnet" in words and "레시피" not in words


@pytest.mark.parametrize("bits", [2, 8])
def test_rounded_values_lie_on_few_steps_and_near_the_old_ones(bits: int) -> None:
    values = torch.randn(4, 50, generator=torch.Generator().manual_seed(0))
    found = rounded(values, bits, by_channel=True)
    step = values.abs().amax(1, keepdim=True) / (2 ** (bits - 1) - 1)
    assert all(len(row.unique()) <= 2**bits - 1 for row in found)
    assert ((found - values).abs() <= step / 2 + 1e-6).all()


def test_digits_are_read_as_well_with_eight_bits_and_badly_with_two() -> None:
    (trial,) = trials("mnist-deep", None, quick=True)
    pictures, labels = trial.pictures[:200], trial.labels[:200]  # type: ignore[index]

    def right(module: torch.nn.Module) -> float:
        with torch.inference_mode():
            return float((module(pictures).argmax(1).numpy() == labels).mean())

    assert len(set(labels.tolist())) == 10, "a part of a set sorted by class tells nothing"
    full = right(trial.module)
    assert full > 0.95
    assert abs(right(with_rounded_maps(trial.module, 8)) - full) <= 0.01
    assert right(with_rounded_maps(trial.module, 2)) < full - 0.05
    assert right(with_rounded_weights(trial.module, 8)) >= full - 0.01


def test_other_programs_answer_as_torch_does_and_one_that_cannot_is_told() -> None:
    chosen = net("mnist-simple")
    pictures = chosen.pictures(5)
    subject = Subject(chosen.build(), pictures[:2], pictures)
    asks, missing = made(subject, ("torch", "torch-last", "torch-bf16", "openvino"), say=lambda way: None)
    assert missing == []
    answers = {id: asked(ask, pictures, 2) for id, ask in asks.items()}
    assert all(rows.shape == (5, 10) for rows in answers.values())
    assert np.abs(answers["openvino"] - answers["torch"]).max() < 1e-3
    assert np.abs(answers["torch-last"] - answers["torch"]).max() < 1e-3
    _, refused = made(Subject(_Odd(), pictures[:2], pictures), ("torch",), say=lambda way: None)
    assert refused[0].way.id == "torch"


class _Odd(torch.nn.Module):
    """A network that cannot take these pictures."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x @ torch.ones(3, 3)


def test_a_learning_step_is_measured_in_a_world_of_one(tmp_path: object) -> None:
    threads = torch.get_num_threads()
    world = join(0, 1, f"file://{tmp_path}/meeting")
    try:
        found = measure(world, (("mnist-simple", 4),), turns=2, told=lambda turn, name: None)
    finally:
        torch.distributed.destroy_process_group()
        torch.set_num_threads(threads)
    assert sizes(8) == (1, 2, 4, 8)
    together = found["mnist-simple"][1].together
    assert len(together) == 2 and min(together) > 0


def test_a_child_measures_without_newer_instructions_and_tells_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    words = ["--quick", "--model", "mnist-simple", "--repeats", "3", "--data", "/gone/with/the/drive"]
    job, steps = measured("layers", words), []  # the folder that the window keeps may be gone
    try:
        while True:
            steps.append(next(job))
    except StopIteration as end:
        result = end.value
    assert result["machine"]["cpu_bf16"] is False
    assert {one["id"] for one in result["networks"]} == {"mnist-simple"}
    assert result["shown"]["charts"][0]["bars"]
    assert any(isinstance(one, Progress) and one.total > 1 for one in steps)


def test_several_are_measured_in_one_child_and_one_that_fails_or_ends_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ONEDNN_MAX_CPU_ISA", "AVX2")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    wishes = {"layers": ["--model", "alexnot"], "threads": ["--no-such-option"], "machine": ["--quick"]}
    told: list[str] = []
    found = result_of(measured_each(wishes, began=told.append))
    assert told == list(wishes)
    assert list(found) == list(wishes)
    assert "alexnot" in found["layers"].en
    assert "no-such-option" in str(found["threads"])
    assert found["machine"]["bf16"] is False
    assert any("AVX2" in str(why) for why in found["machine"]["why"])


def test_a_compiler_that_is_not_here_is_told_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from torch._inductor import config

    monkeypatch.setattr(config.cpp, "cxx", (None, str(tmp_path / "g++")))
    monkeypatch.setattr(config, "fx_graph_cache", False)  # what was compiled before needs no compiler
    chosen = net("mnist-simple")
    pictures = chosen.pictures(2)
    asks, (missing,) = made(Subject(chosen.build(), pictures, pictures), ("torch-compile",), say=lambda way: None)
    assert asks == {}
    assert "C++ compiler" in missing.why.en
    assert "torch.compile" in with_missing(Text("Fast.", "빨라요."), [missing]).render("ko")


def test_a_cancelled_measurement_leaves_no_process_behind() -> None:
    before = set(psutil.Process().children())  # of other tests
    job = measured("layers", ["--quick"])
    next(job)
    (child,) = set(psutil.Process().children()) - before
    job.close()
    assert not child.is_running()


def test_a_child_that_cannot_measure_says_why_in_both_languages() -> None:
    with pytest.raises(LabError, match="alexnot") as told:
        result_of(measured("layers", ["--model", "alexnot"]))
    assert "신경망" in told.value.text.ko


def test_a_network_that_openvino_cannot_hold_is_told_and_the_others_are_compared() -> None:
    pytest.importorskip("openvino")
    card = next(one for one in bundled_overlays() if one.id == "camvid-segnet")
    found = live_agreement._of_card(card, None, [coffee()], 1)
    assert found == {"camvid_segnet_translated": False}


@pytest.mark.filterwarnings("ignore:TF32 acceleration")  # torch's own switch for oneDNN says so, once
@pytest.mark.skipif(torch.cuda.is_available(), reason="says what is said where there is no GPU")
def test_devices_measure_the_processor_and_say_nothing_of_a_gpu_that_is_not_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(devices, "QUICK_BATCHES", (1, 2))
    monkeypatch.setattr(devices, "_SECONDS", 0.0)
    result = devices.run(data=None, repeats=3, say=lambda text: None, quick=True)
    assert result["devices"] == ["cpu"] and result["gpu_times_as_fast"] is None
    one, two = (result["headlines"][f"cpu answer batch {n} pictures/s"]["median"] for n in (1, 2))
    assert 0 < one < 4 * two
    charts = {chart["id"]: chart for chart in result["shown"]["charts"]}
    assert "No GPU found" in charts["learn"]["reading"]["en"]
    assert [bar["name"]["en"] for bar in charts["library"]["bars"]] == ["oneDNN", "without oneDNN"]
    here = {row["name"]["en"]: row["here"]["en"] for row in result["shown"]["said"]}
    assert here["CIFAR-10, one epoch on a GPU"] == "no GPU found"
    assert here["CIFAR-10, one epoch on the CPU"].endswith(")"), "a number with its spread"
