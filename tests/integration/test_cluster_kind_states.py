"""What the role makes of the states that a kind cluster can be in, bad ones too.

Nothing of Kubernetes runs: the nodes are containers that were made and never started, with labels and files as real
ones have them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import ssl
import subprocess
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import jinja2
import pytest

from tests.support.ansible import ROOT, Inventory, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IMAGE = "localhost/wealth-states:empty"
PORT = 18098
API_PORT = 18097
AUTHORITY = "-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n"
TEMPLATE = ROOT / "roles" / "cluster" / "templates" / "kind.yaml.j2"

PLAY = """
- hosts: localhost
  environment: "{{ stack_environment }}"
  tasks:
    - ansible.builtin.include_tasks: case.yml
      loop: "{{ cases }}"
      loop_control: {loop_var: case}
"""
CASE = """
- vars:
    cluster_name: "{{ case | basename }}"
    cluster_kubeconfig: "{{ case }}/kubeconfig"
    cluster_kind_config: "{{ case }}/kind.yaml"
    cluster_kind_kubernetes_version: "{{ '1.36.1' if 'newer' in case else '1.35.4' }}"
  block:
    - ansible.builtin.include_role: {name: cluster, tasks_from: check}
    - ansible.builtin.copy:
        content: "{{ {'state': __cluster_kind_state, 'let_in': __cluster_kind_let_in} | to_json }}"
        dest: "{{ answers }}/{{ case | basename }}"
        mode: "0600"
  rescue:
    - ansible.builtin.copy:
        content: "{{ {'refusal': ansible_failed_result.msg} | to_json }}"
        dest: "{{ answers }}/{{ case | basename }}"
        mode: "0600"
"""


def docker(*arguments: str, text: str | None = None) -> str:
    done = subprocess.run(
        ["docker", *arguments], env=environment(), input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def engine_answers() -> bool:
    return (
        bool(shutil.which("docker"))
        and subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0
    )


pytestmark = pytest.mark.skipif(not engine_answers(), reason="not run: no container engine answers")


@dataclass(frozen=True)
class Case:
    """A cluster's name and the folder of its files."""

    folder: Path
    resources: ExitStack

    @property
    def node(self) -> str:
        return f"{self.folder.name}-control-plane"

    def configuration(self, *, port: int = PORT, image: str = IMAGE) -> str:
        templates = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATE.parent), autoescape=False)  # noqa: S701
        templates.filters |= {"bool": bool, "to_json": json.dumps}
        return templates.get_template(TEMPLATE.name).render(
            cluster_name=self.folder.name,
            cluster_kind_own_image=True,
            cluster_kind_node_image=image,
            cluster_http_port=port,
        )

    def begun(self) -> None:
        (self.folder / "kind.yaml").write_text(self.configuration())

    def container(self, *options: str) -> None:
        docker("create", f"--name={self.node}", *options, IMAGE, "none")
        self.resources.callback(docker, "rm", "--force", "--volumes", self.node)

    def half_made(self) -> None:
        self.container(f"--label=io.x-k8s.kind.cluster={self.folder.name}", f"--publish=127.0.0.1:{API_PORT}:6443")

    def put(self, path: str, content: str) -> None:
        source = self.folder.parent.parent / "put" / path.lstrip("/")
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(content)
        docker("cp", f"{self.folder.parent.parent / 'put'}/.", f"{self.node}:/")
        shutil.rmtree(self.folder.parent.parent / "put")

    def whole(self, **made_with: object) -> None:
        self.half_made()
        self.put("/kind/wealth-companion.yaml", self.configuration(**made_with))  # type: ignore[arg-type]
        self.put("/etc/kubernetes/pki/ca.crt", AUTHORITY)

    def kubeconfig(self, *, server: str = f"https://127.0.0.1:{API_PORT}", authority: str = AUTHORITY) -> None:
        (self.folder / "kubeconfig").write_text(
            "apiVersion: v1\nclusters:\n- cluster:\n"
            f"    certificate-authority-data: {base64.b64encode(authority.encode()).decode()}\n"
            f"    server: {server}\n  name: kind-{self.folder.name}\n"
        )


@contextmanager
def secure_server(folder: Path) -> Iterator[str]:
    """Answers over TLS, as the API of somebody's cluster does."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost"
    subprocess.run([*request.split(), "-keyout", key, "-out", certificate], capture_output=True, check=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


CASES: dict[str, Callable[[Case], None]] = {}


def case(arrange: Callable[[Case], None]) -> Callable[[Case], None]:
    CASES[f"wealth-states-{arrange.__name__.replace('_', '-')}"] = arrange
    return arrange


@case
def nothing(_: Case) -> None:
    """A clean host."""


@case
def node_gone(case: Case) -> None:
    case.begun()
    case.kubeconfig(server="https://127.0.0.1:1")


@case
def damaged_kubeconfig(case: Case) -> None:
    case.begun()
    case.whole()
    (case.folder / "kubeconfig").write_text("apiVersion: v1\nclus")


@case
def kubeconfig_gone(case: Case) -> None:
    case.whole()


@case
def half_made(case: Case) -> None:
    case.begun()
    case.half_made()


@case
def stopped(case: Case) -> None:
    case.begun()
    case.whole()
    case.kubeconfig()


@case
def foreign_kubeconfig(case: Case) -> None:
    case.kubeconfig(server="https://cluster.example.com:6443")


@case
def foreign_kubeconfig_that_answers(case: Case) -> None:
    case.begun()
    case.kubeconfig(server=case.resources.enter_context(secure_server(case.folder)))


@case
def foreign_kubeconfig_beside_a_node(case: Case) -> None:
    case.begun()
    case.whole()
    case.kubeconfig(authority=AUTHORITY.replace("ours", "theirs"))


@case
def another_container(case: Case) -> None:
    case.container()


@case
def foreign_cluster(case: Case) -> None:
    case.half_made()


@case
def port_changed(case: Case) -> None:
    case.begun()
    case.whole(port=8080)


@case
def image_changed(case: Case) -> None:
    case.begun()
    case.whole(image="localhost/wealth-base/node:v1.34.2-0123456789ab")


@case
def newer_kubernetes(_: Case) -> None:
    """Asked for by the play."""


ACCEPTED = {
    "nothing": ("absent", False),
    "node-gone": ("absent", False),
    "damaged-kubeconfig": ("created", False),
    "kubeconfig-gone": ("created", False),
    "half-made": ("half", False),
    "stopped": ("created", True),
}
REFUSED = {
    "foreign-kubeconfig": (
        "holds the credentials of another cluster (https://cluster.example.com:6443) than the kind cluster "
        "wealth-states-foreign-kubeconfig: move that file away, then run this again."
    ),
    "foreign-kubeconfig-that-answers": "move that file away, then run this again.",
    "foreign-kubeconfig-beside-a-node": "holds the credentials of another cluster (https://127.0.0.1:18097)",
    "another-container": (
        "A container named wealth-states-another-container-control-plane exists (image localhost/wealth-states:empty) "
        "that is no node of kind: remove it with `docker rm -f wealth-states-another-container-control-plane`, "
        "or set another stack_name."
    ),
    "foreign-cluster": (
        "A kind cluster named wealth-states-foreign-cluster exists that this stack did not make: delete it with "
        "`kind delete cluster --name wealth-states-foreign-cluster`, or set another stack_name."
    ),
    "port-changed": (
        "was made with stack_http_port=8080 where 18098 is asked for, and these are fixed when a cluster is made: "
        "set them back, or make it anew with `make down` and `make up`"
    ),
    "image-changed": (
        "node image=localhost/wealth-base/node:v1.34.2-0123456789ab where localhost/wealth-states:empty is asked for"
    ),
    "newer-kubernetes": (
        "Kubernetes 1.36.1 does not run in the node that is made of Debian 12 packages: set versions.kubernetes to"
    ),
}


@dataclass(frozen=True)
class Outcome:
    answers: dict[str, dict[str, object]]
    before: dict[str, str]
    after: dict[str, str]


def picture(folder: Path) -> dict[str, str]:
    """All containers and files that the role could have changed."""
    containers = docker(
        "ps", "--all", "--no-trunc", "--filter=name=wealth-states-", "--format={{.Names}} {{.ID}} {{.State}}"
    )
    files = {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}
    return files | dict.fromkeys(containers.splitlines(), "container")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("states")
    clusters, answers = folder / "clusters", folder / "answers"
    answers.mkdir()
    with ExitStack() as resources:
        # an archive without a file
        docker("import", "-", IMAGE, text="\0" * 10240)
        resources.callback(docker, "image", "rm", IMAGE)
        for name, arrange in CASES.items():
            (clusters / name).mkdir(parents=True)
            arrange(Case(clusters / name, resources))
        settings = {
            "artifact_source": "packages",
            "cluster_provider": "kind",
            "cluster_backend": "kind",
            "cluster_kind_own_image": True,
            "cluster_kind_node_image": IMAGE,
            "stack_http_port": PORT,
            "preflight_choices": {"artifact_source": "packages", "cluster_provider": "kind"},
            "answers": str(answers),
            "cases": [str(clusters / name) for name in CASES],
        }
        (folder / "play.yml").write_text(PLAY)
        (folder / "case.yml").write_text(CASE)
        before = picture(clusters)
        run = Inventory.make(folder / "inventory", settings).play(str(folder / "play.yml"))
        assert run.code == 0, run.output
        yield Outcome(
            {path.name: json.loads(path.read_text()) for path in answers.iterdir()}, before, picture(clusters)
        )


@pytest.mark.parametrize(("name", "expected"), ACCEPTED.items())
def test_what_can_be_mended_is_accepted(outcome: Outcome, name: str, expected: tuple[str, bool]) -> None:
    assert outcome.answers[f"wealth-states-{name}"] == {"state": expected[0], "let_in": expected[1]}


@pytest.mark.parametrize(("name", "sentence"), REFUSED.items())
def test_what_can_not_work_is_refused_with_cause_and_cure(outcome: Outcome, name: str, sentence: str) -> None:
    assert sentence in str(outcome.answers[f"wealth-states-{name}"].get("refusal"))


def test_every_case_is_expected(outcome: Outcome) -> None:
    assert {f"wealth-states-{name}" for name in {**ACCEPTED, **REFUSED}} == set(outcome.answers) == set(CASES)


def test_checking_changes_nothing(outcome: Outcome) -> None:
    assert outcome.before == outcome.after
