"""Commands where there is little or nothing: each says what is missing, and what helps."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from operations.__main__ import main
from operations.answers import Look, answer
from operations.doctor import checks
from operations.findings import examine
from operations.progress import waiting
from operations.settings import Model, Settings, find, read
from operations.vault import model_key, value_of
from tests.support.ansible import encrypt
from tests.unit.operations.objects import pod, snapshot, workload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSWORD = "a password of this test"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Settings]:
    """Writes down a stack as the role does it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    inventory = tmp_path / "inventory"
    inventory.mkdir()

    def make(name: str = "wealth", **changes: object) -> Settings:
        state = tmp_path / "state" / "wealth-companion" / name
        state.mkdir(parents=True)
        written = {
            "inventory": str(inventory),
            "name": name,
            "namespace": name,
            "url": "http://localhost:1",
            "state": str(state),
            "vault": str(inventory / "vault.yml"),
            "vault_password": str(inventory / ".vault-password"),
            "admin_kubeconfig": str(state / "kubeconfig"),
            "context": "",
            "provider": "kind",
            "restart_timeout_s": 10,
            "program": "",
            "model": {"provider": "gemini", "name": "m", "base_url": "", "timeout_s": 5},
        }
        (state / "operations.json").write_text(json.dumps(written | changes))
        settings = read(state / "operations.json")
        assert settings
        return settings

    return make


def vault(settings: Settings, folder: Path) -> None:
    encrypt('vault_gemini_api_key: "abc"\nvault_openai_api_key: ""\n', PASSWORD, settings.vault, folder)
    settings.vault_password.write_text(PASSWORD)
    settings.vault_password.chmod(0o600)


def test_a_stack_is_found_by_its_inventory(made: Callable[..., Settings], tmp_path: Path) -> None:
    settings = made()
    made("other", inventory=str(tmp_path / "elsewhere"))
    assert find(tmp_path / "inventory") == settings
    assert settings.model == Model("gemini", "m", "", 5)
    assert settings.node == "wealth-control-plane"


def test_what_can_not_be_read_is_no_stack(tmp_path: Path) -> None:
    (tmp_path / "operations.json").write_text('{"name": "half')
    assert read(tmp_path / "operations.json") is None
    assert read(tmp_path / "missing.json") is None


def test_an_inventory_that_is_not_there(made: Callable[..., Settings], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--inventory", "no/such/folder", "status"]) == 1
    assert "INVENTORY may be" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["status"], ["health"], ["why", "backend"], ["restart", "backend"], ["ask", "x"]])
def test_without_a_stack(
    command: list[str], made: Callable[..., Settings], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made()
    assert main(["--inventory", str(tmp_path / "inventory"), *command]) == 1
    assert "There is no stack here: bring it up with `make up`." in capsys.readouterr().err


def test_a_question_is_needed(
    made: Callable[..., Settings], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made()
    assert main(["--inventory", str(tmp_path / "inventory"), "ask", " "]) == 1
    assert 'make ask Q="restart the backend"' in capsys.readouterr().err


def test_doctor_without_anything(
    made: Callable[..., Settings], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made()
    assert main(["--inventory", str(tmp_path / "inventory"), "doctor"]) == 1
    said = capsys.readouterr().out
    assert "FAULT vault" in said
    assert "FAULT stack: there is none" in said
    assert said.rstrip().endswith("2 things are wrong; begin with the first.")


def titles(settings: Settings) -> dict[str, str]:
    """What is wrong, by title."""
    return {check.title: f"{check.found} {check.cure}" for check in checks(settings) if not check.well}


def test_doctor_and_the_vault(made: Callable[..., Settings], tmp_path: Path) -> None:
    settings = made(provider="existing")
    vault(settings, tmp_path)
    assert "vault" not in titles(settings)
    settings.vault_password.chmod(0o644)
    assert "chmod 600" in titles(settings)["vault"]
    settings.vault_password.chmod(0o600)
    settings.vault_password.write_text("another")
    assert "its password does not open it" in titles(settings)["vault"]
    settings.vault.write_text("plain: text")
    assert "it is not encrypted" in titles(settings)["vault"]
    settings.vault_password.unlink()
    assert "password file" in titles(settings)["vault"]
    settings.admin_kubeconfig.touch()
    settings.vault.unlink()
    assert "restore it from your copy" in titles(settings)["vault"]


def programs(folder: Path, monkeypatch: pytest.MonkeyPatch, **scripts: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def test_doctor_and_an_engine_that_is_down(
    made: Callable[..., Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = made()
    vault(settings, tmp_path)
    settings.admin_kubeconfig.touch()
    programs(tmp_path / "bin", monkeypatch, docker="echo 'Cannot connect to the Docker daemon' >&2; exit 1")
    found = titles(settings)
    assert list(found) == ["container engine"]
    assert "Cannot connect to the Docker daemon" in found["container engine"]
    programs(tmp_path / "bin", monkeypatch, docker='[ "$1" = info ] && echo 20 || echo exited')
    found = titles(settings)
    assert list(found) == ["node"]
    assert "wealth-control-plane does not run: it is exited" in found["node"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The connection to the server was refused", ("does not answer", "make up")),
        (
            "error: You must be logged in to the server (Unauthorized)",
            ("does not let operations in", "renews the token"),
        ),
    ],
)
def test_doctor_and_a_cluster_that_does_not_answer(
    said: str, told: tuple[str, str], made: Callable[..., Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = made(provider="existing")
    vault(settings, tmp_path)
    settings.admin_kubeconfig.touch()
    settings.folder.mkdir()
    settings.kubeconfig.touch()
    programs(settings.state / "bin", monkeypatch, kubectl=f"echo '{said}' >&2; exit 1")
    (_, found) = titles(settings).popitem()
    for words in told:
        assert words in found


def test_the_key_is_read_from_the_vault(made: Callable[..., Settings], tmp_path: Path) -> None:
    settings = made()
    assert model_key(settings) == ""
    vault(settings, tmp_path)
    assert model_key(settings) == "abc"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('vault_gemini_api_key: "abc.d-e_f"', "abc.d-e_f"),
        ("vault_gemini_api_key: 'abc'  # mine", "abc"),
        ("vault_gemini_api_key: abc", "abc"),
        ('vault_gemini_api_key: ""', ""),
        ("vault_gemini_api_key:", ""),
        ("other: abc", ""),
    ],
)
def test_forms_of_a_value(line: str, value: str) -> None:
    assert value_of(f"first: x\n{line}\nlast: y\n", "vault_gemini_api_key") == value


def test_rules_answer_where_no_model_does(made: Callable[..., Settings]) -> None:
    settings = made(program="/no/such/kubectl-ai")
    settings.folder.mkdir()
    seen = snapshot(workload("backend"), pod("backend-1", "backend", ready=True))
    without = answer(settings, Look(seen, examine(seen), "", "there is no model key"), "what is the cluster health?")
    assert without.text.startswith("The stack is healthy")
    assert (without.model, without.why) == ("", "there is no model key")
    failed = answer(settings, Look(seen, examine(seen), "key", ""), "why is backend failing?", "backend")
    assert failed.text.startswith("Nothing is wrong with backend")
    assert "kubectl-ai gave no answer" in failed.why


def test_a_wait_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with waiting("Looking", every_s=0.05):
        time.sleep(0.2)
    assert capsys.readouterr().err.startswith("Looking (0 s so far)\n")
    with waiting("Looking", every_s=5):
        pass
    assert capsys.readouterr().err == ""
