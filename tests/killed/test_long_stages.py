"""The stages that take minutes, killed one after the other: `make test-killed`.

A first run of a stack of its own, with a cache of its own, is killed in each long stage; every next run goes on from
what it finds. The last one ends well, and one more changes nothing. This takes as long as a first run does. Base images
that the engine has already are not built again and so can not be killed.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support import ports
from tests.support.ansible import ROOT, Inventory
from tests.support.killing import killed_play
from tests.support.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "wealth-killed"
# beginnings of task names, and how many seconds into the task the kill comes
MOMENTS = [
    ("[toolchain : Build | Compile", 20),
    ("[base_images : Image | Say what takes long", 15),
    ("[cluster : Create | ", 5),
    ("[cluster : Create | ", 25),
    ("[images : Build | Build ", 15),
    ("[images : Load | Bring them into the node", 3),
    ("[database : Release | Install or upgrade", 3),
    ("[release : Deploy | Install or upgrade", 4),
]


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    folder = tmp_path_factory.mktemp("killed")
    settings = {
        "stack_name": NAME,
        "stack_namespace": NAME,
        "stack_http_port": ports.free(),
        "stack_state_dir": str(folder / "state"),
        "stack_cache_dir": str(ROOT / ".artifacts" / "cache-of-killed-runs"),
    }
    made = Inventory.make(folder / "inventory", settings)
    yield made
    made.play("playbooks/destroy-stack.yml")
    shutil.rmtree(ROOT / ".artifacts" / "cache-of-killed-runs", ignore_errors=True)


@pytest.mark.parametrize(("task", "after"), MOMENTS)
def test_run_is_killed(task: str, after: float, inventory: Inventory) -> None:
    printed, killed = killed_play(inventory, "site.yml", at=task, after=after, timeout=3600)
    if not killed:
        assert "failed=0" in printed, printed
        pytest.skip(f"not run: nothing was left to do in {task}")


def test_last_run_ends_well(inventory: Inventory) -> None:
    run = inventory.play("site.yml", timeout=5400)
    assert run.code == 0, run.output
    with Stack.of(inventory).visitor() as visitor:
        visitor.sign_up()
        assert visitor.ask("How much did I spend this month?")["tool_calls"]
    again = inventory.play("site.yml")
    assert (again.code, again.changed) == (0, 0), again.changed_tasks
