"""Ends a run as a power cut or the kernel does: with everything that it started, and no chance to clean up."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

from tests.support.ansible import ROOT, Inventory, environment


def descendants(process: int) -> list[int]:
    found = [process]
    for parent in found:
        for listing in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in listing.read_text().split()]
            except OSError:  # it ended meanwhile
                continue
    return found


def kill_tree(process: int) -> None:
    """Stopped first, so that none of them starts another meanwhile."""
    tree = descendants(process)
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for member in tree:
            try:
                os.kill(member, number)
            except ProcessLookupError:
                continue
        tree = sorted({*tree, *descendants(process)})


def killed_play(
    inventory: Inventory,
    playbook: str,
    *arguments: str,
    at: str,
    after: float = 0,
    timeout: float = 900,
) -> tuple[str, bool]:
    """Starts a run and kills it `after` seconds into the first task whose name holds `at` and that is not skipped.

    Gives what it printed, and whether it was killed: it may have ended before.
    """
    running = subprocess.Popen(
        inventory.command(playbook, *arguments),
        cwd=ROOT,
        # a task is named when it begins only where skipped ones are shown too; otherwise together with its result
        env=environment({"PYTHONUNBUFFERED": "1", "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "true"}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    reached = threading.Event()
    printed: list[str] = []

    def read() -> None:
        assert running.stdout
        here = False
        for line in running.stdout:
            printed.append(line)
            if line.startswith("TASK ["):
                here = at in line and not reached.is_set()
                if here:
                    reached.set()
            elif here and line.startswith("skipping: "):
                reached.clear()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    deadline = time.monotonic() + timeout
    since = time.monotonic()
    while running.poll() is None and not (reached.is_set() and time.monotonic() - since >= after):
        assert time.monotonic() < deadline, f"the run did not come to the task {at!r} in time"
        time.sleep(0.02)
        if not reached.is_set():
            since = time.monotonic()
    killed = running.poll() is None
    if killed:
        kill_tree(running.pid)
    running.wait()
    reader.join(timeout=5)
    return "".join(printed), killed
