"""A machine or an input that a run could not succeed with: one sentence with cause and cure, and nothing is changed."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.support import ports
from tests.support.ansible import ROOT, Inventory, Run, encrypt
from tests.support.postgresql import server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PASSWORD = "a-password-for-tests"
SECONDS = 120
VAULT = {
    "vault_database_owner_password": "o" * 24,
    "vault_database_backend_password": "b" * 24,
    "vault_database_mcp_password": "m" * 24,
    "vault_jwt_key": "j" * 48,
    "vault_mcp_token_key": "t" * 48,
    "vault_checksum_salt": "s" * 48,
    "vault_gemini_api_key": "",
    "vault_openai_api_key": "",
    "vault_database_url": "",
    "vault_database_direct_url": "",
}


@dataclass
class Host:
    """A machine of its own as far as the run can tell: inventory, vault, state and cache are in one folder."""

    folder: Path
    resources: ExitStack
    arguments: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inventory = Inventory.make(
            self.folder / "inventory",
            {
                "stack_name": f"wealth-{self.folder.name}"[:40],
                "stack_http_port": ports.free(),
                "stack_state_dir": str(self.folder / "state"),
                "stack_cache_dir": str(self.folder / "cache"),
                "artifact_source": "packages",
                "cluster_provider": "kind",
                # the cache is cold, and the disk of the machine that runs the tests is not what they are about
                "preflight_minimum_disk_gib": {"upstream": 1, "packages": 1},
            },
        )

    def extra(self, **settings: object) -> None:
        self.arguments += ["-e", json.dumps(settings)]

    def with_vault(self, password: str = PASSWORD, **values: str) -> None:
        encrypt(yaml.safe_dump(VAULT | values), PASSWORD, self.inventory.vault, self.folder)
        self.inventory.password_file.write_text(f"{password}\n")

    def print_of_everything(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            if path.is_file()
            else "folder"
            for path in sorted(self.folder.rglob("*"))
        }


@dataclass(frozen=True)
class Refusal:
    run: Run
    before: dict[str, str]
    after: dict[str, str]


# ---- the bad hosts: each function makes one; its decorator holds what the sentence has to say ----

CASES: dict[str, tuple[Callable[[Host], None], tuple[str, ...]]] = {}


def refused_with(*says: str) -> Callable[[Callable[[Host], None]], Callable[[Host], None]]:
    def register(arrange: Callable[[Host], None]) -> Callable[[Host], None]:
        CASES[arrange.__name__] = (arrange, says)
        return arrange

    return register


@refused_with("cluster_provider is 'nomad', which is unknown: set it to one of auto, minikube, kind, existing.")
def unknown_provider(host: Host) -> None:
    host.extra(cluster_provider="nomad")


@refused_with("artifact_source is 'floppy', which is unknown: set it to one of auto, upstream, packages.")
def unknown_source(host: Host) -> None:
    host.extra(artifact_source="floppy")


@refused_with("The stack's programs are for Linux and this is Plan9: run it on a Linux machine, a virtual one will do.")
def not_linux(host: Host) -> None:
    programs = host.folder / "programs"
    programs.mkdir()
    (programs / "uname").write_text("#!/bin/sh\necho Plan9\n")
    (programs / "uname").chmod(0o755)
    host.environment["PATH"] = f"{programs}:{os.environ['PATH']}"


@refused_with("processor(s) and the stack needs 999: give it more, or use a larger machine.")
def few_processors(host: Host) -> None:
    host.extra(preflight_minimum_cpus=999)


@refused_with("MiB of memory and the stack needs 99999999: give it more, or use a larger machine.")
def little_memory(host: Host) -> None:
    host.extra(preflight_minimum_memory_mib=99_999_999)


@refused_with(
    "GiB are free under ", "and this run needs 99999: free some, or move the cache by setting stack_cache_dir."
)
def little_disk(host: Host) -> None:
    host.extra(preflight_minimum_disk_gib={"upstream": 99_999, "packages": 99_999})


@refused_with("Port ", " on 127.0.0.1 is taken by another program: stop that, or set stack_http_port to a free port.")
def port_taken(host: Host) -> None:
    listener = host.resources.enter_context(socket.create_server(("127.0.0.1", 0)))
    host.extra(stack_http_port=listener.getsockname()[1])


@refused_with(
    "DOCKER_HOST is unix:///nowhere/docker.sock and no Docker engine answers there: start it or unset DOCKER_HOST."
)
def engine_away(host: Host) -> None:
    host.environment["DOCKER_HOST"] = "unix:///nowhere/docker.sock"


@refused_with("and there is no kagent-crds-", "and no kagent-", "put the charts of kagent", "or unset kagent_bundle.")
def bundle_without_charts(host: Host) -> None:
    host.extra(kagent_bundle=str(host.folder))


@refused_with("No archive in ", "/images holds ghcr.io/kagent-dev/kagent/controller:", "add it with `docker save`.")
def bundle_without_images(host: Host) -> None:
    bundle(host)


@refused_with("images/kagent.tar can not be read as an archive of `docker save`: save it again.")
def bundle_with_a_broken_archive(host: Host) -> None:
    (bundle(host) / "images" / "kagent.tar").write_bytes(b"not an archive")


def bundle(host: Host) -> Path:
    """One with charts, as far as preflight looks at them."""
    folder = host.folder / "bundle"
    (folder / "images").mkdir(parents=True)
    version = yaml.safe_load((ROOT / "group_vars" / "all" / "versions.yml").read_text())["versions"]["kagent"]
    for chart in ("kagent-crds", "kagent"):
        (folder / f"{chart}-{version}.tgz").touch()
    host.extra(kagent_bundle=str(folder))
    return folder


@refused_with(
    "has no password file", "put its password there (mode 0600) or name another file in ANSIBLE_VAULT_PASSWORD_FILE"
)
def vault_password_missing(host: Host) -> None:
    host.with_vault()
    host.inventory.password_file.unlink()


@refused_with(
    "can not be opened with the password of", "put the right password there, or restore the vault from a copy"
)
def vault_password_wrong(host: Host) -> None:
    host.with_vault(password="not-the-password")


@refused_with("can not be opened with the password of", "restore the vault from a copy if the file was altered.")
def vault_tampered(host: Host) -> None:
    host.with_vault()
    text = host.inventory.vault.read_text()
    position = len(text) // 2
    flipped = "1" if text[position] != "1" else "2"
    host.inventory.vault.write_text(text[:position] + flipped + text[position + 1 :])


@refused_with("is not encrypted: encrypt it with `ansible-vault encrypt")
def vault_plain(host: Host) -> None:
    host.with_vault()
    host.inventory.vault.write_text(yaml.safe_dump(VAULT))


@refused_with("vault_jwt_key must be 32 to 256 letters, digits or characters of", "correct it with `make secrets`")
def vault_value_malformed(host: Host) -> None:
    host.with_vault(vault_jwt_key="{{ lookup('pipe', 'id') }}")


@refused_with("vault_mcp_token_key is missing", "correct it with `make secrets`")
def vault_value_missing(host: Host) -> None:
    host.with_vault(vault_mcp_token_key="")


@refused_with(
    "vault_database_url can not be used (Connection refused",
    "correct its host and port, start the server, or open the way to it.",
)
def database_unreachable(host: Host) -> None:
    host.with_vault(vault_database_url=f"postgresql://owner:{'x' * 20}@127.0.0.1:{ports.free()}/wealth?sslmode=disable")


@refused_with("vault_database_url can not be used (password authentication failed", "correct")
def database_password_wrong(host: Host) -> None:
    address, port = host.resources.enter_context(server())
    host.with_vault(vault_database_url=f"postgresql://postgres:{'x' * 20}@{address}:{port}/postgres?sslmode=disable")


@refused_with(
    'images_prebuilt is {"backned": "1.4"}: give each of backend, mcpServer, agents, frontend, database',
    "`latest` is none, since it moves.",
)
def prebuilt_image_unknown(host: Host) -> None:
    host.extra(images_prebuilt={"backned": "1.4"})


@refused_with('images_prebuilt is {"backend": "latest"}: give each of')
def prebuilt_image_moves(host: Host) -> None:
    host.extra(images_prebuilt={"backend": "latest"})


@refused_with(
    "images_prebuilt wants wealth-companion/backend:1.4, and the container engine does not have it (No such image",
    "bring it with `docker load`, or leave it out, and it is built here.",
)
def prebuilt_image_missing(host: Host) -> None:
    programs = host.folder / "programs"
    programs.mkdir()
    (programs / "docker").write_text('#!/bin/sh\n[ "$1" != image ] || { echo "No such image: $4" >&2; exit 1; }\n')
    (programs / "docker").chmod(0o755)
    host.environment["PATH"] = f"{programs}:{os.environ['PATH']}"
    host.extra(images_prebuilt={"backend": "1.4"})


@refused_with(
    "cluster_provider=existing needs cluster_existing_context: set it to the kubeconfig context to deploy to."
)
def existing_without_context(host: Host) -> None:
    host.extra(cluster_provider="existing")


@refused_with("cluster_provider=existing needs images_registry: set it to a registry that this machine can push to")
def existing_without_registry(host: Host) -> None:
    host.extra(
        cluster_provider="existing",
        cluster_existing_context="there",
        cluster_existing_kubeconfig=kubeconfig(host, "there"),
    )


@refused_with("There is no kubeconfig file", "set cluster_existing_kubeconfig to the file with the context.")
def existing_kubeconfig_missing(host: Host) -> None:
    existing(host, cluster_existing_kubeconfig=str(host.folder / "nowhere"))


@refused_with("has no context 'here': set cluster_existing_context to one of there.")
def existing_context_unknown(host: Host) -> None:
    existing(host, cluster_existing_context="here")


@refused_with("The cluster of context 'there' does not answer", "renew the credentials or connect to its network.")
def existing_cluster_away(host: Host) -> None:
    existing(host)


@refused_with("The cluster runs Kubernetes 1.20 and the stack supports", "use a cluster of such a version.")
def kubernetes_too_old(host: Host) -> None:
    port = host.resources.enter_context(api_server(major="1", minor="20+"))
    existing(host, port)


def existing(host: Host, port: int | None = None, **settings: object) -> None:
    own: dict[str, object] = {
        "cluster_provider": "existing",
        "cluster_existing_context": "there",
        "cluster_existing_kubeconfig": kubeconfig(host, "there", port),
        "images_registry": "127.0.0.1:5000",
    }
    host.extra(**own | settings)


def kubeconfig(host: Host, context: str, port: int | None = None) -> str:
    file = host.folder / "kubeconfig"
    address = f"http://127.0.0.1:{port or ports.free()}"
    file.write_text(
        yaml.safe_dump(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": "c", "cluster": {"server": address}}],
                "users": [{"name": "u", "user": {}}],
                "contexts": [{"name": context, "context": {"cluster": "c", "user": "u"}}],
                "current-context": context,
            }
        )
    )
    return str(file)


@contextmanager
def api_server(major: str, minor: str) -> Iterator[int]:
    """Says of itself what an API server of another version would; no such one can be had for a test."""
    answers = {
        "/version": {
            "major": major,
            "minor": minor,
            "gitVersion": f"v{major}.{minor}.0",
            "gitCommit": "",
            "gitTreeState": "",
            "buildDate": "",
            "goVersion": "",
            "compiler": "",
            "platform": "",
        },
        "/api": {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []},
        "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": []},
        "/api/v1": {"kind": "APIResourceList", "groupVersion": "v1", "resources": []},
    }

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path.split("?")[0].rstrip("/"))
            self.send_response(200 if answer else 404)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(answer or {}).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_address[1]
        running.shutdown()


# ---- trying them ----


def attempt(folder: Path, arrange: Callable[[Host], None]) -> Refusal:
    folder.mkdir()
    with ExitStack() as resources:
        host = Host(folder, resources)
        arrange(host)
        before = host.print_of_everything()
        run = host.inventory.play("site.yml", *host.arguments, env=host.environment, timeout=300)
        return Refusal(run, before, host.print_of_everything())


@pytest.fixture(scope="module")
def refusals(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Refusal]]]:
    """They don't touch each other, so as many run side by side as there are processors."""
    wanted = {item.callspec.params.get("name") for item in request.session.items if hasattr(item, "callspec")}
    base = tmp_path_factory.mktemp("hosts")
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield {
            name: pool.submit(attempt, base / name, arrange) for name, (arrange, _) in CASES.items() if name in wanted
        }


@pytest.mark.spec("edge-exhaustion")
@pytest.mark.parametrize("name", CASES)
def test_bad_host_is_refused_before_any_change(name: str, refusals: dict[str, Future[Refusal]]) -> None:
    refusal = refusals[name].result()
    assert refusal.run.code != 0
    for words in CASES[name][1]:
        assert words in refusal.run.text, refusal.run.output
    assert refusal.run.changed == 0, refusal.run.changed_tasks
    assert refusal.after == refusal.before
    assert refusal.run.seconds < SECONDS
    assert "Traceback" not in refusal.run.output
