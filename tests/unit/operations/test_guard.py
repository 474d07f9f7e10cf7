"""What a model's commands may be."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from operations.guard import REFUSED, allowed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "command",
    [
        "kubectl get pods -o wide",
        "kubectl get pods -l app.kubernetes.io/component=backend -n wealth",
        "kubectl describe deployment backend",
        "kubectl logs deploy/backend --tail=20 --previous",
        "kubectl top pods",
        "kubectl rollout status deployment/backend",
        "kubectl get pods -o jsonpath='.items[*].metadata.name'",
    ],
)
def test_reading_is_let_through(command: str) -> None:
    assert allowed(command, may_restart=False)[0] == "kubectl"


def test_a_restart_only_where_it_was_asked_for() -> None:
    command = "kubectl rollout restart deployment/backend"
    assert allowed(command, may_restart=True) == command.split()
    with pytest.raises(ValueError, match="rollout history, status"):
        allowed(command, may_restart=False)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "kubectl",
        "bash -c id",
        "cat /etc/passwd",
        "kubectl get pods; id",
        "kubectl get pods && id",
        "kubectl get pods | sh",
        "kubectl get pods > file",
        "kubectl get $(id)",
        "kubectl get `id`",
        "kubectl get ${HOME}",
        "kubectl get pods\nid",
        "kubectl get secrets",
        "kubectl get pods,secrets",
        "kubectl get secret/backend-secrets",
        "kubectl describe Secret backend-secrets",
        "kubectl delete pods --all",
        "kubectl exec backend -- id",
        "kubectl apply -f x",
        "kubectl scale deployment/backend --replicas=0",
        "kubectl rollout undo deployment/backend",
        "kubectl -n wealth get pods",
        "kubectl config view",
        "kubectl get pods --kubeconfig=/other",
        "kubectl get pods --kubeconfig /other",
        "kubectl get pods --server=https://elsewhere",
        "kubectl get pods -s https://elsewhere",
        "kubectl get pods --token=x",
        "kubectl get pods --as=admin",
        "kubectl get -f /etc/passwd",
        "kubectl get -k .",
        "kubectl get --raw /api/v1/secrets",
        "kubectl get pods -w",
        "kubectl logs -f backend",
        "kubectl get pods -o go-template-file=/etc/passwd",
        "kubectl get pods 'unclosed",
    ],
)
def test_all_else_is_refused(command: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        allowed(command, may_restart=True)


def test_it_runs_what_it_lets_through_without_the_key(tmp_path: Path) -> None:
    kubectl = tmp_path / "kubectl"
    kubectl.write_text('#!/bin/sh\necho "ran $* with key ${GEMINI_API_KEY:-none}"\n')
    kubectl.chmod(0o755)
    run_it = f"guard.main(sys.argv[1:], {str(kubectl)!r}, may_restart=False)"
    code = f"import sys; from operations import guard; sys.exit({run_it})"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {"GEMINI_API_KEY": "a-key", "PYTHONPATH": "."}
        command = [sys.executable, "-c", code, *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run("-c", "kubectl get pods").stdout == "ran get pods with key none\n"
    refused = run("-c", "id")
    assert (refused.returncode, refused.stdout) == (REFUSED, "")
    assert refused.stderr.startswith("refused: ")
    assert run("script").returncode == REFUSED
