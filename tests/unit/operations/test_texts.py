"""What goes to a model: bounded, the worst first, and without credentials."""

from __future__ import annotations

import pytest

from operations.excerpt import excerpt, telling
from operations.questions import Question, understand
from operations.redaction import HIDDEN, redacted
from operations.snapshot import LogLine, amount, moment, parse_logs, without_unused
from tests.unit.operations.objects import Object, pod, snapshot, warning, workload

WORD = "s3cretW0rd"


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://wealth:{WORD}@database:5432/wealth",
        f'{{"password": "{WORD}", "user": "a"}}',
        f"DATABASE_PASSWORD={WORD} next",
        f"api_key='{WORD}'",
        f"Authorization: Bearer {WORD}{WORD}",
        "Cookie=session" + WORD,
        f"AIza{WORD * 4}",
        f"sk-{WORD * 2}",
        f"eyJhbGciOiJIUzI1NiJ9.eyJ{WORD}.{WORD}",
        f"the word {WORD * 4} alone",
        f"-----BEGIN PRIVATE KEY-----\n{WORD}\n-----END PRIVATE KEY-----",
    ],
)
def test_credentials_are_hidden(text: str) -> None:
    assert WORD not in redacted(text)
    assert HIDDEN in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        'secret "backend-secrets" not found',
        "couldn't find key JWT_KEY in Secret wealth/backend-secrets",
        'password authentication failed for user "wealth_backend"',
        "pulling localhost/x@sha256:528257d48c1da0dcecc2e725d1ae34498d60c965f1241e39cd6a85a8859bdf84",
        "http://coordinator:8080/health",
        "KeyError: 'JWT_KEY'",
        "backend-555768f575-m9552 needs a token",
    ],
)
def test_what_tells_the_cause_stays(text: str) -> None:
    assert redacted(text) == text


def test_an_excerpt_is_bounded_and_begins_with_what_is_wrong() -> None:
    many = [pod(f"well-{number}", "backend", ready=True) for number in range(500)]
    waiting = {"waiting": {"reason": "ImagePullBackOff", "message": "x" * 2000}}
    text = excerpt(snapshot(workload("backend"), *many, pod("bad", "frontend", state=waiting)), limit=4000)
    assert len(text) <= 4000
    assert "ImagePullBackOff" in text
    assert text.splitlines()[-1].endswith("more lines were left out)")
    assert max(map(len, text.splitlines())) < 450


def test_an_excerpt_hides_credentials_wherever_they_come_from() -> None:
    said = warning("backend-1", "Failed", f"can not use postgresql://a:{WORD}@b/c")
    assert WORD not in excerpt(snapshot(workload("backend"), pod("backend-1", "backend"), said))


def test_lines_that_tell() -> None:
    lines = [LogLine(None, text) for text in ("started", "error: one", "ready", "error: one", "error: two", "serving")]
    assert [line.text for line in telling(lines, most=2)] == ["error: one", "error: two", "serving"]


def test_what_others_have_released_without_pods_is_left_out() -> None:
    def released(name: str, part_of: str, replicas: int) -> Object:
        labels = {"app.kubernetes.io/part-of": part_of}
        template = {"metadata": {"labels": {"app": name}}}
        metadata = {"name": name, "labels": labels}
        return {"kind": "Deployment", "metadata": metadata, "spec": {"replicas": replicas, "template": template}}

    def service(name: str, **selector: str) -> Object:
        return {"kind": "Service", "metadata": {"name": name}, "spec": {"selector": selector}}

    deployments = [
        released("ui", "kagent", 0),
        released("controller", "kagent", 1),
        released("a", "wealth-companion", 0),
    ]
    services = [service("ui", app="ui"), service("controller", app="controller"), service("none")]
    kept = without_unused({"Deployment": deployments, "Service": services, "Pod": []})
    assert [item["metadata"]["name"] for item in kept["Deployment"]] == ["controller", "a"]
    assert [item["metadata"]["name"] for item in kept["Service"]] == ["controller", "none"]


def test_logs_are_told_apart() -> None:
    text = (
        "[pod/backend-1/backend] 2026-03-01T12:00:00.123456789Z hello [pod/x/y] there\n"
        "[pod/backend-1/backend] without a time\n"
        r'[pod/backend-1/backend] {"cause": "of \"wealth\", password=\"a b\""}'
        "\n"
        "error: container is waiting to start\n"
    )
    ((key, lines),) = parse_logs(text).items()
    assert key == ("backend-1", "backend")
    assert [line.text for line in lines] == [
        "hello [pod/x/y] there",
        "without a time",
        '{"cause": "of "wealth", password="[hidden]""}',
    ]
    assert lines[0].at == moment("2026-03-01T12:00:00.123456Z")


@pytest.mark.parametrize(
    ("quantity", "number"),
    [("250m", 0.25), ("1500000n", 0.0015), ("64Mi", 64 * 2**20), ("2", 2), ("1Ki", 1024), ("", 0)],
)
def test_quantities(quantity: str, number: float) -> None:
    assert amount(quantity) == pytest.approx(number)


SERVICES = ["backend", "frontend", "mcp-server", "spending"]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("what is the cluster health?", Question("health")),
        ("How is the stack?", Question("health")),
        ("why is backend failing?", Question("why", "backend")),
        ("What's wrong with the MCP server?", Question("why", "mcp-server")),
        ("is anything broken?", Question("health")),
        ("restart the backend", Question("restart", "backend")),
        ("please reboot mcp-server now", Question("restart", "mcp-server")),
        ("why did the backend restart?", Question("why", "backend")),
        ("restart", Question("")),
        ("what is the meaning of it?", Question("")),
    ],
)
def test_sentences(sentence: str, question: Question) -> None:
    assert understand(sentence, SERVICES) == question


def test_a_time_that_kubernetes_leaves_open_is_none() -> None:
    """It writes null for when a container of an evicted pod ended that was never seen to end."""
    assert moment(None) is None
    assert moment("soon") is None
