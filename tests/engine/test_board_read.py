"""TensorBoard files of any program: scalars in both forms, checksums, damaged ends, nothing that is no scalar."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from driving import drive, quick
from tensorboardX import SummaryWriter
from tensorboardX.crc32c import crc32c
from tensorboardX.proto.event_pb2 import Event
from tensorboardX.proto.summary_pb2 import Summary
from tensorboardX.proto.tensor_pb2 import TensorProto
from tensorboardX.proto.tensor_shape_pb2 import TensorShapeProto

from engine.errors import LabError
from engine.jobs import result_of
from engine.train.board_read import find_files, masked_crc, read_board
from engine.train.events import Step
from engine.train.fit import train


def record(event: Event) -> bytes:
    content = event.SerializeToString()
    head = struct.pack("<Q", len(content))
    return head + struct.pack("<I", masked_crc(head)) + content + struct.pack("<I", masked_crc(content))


def scalar(step: int, tag: str, value: float, seconds: float = 0.0) -> Event:
    return Event(
        step=step, wall_time=100 + seconds, summary=Summary(value=[Summary.Value(tag=tag, simple_value=value)])
    )


def tensor(step: int, tag: str, proto: TensorProto) -> Event:
    return Event(step=step, wall_time=100, summary=Summary(value=[Summary.Value(tag=tag, tensor=proto)]))


def write(folder: Path, events: list[Event], name: str = "events.out.tfevents.1") -> Path:
    (folder / name).write_bytes(b"".join(map(record, events)))
    return folder / name


def test_what_another_program_wrote_is_read_back(tmp_path: Path) -> None:
    with SummaryWriter(str(tmp_path)) as writer:
        for step in range(50):
            writer.add_scalar("train/loss", 1 / (step + 1), step, walltime=1000 + step)
        writer.add_scalar("val/acc", 0.9, 49)
        writer.add_histogram("weights", np.arange(10), 3)
        writer.add_text("note", "words", 3)
    board = result_of(read_board(tmp_path))
    assert set(board.scalars) == {"train/loss", "val/acc"}
    loss = board.scalars["train/loss"]
    assert loss.steps.tolist() == list(range(50))
    assert loss.values == pytest.approx([1 / (step + 1) for step in range(50)])
    assert loss.seconds.tolist() == list(range(50))
    assert (board.files, board.damaged) == (1, 0)


def test_our_own_events_are_read_back_as_they_were_told(tmp_path: Path) -> None:
    events, _ = drive(train("digits-quick", quick(tensorboard=True), out=tmp_path / "run"))
    steps = [event for event in events if isinstance(event, Step)]
    board = result_of(read_board(tmp_path / "run"))
    assert board.scalars["train/loss"].values == pytest.approx([step.loss for step in steps], rel=1e-6)
    assert board.scalars["held-out/accuracy"].steps[-1] == steps[-1].step


def test_scalars_stored_as_tensors_are_read(tmp_path: Path) -> None:
    one = TensorShapeProto(dim=[])
    events = [
        tensor(1, "listed", TensorProto(dtype=1, float_val=[0.5], tensor_shape=one)),
        tensor(1, "raw", TensorProto(dtype=1, tensor_content=struct.pack("<f", 0.25))),
        tensor(1, "double", TensorProto(dtype=2, double_val=[0.125])),
        tensor(1, "whole", TensorProto(dtype=9, int64_val=[-1234567])),
        tensor(1, "whole raw", TensorProto(dtype=3, tensor_content=struct.pack("<i", 300))),
        tensor(1, "many", TensorProto(dtype=1, float_val=[1, 2, 3])),
        tensor(1, "words", TensorProto(dtype=7, string_val=[b"text"])),
    ]
    board = result_of(read_board(write(tmp_path, events)))
    found = {tag: curve.values.tolist() for tag, curve in board.scalars.items()}
    assert found == {"listed": [0.5], "raw": [0.25], "double": [0.125], "whole": [-1234567], "whole raw": [300]}


@pytest.mark.parametrize("cut", [1, 3, 10, 13])
def test_a_file_that_breaks_off_is_read_up_to_there(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path, [scalar(step, "loss", step) for step in range(9)])
    path.write_bytes(path.read_bytes()[:-cut])
    board = result_of(read_board(tmp_path))
    assert board.scalars["loss"].steps.tolist() == list(range(8))
    assert board.damaged == 1


def test_a_record_that_does_not_match_its_checksum_ends_the_reading(tmp_path: Path) -> None:
    path = write(tmp_path, [scalar(step, "loss", step) for step in range(9)])
    content, size = bytearray(path.read_bytes()), len(record(scalar(0, "loss", 0)))
    content[4 * size + 16] ^= 1
    path.write_bytes(bytes(content))
    assert result_of(read_board(tmp_path)).scalars["loss"].steps.max() < 5


def test_a_length_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    head = struct.pack("<Q", 2**60)
    path = write(tmp_path, [scalar(1, "loss", 1)])
    path.write_bytes(path.read_bytes() + head + struct.pack("<I", masked_crc(head)))
    assert result_of(read_board(tmp_path)).damaged == 1


def test_several_files_of_a_run_are_one_board_and_what_was_told_last_counts(tmp_path: Path) -> None:
    write(tmp_path, [scalar(step, "loss", 1.0) for step in range(6)], "events.out.tfevents.1")
    write(tmp_path, [scalar(step, "loss", 2.0) for step in range(4, 9)], "events.out.tfevents.2")
    loss = result_of(read_board(tmp_path)).scalars["loss"]
    assert loss.values.tolist() == [1, 1, 1, 1, 2, 2, 2, 2, 2]


def test_values_that_are_no_numbers_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, [scalar(1, "loss", float("nan")), scalar(2, "loss", 1.0), scalar(3, "loss", float("inf"))])
    assert result_of(read_board(tmp_path)).scalars["loss"].steps.tolist() == [2]


def test_records_that_are_no_events_are_passed_over(tmp_path: Path) -> None:
    content = b"\xff\xff\xff\xff"
    head = struct.pack("<Q", len(content))
    odd = head + struct.pack("<I", masked_crc(head)) + content + struct.pack("<I", masked_crc(content))
    path = tmp_path / "x.tfevents"
    path.write_bytes(odd + record(scalar(1, "loss", 1)))
    assert result_of(read_board(path)).scalars["loss"].values.tolist() == [1]


@pytest.mark.parametrize("content", [b"", b"no such thing", b"\x80\x02}q\x00.", b"\x00" * 64])
def test_a_file_that_is_none_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "events.out.tfevents.1").write_bytes(content)
    with pytest.raises(LabError, match="no TensorBoard file"):
        result_of(read_board(tmp_path))


def test_a_folder_without_such_files_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="holds no TensorBoard files"):
        result_of(read_board(tmp_path))
    assert find_files(tmp_path / "missing") == ()


def test_the_checksum_is_that_of_the_format() -> None:
    for content in (b"", b"123456789", bytes(range(256)) * 3):
        crc = crc32c(content)
        assert masked_crc(content) == (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF
