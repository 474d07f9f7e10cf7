"""Every id of the specification has a test or says what no test shows, and the page says the same."""

from __future__ import annotations

import ast
import re

from tests import traceability


def test_every_id_is_shown_or_says_what_is_not() -> None:
    marked = traceability.marked_tests()
    unsaid = [
        name for name, entry in traceability.specification().items() if not marked.get(name) and "open" not in entry
    ]
    assert unsaid == []


def test_no_mark_names_an_id_that_nobody_knows() -> None:
    assert traceability.marked_tests().keys() - traceability.specification().keys() == set()


def test_no_mark_is_overlooked() -> None:
    """One on a class, or one in `pytestmark`, would be."""
    for path in traceability.files_with_marks():
        source = path.read_text()
        written = [
            node
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Attribute) and node.attr == "spec" and ast.unparse(node) == "pytest.mark.spec"
        ]
        assert len(written) == len(traceability.marks_in(source)), path


def without_results(page: str) -> list[str]:
    return [re.sub(r"\|[^|]*\|$", "", line) for line in page.splitlines()]


def test_the_page_is_up_to_date_but_for_results() -> None:
    page = traceability.TABLE.read_text()
    assert without_results(page) == without_results(traceability.table({})), "run `make traceability`"
