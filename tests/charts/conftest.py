from __future__ import annotations

import pytest

from tests.support.charts import APPLICATION, DATABASE, Object, render


@pytest.fixture
def application() -> tuple[Object, ...]:
    return render(APPLICATION, APPLICATION / "values.yaml")


@pytest.fixture
def database() -> tuple[Object, ...]:
    return render(DATABASE, DATABASE / "values.yaml")
