"""A second run changes nothing. How long it takes, `make bench-runs` measures."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.ansible import Run
    from tests.support.stack import Stack


def image_ids(stack: Stack) -> dict[str, list[str]]:
    """Of the stack's own images in the engine, which others use too, and of all images in its node."""
    own = sorted(set(stack.images().values()))
    of_engine = ["docker", "image", "inspect", "--format", "{{.RepoTags}} {{.Id}} {{.Created}}", *own]
    of_node = ["docker", "exec", stack.node, "ctr", "--namespace", "k8s.io", "images", "ls"]

    def lines(command: list[str]) -> list[str]:
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return sorted(shown.splitlines())

    return {"engine": lines(of_engine), "node": lines(of_node)}


# These change when somebody writes them; others also when their controller counts.
WRITTEN = "secrets,configmaps,services,serviceaccounts,ingresses,networkpolicies,persistentvolumeclaims"


def versions(stack: Stack) -> dict[str, str]:
    """The resource version of every object: any call that changes one counts it up."""
    return {
        f"{item['kind']}/{item['metadata']['name']}": item["metadata"]["resourceVersion"]
        for item in stack.items(WRITTEN)
    }


def snapshot(stack: Stack) -> dict[str, Any]:
    return {
        "releases": stack.releases(),
        "pods": {name: (pod["metadata"]["uid"], pod["status"]["startTime"]) for name, pod in stack.pods().items()},
        "images": image_ids(stack),
        "versions": versions(stack),
        "objects": stack.dump(),
        "files": {
            name: (stack.inventory.folder / name).stat().st_mtime_ns for name in ("vault.yml", ".vault-password")
        },
        "state": sorted((str(path), path.lstat().st_mtime_ns) for path in stack.state.rglob("*") if not path.is_dir()),
    }


@pytest.fixture(scope="module")
def second_run(stack: Stack) -> tuple[dict[str, Any], Run, dict[str, Any]]:
    before = snapshot(stack)
    run = stack.inventory.play("site.yml")
    return before, run, snapshot(stack)


@pytest.mark.spec("US1", "SC-003")
@pytest.mark.parametrize("part", ["releases", "pods", "images", "versions", "objects", "files", "state"])
def test_second_run_leaves(part: str, second_run: tuple[dict[str, Any], Run, dict[str, Any]]) -> None:
    before, _, after = second_run
    assert json.dumps(after[part], indent=1) == json.dumps(before[part], indent=1)


@pytest.mark.spec("SC-003")
def test_second_run_reports_no_change(second_run: tuple[dict[str, Any], Run, dict[str, Any]]) -> None:
    _, run, _ = second_run
    assert run.code == 0, run.output
    assert run.changed == 0, run.changed_tasks


def test_check_mode_finds_nothing_to_do(play: Callable[..., Run], stack: Stack) -> None:
    before = snapshot(stack)
    run = play("site.yml", "--check", "--diff")
    assert run.code == 0, run.output
    assert run.changed == 0, run.changed_tasks
    assert snapshot(stack) == before
