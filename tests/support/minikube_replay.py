#!/usr/bin/env python3
"""Stands in for the program minikube: answers each command with what the real one, v1.38.1, was heard to say.

Linked as `minikube` into a folder on PATH. MINIKUBE_REPLAY names a JSON file that maps commands ("status",
"addons list") to {"code", "stdout", "stderr"}; a command that is not in it is an error. Every call is noted, one line
each, in the file beside it that ends in .calls.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

GROUPS = ("profile", "addons")


def command(arguments: list[str]) -> str:
    words = [
        word
        for before, word in zip(["", *arguments], arguments, strict=False)
        if not word.startswith("-") and before != "--profile"
    ]
    return " ".join(words[: 2 if words[0] in GROUPS else 1])


def main() -> int:
    recording = Path(os.environ["MINIKUBE_REPLAY"])
    arguments = sys.argv[1:]
    with recording.with_suffix(".calls").open("a") as calls:
        calls.write(" ".join(arguments) + "\n")
    answer = json.loads(recording.read_text())[command(arguments)]
    sys.stdout.write(answer.get("stdout", ""))
    sys.stderr.write(answer.get("stderr", ""))
    return int(answer.get("code", 0))


if __name__ == "__main__":
    sys.exit(main())
