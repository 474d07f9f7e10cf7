"""What the chart describes the agents with where kagent runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from tests.support.ansible import ROOT
from tests.support.charts import (
    APPLICATION,
    KAGENT_ACCESS,
    KAGENT_DEFINITIONS,
    Object,
    helm,
    of_kind,
    render,
    template,
    values_files,
    workloads,
)

if TYPE_CHECKING:
    from pathlib import Path

VALUES = APPLICATION / "ci" / "kagent-values.yaml"
AGENTS = {"coordinator", "spending", "budget", "investment"}
# What a person has to approve, and what the assistant must never have.
CHANGING = {"k8s_scale", "k8s_rollout"}
READING = {"k8s_get_resources", "k8s_describe_resource", "k8s_get_events", "k8s_get_pod_logs"}
GRACE_S = 30


@pytest.fixture(scope="module")
def objects() -> tuple[Object, ...]:
    return render(APPLICATION, VALUES)


def named(objects: tuple[Object, ...], kind: str, name: str) -> Object:
    (found,) = [item for item in of_kind(objects, kind) if item["metadata"]["name"] == name]
    return found


def rendered(*words: str) -> tuple[Object, ...]:
    run = template(APPLICATION, "--values", VALUES, *words)
    assert run.returncode == 0, run.stderr
    return tuple(document for document in yaml.safe_load_all(run.stdout) if document)


# ---- the kinds, as kagent defines them ----


def strict(schema: Any) -> Any:
    """An unknown field is an error, as `kubectl apply --validate=strict` takes it, and not dropped."""
    if isinstance(schema, list):
        return [strict(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(inner) for key, inner in schema.items()}
    open_to_all = schema.get("x-kubernetes-preserve-unknown-fields") or "additionalProperties" in schema
    if schema.get("type") == "object" and isinstance(schema.get("properties"), dict) and not open_to_all:
        closed["additionalProperties"] = False
    if schema.get("x-kubernetes-int-or-string"):
        closed.pop("type", None)
    return closed


def schemas() -> dict[str, Any]:
    found = {}
    for path in sorted(KAGENT_DEFINITIONS.glob("kagent.dev_*.yaml")):
        spec = yaml.safe_load(path.read_text())["spec"]
        (version,) = [item for item in spec["versions"] if item["name"] == "v1alpha2"]
        schema = version["schema"]["openAPIV3Schema"]
        # what every object has is left open there
        schema["properties"]["metadata"] = {"type": "object", "additionalProperties": True}
        found[spec["names"]["kind"]] = strict(schema)
    return found


@pytest.mark.skipif(not KAGENT_DEFINITIONS.is_dir(), reason="not run: kagent's definitions of its kinds are not here")
@pytest.mark.parametrize(
    "words", [[], ["--set", "model.baseUrl=http://models.example.com/v1,model.name=m,model.provider=openai"]]
)
def test_objects_fit_the_kinds_that_kagent_defines(words: list[str]) -> None:
    known = schemas()
    checked = [item for item in rendered(*words) if item["apiVersion"] == "kagent.dev/v1alpha2"]
    assert {item["kind"] for item in checked} == {"Agent", "ModelConfig", "RemoteMCPServer"}
    for item in checked:
        jsonschema.Draft202012Validator(known[item["kind"]]).validate(item)


@pytest.mark.skipif(not KAGENT_DEFINITIONS.is_dir(), reason="not run: kagent's definitions of its kinds are not here")
def test_that_check_notices_a_field_that_is_not_there(objects: tuple[Object, ...]) -> None:
    agent = yaml.safe_load(yaml.safe_dump(named(objects, "Agent", "spending-agent")))
    agent["spec"]["byo"]["deployment"]["terminationGracePeriodSeconds"] = 55
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schemas()["Agent"]).validate(agent)


# ---- the agents ----


def test_without_kagents_kinds_nothing_is_installed_and_it_says_why() -> None:
    run = helm("template", "x", APPLICATION, "--kube-version", "1.35.0", "--values", VALUES)
    assert run.returncode != 0
    assert "install kagent first" in run.stderr


def test_kagent_runs_every_agent_and_no_deployment_is_left(objects: tuple[Object, ...]) -> None:
    byo = [item for item in of_kind(objects, "Agent") if item["spec"]["type"] == "BYO"]
    assert {item["metadata"]["name"] for item in byo} == {f"{agent}-agent" for agent in AGENTS}
    assert not {item["metadata"]["name"] for item in of_kind(objects, "Deployment")} & AGENTS


@pytest.mark.parametrize("management", ["kagent", "deployment"])
def test_both_run_while_one_takes_over(management: str) -> None:
    other = ({"kagent", "deployment"} - {management}).pop()
    both = rendered("--set", f"agents.management={management},agents.alsoRun={other}")
    assert {item["metadata"]["name"] for item in of_kind(both, "Deployment")} >= AGENTS
    assert {item["metadata"]["name"] for item in of_kind(both, "Agent")} >= {f"{agent}-agent" for agent in AGENTS}
    suffix = "-agent" if management == "kagent" else ""
    # one autoscaler each, and it scales those that stay
    scaled = {
        item["metadata"]["name"]: item["spec"]["scaleTargetRef"]["name"]
        for item in of_kind(both, "HorizontalPodAutoscaler")
    }
    assert scaled == {agent: f"{agent}{suffix}" for agent in AGENTS}


def test_a_service_covers_the_pods_of_either_kind() -> None:
    both = rendered("--set", "agents.alsoRun=deployment")
    for agent in AGENTS:
        service = named(both, "Service", agent)["spec"]
        covered = [pod for pod in workloads(both) if service["selector"].items() <= pod.labels.items()]
        assert {pod.kind for pod in covered} == {"Deployment", "Agent"}
        for pod in covered:
            assert service["ports"][0]["targetPort"] == pod.container["ports"][0]["containerPort"]


@pytest.mark.parametrize("values", values_files(APPLICATION), ids=lambda values: values.name)
def test_no_object_has_the_name_of_an_agent(values: Path) -> None:
    """kagent takes over a Secret, ConfigMap, Deployment, Service or ServiceAccount of an Agent's name."""
    objects = render(APPLICATION, values)
    agents = {item["metadata"]["name"] for item in of_kind(objects, "Agent")}
    assert not agents & {item["metadata"]["name"] for item in objects if item["kind"] != "Agent"}


def test_the_number_of_pods_is_not_the_agents(objects: tuple[Object, ...]) -> None:
    for item in of_kind(objects, "Agent"):
        assert "replicas" not in str(item)


def test_an_agent_ends_within_the_time_that_kagent_leaves_it(objects: tuple[Object, ...]) -> None:
    for agent in AGENTS:
        pod = named(objects, "Agent", f"{agent}-agent")["spec"]["byo"]["deployment"]
        told = {item["name"]: float(item["value"]) for item in pod["env"] if "value" in item}
        assert told["DRAIN_S"] >= 5
        assert told["SPECIALIST_TIMEOUT_S"] < told["TURN_TIMEOUT_S"]
        assert told["DRAIN_S"] + told["TURN_TIMEOUT_S"] < GRACE_S


def test_a_changed_key_restarts_the_agents_and_nothing_else_does(objects: tuple[Object, ...]) -> None:
    changed = rendered("--set", "secretChecksums.agents=another")
    digest = rendered("--set", "chartDigest=another")
    for item in of_kind(objects, "Agent"):
        if item["spec"]["type"] == "BYO":
            assert named(changed, "Agent", item["metadata"]["name"]) != item
        assert named(digest, "Agent", item["metadata"]["name"]) == item


def test_the_catalogue_gets_a_token_that_is_no_users(objects: tuple[Object, ...]) -> None:
    (header,) = named(objects, "RemoteMCPServer", "mcp-server")["spec"]["headersFrom"]
    assert header["valueFrom"] == {"type": "Secret", "name": "kagent-secrets", "key": "MCP_AUTHORIZATION"}


# ---- the assistant for operations ----


def test_the_assistant_changes_nothing_without_approval(objects: tuple[Object, ...]) -> None:
    (tool,) = named(objects, "Agent", "operations-agent")["spec"]["declarative"]["tools"]
    assert set(tool["mcpServer"]["toolNames"]) == CHANGING | READING
    assert set(tool["mcpServer"]["requireApproval"]) == CHANGING


def test_the_assistants_key_is_one_that_is_never_empty(objects: tuple[Object, ...]) -> None:
    """What kagent starts ends without a key, also where the endpoint wants none."""
    (model,) = of_kind(objects, "ModelConfig")
    assert model["spec"]["apiKeySecret"] == "kagent-secrets"
    role = yaml.safe_load((ROOT / "roles" / "secrets" / "vars" / "main.yml").read_text())
    assert role["__secrets_consumers"]["kagent"]["data"][model["spec"]["apiKeySecretKey"]].endswith("or 'none' }}")


def test_without_a_model_there_is_no_assistant() -> None:
    objects = rendered("--set", "model.provider=offline")
    assert not of_kind(objects, "ModelConfig")
    assert "operations-agent" not in [item["metadata"]["name"] for item in of_kind(objects, "Agent")]


# ---- what kagent may reach ----


@pytest.mark.parametrize("values", sorted((KAGENT_ACCESS / "ci").glob("*.yaml")), ids=lambda values: values.name)
def test_the_chart_of_what_it_may_reach_is_sound(values: Path) -> None:
    linted = helm("lint", "--strict", "--values", values, KAGENT_ACCESS)
    assert linted.returncode == 0, linted.stdout
    (job,) = workloads(render(KAGENT_ACCESS, values))
    assert job.spec["securityContext"]["runAsNonRoot"]
    assert job.spec["automountServiceAccountToken"] is False
    for variable in job.container["env"]:
        assert variable["valueFrom"]["secretKeyRef"]["name"] == "kagent-secrets"
