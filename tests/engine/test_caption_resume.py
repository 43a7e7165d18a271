"""A captioner's or writer's run that was stopped or killed goes on, and comes to the same numbers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from test_caption_learn import SMALL, photographs

import engine
from engine.caption.events import Checked, Learned, Recalled, Started
from engine.caption.learn import train
from engine.caption.recipes import caption_recipe
from engine.caption.stopped import Stopped, stopped_runs
from engine.cli import main
from engine.console import BAD_INPUT, DONE
from engine.errors import LabError
from engine.fields import changed
from engine.files import read_tensors
from engine.jobs import result_of

pytestmark = pytest.mark.usefixtures("one_core")
ROOT = Path(engine.__file__).parents[1]
QUICK = ("width=16", "state=24", "epochs=3", "check_every=1", "dropout=0.3")


def alike(one: Path, other: Path) -> bool:
    """Whether two runs kept the same weights, bit for bit."""
    a, b = (read_tensors(folder / "best.safetensors")[0] for folder in (one, other))
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def stopped_at(step: int, recipe: str, out: Path, **how: Any) -> None:
    """Train until this step, then stop as the window does."""
    job = train(recipe, out=out, **how)
    for event in job:
        if isinstance(event, Learned | Checked) and event.step >= step:
            break
    job.close()


@pytest.mark.parametrize("recipe", ["nic", "nic-attention"])
def test_a_stopped_captioner_goes_on_to_the_very_weights_of_one_that_was_not_stopped(
    recipe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.caption.learn.TELL_SECONDS", 0.0)  # so that it can be stopped at any step
    data = photographs(tmp_path / "data")
    asked = [*(one for one in SMALL if not one.startswith("epochs")), "epochs=4", "check_every=1"]
    settings = changed(caption_recipe(recipe).defaults, asked)
    whole = result_of(train(recipe, settings, data=data, out=tmp_path / "whole"))
    stopped_at(6, recipe, tmp_path / "parts", settings=settings, data=data)
    assert json.loads((tmp_path / "parts" / "run.json").read_text("utf-8"))["state"] == "stopped"
    events = list(train("", resume=tmp_path / "parts"))
    begun = next(one for one in events if isinstance(one, Started))
    recalled = next(one for one in events if isinstance(one, Recalled))
    assert begun.step == recalled.events[-1].step == 6  # type: ignore[attr-defined]
    checks = [one for one in (*recalled.events, *events) if isinstance(one, Checked)]
    assert [round(one.epoch) for one in checks] == [1, 2, 3, 4]
    assert max(one.figures["cider_d"] for one in checks) == whole.figures["cider_d"]
    assert alike(tmp_path / "whole", tmp_path / "parts")
    with pytest.raises(LabError, match="has ended"):
        result_of(train("", resume=tmp_path / "parts"))


def test_a_writer_that_was_killed_goes_on_at_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, whole = tmp_path / "한글 run", tmp_path / "whole"
    code = (
        "import sys, engine.caption.learn as learn\n"
        "from engine.caption.events import Saved\n"
        "from engine.cli import main\n"
        "learn.SAVE_SECONDS, kept = 0.0, learn.save_last\n"
        "def told(plan):\n"
        "    kept(plan)\n"
        "    if plan.step >= 9: print('saved', flush=True); sys.stdin.readline()\n"
        "learn.save_last = told\n"
        "main(sys.argv[1:])\n"
    )
    words = ["train", "rnn-text", "--set", *QUICK, "--json", "--out"]
    child = subprocess.Popen(
        [sys.executable, "-c", code, *words, str(run)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert child.stdin and child.stdout
    while (line := child.stdout.readline()).strip() != b"saved":
        assert line, "it ended before it was killed"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdin.close()
    child.stdout.close()
    stood = int(read_tensors(run / "last.safetensors")[1]["step"])
    assert stood == 9 and json.loads((run / "run.json").read_text("utf-8"))["state"] == "running"
    assert main(["train", "--resume", str(run), "--json"]) == DONE
    told = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert told[0]["event"] == "started" and told[0]["step"] == stood
    assert main([*words, str(whole)]) == DONE
    again = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told[-1]["likelihood"] == again["likelihood"] and told[-1]["steps"] == again["steps"]
    assert alike(run, whole)


def test_a_run_whose_data_has_changed_or_is_damaged_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.caption.begin import tellings

    run = tellings() / "one"
    settings = changed(caption_recipe("rnn-text").defaults, list(QUICK))
    monkeypatch.setattr("engine.caption.learn.TELL_SECONDS", 0.0)
    stopped_at(2, "rnn-text", run, settings=settings)
    (found,) = result_of(stopped_runs())
    assert isinstance(found, Stopped) and (found.folder, found.recipe) == (run, "rnn-text")
    about = json.loads((run / "run.json").read_text("utf-8"))
    (run / "run.json").write_text(json.dumps({**about, "fingerprint": "other"}))
    assert main(["train", "--resume", str(run)]) == BAD_INPUT
    assert "learnt from other data" in capsys.readouterr().err
    (run / "run.json").write_text(json.dumps({**about, "settings": {**about["settings"], "state": 40}}))
    assert main(["train", "--resume", str(run)]) == BAD_INPUT
    assert "does not fit the network" in capsys.readouterr().err
    (run / "run.json").write_text(json.dumps({name: about[name] for name in ("captioner", "state")}))
    assert main(["train", "--resume", str(run)]) == BAD_INPUT
    assert "damaged" in capsys.readouterr().err
