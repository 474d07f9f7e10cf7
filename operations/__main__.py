"""The commands: status, doctor, health, why SERVICE, ask QUESTION, restart SERVICE."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from operations import answers
from operations.cluster import Cluster, Object
from operations.doctor import checks
from operations.errors import ModelError, OperationsError
from operations.findings import concerning, examine
from operations.progress import waiting
from operations.questions import EXAMPLES, RESTART, WHY, understand
from operations.report import screen
from operations.settings import ROOT, Settings, find
from operations.snapshot import component, take

Command = Callable[[Settings, argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Returns 0 where the question was answered or the restart done; 1 where not, or where doctor finds a fault."""
    chosen = _parser().parse_args(arguments)
    try:
        with waiting("Looking for the stack"):
            settings = find(Path(chosen.inventory))
        return int(chosen.run(settings, chosen))
    except OperationsError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="operations", description=__doc__)
    parser.add_argument(
        "--inventory", default=str(ROOT / "inventory" / "local"), help="folder of the stack's inventory"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    plain: tuple[tuple[str, Command, str], ...] = (
        ("status", status, "one screen: parts, versions, use, URL, what is wrong"),
        ("doctor", doctor, "why is it broken, and what helps; works without a cluster too"),
        ("health", health, EXAMPLES[0]),
    )
    for name, run, what in plain:
        commands.add_parser(name, help=what).set_defaults(run=run)
    of_services: tuple[tuple[str, Command, str], ...] = (("why", why, EXAMPLES[1]), ("restart", restart, EXAMPLES[2]))
    for name, run, what in of_services:
        command = commands.add_parser(name, help=what)
        command.add_argument("service", nargs="?", default="")
        command.set_defaults(run=run)
    command = commands.add_parser("ask", help="a question in your own words")
    command.add_argument("question", nargs="?", default="")
    command.set_defaults(run=ask)
    return parser


def status(settings: Settings, _: argparse.Namespace) -> int:
    cluster = Cluster.of(settings)
    with waiting("Reading the cluster"):
        print(screen(settings, take(cluster)))
    return 0


def doctor(settings: Settings, _: argparse.Namespace) -> int:
    wrong = 0
    with waiting("Looking at each layer"):
        for check in checks(settings):
            print(check, flush=True)
            wrong += not check.well
    print(
        "\nNothing is wrong."
        if not wrong
        else f"\n{wrong} {'thing is' if wrong == 1 else 'things are'} wrong; begin with the first."
    )
    return int(wrong > 0)


def health(settings: Settings, _: argparse.Namespace) -> int:
    return _answer(settings, EXAMPLES[0])


def why(settings: Settings, chosen: argparse.Namespace) -> int:
    return _answer(
        settings, f"why is {chosen.service} failing?", _known(settings, chosen.service, "make why SERVICE=backend")
    )


def ask(settings: Settings, chosen: argparse.Namespace) -> int:
    if not chosen.question.strip():
        examples = "\n".join(f'  make ask Q="{example}"' for example in EXAMPLES)
        raise OperationsError(f"Ask a question:\n{examples}")
    services = _services(Cluster.of(settings))
    wanted = understand(chosen.question, services)
    if wanted.kind == RESTART:
        return _restart(settings, wanted.service, chosen.question)
    return _answer(
        settings, chosen.question, wanted.service if wanted.kind == WHY else "", understood=bool(wanted.kind)
    )


def restart(settings: Settings, chosen: argparse.Namespace) -> int:
    return _restart(settings, _known(settings, chosen.service, "make restart SERVICE=backend"))


def _answer(settings: Settings, question: str, service: str = "", *, understood: bool = True) -> int:
    cluster = Cluster.of(settings)
    with waiting("Looking at the stack"):
        seen = answers.look(settings, cluster)
    if not understood and not seen.key:
        print(answers.unknown(sorted(answers.workloads(seen.snapshot))), file=sys.stderr)
        return 1
    with waiting("Waiting for the model"):
        given = answers.answer(settings, seen, question, service)
    print(given.text)
    print(
        f"\n(answered by {given.model} through kubectl-ai)" if given.model else f"\n(answered by rule: {given.why})",
        file=sys.stderr,
    )
    # rules alone do not answer what they did not understand
    return int(not understood and not given.model)


def _restart(settings: Settings, service: str, question: str = "") -> int:
    """With a question, the model is asked to do it; where there is none or it does not, it is done without."""
    cluster = Cluster.of(settings)
    began = time.monotonic()
    deployments = [item for item in cluster.items(["deployments.apps"]) if component(item) == service]
    if not deployments:
        raise OperationsError(
            f"{service} is no Deployment, and operations may restart nothing else: `make up` repairs it."
        )
    for deployment in deployments:
        name, before = deployment["metadata"]["name"], _restarted_at(deployment)
        if question:
            _by_model(settings, question, name)
        if not question or _mark(cluster, name) == before:
            if question:
                print("(done by rule)", file=sys.stderr)
            cluster.restart(name)
        with waiting(f"Waiting until the new pods of {name} are ready; the old ones serve meanwhile"):
            done = cluster.rolled_out(name, settings.restart_timeout_s)
        if not done:
            print(
                f"{name} was not restarted within {settings.restart_timeout_s:.0f} s; the old pods go on serving.",
                file=sys.stderr,
            )
            snapshot = take(cluster)
            print("\n".join(answers.listed(concerning(examine(snapshot), service, snapshot))), file=sys.stderr)
            return 1
    print(f"{service} was restarted and is ready after {time.monotonic() - began:.0f} s.")
    return 0


def _by_model(settings: Settings, question: str, deployment: str) -> None:
    """What it says is shown; whether it is true, the Deployment tells."""
    key, why_not = answers.key_of(settings)
    if not key:
        print(f"(no model was asked: {why_not})", file=sys.stderr)
        return
    try:
        with waiting("Waiting for the model"):
            print(answers.ask_for_restart(settings, key, question, deployment))
    except ModelError as error:
        print(f"(kubectl-ai gave no answer. {error})", file=sys.stderr)


def _mark(cluster: Cluster, deployment: str) -> str:
    (item,) = [item for item in cluster.items(["deployments.apps"]) if item["metadata"]["name"] == deployment]
    return _restarted_at(item)


def _restarted_at(deployment: Object) -> str:
    """The mark of the last restart: autoscalers and others do not touch it."""
    annotations = deployment["spec"]["template"]["metadata"].get("annotations") or {}
    return str(annotations.get("kubectl.kubernetes.io/restartedAt", ""))


def _services(cluster: Cluster) -> list[str]:
    return sorted({component(item) for item in cluster.items(["deployments.apps", "statefulsets.apps"])})


def _known(settings: Settings, service: str, example: str) -> str:
    services = _services(Cluster.of(settings))
    if service not in services:
        said = f"There is no service {service}" if service else f"Name a service, as in `{example}`"
        raise OperationsError(f"{said}: there are {', '.join(services) or 'none'}.")
    return service


if __name__ == "__main__":
    sys.exit(main())
