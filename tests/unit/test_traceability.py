from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.traceability import Proof, marks_in, results_in

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """\
<testsuites><testsuite name="pytest" timestamp="2026-03-01T10:00:00+00:00">
<properties><property name="commit" value="abc1234"/></properties>
<testcase classname="services.mcp-server.tests.test_http" name="test_whole"/>
<testcase classname="services.mcp-server.tests.test_http" name="test_partly[a]"/>
<testcase classname="services.mcp-server.tests.test_http" name="test_partly[b]"><skipped/></testcase>
<testcase classname="services.mcp-server.tests.test_http" name="test_broken[a.b]"/>
<testcase classname="services.mcp-server.tests.test_http" name="test_broken[c]"><failure/></testcase>
<testcase classname="services.mcp-server.tests.test_http" name="test_unclean"><error/></testcase>
<testcase classname="services.mcp-server.tests.test_http" name="test_left"><skipped/></testcase>
</testsuite></testsuites>
"""


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("test_whole", "passed"),
        ("test_partly", "passed, 1 of 2 cases skipped"),
        ("test_broken", "failed"),
        ("test_unclean", "failed"),
        ("test_left", "skipped"),
    ],
)
def test_all_cases_of_a_test_count(tmp_path: Path, name: str, end: str) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    expected = f"{end} (2026-03-01, abc1234)"
    assert results_in(report)[Proof("services/mcp-server/tests/test_http.py", name)] == expected


def test_marks_are_read_beside_others_and_of_async_tests() -> None:
    source = """
@pytest.mark.spec("US1", "SC-002")
@pytest.mark.parametrize("a", [1])
def test_one(a): ...
@pytest.mark.spec("US2")
async def test_two(): ...
def test_three(): ...
"""
    assert marks_in(source) == [("test_one", ["US1", "SC-002"]), ("test_two", ["US2"])]


def test_a_mark_that_is_computed_is_refused() -> None:
    with pytest.raises(ValueError, match="malformed"):
        marks_in("@pytest.mark.spec(IDS)\ndef test_one(): ...")
