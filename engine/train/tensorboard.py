"""The same metrics as TensorBoard events, for those who use that program."""

from __future__ import annotations

from pathlib import Path

from engine.errors import LabError
from engine.jobs import Event
from engine.text import Text
from engine.train.events import Checked, Step

_STEP = ("loss", "accuracy", "learning_rate", "gradient_norm", "images_per_second")


class Board:
    """Writes events.out.tfevents.* into a run's folder. Raises `LabError` when tensorboardX is not installed."""

    def __init__(self, folder: Path) -> None:
        try:
            from tensorboardX import SummaryWriter
        except ImportError as error:
            text = Text(
                "TensorBoard events need one more package: pip install tensorboardX. Or switch them off.",
                "TensorBoard 기록에는 패키지가 하나 더 필요해요: pip install tensorboardX. 끄고 시작해도 돼요.",
            )
            raise LabError(text) from error
        self._writer = SummaryWriter(str(folder))

    def add(self, event: Event) -> None:
        if isinstance(event, Step):
            for name in _STEP:
                self._writer.add_scalar(f"train/{name}", getattr(event, name), event.step)
        elif isinstance(event, Checked):
            self._writer.add_scalar(f"{event.split}/loss", event.loss, event.step)
            self._writer.add_scalar(f"{event.split}/accuracy", event.accuracy, event.step)

    def close(self) -> None:
        self._writer.close()
