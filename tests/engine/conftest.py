"""The engine's tests run on one core, so that they take the same time beside other work."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module", autouse=True)
def everything_on_one_core(one_core: None) -> None:
    return None
