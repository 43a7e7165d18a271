"""Reading numbers and words out of a pickle without unpickling it.

A pickle is a program; `pickle.load` runs it. CIFAR-10's official archive is made of pickles all the same, so here
their instructions are read one by one (`pickletools.genops`, which runs nothing) on a stack of our own that can
only build bytes, text, numbers, lists, tuples, dicts and arrays of numbers out of bytes. Any other instruction,
and any other name than these few, ends the reading.
"""

from __future__ import annotations

import pickletools
from typing import Any

import numpy as np

_MARK = object()
_RECONSTRUCT, _NDARRAY, _DTYPE, _ENCODE = (object() for _ in range(4))
_NAMES = {
    "numpy.core.multiarray _reconstruct": _RECONSTRUCT,
    "numpy._core.multiarray _reconstruct": _RECONSTRUCT,
    "numpy ndarray": _NDARRAY,
    "numpy dtype": _DTYPE,
    "_codecs encode": _ENCODE,  # how Python 3 writes bytes in an old pickle
}
_KINDS = ("u1", "u2", "u4", "i1", "i2", "i4", "i8", "f4", "f8")
_PUSH_BYTES = ("SHORT_BINSTRING", "BINSTRING", "STRING", "SHORT_BINBYTES", "BINBYTES", "BINBYTES8")
_PUSH = (
    *("SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "UNICODE"),
    *("INT", "BININT", "BININT1", "BININT2", "LONG", "LONG1", "LONG4", "FLOAT", "BINFLOAT"),
)
_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_EMPTY = {"EMPTY_DICT": dict, "EMPTY_LIST": list, "EMPTY_TUPLE": tuple}


class NotPlain(ValueError):
    """A pickle that asks for something else than plain values, or is damaged."""


class _Array:
    """A numpy array in the making: pickles build it empty and then fill it."""

    def __init__(self) -> None:
        self.values: np.ndarray | None = None


def read_plain(content: bytes) -> Any:
    """The plain value that a pickle describes; nothing in it is ever run.

    Raises: `NotPlain` naming the instruction that is not allowed, or for a damaged pickle.
    """
    reader = _Reader()
    try:
        for code, argument, _ in pickletools.genops(content):
            if code.name == "STOP":
                return _finished(reader.stack.pop())
            reader.step(code.name, argument)
    except (IndexError, KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        raise error if isinstance(error, NotPlain) else NotPlain(str(error)) from error
    raise NotPlain("it does not end")


class _Reader:
    """The stack and memory that a pickle's instructions work on."""

    def __init__(self) -> None:
        self.stack: list[Any] = []
        self.memo: dict[int, Any] = {}

    def step(self, name: str, argument: Any) -> None:
        """Do one instruction. Raises: `NotPlain` for one that builds more than plain values."""
        stack = self.stack
        if name in ("PROTO", "FRAME"):
            return
        if name in _PUSH_BYTES:
            stack.append(argument.encode("latin-1") if isinstance(argument, str) else bytes(argument))
        elif name in _PUSH:
            stack.append(argument)
        elif name in _CONSTANTS:
            stack.append(_CONSTANTS[name])
        elif name in _EMPTY:
            stack.append(_EMPTY[name]())
        elif name == "MARK":
            stack.append(_MARK)
        elif name in ("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"):
            self.memo[len(self.memo) if name == "MEMOIZE" else int(argument)] = stack[-1]
        elif name in ("GET", "BINGET", "LONG_BINGET"):
            stack.append(self.memo[int(argument)])
        elif name in ("GLOBAL", "STACK_GLOBAL"):
            stack.append(self._named(name, argument))
        elif not self._gather(name):
            raise NotPlain(f"instruction {name}")

    def _gather(self, name: str) -> bool:
        """The instructions that put several values together; False for any other."""
        stack = self.stack
        if name == "APPEND":
            value = stack.pop()
            _list(stack[-1]).append(value)
        elif name == "APPENDS":
            values = self._marked()
            _list(stack[-1]).extend(values)
        elif name == "SETITEM":
            value, key = stack.pop(), stack.pop()
            _dict(stack[-1])[key] = value
        elif name == "SETITEMS":
            values = self._marked()
            _dict(stack[-1]).update(zip(values[::2], values[1::2], strict=True))
        elif name in ("TUPLE1", "TUPLE2", "TUPLE3"):
            count = int(name[-1])
            stack[-count:] = [tuple(stack[-count:])]
        elif name in ("TUPLE", "LIST", "DICT"):
            values = self._marked()
            pairs = name == "DICT" and dict(zip(values[::2], values[1::2], strict=True))
            stack.append(tuple(values) if name == "TUPLE" else values if name == "LIST" else pairs)
        elif name == "REDUCE":
            arguments, what = stack.pop(), stack.pop()
            stack.append(_made(what, arguments))
        elif name == "BUILD":
            state = stack.pop()
            _fill(stack[-1], state)
        else:
            return False
        return True

    def _marked(self) -> list[Any]:
        """What lies above the topmost mark."""
        at = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i] is _MARK), None)
        if at is None:
            raise NotPlain("no mark")
        values = self.stack[at + 1 :]
        del self.stack[at:]
        return values

    def _named(self, name: str, argument: Any) -> Any:
        if name == "STACK_GLOBAL":
            last, first = self.stack.pop(), self.stack.pop()
            argument = f"{first} {last}"
        if argument not in _NAMES:
            raise NotPlain(f"the name {str(argument)[:100]}")
        return _NAMES[argument]


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise NotPlain("it appends to what is no list")
    return value


def _dict(value: Any) -> dict[Any, Any]:
    if type(value) is not dict:
        raise NotPlain("it sets an item of what is no dict")
    return value


def _made(what: Any, arguments: Any) -> Any:
    """The few calls a batch needs: an empty array, the kind of its numbers, bytes written as text."""
    if what is _ENCODE and isinstance(arguments, tuple) and arguments[1:] == ("latin1",):
        return str(arguments[0]).encode("latin-1")
    if what is _RECONSTRUCT:
        return _Array()
    if what is _DTYPE and isinstance(arguments, tuple) and arguments:
        kind = arguments[0].decode("ascii") if isinstance(arguments[0], bytes) else str(arguments[0])
        if kind in _KINDS:
            return np.dtype(kind)
    raise NotPlain("it calls something")


def _fill(what: Any, state: Any) -> None:
    """Give an array its shape, kind and bytes; a kind needs nothing more but must not be big-endian."""
    if isinstance(what, np.dtype):
        if len(state) > 1 and state[1] in (b">", ">"):
            raise NotPlain("big-endian numbers")
    elif isinstance(what, _Array):
        _, shape, kind, fortran, content = state
        if fortran or not isinstance(content, bytes) or not isinstance(kind, np.dtype):
            raise NotPlain("an array that is no plain bytes")
        what.values = np.frombuffer(content, kind).reshape([int(n) for n in shape])
    else:
        raise NotPlain("it fills something")


def _finished(value: Any) -> Any:
    """`value` with each array in place of what stood for it (one level of dict, list or tuple deep)."""
    if isinstance(value, dict):
        return {key: _array(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_array(inner) for inner in value)
    return _array(value)


def _array(value: Any) -> Any:
    if isinstance(value, _Array):
        if value.values is None:
            raise NotPlain("an array without values")
        return value.values
    return value
