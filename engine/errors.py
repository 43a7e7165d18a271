"""Errors that a person can act on."""

from __future__ import annotations

import errno
import os

from engine.text import Text


class LabError(Exception):
    """What happened, to which file or device, and what to do: one sentence for a person.

    Anything else that is raised is a defect of ours and is shown as such, with details to copy.
    """

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


_IN_THE_WAY = Text("a file stands where a folder should be", "폴더가 있어야 할 자리에 파일이 있어요")
_WHYS = {
    errno.EISDIR: Text("it is a folder", "파일이 아니라 폴더예요"),
    errno.ENODEV: Text("it is a device, not a file", "파일이 아니라 장치예요"),
    errno.EEXIST: _IN_THE_WAY,  # of a folder that was to be made
    errno.ENOTDIR: _IN_THE_WAY,
    errno.ENOENT: Text("its folder does not exist", "그 폴더가 없어요"),
    errno.ENAMETOOLONG: Text("the name is too long", "이름이 너무 길어요"),
    errno.EMFILE: Text("too many files are open", "열린 파일이 너무 많아요"),
    errno.EIO: Text("the disk or the drive gave an error", "디스크에 오류가 있어요"),
}


def _why(error: OSError) -> Text | str:
    """What the system gave as its reason, in both languages where it is a usual one."""
    return _WHYS.get(error.errno or 0) or error.strerror or str(error)


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def cannot_write(path: object, error: OSError) -> LabError:
    """The sentence for a file that could not be written: a full disk, a closed folder, or the system's word."""
    if error.errno in _FULL:
        text = Text(
            "The disk is full: {path} could not be written. Free some space and try again; what was saved before is intact.",
            "디스크가 가득 차서 {path} 파일을 쓰지 못했어요. 공간을 비우고 다시 해 보세요. 앞서 저장한 것은 그대로 있어요.",
        )
        return LabError(text(path=path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        text = Text(
            "{path} may not be written. Choose another folder, or allow writing there.",
            "{path}에 쓸 권한이 없어요. 다른 폴더를 고르거나 쓰기를 허용해 주세요.",
        )
        return LabError(text(path=path))
    return LabError(
        Text("{path} could not be written: {why}.", "{path} 파일을 쓰지 못했어요: {why}.")(path=path, why=_why(error))
    )


def cannot_read(path: object, error: OSError) -> LabError:
    """The sentence for a file that could not be opened."""
    if isinstance(error, FileNotFoundError):  # safetensors raises it without a number
        return LabError(
            Text("{path} does not exist. Check the name.", "{path} 파일이 없어요. 이름을 확인해 보세요.")(path=path)
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        text = Text(
            "{path} may not be read. Check its permissions.", "{path} 파일을 읽을 권한이 없어요. 권한을 확인해 보세요."
        )
        return LabError(text(path=path))
    why = _WHYS[errno.EISDIR] if os.path.isdir(str(path)) else _why(error)  # libraries name it otherwise
    return LabError(Text("{path} could not be read: {why}.", "{path} 파일을 읽지 못했어요: {why}.")(path=path, why=why))
