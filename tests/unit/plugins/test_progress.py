"""The callback that says which task still runs."""

import time
from types import ModuleType, SimpleNamespace

import pytest


def test_only_what_takes_long_is_said_and_then_again(
    progress: ModuleType, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY_S", 2)
    callback = progress.CallbackModule()
    callback.v2_playbook_on_start(SimpleNamespace())
    for name, seconds in (("Be quick", 0.5), ("Build it", 5.5)):
        callback.v2_playbook_on_task_start(SimpleNamespace(get_name=lambda name=name: name), is_conditional=False)
        time.sleep(seconds)
    callback.v2_playbook_on_stats(SimpleNamespace())
    time.sleep(2.5)
    said = capfd.readouterr().err.splitlines()
    assert said == ["still: Build it (2 s)", "still: Build it (4 s)"]
