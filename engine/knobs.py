"""A value that a person may change while a job runs.

The value is frozen; the page replaces it whole and the job reads it each step. Swapping one
reference is atomic in Python, so no lock is needed.
"""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    """Holds the newest settings value."""

    def __init__(self, value: T) -> None:
        self.value = value

    def replace(self, value: T) -> None:
        self.value = value
