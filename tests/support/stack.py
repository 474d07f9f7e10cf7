"""A running stack: its settings, its cluster, and people who use it."""

from __future__ import annotations

import json
import secrets
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import yaml

from tests.support.ansible import VENV, Inventory, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

# What Kubernetes itself keeps changing, or names anew each time.
PASSING_KINDS = {
    "events",
    "events.events.k8s.io",
    "endpoints",
    "endpointslices.discovery.k8s.io",
    "leases.coordination.k8s.io",
}
GENERATED_KINDS = {"pods", "pods.metrics.k8s.io", "replicasets.apps", "controllerrevisions.apps", "jobs.batch"}


@dataclass(frozen=True)
class Stack:
    inventory: Inventory
    name: str
    namespace: str
    url: str
    state: Path
    cache: Path
    kubeconfig: Path
    context: str

    @classmethod
    def of(cls, inventory: Inventory) -> Stack:
        name, namespace, url, state, cache = inventory.setting(
            "stack_name", "stack_namespace", "stack_public_url", "stack_state_dir", "stack_cache_dir"
        )
        kubeconfig = Path(state) / "kubeconfig"
        known = yaml.safe_load(kubeconfig.read_text()) if kubeconfig.exists() else {}
        return cls(
            inventory, name, namespace, url, Path(state), Path(cache), kubeconfig, known.get("current-context", "")
        )

    @property
    def python(self) -> str:
        return str(VENV / "python")

    @property
    def kubectl_line(self) -> str:
        return f"{self.state}/bin/kubectl --kubeconfig {self.kubeconfig} --namespace {self.namespace}"

    @property
    def node(self) -> str:
        """The container that is the cluster's node."""
        return self.name if self.context == self.name else f"{self.name}-control-plane"

    @property
    def host_address(self) -> str:
        """Where the node finds this machine."""
        template = "{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}"
        command = ["docker", "inspect", "--format", template, self.node]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    @property
    def database_release(self) -> str:
        return f"{self.name}-database"

    def run(self, program: str, *words: str, check: bool = True) -> str:
        """One of the stack's own programs, on its own cluster."""
        finished = subprocess.run(
            [self.state / "bin" / program, "--kubeconfig", self.kubeconfig, "--namespace", self.namespace, *words],
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert finished.returncode == 0 or not check, finished.stderr
        return finished.stdout

    def kubectl(self, *words: str, check: bool = True) -> str:
        return self.run("kubectl", *words, check=check)

    def helm(self, *words: str, check: bool = True) -> str:
        return self.run("helm", *words, check=check)

    def items(self, kind: str, *words: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.kubectl("get", kind, "--output=json", *words))["items"]
        return found

    def pods(self) -> dict[str, dict[str, Any]]:
        """Those that live, by name."""
        return {
            pod["metadata"]["name"]: pod
            for pod in self.items("pods")
            if pod["status"]["phase"] == "Running" and "deletionTimestamp" not in pod["metadata"]
        }

    def pod_uids(self) -> dict[str, set[str]]:
        """By component."""
        uids: dict[str, set[str]] = {}
        for pod in self.pods().values():
            uids.setdefault(pod["metadata"]["labels"]["app.kubernetes.io/component"], set()).add(pod["metadata"]["uid"])
        return uids

    def images(self) -> dict[str, str]:
        """By component."""
        return {
            pod["metadata"]["labels"]["app.kubernetes.io/component"]: pod["spec"]["containers"][0]["image"]
            for pod in self.pods().values()
        }

    def secret_names(self) -> list[str]:
        selector = "--selector=app.kubernetes.io/managed-by=ansible"
        return [secret["metadata"]["name"] for secret in self.items("secrets", selector)]

    def releases(self) -> dict[str, tuple[str, str]]:
        """Revision and state of every Helm release in the cluster."""
        listed = json.loads(self.helm("list", "--all-namespaces", "--all", "--output=json"))
        return {
            f"{release['namespace']}/{release['name']}": (release["revision"], release["status"]) for release in listed
        }

    def namespaced_kinds(self) -> list[str]:
        listed = self.kubectl("api-resources", "--namespaced", "--verbs=list", "--output=name").split()
        return sorted(set(listed) - PASSING_KINDS)

    def dump(self) -> dict[str, Any]:
        """The namespace as it was asked for: without what the cluster itself adds, counts or names anew."""
        kinds = ",".join(kind for kind in self.namespaced_kinds() if kind not in GENERATED_KINDS)
        return {
            f"{item['kind']}/{item['metadata']['name']}": asked_for(item)
            for item in self.items(kinds)
            if item.get("type") != "helm.sh/release.v1"
        }

    @contextmanager
    def visitor(self) -> Iterator[Visitor]:
        with httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=60) as client:
            visitor = Visitor(client)
            yield visitor
            visitor.leave()


def asked_for(item: dict[str, Any]) -> dict[str, Any]:
    metadata = {key: item["metadata"].get(key) for key in ("name", "namespace", "labels")}
    annotations = {
        key: value
        for key, value in item["metadata"].get("annotations", {}).items()
        if not key.startswith(
            (
                "deployment.kubernetes.io/",
                "autoscaling.alpha.kubernetes.io/",
                "pv.kubernetes.io/",
                "volume.",
                "kubectl.kubernetes.io/",
            )
        )
    }
    content = {key: value for key, value in item.items() if key not in {"metadata", "status"}}
    spec = content.get("spec")
    if isinstance(spec, dict):
        content["spec"] = {
            key: value
            for key, value in spec.items()
            if key not in {"clusterIP", "clusterIPs", "replicas", "volumeName"}
        }
        # somebody restarted it: the mark of that stays until the next release
        template = content["spec"].get("template", {}).get("metadata", {}).get("annotations", {})
        template.pop("kubectl.kubernetes.io/restartedAt", None)
    return {"metadata": metadata | {"annotations": annotations}, **content}


class Visitor:
    """Somebody with a browser, who leaves nothing behind."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self.email = f"test-{secrets.token_hex(8)}@example.org"
        self.password = secrets.token_urlsafe(18)
        self._signed_up = False

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self._client.get(path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self._client.post(path, **options)

    def sign_up(self, **options: Any) -> httpx.Response:
        person = {"email": self.email, "password": self.password, "name": "Ada Example"}
        answer = self.post("/api/v1/auth/sign-up", json=person, **options)
        assert answer.status_code == 201, answer.text
        self._signed_up = True
        return answer

    def sign_in(self) -> httpx.Response:
        self._client.cookies.clear()
        answer = self.post("/api/v1/auth/sign-in", json={"email": self.email, "password": self.password})
        self._signed_up = self._signed_up or answer.is_success
        return answer

    def ask(self, question: str, **options: Any) -> dict[str, Any]:
        answer = self.post("/api/v1/chat", json={"message": question}, **options)
        assert answer.status_code == 200, answer.text
        reply: dict[str, Any] = answer.json()
        return reply

    def leave(self) -> None:
        if self._signed_up:
            self._client.request("DELETE", "/api/v1/auth/me", json={"password": self.password})
