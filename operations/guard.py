"""Stands in for the shell of kubectl-ai, which runs every command of the model as `bash -c COMMAND`.

It is no shell: one kubectl command that reads, or restarts a Deployment where that was asked for, is run; anything else
is refused. So a model that obeys what it found in a log can not run programs, read files or speak to another cluster.
"""

from __future__ import annotations

import os
import re
import shlex
import sys

READING = {"get", "describe", "logs", "top", "events", "explain", "api-resources", "version"}
ROLLOUT = {"status", "history"}
# They would read files, sign in as somebody else, speak to another cluster, or never end.
_REFUSED_OPTIONS = re.compile(
    r"--(?:kubeconfig|server|token|as|as-group|as-uid|user|username|password|cluster|context|certificate-authority|client-\w+"
    r"|insecure-\S+|tls-server-name|cache-dir|profile\S*|filename|kustomize|raw|template|follow|watch\S*|log\S*)(?:=|$)"
    r"|-[a-zA-Z]*[fskwR](?:=|$)|.*-file(?:=|$)"
)
_SHELL = re.compile(r"[;&|<>`$\n\\(){}]")
_SECRET = re.compile(r"secrets?(?:[./,]|$)", re.IGNORECASE)
REFUSED = 126


def allowed(command: str, *, may_restart: bool) -> list[str]:
    """The words of a command that may be run.

    Raises:
        ValueError: it may not; says why.
    """
    if _SHELL.search(command):
        raise ValueError("one kubectl command without pipes, redirections or variables")
    words = shlex.split(command)
    if words[:1] != ["kubectl"] or not words[1:]:
        raise ValueError("only kubectl can be run")
    verb, *rest = words[1:]
    rollout = ROLLOUT | ({"restart"} if may_restart else set())
    if verb not in READING and not (verb == "rollout" and rest and rest[0] in rollout):
        raise ValueError(
            f"only {', '.join(sorted(READING))}, and rollout {', '.join(sorted(rollout))}; the verb comes first"
        )
    if refused := next((word for word in rest if _REFUSED_OPTIONS.match(word)), None):
        raise ValueError(f"not with {refused}")
    if any(_SECRET.match(part) for word in rest for part in word.split(",")):
        raise ValueError("Secrets are not read")
    return words


def main(arguments: list[str], kubectl: str, *, may_restart: bool) -> int:
    """`bash -c COMMAND`: returns only where the command is refused."""
    try:
        words = allowed(" ".join(arguments[1:]) if arguments[:1] == ["-c"] else "", may_restart=may_restart)
    except ValueError as error:
        print(f"refused: {error}", file=sys.stderr)
        return REFUSED
    # the model's key is nothing for what it runs
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_API_KEY")}
    os.execve(kubectl, words, environment)  # noqa: S606 - the words are checked, and there is no shell
    return REFUSED
