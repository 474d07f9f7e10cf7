from __future__ import annotations

import re

import yaml

from tests.charts.requirements import PAGE, tables, with_tables
from tests.support.charts import APPLICATION, ROOT


def test_the_page_says_what_the_charts_ask_for() -> None:
    page = PAGE.read_text()
    assert tables() in page, "run `python -m tests.charts.requirements`"
    assert with_tables(page) == page


def test_connections_of_an_update_are_what_the_page_says_and_are_allowed() -> None:
    values = yaml.safe_load((APPLICATION / "values.yaml").read_text())
    pods = sum(values[part]["replicas"] + 1 for part in ("backend", "mcpServer"))
    most = pods * values["database"]["poolSize"] + 1  # migrations
    assert f"{most} connections" in (ROOT / "docs" / "database.md").read_text()
    allowed = yaml.safe_load((ROOT / "roles" / "database" / "defaults" / "main.yml").read_text())
    assert most <= allowed["database_connections"]
    server = re.search(
        r"^max_connections = (\d+)$", (ROOT / "services/database/postgresql.conf").read_text(), re.MULTILINE
    )
    assert server
    assert allowed["database_connections"] < int(server[1])
