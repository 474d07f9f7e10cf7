"""A process that hangs is ended: stopped, stuck in Python, or stuck with the interpreter's lock held."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.services import environment, free_port

PATIENCE_S = 1.5
GUARD = "import sys; from wealth_agents.watchdog import guard; sys.exit(guard('-c', sys.argv[1]))"
WATCHED = f"""
import asyncio, os, re, signal, sys, time
from wealth_agents.heartbeat import signs_of_life

async def main():
    async with signs_of_life({PATIENCE_S}):
        await asyncio.sleep(0.2)
        print("alive", flush=True)
        {{}}

asyncio.run(main())
"""
HANGS = {
    "blocked": "time.sleep(60)",
    "busy": "exec('while True: pass')",
    "holding the lock": "re.match(r'(a+)+$', 'a' * 60 + 'b')",
    "stopped": "os.kill(os.getpid(), signal.SIGSTOP)",
}


def guarded(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", GUARD, WATCHED.format(code)], env=environment(), stdout=subprocess.PIPE, text=True
    )


@contextlib.contextmanager
def running(code: str):
    process = guarded(code)
    try:
        assert process.stdout.readline() == "alive\n"
        yield process, int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text())
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.spec("SC-005")
def test_what_hangs_is_ended_and_the_log_says_where():
    started = {name: guarded(code) for name, code in HANGS.items()}
    for name, process in started.items():
        output, _ = process.communicate(timeout=40)
        assert process.returncode == 70, name
        line = json.loads(output.splitlines()[-1])
        assert line["message"] == "the event loop hangs; ending the process"
        assert line["level"] == "CRITICAL"
        assert ('File "<string>"' in line["stack"]) == (name != "stopped"), name


def test_what_lives_is_left_alone_and_gets_the_signals():
    with running("await asyncio.sleep(60)") as (process, _):
        time.sleep(2 * PATIENCE_S)
        assert process.poll() is None
        process.terminate()
        assert process.wait(10) == 128 + signal.SIGTERM


def test_a_process_that_was_frozen_as_a_whole_and_thaws_is_left_alone():
    with running("await asyncio.sleep(60)") as (process, child):
        for number in (child, process.pid):
            os.kill(number, signal.SIGSTOP)
        time.sleep(2 * PATIENCE_S)
        os.kill(process.pid, signal.SIGCONT)
        time.sleep(0.3)  # the watchdog wakes to find its time up
        os.kill(child, signal.SIGCONT)
        time.sleep(PATIENCE_S)
        assert process.poll() is None


def test_the_exit_code_is_handed_on():
    assert guarded("sys.exit(3)").wait(20) == 3


def test_without_its_watchdog_the_process_ends():
    with running("await asyncio.sleep(60)") as (process, child):
        process.kill()
        process.wait()
        deadline = time.monotonic() + 10
        while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text().split()[2]:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_an_agent_ends_in_peace():
    process = subprocess.Popen(
        [sys.executable, "-m", "wealth_agents"],
        env=environment(AGENT_NAME="coordinator", PORT=free_port()),
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if "startup complete" in json.loads(line)["message"]:
            break
    process.terminate()
    output, _ = process.communicate(timeout=20)
    assert all(json.loads(line) for line in output.splitlines())
    assert process.returncode in {0, 128 + signal.SIGTERM}


def test_requests_still_arrive_for_a_while_where_a_pod_can_not_be_given_a_pre_stop():
    process = subprocess.Popen(
        [sys.executable, "-c", GUARD, WATCHED.format("await asyncio.sleep(60)")],
        env=environment(DRAIN_S="2"),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "alive\n"
    process.terminate()
    asked = time.monotonic()
    assert process.wait(10) == 128 + signal.SIGTERM
    assert 1.9 < time.monotonic() - asked < 5
    process.stdout.close()
