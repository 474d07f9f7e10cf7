"""Says every ten seconds which task is still running: a wait never looks like a hang."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING, Any

from ansible.plugins.callback import CallbackBase

if TYPE_CHECKING:
    from ansible.playbook.task import Task

DOCUMENTATION = """
name: progress
type: notification
short_description: says on the standard error which task is still running
description:
  - While a task takes longer than ten seconds, a line tells its name and how long it has taken, every ten seconds.
"""

EVERY_S = 10


class CallbackModule(CallbackBase):  # type: ignore[misc]  # Ansible tells no types
    """Beside the callback that prints results. What it says goes to the standard error in one write a line."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "progress"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._under_way: tuple[str, float] | None = None
        self._over = threading.Event()

    def v2_playbook_on_start(self, *_: object) -> None:
        threading.Thread(target=self._watch, daemon=True).start()

    def v2_playbook_on_task_start(self, task: Task, **_: object) -> None:
        self._under_way = task.get_name(), time.monotonic()

    def v2_playbook_on_stats(self, *_: object) -> None:
        self._over.set()

    def _watch(self) -> None:
        said: tuple[tuple[str, float] | None, int] = None, 0
        while not self._over.wait(1):
            if self._under_way is None:
                continue
            name, since = self._under_way
            seconds = int(time.monotonic() - since) // EVERY_S * EVERY_S
            if seconds and said != ((name, since), seconds):
                said = (name, since), seconds
                # no lock of Python's is taken: Ansible forks at any time
                os.write(2, f"still: {name} ({seconds} s)\n".encode())
