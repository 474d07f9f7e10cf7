"""Every report says which commit it is of."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session", autouse=True)
def commit(request: pytest.FixtureRequest, record_testsuite_property: Callable[[str, object], None]) -> None:
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=request.config.rootpath,
        capture_output=True,
        text=True,
        check=True,
    )
    record_testsuite_property("commit", described.stdout.strip())
