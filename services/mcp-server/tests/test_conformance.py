"""The protocol's own conformance tests (tests/conformance), run against the server as it is built for serving."""

import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from tests.support.books import KEY
from tests.support.services import free_port, serve

FOLDER = Path(__file__).parents[3] / "tests" / "conformance"
PROGRAM = FOLDER / "node_modules" / ".bin" / "conformance"

# server-<scenario>-2026-11-26T05-20-01-123Z
RUN = re.compile(r"^server-|-[0-9]{4}-[0-9]{2}-[0-9]{2}T.*$")

NO_STREAM = "needs messages from the server while it works; any replica answers any request, in one answer"
NOT_APPLICABLE = {
    "logging-set-level": "the server logs for its operators, not to its clients",
    "completion-complete": "no completion of arguments is offered",
    "tools-call-with-logging": NO_STREAM,
    "tools-call-with-progress": NO_STREAM,
    "tools-call-sampling": NO_STREAM,
    "tools-call-elicitation": NO_STREAM,
    "elicitation-sep1034-defaults": NO_STREAM,
    "elicitation-sep1330-enums": NO_STREAM,
    "server-sse-polling": NO_STREAM,
    "server-sse-multiple-streams": NO_STREAM,
    "resources-subscribe": "no subscriptions are offered, as there is no stream to send changes on",
    "resources-unsubscribe": "no subscriptions are offered",
}
# What any server is asked; the other scenarios call tools, resources and prompts of their own.
OF_ANY_SERVER = {
    "server-initialize",
    "ping",
    "tools-list",
    "resources-list",
    "prompts-list",
    "dns-rebinding-protection",
}


def run(*arguments: str) -> str:
    assert PROGRAM.exists(), f"the conformance tests aren't installed: run npm ci in {FOLDER}"
    finished = subprocess.run(
        [PROGRAM, *arguments], cwd=FOLDER, capture_output=True, text=True, check=False, timeout=300
    )
    return finished.stdout


@pytest.fixture
def outcomes(database, ada, tmp_path):
    """Runs every scenario, and returns what was checked in each and what failed."""

    def check(*, fixtures: bool) -> dict[str, list[dict]]:
        port = free_port()
        settings = {
            "DATABASE_URL": database.mcp,
            "MCP_TOKEN_KEY": KEY.get_secret_value(),
            "MCP_ALLOWED_HOSTS": f"127.0.0.1:{port},localhost:{port}",
            "TOKEN": ada.token,
            "FIXTURES": int(fixtures),
        }
        found = defaultdict(list)
        with serve("tests.support.conformance_server", tmp_path / "log", port=port, **settings) as served:
            served.wait_ready("/healthz")
            run("server", "--url", f"{served.address}/mcp", "--suite", "all", "--output-dir", str(tmp_path / "out"))
        for checks in sorted((tmp_path / "out").glob("*/checks.json")):
            for one in json.loads(checks.read_text()):
                found[RUN.sub("", checks.parent.name)].append(one)
        return found

    return check


def failed(checks: list[dict]) -> list[str]:
    return [f"{one['id']}: {one.get('errorMessage')}" for one in checks if one["status"] != "SUCCESS"]


def test_the_product_passes_what_any_server_is_asked(outcomes):
    found = outcomes(fixtures=False)
    for scenario in OF_ANY_SERVER:
        assert found[scenario], scenario
        assert failed(found[scenario]) == []


def test_with_the_scenarios_own_tools_it_passes_all_that_apply(outcomes):
    listed = run("list", "--server").splitlines()
    scenarios = {line.split()[1] for line in listed if line.startswith("  - ")}
    assert set(NOT_APPLICABLE) < scenarios
    found = outcomes(fixtures=True)
    for scenario in scenarios - set(NOT_APPLICABLE):
        assert found[scenario], scenario
        assert failed(found[scenario]) == []
