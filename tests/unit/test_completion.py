"""scripts/completion.bash, run by bash as it runs it when Tab is pressed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# what readline does: the words, the last of which is under the cursor, and the function that `complete` was given
TAB = """
source "$1"; shift
function_of_make=$(complete -p make | sed -E 's/.* -F (\\S+) .*/\\1/')
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
"$function_of_make" make "${@: -1}" "${@: -2:1}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(*words: str, folder: Path = ROOT) -> list[str]:
    script = ROOT / "scripts" / "completion.bash"
    shown = subprocess.run(
        ["bash", "--norc", "-c", TAB, "bash", script, "make", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not shown.stderr
    return shown.stdout.split()


def test_targets() -> None:
    assert completed("ro") == ["rotate"]
    assert {"up", "down", "upgrade", "backup", "restore", "logs"} <= set(completed(""))
    assert completed("no-such-target") == []


@pytest.mark.parametrize(
    ("target", "variables"),
    [("rotate", {"KEY=", "FILE=", "FINISH="}), ("restore", {"FILE=", "CONFIRM="}), ("logs", {"SERVICE=", "SINCE="})],
)
def test_variables_of_a_target(target: str, variables: set[str]) -> None:
    assert variables <= set(completed(target, ""))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # bash takes the word apart at the equals sign
        (("rotate", "KEY", "=", "vault_jwt"), ["vault_jwt_key"]),
        (("logs", "SERVICE", "=", "mcp"), ["mcp-server"]),
        (("logs", "SERVICE", "=", "coord"), ["coordinator"]),
        (("restore", "CONFIRM", "="), ["yes"]),
        # zsh does not
        (("rotate", "KEY=vault_jwt"), ["KEY=vault_jwt_key"]),
        (("up", "INVENTORY=lo"), ["INVENTORY=local"]),
        (("backup", "FILE=READ"), ["FILE=README.md"]),
    ],
)
def test_values(words: tuple[str, ...], expected: list[str]) -> None:
    assert completed(*words) == expected


def test_other_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("ours: ## another\n")
    assert completed("o", folder=tmp_path) == []
