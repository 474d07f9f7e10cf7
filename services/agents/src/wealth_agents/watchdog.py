"""Ends a process that hangs: not every place that runs agents has a liveness probe to do it.

The agent is a child of the process that the container starts. Its event loop keeps writing to a pipe how long the
parent may wait for the next such line (see heartbeat). A parent can end what a thread within can't: a process that is
stopped, or whose interpreter lock is held.
"""

import os
import select
import signal
import sys

PIPE = "WATCHDOG_PIPE"
DRAIN = "DRAIN_S"
_PAUSE_S = 1.0
_AT_ONCE_S = 1e-6  # 0 would stop the timer
_START_S = 120.0  # what the chart's startup probe allows
_DUMP_BYTES = 16 * 1024
_HUNG = 70  # EX_SOFTWARE


def guard(*arguments: str) -> int:
    """Runs Python with these arguments until it ends or hangs; hands signals on. Returns the exit code.

    Where a pod can't be given a preStop, DRAIN_S is how many seconds SIGTERM is held back: requests still arrive until
    every node knows that the pod is going.
    """
    life, pipe = os.pipe()
    os.set_inheritable(pipe, True)  # noqa: FBT003 - the standard library's signature
    child = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ | {PIPE: str(pipe)})
    os.close(pipe)
    signal.signal(signal.SIGINT, lambda received, _: os.kill(child, received))
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGTERM))
    drain = max(float(os.environ.get(DRAIN, "0")), _AT_ONCE_S)
    signal.signal(signal.SIGTERM, lambda *_: signal.setitimer(signal.ITIMER_REAL, drain))
    patience = _START_S
    while (said := _read(life, patience)) != b"":
        if said is None:
            # The child gets a moment more, in which it also says where it is: a container that was frozen as a whole
            # finds the time to be up although the child never had a chance.
            os.kill(child, signal.SIGUSR1)
            said = _last_words(life)
        beats = [line for line in said.split(b"\n") if _is_beat(line)]
        if not beats:
            _report(patience, said.decode(errors="replace"))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return _HUNG
        patience = float(beats[-1])
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code if code >= 0 else 128 - code


def _read(pipe: int, patience: float) -> bytes | None:
    """What the child says; empty when it has ended, None when it stays silent."""
    return os.read(pipe, _DUMP_BYTES) if select.select([pipe], [], [], patience)[0] else None


def _last_words(pipe: int) -> bytes:
    words = b""
    while said := _read(pipe, _PAUSE_S):
        words += said
        if any(map(_is_beat, words.split(b"\n"))):
            break
    return words


def _is_beat(line: bytes) -> bool:
    return line.replace(b".", b"", 1).isdigit()


def _report(patience: float, stack: str) -> None:
    # This process stays small: what it needs at its end only, it loads then.
    import json  # noqa: PLC0415
    from datetime import UTC, datetime  # noqa: PLC0415

    # One line, as wealth_core.telemetry writes it, without loading it.
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "level": "CRITICAL",
        "service": os.environ.get("AGENT_NAME", "agents"),
        "logger": __name__,
        "message": "the event loop hangs; ending the process",
        "trace_id": None,
        "span_id": None,
        "seconds": patience,
        "stack": stack,
    }
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()
