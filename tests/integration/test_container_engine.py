"""The container engine's whole life: Debian's real one, in a mount and network namespace of its own."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.ansible import ROOT, Inventory, Run, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAY = """
- hosts: localhost
  gather_facts: false
  environment: "{{{{ stack_environment }}}}"
  tasks:
    - name: The role
      ansible.builtin.include_role: {{name: container_engine, tasks_from: {entry}}}
"""
NAMESPACE = "mount -t tmpfs tmpfs /run && ip link set lo up && echo ready && exec sleep 3600"

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("dockerd", path="/usr/sbin:/usr/bin"),
    reason="not run: needs root and Debian's docker.io",
)


def lacks_sys_resource() -> bool:
    bounding = re.search(r"CapBnd:\s+(\w+)", Path("/proc/self/status").read_text())
    assert bounding
    return not int(bounding[1], 16) & 1 << 24


def sleeping_image() -> bytes:
    """A root with nothing but `sleep` and its libraries."""
    needed = subprocess.run(["ldd", "/bin/sleep"], capture_output=True, text=True, check=True).stdout
    libraries = re.findall(r"(/\S+) \(0x", needed)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", dereference=True) as archive:
        for path in ["/bin/sleep", *libraries]:
            archive.add(path)
    return buffer.getvalue()


@dataclass(frozen=True)
class Machine:
    """A machine without an engine: one that runs outside is neither seen nor touched."""

    folder: Path
    inventory: Inventory
    enter: list[str]

    def run(self, *command: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*self.enter, *command],
            env=environment(),
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )

    def play(self, entry: str, *arguments: str) -> Run:
        began = time.monotonic()
        playbook = self.folder / f"{entry}.yml"
        playbook.write_text(PLAY.format(entry=entry))
        done = self.run(*self.inventory.command(str(playbook), *arguments))
        return Run(done.returncode, done.stdout.decode(), time.monotonic() - began)

    @property
    def record(self) -> Path:
        return self.folder / "engine" / "engine.pid"

    @property
    def engine(self) -> int:
        return int(self.record.read_text())

    @property
    def answers(self) -> bool:
        return self.run("docker", "info").returncode == 0


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    settings = {
        "stack_name": "wealth-engine",
        "stack_state_dir": str(tmp_path / "state"),
        "container_engine_data_dir": str(tmp_path / "engine"),
    }
    holder = subprocess.Popen(["unshare", "--mount", "--net", "sh", "-c", NAMESPACE], stdout=subprocess.PIPE)
    assert holder.stdout
    assert holder.stdout.readline() == b"ready\n"
    try:
        machine = Machine(
            tmp_path,
            Inventory.make(tmp_path / "inventory", settings),
            ["nsenter", f"--target={holder.pid}", "--mount", "--net", f"--wd={ROOT}"],
        )
        yield machine
        # what a test that failed half-way left running
        pidfile = machine.run("cat", "/run/docker.pid")
        if pidfile.returncode == 0:
            os.kill(int(pidfile.stdout), signal.SIGTERM)
            time.sleep(5)
    finally:
        holder.kill()
        holder.wait()


def test_an_engine_is_started_once_survives_a_crash_and_is_stopped_when_nothing_uses_it(machine: Machine) -> None:
    dry = machine.play("main", "--check")
    assert dry.code == 0, dry.output
    assert "A real run would start the Docker engine." in dry.text
    assert not machine.record.exists()

    first = machine.play("main")
    assert first.code == 0, first.output
    assert machine.answers
    assert Path(f"/proc/{machine.engine}/comm").read_text() == "dockerd\n"
    runtime = machine.run("docker", "info", "--format", "{{.DefaultRuntime}}").stdout.decode().strip()
    assert runtime == ("reduced-caps" if lacks_sys_resource() else "runc")

    again = machine.play("main")
    assert again.code == 0, again.output
    assert again.changed == 0, again.changed_tasks

    crashed = machine.engine
    os.kill(crashed, signal.SIGKILL)
    repaired = machine.play("main")
    assert repaired.code == 0, repaired.output
    assert machine.answers
    assert machine.engine != crashed

    assert machine.run("docker", "import", "-", "sleeping", stdin=sleeping_image()).returncode == 0
    started = machine.run(
        "docker", "run", "-d", "--privileged", "--network=none", "--name=busy", "sleeping", "/bin/sleep", "600"
    )
    assert started.returncode == 0, started.stdout
    used = machine.play("absent")
    assert used.code == 0, used.output
    assert "is left running, because of the containers busy" in used.text
    assert machine.answers

    machine.run("docker", "rename", "busy", "wealth-engine-control-plane")
    os.kill(machine.engine, signal.SIGKILL)
    revived = machine.play("revive")
    assert revived.code == 0, revived.output
    assert "wealth-engine-control-plane" in machine.run("docker", "ps", "--all").stdout.decode()

    machine.run("docker", "rm", "--force", "wealth-engine-control-plane")
    dry = machine.play("absent", "--check")
    assert dry.code == 0, dry.output
    assert "A real run would stop the container engine" in dry.text
    assert machine.answers

    stopped = machine.play("absent")
    assert stopped.code == 0, stopped.output
    assert not machine.answers
    assert not machine.record.exists()
    over = machine.play("absent")
    assert over.code == 0, over.output
    assert over.changed == 0, over.changed_tasks
    nothing_waits = machine.play("revive")
    assert nothing_waits.code == 0, nothing_waits.output
    assert not machine.answers


def test_the_engine_of_somebody_else_is_judged_and_left_alone(machine: Machine) -> None:
    with (machine.folder / "dockerd.log").open("wb") as log:
        command = [*machine.enter, "dockerd", f"--data-root={machine.folder / 'other'}"]
        other = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        for _ in range(120):
            if machine.answers:
                break
            time.sleep(0.5)

        judged = machine.play("main")
        if lacks_sys_resource():
            assert judged.code != 0
            assert "lacks the capability CAP_SYS_RESOURCE, and its Docker engine, which runs already" in judged.text
            assert "--default-runtime reduced-caps" in judged.text
        else:
            assert judged.code == 0, judged.output
            assert judged.changed == 0, judged.changed_tasks
        assert not machine.record.exists()

        left = machine.play("absent")
        assert left.code == 0, left.output
        assert machine.answers
    finally:
        other.terminate()
        other.wait()
