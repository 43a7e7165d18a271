"""A run's network as a file for other programs (lecture rows 30, 31), checked before it is written.

ONNX is read by nearly every runtime (onnxruntime, OpenVINO, TensorRT, a browser). A torch.export program keeps
torch's own operators for those who stay with torch. safetensors holds the weights alone, CSV the curves, and
"code" is a script that repeats the run. TorchScript is not among them: torch itself gave it up.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from engine.cards import Task, unknown
from engine.data.signalset import SignalSet
from engine.detect.localise import Located
from engine.devices import choose
from engine.errors import LabError
from engine.files import read_json, read_tensors, write_bytes
from engine.jobs import Event, Job, Progress
from engine.settings import load as load_settings
from engine.text import Text, same
from engine.train import code, runs
from engine.train.begin import read_part
from engine.train.recipes import Recipe, recipe_of, settings_of
from engine.zoo.landmarks import Landmarks
from engine.zoo.weights import put
from engine.zoo.yolo_mini import GridAnswer

CLOSE = 1e-4  # largest difference to torch that is let through, as a share of its largest answer where above 1
CHECKED_ON = 16  # real pictures
_STEPS = 3
_PARTS: dict[type, tuple[str, ...]] = {  # of an answer that is no tensor, those that a file answers with
    GridAnswer: ("boxes", "objectness", "classes"),
    Located: Located._fields,
    Landmarks: Landmarks._fields,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A written file. difference: largest deviation from torch on `count` real pictures; None where nothing was run."""

    path: Path
    form: str
    bytes: int
    difference: float | None = None
    count: int = 0
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file. write: (run, to, data folder) to a job that returns `Exported`."""

    id: str
    suffix: str
    name: Text
    write: Callable[[Path, Path, Path | None], Job]


def export(folder: Path, form: str, to: Path, *, data: Path | None = None) -> Job:
    """Write the run in `folder` as `form` to the file `to`; a job that returns `Exported`.

    Raises: `LabError` for an unknown form, what is no run of a recipe, a run without weights, a package that is
    missing, a network that the form cannot hold, an answer that differs from torch's, or a file that cannot be written.
    """
    found = next((one for one in FORMS if one.id == form), None)
    if found is None:
        raise unknown(Text("form", "형식"), form, [one.id for one in FORMS])
    recipe_of(read_json(folder / "run.json"))
    return (yield from found.write(folder, to, data))


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    """A run's best network, ready to answer in float32 on the CPU, and real pictures to ask it about.

    takes: "pictures", or "windows" of a signal. measured: in what those are told.
    """

    recipe: Recipe
    network: nn.Module
    pictures: Tensor
    dataset: str
    classes: tuple[Text, ...]
    takes: str
    measured: str


class _Plain(nn.Module):
    """The network with its answer as a tensor, or as several where it is a value with named parts."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> Any:
        answer = self.network(pictures)
        return answer if isinstance(answer, Tensor) else tuple(getattr(answer, name) for name in _PARTS[type(answer)])


def _load(folder: Path, data: Path | None) -> Generator[Event, None, _Loaded]:
    """The network of a run and held-back pictures of its data, as the network gets them."""
    yield Progress(0, _STEPS, Text("Reading the run", "실행을 읽는 중"))
    about = read_json(folder / "run.json")
    best = folder / "best.safetensors"
    if not best.is_file():
        raise LabError(runs.no_weights())
    chosen, settings = recipe_of(about), settings_of(about)
    tensors, kept = read_tensors(best)
    network = chosen.make(**kept["build"])
    put(network, tensors, best)
    for weight in network.parameters():  # a program keeps them in the order of their numbers
        weight.data = weight.data.contiguous()
    root = data or (Path(about["data_folder"]) if about.get("data_folder") else load_settings()[0].data())
    whole = yield from read_part(chosen, about["dataset"], root, last=True)
    if hasattr(settings, "augment"):
        settings = replace(settings, augment=0.0)
    if hasattr(settings, "freeze"):  # frozen parts belong to the file too
        settings = replace(settings, freeze=0)
    some, draw = np.arange(min(CHECKED_ON, len(whole))), torch.Generator().manual_seed(0)
    pictures, _ = chosen.lesson.batch(whole, some, settings, draw, choose("cpu", "fp32"))
    takes, measured = ("windows", whole.unit) if isinstance(whole, SignalSet) else ("pictures", "[0, 1]")
    plain = _Plain(network).eval()
    return _Loaded(chosen, plain, pictures.contiguous(), about["dataset"], whole.classes, takes, measured)


def _parts(answer: Any) -> tuple[Tensor, ...]:
    return (answer,) if isinstance(answer, Tensor) else tuple(answer)


def _checked(loaded: _Loaded, run: Callable[[Tensor], Any], form: Text) -> float:
    """The largest difference between what `run` and torch answer, one picture alone and all at once.

    Raises: `LabError` when it is more than `CLOSE`.
    """
    difference = 0.0
    for pictures in (loaded.pictures, loaded.pictures[:1]):
        with torch.inference_mode():
            ours = _parts(loaded.network(pictures))
        for theirs, own in zip(_parts(run(pictures)), ours, strict=True):
            apart = (theirs - own).abs().max() / own.abs().max().clamp(min=1)
            difference = max(difference, apart.item())
    if not difference <= CLOSE:  # nan is no answer either
        text = Text(
            "The {form} file answers differently from torch, by {difference:.1e}, so it was not written. Try another form.",
            "{form} 파일의 답이 torch와 {difference:.1e}만큼 달라서 쓰지 않았어요. 다른 형식으로 내보내 보세요.",
        )
        raise LabError(text(form=form, difference=difference))
    return difference


def _sizes(loaded: _Loaded) -> tuple[dict[int, Any], ...]:
    """Any number of pictures may be asked at once."""
    return ({0: torch.export.Dim(loaded.takes, min=1)},)


def _names(loaded: _Loaded) -> list[str]:
    """What the answers are called in the file."""
    with torch.inference_mode():
        answer = loaded.network.network(loaded.pictures[:2])  # type: ignore[operator]
    if not isinstance(answer, Tensor):
        return list(_PARTS[type(answer)])
    scored = loaded.recipe.card.task not in (Task.STYLE, Task.DENOISE) and loaded.recipe.lesson.metric != "r2"
    return ["scores" if scored else "answer"]


def _not_exportable(form: str, error: Exception) -> LabError:
    text = Text(
        "This network cannot be written as {form}: {why} Try another form.",
        "이 신경망은 {form} 형식으로 쓸 수 없어요: {why} 다른 형식으로 내보내 보세요.",
    )
    return LabError(text(form=form, why=str(error).strip().split("\n")[0][:160]))


def _onnx(folder: Path, to: Path, data: Path | None) -> Job:
    try:
        import onnx
        import onnxruntime
        import onnxscript  # noqa: F401  the exporter needs it and says so only in the middle
    except ImportError as error:
        text = Text(
            "ONNX needs one more package: pip install onnx onnxscript onnxruntime. Missing is {name}.",
            "ONNX로 내보내려면 패키지가 더 필요해요: pip install onnx onnxscript onnxruntime. 없는 것: {name}.",
        )
        raise LabError(text(name=error.name)) from error
    loaded = yield from _load(folder, data)
    yield Progress(1, _STEPS, Text("Translating the network to ONNX", "신경망을 ONNX로 옮기는 중"))
    names = _names(loaded)
    try:
        program = torch.onnx.export(
            loaded.network,
            (loaded.pictures[:2],),
            dynamo=True,
            input_names=[loaded.takes],
            output_names=names,
            dynamic_shapes=_sizes(loaded),
            verbose=False,
        )
    except RuntimeError as error:  # all that the exporter raises are of this kind
        raise _not_exportable("ONNX", error) from error
    assert program is not None
    model = program.model_proto
    onnx.helper.set_model_props(model, _about(loaded, folder))
    content = model.SerializeToString()
    yield Progress(2, _STEPS, Text("Comparing its answers with torch", "torch의 답과 견주는 중"))
    state = onnxruntime.capi.onnxruntime_pybind11_state
    try:
        session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    except (state.Fail, state.InvalidGraph, state.NotImplemented, state.RuntimeException) as error:
        raise _not_exportable("ONNX", error) from error

    def ask(pictures: Tensor) -> tuple[Tensor, ...]:
        return tuple(torch.from_numpy(part) for part in session.run(None, {loaded.takes: pictures.numpy()}))

    try:
        difference = _checked(loaded, ask, same("ONNX"))
    except state.InvalidArgument as error:  # a network that was written for one number of pictures alone
        raise _not_exportable("ONNX", error) from error
    write_bytes(to, content)
    return Exported(to, "onnx", len(content), difference, len(loaded.pictures))


def _about(loaded: _Loaded, folder: Path) -> dict[str, str]:
    """What the file says of itself."""
    return {
        "recipe": loaded.recipe.id,
        "dataset": loaded.dataset,
        "run": folder.name,
        "classes": json.dumps([str(name) for name in loaded.classes]),
        loaded.takes: f"{tuple(loaded.pictures.shape[1:])} float32 in {loaded.measured}, any number of them",
    }


def _torch_export(folder: Path, to: Path, data: Path | None) -> Job:
    loaded = yield from _load(folder, data)
    yield Progress(1, _STEPS, Text("Tracing the network", "신경망을 따라가며 적는 중"))
    try:
        program = torch.export.export(loaded.network, (loaded.pictures[:2],), dynamic_shapes=_sizes(loaded))
    except RuntimeError as error:
        raise _not_exportable("torch.export", error) from error
    buffer = io.BytesIO()
    torch.export.save(program, buffer)
    yield Progress(2, _STEPS, Text("Comparing its answers with torch", "torch의 답과 견주는 중"))
    buffer.seek(0)
    again = torch.export.load(buffer).module()  # what was written a moment ago, so that it may be trusted
    difference = _checked(loaded, again, same("torch.export"))
    write_bytes(to, buffer.getvalue())
    note = Text(
        "A .pt2 file is opened with torch.export.load, which trusts it: open only those you or people you know made.",
        ".pt2 파일은 torch.export.load로 열고, 이때 파일을 그대로 믿어요. 직접 만들었거나 아는 사람이 만든 것만 여세요.",
    )
    return Exported(to, "torch-export", len(buffer.getvalue()), difference, len(loaded.pictures), note)


def _simple(form: str, write: Callable[[Path, Path, Path | None], Job]) -> Callable[[Path, Path, Path | None], Job]:
    def job(folder: Path, to: Path, data: Path | None) -> Job:
        path: Path = yield from write(folder, to, data)
        return Exported(path, form, path.stat().st_size)

    return job


FORMS: tuple[Form, ...] = (
    Form(
        "code",
        ".py",
        Text("Code (PyTorch)", "코드 (PyTorch)"),
        _simple("code", lambda f, to, d: code.export(f, to, data=d)),
    ),
    Form("onnx", ".onnx", same("ONNX"), _onnx),
    Form("torch-export", ".pt2", Text("torch.export program", "torch.export 프로그램"), _torch_export),
    Form(
        "safetensors",
        ".safetensors",
        Text("Weights (safetensors)", "가중치 (safetensors)"),
        _simple("safetensors", lambda f, to, d: runs.export_weights(f, to)),
    ),
    Form("csv", ".csv", Text("Curves (CSV)", "곡선 (CSV)"), _simple("csv", lambda f, to, d: runs.export_csv(f, to))),
)
