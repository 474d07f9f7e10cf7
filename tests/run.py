#!/usr/bin/env python3
"""Runs the tests in stages and ends with plain counts.

tests/run.py check        what needs neither engine nor cluster
tests/run.py all          everything; Debian packages and programs that are missing are named and installed
tests/run.py STAGE ...    these stages only; --list names them
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv" / "bin"
ARTIFACTS = ROOT / ".artifacts"
TOOLS_STATE = ARTIFACTS / "tools"
FRONTEND = ROOT / "services" / "frontend"
CONFORMANCE = ROOT / "tests" / "conformance"
E2E = ROOT / "tests" / "e2e"

# The files of tests/acceptance in their order: those that leave the stack as it is, those that change it, and its end.
LOOKING = ("idempotence", "network_policies", "trace", "resources", "charts", "bad_clusters")
CHANGING = (
    "faults",
    "kubectl_ai",
    "seed",
    "backup",
    "upgrade",
    "rotation",
    "model_key",
    "kagent",
    "secrets_canary",
    "existing_cluster",
    "killed_runs",
)
LAST = "down"
# Molecule scenarios with stages of their own; all others break and repair the stack that `default` brings up.
OWN_STAGES = ("default", "minikube")
# `make fuzz` sends 100,000
FUZZED_IN_CI = 4000

ANSIBLE_ERROR = re.compile(r"\[ERROR\]: (.+)")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")

ENVIRONMENT = os.environ | {
    "PATH": f"{VENV}:{TOOLS_STATE / 'bin'}:{os.environ['PATH']}:/usr/local/sbin:/usr/sbin:/sbin",
    "PYTHONUNBUFFERED": "1",
    "NEXT_TELEMETRY_DISABLED": "1",
}


@dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __iadd__(self, other: Counts) -> Counts:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        return self

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Step:
    """A command whose JUnit report is counted; where it writes none, the command itself is the test.

    Without a command, only a report that is there already is counted.
    """

    name: str
    command: list[str | Path]
    report: Path | None = None
    folder: Path = ROOT
    environment: dict[str, str] | None = None


@dataclass(frozen=True)
class Skip:
    reason: str


@dataclass(frozen=True)
class Stage:
    name: str
    title: str
    steps: Callable[[], Iterator[Step | Skip]]
    packages: tuple[str, ...] = ()
    # the stage without which this one proves nothing
    needs: str = ""
    # it has nothing to do with the stack and runs beside the stages that have
    apart: bool = False


class SetupError(Exception):
    """What a stage needs could not be brought; the message says what and why."""


@dataclass
class Outcome:
    counts: Counts = field(default_factory=Counts)
    seconds: float = 0
    notes: list[str] = field(default_factory=list)


# Where a stage's output goes: what runs apart is shown when it has ended.
shown: ContextVar[TextIO] = ContextVar("shown", default=sys.stdout)


def say(text: str) -> None:
    print(text, file=shown.get(), flush=True)


def run(command: list[str | Path], folder: Path = ROOT, environment: dict[str, str] | None = None) -> int:
    return watch(command, folder, environment)[0]


def watch(command: list[str | Path], folder: Path, environment: dict[str, str] | None) -> tuple[int, str]:
    """Shows what a command prints; returns its exit code and the last error that Ansible printed, if any."""
    error = ""
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env=ENVIRONMENT | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout
        for line in process.stdout:
            shown.get().write(line)
            shown.get().flush()
            if found := ANSIBLE_ERROR.search(line):
                error = found[1]
    return process.returncode, COLOUR.sub("", error)


# ---- what the stages need ----


def install(packages: list[str]) -> None:
    missing = [
        name
        for name in packages
        if "ok installed"
        not in subprocess.run(
            ["dpkg-query", "-W", "-f=${Status}", name], capture_output=True, text=True, check=False
        ).stdout
    ]
    if not missing:
        return
    if os.geteuid() != 0:
        raise SetupError(f"The tests need the Debian packages {' '.join(missing)}: install them, or run this as root.")
    say(f"Installing the Debian packages {' '.join(missing)}: the tests need them.")
    # a run level without services: what is installed here is started by the tests themselves
    environment = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for words in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "-o=Dpkg::Use-Pty=0", "--no-install-recommends", *missing],
    ):
        if run(["apt-get", *words], environment=environment):
            raise SetupError(f"apt-get {words[0]} failed; its last lines say why.")


def bring_modules(folder: Path) -> None:
    lock = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()[:16]
    stamp = folder / "node_modules" / f".installed-{lock}"
    if stamp.exists():
        return
    say(f"Installing the npm packages of {folder.relative_to(ROOT)} (about half a minute, once).")
    if run(["npm", "ci", "--no-progress", "--loglevel=error"], folder=folder):
        raise SetupError("npm ci failed; its last lines say why")
    stamp.touch()


def bring_chart_tools() -> None:
    say("Bringing helm, untt and kubeconform; where the cache does not have them, they are built first (some minutes).")
    # neither engine nor cluster: just the toolchain, with a state folder of its own
    stage = ["-i", "inventory/ci/hosts.yml", "playbooks/provision-cluster.yml", "--tags=toolchain"]
    wanted = {
        "stack_state_dir": str(TOOLS_STATE),
        "toolchain_tools": ["helm"],
        "toolchain_extra": ["helm-unittest", "kubeconform"],
    }
    if run(["ansible-playbook", *stage, "-e", json.dumps(wanted)]):
        raise SetupError("the toolchain could not be brought; its last lines say why")


# ---- the stages ----


def pytest(name: str, *arguments: str, environment: dict[str, str] | None = None) -> Step:
    report = ARTIFACTS / "junit" / f"{name}.xml"
    return Step(name, ["pytest", *arguments, f"--junitxml={report}"], report, environment=environment)


def molecule(name: str, *arguments: str) -> Iterator[Step]:
    """The run itself is one test; its verify step, which comes after it, writes a report of the others."""
    report = ARTIFACTS / "junit" / f"molecule-{name}.xml"
    report.unlink(missing_ok=True)
    yield Step(f"molecule {name}", ["molecule", "test", "--no-command-borders", "-s", name, *arguments])
    if report.exists():
        yield Step(f"verify of {name}", [], report)


def static() -> Iterator[Step]:
    bring_modules(FRONTEND)
    yield pytest("static", "tests/static")


def charts() -> Iterator[Step]:
    bring_chart_tools()
    yield pytest("charts", "tests/charts")


def unit() -> Iterator[Step]:
    bring_modules(CONFORMANCE)
    bring_modules(FRONTEND)
    yield pytest("unit", "tests/unit", "services")
    report = ARTIFACTS / "junit" / "vitest.xml"
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    yield Step("vitest", ["npx", "vitest", "run", *reporters], report, FRONTEND)


def fuzz() -> Iterator[Step]:
    yield Step("fuzz", [VENV / "python", "-m", "tests.fuzz.run", "--count", str(FUZZED_IN_CI)])


def hosts() -> Iterator[Step]:
    yield pytest("hosts", "tests/hosts", "-v")


def integration() -> Iterator[Step]:
    yield pytest("integration", "tests/integration", "-v")


def scenario() -> Iterator[Step]:
    # what a run that was broken off left is of another commit, with another vault
    yield Step("take down what is left", ["molecule", "destroy", "-s", "default"])
    # the stack stays for the stages that follow
    yield from molecule("default", "--destroy=never")


def acceptance() -> Iterator[Step]:
    files = [f"tests/acceptance/test_{name}.py" for name in (*LOOKING, *CHANGING)]
    yield pytest("acceptance", "-v", "--durations=25", *files)


def browser() -> Iterator[Step]:
    def said(target: str, *more: str) -> str:
        command = ["make", "--no-print-directory", target, "INVENTORY=ci", *more]
        return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout

    bring_modules(E2E)
    # some pages are served by the tests themselves
    bring_modules(FRONTEND)
    demo = said("seed", f"ARGS=--email e2e-{secrets.token_hex(8)}@example.org")
    stack = {"BASE_URL": said("open").split()[-1], "DEMO": demo}
    yield pytest("browser", "-v", "--durations=10", "tests/e2e", environment=stack)


def scenarios() -> Iterator[Step]:
    found = sorted(path.parent.name for path in ROOT.glob("molecule/*/molecule.yml"))
    for name in found:
        if name not in OWN_STAGES:
            yield from molecule(name, "--destroy=never")


def down() -> Iterator[Step]:
    yield pytest("down", "-v", f"tests/acceptance/test_{LAST}.py")


def minikube() -> Iterator[Step | Skip]:
    missing = [program for program in ("minikube", "crictl") if not shutil.which(program, path=ENVIRONMENT["PATH"])]
    if missing:
        yield Skip(f"no {missing[0]}")
    else:
        yield from molecule("minikube")


def killed() -> Iterator[Step]:
    yield pytest("killed", "-v", "tests/killed")


STAGES = (
    Stage("static", "linters, types, roles, playbooks, documents", static),
    Stage("charts", "helm lint, unit tests, schemas, network policies", charts),
    Stage(
        "unit",
        "services and modules with a real PostgreSQL and a pooler, frontend",
        unit,
        packages=("postgresql", "pgbouncer"),
        apart=True,
    ),
    Stage("fuzz", "the API and the MCP server against a fuzzer", fuzz, packages=("postgresql",), apart=True),
    Stage(
        "hosts",
        "bad hosts and bad input are refused; a clean host in check mode",
        hosts,
        packages=("postgresql",),
        apart=True,
    ),
    Stage("molecule", "the stack comes up on a real cluster, twice, and is ready", scenario),
    Stage(
        "acceptance",
        "idempotence, rotation, secrecy, traces, killed runs, an existing cluster",
        acceptance,
        packages=("postgresql", "docker-registry"),
        needs="molecule",
    ),
    Stage(
        "browser",
        "every page and the user's path in Chromium: languages, accessibility, budgets",
        browser,
        packages=("chromium",),
        needs="molecule",
    ),
    Stage(
        "scenarios",
        "what each role guarantees is broken and repaired; agents fail, and are asked too much",
        scenarios,
        needs="molecule",
    ),
    # with the engine that the stack has brought
    Stage(
        "integration",
        "roles against stand-ins for what can not be had everywhere",
        integration,
        packages=("docker-registry",),
        apart=True,
    ),
    Stage("down", "nothing is left behind", down, needs="molecule"),
    Stage("minikube", "the same on minikube", minikube),
)
# started by name only: it takes as long as a first run
LONG = (Stage("killed", "a first run, killed in each long stage", killed),)
CHECK = ("static", "charts")
ENDS = ("down", "minikube")


# ---- running them ----


def count(report: Path) -> Counts:
    counts = Counts()
    for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - written by our own run
        number = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        bad = number["failures"] + number["errors"]
        # a test whose clean-up breaks too is reported twice but counted once
        counts += Counts(max(number["tests"] - bad - number["skipped"], 0), bad, number["skipped"])
    return counts


def run_step(step: Step) -> tuple[Counts, str]:
    """Counts, and a note where something failed."""
    if step.report and step.command:
        step.report.unlink(missing_ok=True)
    code, error = watch(step.command, step.folder, step.environment) if step.command else (0, "")
    counts = count(step.report) if step.report and step.report.exists() else Counts(passed=int(code == 0))
    if code and not counts.failed:
        counts.failed = 1
    if not counts.failed:
        return counts, ""
    # where there is no report, the command's own last words are all there is
    return counts, f"{step.name} failed: {error}" if error and not step.report else f"{step.name} failed"


def run_stage(stage: Stage) -> Outcome:
    outcome = Outcome()
    say(f"\n######## {stage.name}: {stage.title}")
    began = time.monotonic()
    try:
        for step in stage.steps():
            if isinstance(step, Skip):
                outcome.counts.skipped += 1
                outcome.notes.append(f"not run: {step.reason}")
                continue
            counts, note = run_step(step)
            outcome.counts += counts
            if note:
                outcome.notes.append(note)
    except SetupError as error:
        outcome.counts.failed += 1
        outcome.notes.append(str(error))
    outcome.seconds = time.monotonic() - began
    say(f"######## {stage.name} took {outcome.seconds:.0f} s")
    return outcome


def run_in_turn(stages: list[Stage], outcomes: dict[str, Outcome]) -> None:
    """Adds to the outcomes of the stages before."""
    for stage in stages:
        if stage.needs in outcomes and outcomes[stage.needs].counts.failed:
            outcomes[stage.name] = Outcome(Counts(skipped=1), notes=[f"not run: the stage {stage.needs} failed"])
        else:
            outcomes[stage.name] = run_stage(stage)


def run_apart(stages: list[Stage]) -> dict[str, Outcome]:
    """Each stage's output in one piece, when it has ended."""
    outcomes: dict[str, Outcome] = {}
    for stage in stages:
        kept = StringIO()
        shown.set(kept)
        outcomes[stage.name] = run_stage(stage)
        sys.stdout.write(kept.getvalue())
        sys.stdout.flush()
    return outcomes


def run_stages(stages: list[Stage]) -> dict[str, Outcome]:
    """Fast checks first; then the stack's stages, and beside them those that have nothing to do with it.

    The stack is taken down last: its engine may serve others until then.
    """
    checks = [stage for stage in stages if stage.name in CHECK]
    apart = [stage for stage in stages if stage.apart]
    ends = [stage for stage in stages if stage.name in ENDS]
    stack = [stage for stage in stages if stage not in [*checks, *apart, *ends]]
    outcomes: dict[str, Outcome] = {}
    run_in_turn(checks, outcomes)
    if stack and apart:
        with ThreadPoolExecutor(max_workers=1) as pool:
            beside = pool.submit(run_apart, apart)
            run_in_turn(stack, outcomes)
            outcomes |= beside.result()
    else:
        run_in_turn([*stack, *apart], outcomes)
    run_in_turn(ends, outcomes)
    return {stage.name: outcomes[stage.name] for stage in stages}


def chosen(names: list[str]) -> list[Stage]:
    if names == ["all"]:
        return list(STAGES)
    wanted = list(CHECK) if names == ["check"] else names
    if unknown := sorted(set(wanted) - {stage.name for stage in STAGES}):
        sys.exit(
            f"There is no stage {', '.join(unknown)}: choose check, all or of {', '.join(s.name for s in STAGES)}."
        )
    return [stage for stage in STAGES if stage.name in wanted]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stages", nargs="*", default=["check"])
    parser.add_argument("--list", action="store_true", help="name the stages")
    arguments = parser.parse_args()
    if arguments.list:
        for stage in (*STAGES, *LONG):
            say(f"{stage.name:12} {stage.title}")
        return 0

    (ARTIFACTS / "junit").mkdir(parents=True, exist_ok=True)
    stages = chosen(arguments.stages)
    # before anything runs beside anything else: there is one lock on the packages
    try:
        install(sorted({package for stage in stages for package in stage.packages}))
    except SetupError as error:
        sys.exit(str(error))
    outcomes = run_stages(stages)

    total = Counts()
    say("")
    for name, outcome in outcomes.items():
        total += outcome.counts
        say(f"{name:12} {outcome.seconds:6.0f} s   {outcome.counts}   {'; '.join(outcome.notes)}".rstrip())
    say("")
    if arguments.stages == ["all"]:
        run([VENV / "python", "-m", "tests.traceability", "--output", ARTIFACTS / "traceability.md"])
    say(str(total))
    return int(total.failed > 0 or total.passed == 0)


if __name__ == "__main__":
    sys.exit(main())
