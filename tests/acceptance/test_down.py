"""`make down` leaves the cache and the vault, and nothing else. Runs last: the stack is gone afterwards."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.ansible import ROOT, environment

if TYPE_CHECKING:
    from tests.support.stack import Stack


@dataclass(frozen=True)
class Taken:
    stack: Stack
    code: int
    output: str
    cache_before: set[str]
    volumes_before: list[str]


def cached(stack: Stack) -> set[str]:
    """The kept programs and Debian roots, two levels deep; the note of a running engine goes with the engine."""
    return {str(path) for path in stack.cache.glob("*/*") if path.name != "engine.pid"}


def make_down() -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", "down", "INVENTORY=ci"]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def taken(stack: Stack) -> Taken:
    before, volumes = cached(stack), engine_lists("volume", "ls", "--quiet")
    finished = make_down()
    return Taken(stack, finished.returncode, finished.stdout + finished.stderr, before, volumes)


def engine_lists(*words: str) -> list[str]:
    """Nothing when the engine was stopped with the stack."""
    return subprocess.run(["docker", *words], capture_output=True, text=True, check=False).stdout.split()


def test_it_ends_well(taken: Taken) -> None:
    assert taken.code == 0, taken.output


def test_no_container_volume_or_network_is_left(taken: Taken) -> None:
    names = engine_lists("ps", "--all", "--format", "{{.Names}}")
    assert [name for name in names if taken.stack.name in name] == []
    volumes = set(engine_lists("volume", "ls", "--quiet"))
    assert volumes <= set(taken.volumes_before)
    assert len(volumes) < len(taken.volumes_before) or not volumes


def test_no_process_is_left(taken: Taken) -> None:
    commands = [path.read_bytes().replace(b"\0", b" ").decode() for path in Path("/proc").glob("[0-9]*/cmdline")]
    assert [command for command in commands if str(taken.stack.state) in command or taken.stack.node in command] == []


def test_no_state_is_left(taken: Taken) -> None:
    assert not taken.stack.state.exists()


def test_the_port_is_free(taken: Taken) -> None:
    port = taken.stack.url.rsplit(":", 1)[1]
    listening = Path("/proc/net/tcp").read_text()
    assert f":{int(port):04X} 00000000:0000 0A" not in listening


def test_cache_and_vault_are_kept(taken: Taken) -> None:
    assert taken.cache_before <= cached(taken.stack)
    assert taken.stack.inventory.vault.exists()
    assert taken.stack.inventory.password_file.exists()


def test_taking_down_what_is_down_changes_nothing(taken: Taken) -> None:
    again = make_down()
    assert again.returncode == 0, again.stdout + again.stderr
    assert "changed=0" in again.stdout
