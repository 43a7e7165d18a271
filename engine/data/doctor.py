"""The dataset doctor: looks a set over and says in plain words what is wrong with it.

Each check is a `Check` in one of the files beside this one; `CHECKS` lists them all. A check looks only
where it fits: boxes in sets with boxes, captions in sets with captions.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import torch

from engine.cards import Explanation
from engine.data import doctor_balance, doctor_copies, doctor_labels, doctor_marks, doctor_pictures, doctor_signals
from engine.data.doctor_finding import Case, Check, Examination, Finding, Severity
from engine.data.forms.form import AnySet
from engine.data.photoset import PhotoSet
from engine.devices import choose
from engine.errors import LabError
from engine.jobs import Event, Job, Progress
from engine.text import Text

__all__ = ["CHECKS", "EXPLAINED", "Examination", "Finding", "Found", "Severity", "examine"]

CHECKS: tuple[Check, ...] = (
    *doctor_pictures.CHECKS,
    *doctor_copies.CHECKS,
    *doctor_balance.CHECKS,
    *doctor_labels.CHECKS,
    *doctor_marks.CHECKS,
    *doctor_signals.CHECKS,
)
EXPLAINED = Explanation(
    Text("Dataset doctor", "데이터 진단"),
    Text(
        "Read the cards from the top: what spoils results stands first. Look shows the pictures that are meant.",
        "위에서부터 읽어 보세요. 결과를 망치는 것이 먼저 나와요. ‘보기’를 누르면 해당 그림이 나와요.",
    ),
    Text(
        "A network learns whatever is in its data, faults too: a copy in the test part makes it look better than it is, a "
        "wrong label teaches it a mistake. Nothing is changed here; what to do is yours to decide.",
        "신경망은 데이터에 든 것을 흠까지 그대로 배워요. 시험용에 든 복사본은 실력을 부풀리고, 틀린 이름표는 실수를 가르쳐요. "
        "여기서는 아무것도 바꾸지 않아요. 어떻게 할지는 직접 정하세요.",
    ),
    "D_train ∩ D_test = ∅",
)
_STEPS = 1000  # of the progress bar


@dataclass(frozen=True, slots=True, eq=False)
class Found(Event):
    """A finding, told as soon as its check has ended."""

    finding: Finding


def examine(sets: Mapping[str, AnySet], *, checks: tuple[Check, ...] = CHECKS) -> Job:
    """Look the splits of one set over; yields `Progress` and `Found`, returns an `Examination`.

    Args:
        sets: by split, the one to train on first; all of one kind.
        checks: which ones; those that do not fit are left out.
    """
    began = time.monotonic()
    torch.set_num_threads(choose(spare=1).threads or 1)  # of this thread only; the window keeps a core
    case = Case({split: set_ for split, set_ in sets.items() if len(set_) or _passed_over(set_)})
    fitting = [check for check in checks if case.sets and check.fits(case)]
    total = sum(check.weight for check in fitting)
    found: list[Finding] = []
    checked, unchecked, done = [], [], 0.0
    for check in fitting:
        try:
            news: list[Finding] = yield from _as_part(check.look(case), done / total, check.weight / total)
        except LabError as error:  # weights of a network are missing: the other checks go on
            text = Text("Not checked: {what}. {why}", "확인하지 못함: {what}. {why}")
            unchecked.append(text(what=check.name, why=error.text))
        else:
            checked.append(check.name)
            found += news
            for finding in news:
                yield Found(finding)
        done += check.weight
    found.sort(key=lambda finding: -finding.severity)
    count = sum(len(set_) for set_ in case.sets.values())
    return Examination(tuple(found), tuple(checked), tuple(unchecked), count, time.monotonic() - began)


def _passed_over(set_: AnySet) -> bool:
    return isinstance(set_, PhotoSet) and bool(set_.unreadable)


def _as_part(job: Job, start: float, share: float) -> Job:
    """`job` with its progress counted as the part of a whole from `start`, `share` long, both in [0, 1].

    A job that counts anew (reading, then comparing) gets half of what is left each time, so that the bar never
    goes back.
    """
    begun = far = 0.0
    try:
        while True:
            event = next(job)
            if not isinstance(event, Progress):
                continue
            now = min(event.done / event.total, 1.0) if event.total else 0.0
            if begun + now * (1 - begun) / 2 < far:
                begun = far
            far = max(far, begun + now * (1 - begun) / 2)
            yield Progress(round(_STEPS * (start + share * far)), _STEPS, event.note)
    except StopIteration as end:
        return end.value
    finally:
        job.close()
