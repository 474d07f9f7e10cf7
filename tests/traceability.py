"""Writes which tests show what the specification asks for, and how they ended when they last ran.

python -m tests.traceability [--output FILE]     docs/traceability.md by default
"""

from __future__ import annotations

import argparse
import ast
import os
import subprocess
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
SPECIFICATION = ROOT / "tests" / "specification.yml"
REPORTS = ROOT / ".artifacts" / "junit"
TABLE = ROOT / "docs" / "traceability.md"

_HEAD = """\
# Traceability

What the specification asks for, the tests that show it, and how they ended when they last ran. `make traceability`
writes it from `tests/specification.yml`, the tests' marks `spec` and the reports of the last `make test`; date and
commit say which run that was. "Open" is what no test shows, and why.

| Id | What must hold | Shown by | Last result |
|---|---|---|---|
"""


@dataclass(frozen=True, order=True)
class Proof:
    """A test function: its file, relative to the repository, and its name."""

    file: str
    name: str


def specification() -> dict[str, dict[str, str]]:
    """By id: what `must` hold, and perhaps what is `open`."""
    read: dict[str, dict[str, str]] = yaml.safe_load(SPECIFICATION.read_text())
    return read


def files_with_marks() -> list[Path]:
    listed = subprocess.run(
        ["git", "grep", "--untracked", "--files-with-matches", "--null", r"mark\.spec(", "--", "*test_*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def marks_in(source: str) -> list[tuple[str, list[str]]]:
    """The marked test functions of a module with their ids. Raises ValueError on a mark that is not plain strings."""
    found: list[tuple[str, list[str]]] = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        found += [
            (node.name, [str(ast.literal_eval(argument)) for argument in decorator.args])
            for decorator in node.decorator_list
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.spec"
        ]
    return found


def marked_tests() -> dict[str, list[Proof]]:
    """By id."""
    found: dict[str, list[Proof]] = defaultdict(list)
    for path in files_with_marks():
        file = str(path.relative_to(ROOT))
        for identifier, name in ((one, name) for name, ids in marks_in(path.read_text()) for one in ids):
            found[identifier].append(Proof(file, name))
    return {identifier: sorted(tests) for identifier, tests in found.items()}


def results_in(report: Path) -> dict[Proof, str]:
    """How each test of a JUnit report ended, in all its cases together, with the date and the commit of the run."""
    found: dict[Proof, str] = {}
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - written by our own run
        commit = suite.find("properties/property[@name='commit']")
        run = ", ".join([suite.get("timestamp", "")[:10], *([commit.get("value", "")] if commit is not None else [])])
        ended: dict[Proof, list[str]] = defaultdict(list)
        for case in suite.iter("testcase"):
            test = Proof(f"{case.get('classname', '').replace('.', '/')}.py", case.get("name", "").partition("[")[0])
            bad = case.find("failure") is not None or case.find("error") is not None
            ended[test].append("failed" if bad else "skipped" if case.find("skipped") is not None else "passed")
        for test, ends in ended.items():
            worst = next(end for end in ("failed", "passed", "skipped") if end in ends)
            skipped = (
                f", {ends.count('skipped')} of {len(ends)} cases skipped"
                if "skipped" in ends and worst != "skipped"
                else ""
            )
            found[test] = f"{worst}{skipped} ({run})"
    return found


def last_results() -> dict[Proof, str]:
    """Where several reports have a test, the newest counts."""
    found: dict[Proof, str] = {}
    for report in sorted(REPORTS.glob("*.xml"), key=lambda path: path.stat().st_mtime):
        found |= results_in(report)
    return found


def table(results: dict[Proof, str], *, folder: Path = TABLE.parent) -> str:
    """The page, with links that hold in this folder."""
    up = os.path.relpath(ROOT, folder)
    marked = marked_tests()
    rows = []
    for identifier, entry in specification().items():
        cells = [
            (f"[{test.name}]({up}/{test.file})", results.get(test, "not run")) for test in marked.get(identifier, [])
        ]
        if "open" in entry:
            cells.append((f"Open: {entry['open']}", "—"))
        for position, (shown, result) in enumerate(cells):
            what = f"{identifier} | {entry['must']}" if position == 0 else " |"
            rows.append(f"| {what} | {shown} | {result} |\n")
    return _HEAD + "".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=TABLE, help="where to write it")
    output: Path = parser.parse_args().output.resolve()
    output.write_text(table(last_results(), folder=output.parent))
    print(f"Written: {output.relative_to(ROOT) if output.is_relative_to(ROOT) else output}")


if __name__ == "__main__":
    main()
