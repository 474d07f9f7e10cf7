"""Runs kubectl-ai: one question, one answer. It ends in time, and what it says is checked before it is believed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from operations.errors import ModelError
from operations.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from operations.settings import Model, Settings

# Passed on to it: the way out, and whom to trust there.
_PASSED = (
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "https_proxy",
    "http_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "LANG",
)
_KEY_NAMES = {"gemini": "GEMINI_API_KEY", "openai": "OPENAI_API_KEY"}
_URL_NAMES = {"gemini": "GOOGLE_GEMINI_BASE_URL", "openai": "OPENAI_ENDPOINT"}
# It wants one even where the endpoint does not.
_NO_KEY = "none"
_END_S = 2

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_CHATTER = re.compile(r"^\s*(?:Running: .*|Received signal, shutting down.*)$")
# It ends with exit code 0 although there is no answer.
_NO_ANSWER = {
    "Maximum number of iterations": "the model went on looking and came to no answer",
    "Empty response from LLM": "the model gave an empty answer",
    "RunOnce mode cannot handle permission requests": "the model wanted to do what only a person may allow",
}
# What the provider says, and what helps.
_REFUSALS = (
    (r"429|RESOURCE_EXHAUSTED|rate.?limit|quota", "the provider's quota is used up: wait, or raise it"),
    (
        r"\b40[13]\b|API[_ ]key|UNAUTHENTICATED|PERMISSION_DENIED",
        "the provider refuses the key: correct it with `make secrets`",
    ),
    (r"\b404\b|NOT_FOUND|not found", "the provider does not know the model: set kubectl_ai_model to one that it has"),
    (r"\b5\d\d\b|UNAVAILABLE|overloaded|INTERNAL", "the provider has a failure of its own: try again later"),
    (
        r"refused|no such host|timeout|deadline|dial tcp|certificate",
        "the provider can not be reached: see that this machine gets there",
    ),
)


def ask(settings: Settings, model: Model, key: str, prompt: str, *, may_restart: bool = False) -> str:
    """The model's answer to a prompt. The prompt goes in by standard input, the key by the environment.

    Every command of the model goes through `operations.guard`; only with `may_restart` may it be one that changes
    something, and then it is a restart.

    Raises:
        ModelError: there is no answer, or none to believe; says why, and what helps.
    """
    with _place(settings, may_restart=may_restart) as place:
        command = [settings.program, "--quiet", f"--kubeconfig={settings.kubeconfig}"]
        command += [f"--llm-provider={model.provider}", f"--model={model.name}"]
        # asked to allow a restart it would wait for a person; the guard and the ServiceAccount allow nothing else
        command += ["--skip-permissions"] if may_restart else []
        output, errors, code = _run(command, _environment(settings, model, key, place), prompt, model.timeout_s)
    return believed(output, errors, code, key)


def believed(output: str, errors: str, code: int, key: str = "") -> str:
    """The answer in what the program printed.

    Raises:
        ModelError: it is none, whatever the exit code says.
    """
    said = _ANSI.sub("", output)
    answer = "\n".join(line.rstrip() for line in said.splitlines() if not _CHATTER.match(line)).strip()
    for mark, meaning in _NO_ANSWER.items():
        if mark in said or mark in errors:
            raise ModelError(f"{meaning.capitalize()}.")
    if code:
        told = _ANSI.sub("", errors) + said
        if refusal := _refusal(told):
            raise ModelError(refusal)
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        last = (lines or ["it said nothing"])[0]
        raise ModelError(f"kubectl-ai failed ({last.replace(key, '[hidden]') if key else last}).")
    if not answer:
        raise ModelError("The model gave an empty answer.")
    return answer


def _refusal(told: str) -> str:
    """What the provider's refusal means; empty where there is none."""
    found = (meaning for pattern, meaning in _REFUSALS if re.search(pattern, told, re.IGNORECASE))
    meaning = next(found, "")
    return f"{meaning[0].upper()}{meaning[1:]}." if meaning else ""


@contextmanager
def _place(settings: Settings, *, may_restart: bool) -> Iterator[Path]:
    """A folder of its own for one run: kubectl-ai leaves logs, and takes its programs from nowhere else."""
    place = Path(tempfile.mkdtemp(prefix="run-", dir=settings.folder))
    try:
        programs = place / "bin"
        programs.mkdir()
        (programs / "kubectl").symlink_to(settings.kubectl)
        guard = programs / "bash"
        guard.write_text(
            f"#!{sys.executable} -IS\n"
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
            f"from operations.guard import main\n"
            f"sys.exit(main(sys.argv[1:], {str(settings.kubectl)!r}, may_restart={may_restart}))\n"
        )
        guard.chmod(0o700)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _environment(settings: Settings, model: Model, key: str, place: Path) -> dict[str, str]:
    own = {name: os.environ[name] for name in _PASSED if name in os.environ}
    address = {_URL_NAMES[model.provider]: model.base_url} if model.base_url else {}
    return (
        own
        | address
        | {
            "HOME": str(place),
            "TMPDIR": str(place),
            "XDG_CONFIG_HOME": str(settings.folder / "config"),
            "PATH": str(place / "bin"),
            "KUBECONFIG": str(settings.kubeconfig),
            "KUBECACHEDIR": str(settings.folder / "cache"),
            _KEY_NAMES[model.provider]: key or _NO_KEY,
        }
    )


def _run(command: list[str], environment: dict[str, str], prompt: str, timeout_s: float) -> tuple[str, str, int]:
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=environment["HOME"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise ModelError(f"{command[0]} can not be run ({error.strerror}): `make up` installs it again.") from None
    try:
        output, errors = process.communicate(prompt, timeout_s)
    except subprocess.TimeoutExpired:
        _end(process)
        # after a refusal it may hang instead of ending
        told = _ANSI.sub("", "".join(process.communicate()))
        raise ModelError(_refusal(told) or f"The model gave no answer within {timeout_s:.0f} s.") from None
    finally:
        _end(process)
    return output, errors, process.returncode


def _end(process: subprocess.Popen[str]) -> None:
    """Whatever it started ends with it."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(_END_S)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
