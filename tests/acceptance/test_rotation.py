"""US4: `make rotate` under load: nothing fails, only what uses the secret restarts, the old value is refused."""

from __future__ import annotations

import subprocess
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import yaml
from pydantic import SecretStr

from tests.support.ansible import ROOT
from tests.support.killing import killed_play
from tests.support.load import steady_load
from wealth_core.tokens import mint_tool_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.ansible import Run
    from tests.support.stack import Stack

PLAYBOOK = "playbooks/rotate-secrets.yml"
# answers a second, on a machine that has other work besides; an idle one gives five and more
MOST_SELDOM = 2
# the database's own user, over TCP and with a password, as the services come
SIGN_IN = (
    'read -r PGPASSWORD; export PGPASSWORD; exec psql --host=127.0.0.1 --username="$1" --command="SELECT 1" wealth'
)
# a list of tools, for a token on the standard input
CALL_TOOLS = """
import json, sys, urllib.error, urllib.request
request = urllib.request.Request(
    "http://mcp-server:8001/mcp",
    json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode(),
    {"Authorization": "Bearer " + sys.stdin.read(), "Content-Type": "application/json",
     "Accept": "application/json, text/event-stream"},
)
try:
    print(urllib.request.urlopen(request, timeout=10).status)
except urllib.error.HTTPError as error:
    print(error.code)
"""


def into_pod(stack: Stack, given: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a pod with something secret on its standard input."""
    words = [*stack.kubectl_line.split(), "exec", "--stdin", *command]
    return subprocess.run(words, input=given, capture_output=True, text=True, check=False)


def opens_the_database(stack: Stack, login: str, password: str) -> bool:
    return into_pod(stack, f"{password}\n", "database-0", "--", "sh", "-c", SIGN_IN, "sh", login).returncode == 0


def opens_the_tools(stack: Stack, key: str) -> bool:
    token = mint_tool_token(uuid.uuid4(), SecretStr(key))
    answer = into_pod(stack, token, "deploy/spending", "--", "/opt/venv/bin/python", "-c", CALL_TOOLS)
    assert answer.stdout.strip() in {"200", "401"}, answer.stdout + answer.stderr
    return answer.stdout.strip() == "200"


@dataclass(frozen=True)
class Rotation:
    key: str
    restarted: set[str]
    # what tells that a value counts
    opens: Callable[[Stack, dict[str, str]], bool]


def owner_signs_in(stack: Stack, values: dict[str, str]) -> bool:
    return opens_the_database(stack, "wealth_owner", values["vault_database_owner_password"])


def tools_open(stack: Stack, values: dict[str, str]) -> bool:
    return opens_the_tools(stack, values["vault_mcp_token_key"])


ROTATIONS = [
    Rotation("vault_database_owner_password", set(), owner_signs_in),
    Rotation("vault_mcp_token_key", {"backend", "mcp-server"}, tools_open),
]


@pytest.mark.parametrize("rotation", ROTATIONS, ids=lambda rotation: rotation.key)
def test_rotation_loses_nothing_and_ends_the_old_value(
    rotation: Rotation, stack: Stack, play: Callable[..., Run], vault: Callable[[], dict[str, str]]
) -> None:
    old, before = vault(), stack.pod_uids()
    assert rotation.opens(stack, old)

    with steady_load(stack) as load:
        # as talkative as can be: the canary test looks into what this printed
        run = play(PLAYBOOK, "-e", f"rotation_key={rotation.key}", "-vvvv", "--diff")

    assert run.code == 0, run.output[-4000:]
    assert load.failures == []
    assert load.rate >= MOST_SELDOM
    after, new = stack.pod_uids(), vault()
    # an autoscaler may have added pods meanwhile: restarted is what kept none of its pods
    assert {name for name in after if not after[name] & before[name]} == rotation.restarted
    assert new[rotation.key] != old[rotation.key]
    assert rotation.opens(stack, new)
    assert not rotation.opens(stack, old)
    assert [key for key, value in new.items() if value and key.endswith(("_previous", "_rotation"))] == []


def test_sessions_outlive_their_key_until_it_is_finished(
    stack: Stack, play: Callable[..., Run], vault: Callable[[], dict[str, str]]
) -> None:
    before = stack.pod_uids()
    vault()
    arguments = ("-e", "rotation_key=vault_jwt_key")
    with stack.visitor() as visitor, stack.visitor() as late:
        late.sign_up()
        visitor.sign_up()
        with steady_load(stack) as load:
            run = play(PLAYBOOK, *arguments, "-vvvv", "--diff")
        assert run.code == 0, run.output[-4000:]
        assert load.failures == []
        assert load.rate >= MOST_SELDOM
        after = stack.pod_uids()
        assert {name for name in after if not after[name] & before[name]} == {"backend"}
        for one in (visitor, late):
            assert one.get("/api/v1/auth/me").status_code == 200
        # who comes back before the end goes on with a token of the new key
        assert visitor.post("/api/v1/auth/refresh").status_code == 200

        with steady_load(stack) as load:
            run = play(PLAYBOOK, *arguments, "-e", "rotation_finish=true")
        assert run.code == 0, run.output[-4000:]
        assert load.failures == []
        assert visitor.get("/api/v1/auth/me").status_code == 200
        assert late.get("/api/v1/auth/me").status_code == 401
        assert late.post("/api/v1/auth/refresh").status_code == 401
        assert late.sign_in().status_code == 200


def test_killed_rotation_is_finished_by_the_next_one(
    stack: Stack, play: Callable[..., Run], vault: Callable[[], dict[str, str]]
) -> None:
    key = "vault_database_mcp_password"
    old, before = vault(), stack.pod_uids()
    with steady_load(stack) as load:
        printed, killed = killed_play(
            stack.inventory,
            PLAYBOOK,
            "-e",
            f"rotation_key={key}",
            at="Deploy | Install or upgrade the release",
            after=2,
        )
        assert killed, printed
        assert vault()["vault_rotation"] == f"{key} introduce"
        other = play(PLAYBOOK, "-e", "rotation_key=vault_jwt_key")
        assert other.code != 0
        assert f"The rotation of {key} was interrupted: finish it first" in other.text
        again = play(PLAYBOOK, "-e", f"rotation_key={key}")

    assert again.code == 0, again.output[-4000:]
    assert load.failures == []
    new = vault()
    # the value that the first run had made
    assert new[key] not in printed
    assert new[key] != old[key]
    assert opens_the_database(stack, new.get("vault_database_mcp_login") or "wealth_mcp", new[key])
    assert not opens_the_database(stack, old.get("vault_database_mcp_login") or "wealth_mcp", old[key])
    assert not new["vault_rotation"]
    after = stack.pod_uids()
    assert {name for name in after if not after[name] & before[name]} == {"mcp-server"}


def test_nothing_is_left_to_do(stack: Stack) -> None:
    run = stack.inventory.play("site.yml", "--tags=secrets,database,release")
    assert (run.code, run.changed) == (0, 0), run.changed_tasks


def make(stack: Stack, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", *words, f"INVENTORY={stack.inventory.folder.name}"]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def test_without_a_key_all_are_listed(stack: Stack) -> None:
    listed = make(stack, "rotate")
    keys = yaml.safe_load((ROOT / "roles" / "rotation" / "vars" / "main.yml").read_text())["__rotation_keys"]
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(keys)


@pytest.mark.spec("US4")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("KEY=vault_jwt",), "There is no key 'vault_jwt' to rotate: choose of vault_jwt_key,"),
        (("KEY=vault_gemini_api_key",), "vault_gemini_api_key gets a value of yours: type it when you are asked"),
        (("KEY=vault_gemini_api_key", "FILE=/dev/null"), "vault_gemini_api_key gets a value of yours"),
        (("KEY=vault_database_url",), "The database is embedded and has no URL"),
        (("KEY=vault_mcp_token_key", "FINISH=1"), "has no value before that still counts: there is nothing to finish"),
    ],
)
def test_misuse_is_one_sentence_and_changes_nothing(words: tuple[str, ...], sentence: str, stack: Stack) -> None:
    before = stack.inventory.vault.read_bytes()
    refused = make(stack, "rotate", *words)
    assert refused.returncode != 0
    assert sentence in " ".join(refused.stdout.split())
    assert stack.inventory.vault.read_bytes() == before
