"""A run's network as a file for other programs: it answers as torch does, or it is not written."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from driving import drive, of, quick

import engine.train.export as exporting
from engine.data import load
from engine.errors import LabError
from engine.files import read_tensors
from engine.jobs import Progress, result_of
from engine.train.export import CLOSE, FORMS, Exported, export
from engine.train.fit import train

MAIN = Path(__file__).parents[2] / "main.py"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "실행"
    drive(train("digits-quick", quick(epochs=1.0, dropout=0.2), out=folder, spare=999))
    return folder


def test_an_onnx_file_reads_any_number_of_real_digits_as_torch_does(finished: Path, tmp_path: Path) -> None:
    events, written = drive(export(finished, "onnx", tmp_path / "net.onnx"))
    assert isinstance(written, Exported)
    assert written.difference is not None and 0 <= written.difference <= CLOSE
    assert (written.count, written.bytes) == (16, (tmp_path / "net.onnx").stat().st_size)
    assert [event.note.render("en") for event in of(Progress, events) if event.note and "ONNX" in str(event.note)]
    model = onnx.load(tmp_path / "net.onnx")
    onnx.checker.check_model(model)
    about = {one.key: one.value for one in model.metadata_props}
    assert (about["recipe"], about["dataset"], about["run"]) == ("digits-quick", "digits8", "실행")
    assert json.loads(about["classes"]) == [str(digit) for digit in range(10)]
    session = onnxruntime.InferenceSession(tmp_path / "net.onnx", providers=["CPUExecutionProvider"])
    test = result_of(load("digits8", "test"))
    for count in (1, 359):
        pictures = test.images[:count, None].astype(np.float32) / 255
        (scores,) = session.run(["scores"], {"pictures": pictures})
        assert scores.shape == (count, 10)
    assert (scores.argmax(1) == test.labels).mean() > 0.6


def test_a_torch_export_program_opens_again_and_takes_any_number(finished: Path, tmp_path: Path) -> None:
    written = result_of(export(finished, "torch-export", tmp_path / "net.pt2"))
    assert written.difference <= CLOSE
    assert written.note is not None and "trusts it" in written.note.render("en")
    program = torch.export.load(tmp_path / "net.pt2").module()
    assert program(torch.rand(5, 1, 8, 8)).shape == (5, 10)


def test_the_other_forms_write_weights_curves_and_code(finished: Path, tmp_path: Path) -> None:
    for form in FORMS:
        if form.id in ("safetensors", "csv", "code"):
            written = result_of(export(finished, form.id, tmp_path / f"file{form.suffix}"))
            assert (written.form, written.difference) == (form.id, None)
    assert set(read_tensors(tmp_path / "file.safetensors")[0]) == set(read_tensors(finished / "best.safetensors")[0])
    assert (tmp_path / "file.csv").read_text("utf-8").startswith("event,")
    compile((tmp_path / "file.py").read_text("utf-8"), "file.py", "exec")


def test_an_answer_unlike_torchs_is_not_written(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "CLOSE", -1.0)  # no answer is so close
    with pytest.raises(LabError, match="answers differently from torch"):
        result_of(export(finished, "torch-export", tmp_path / "net.pt2"))
    assert not (tmp_path / "net.pt2").exists()


def test_a_missing_package_an_unknown_form_and_an_unfinished_run_are_sentences(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LabError, match="There are: code, onnx, torch-export, safetensors, csv"):
        result_of(export(finished, "torchscript", tmp_path / "net.pt"))
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "onnxscript", None)
        with pytest.raises(LabError, match=r"pip install onnx onnxscript onnxruntime\. Missing is onnxscript"):
            result_of(export(finished, "onnx", tmp_path / "net.onnx"))
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "run.json").write_bytes((finished / "run.json").read_bytes())
    for form in ("onnx", "torch-export", "safetensors"):
        with pytest.raises(LabError, match="no weights yet"):
            result_of(export(empty, form, tmp_path / "net"))


def test_the_command_line_exports_and_tells_the_difference(finished: Path, tmp_path: Path) -> None:
    out = tmp_path / "a b.pt2"
    command = [sys.executable, MAIN, "export", finished, "--form", "torch-export", "--out", out, "--json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=240)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert (result["form"], result["path"], result["count"]) == ("torch-export", str(out), 16)
    assert result["difference"] <= CLOSE
    assert out.stat().st_size == result["bytes"]
