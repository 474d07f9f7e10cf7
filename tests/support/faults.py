"""Faults that are seeded for real: small Deployments that can not do what they are meant to, all in one namespace.

Each names the words that show its cause, which a snapshot has to hold, and the cause that the rules have to name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Object = dict[str, Any]

PYTHON = "/opt/venv/bin/python"
_RESTRICTED = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
_SLEEP = "import time; time.sleep(3600)"
_SERVES_503 = """
import http.server
class Unwell(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_error(503)
http.server.ThreadingHTTPServer(("", 8080), Unwell).serve_forever()
"""


@dataclass(frozen=True)
class Fault:
    """`shown` is found in the snapshot, `cause` in what the rules say of the part that is called like the fault."""

    name: str
    shown: str
    cause: str
    objects: Callable[[str, str], list[Object]] = field(repr=False)


def labels(name: str) -> dict[str, str]:
    return {"app.kubernetes.io/part-of": "wealth-companion", "app.kubernetes.io/component": name}


def item(kind: str, name: str, api: str = "v1", **content: Any) -> Object:
    return {"apiVersion": api, "kind": kind, "metadata": {"name": name, "labels": labels(name)}, **content}


def pod(name: str, image: str, code: str = _SLEEP, *, pod: Object | None = None, **container: Any) -> Object:
    """A template of what the namespace lets in."""
    one = {
        "name": "main",
        "image": image,
        "imagePullPolicy": "IfNotPresent",
        "command": [PYTHON, "-c", code],
        "securityContext": _RESTRICTED,
        "resources": {"requests": {"cpu": "1m", "memory": "4Mi"}, "limits": {"memory": "64Mi"}},
    }
    spec = {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 1,
        "securityContext": {"runAsNonRoot": True, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{key: value for key, value in {**one, **container}.items() if value is not None}],
    }
    return {"metadata": {"labels": labels(name)}, "spec": {**spec, **(pod or {})}}


def deployment(name: str, template: Object, replicas: int = 1) -> Object:
    selector = {"matchLabels": labels(name)}
    return item("Deployment", name, "apps/v1", spec={"replicas": replicas, "selector": selector, "template": template})


def fault(
    name: str, shown: str, cause: str, code: str = _SLEEP, *more: Object, own_image: str = "", **how: Any
) -> Fault:
    """One Deployment, and what it needs besides."""

    def objects(called: str, image: str) -> list[Object]:
        return [*more, deployment(called, pod(called, own_image or image, code, **how))]

    return Fault(name, shown, cause, objects)


def _env(**source: Any) -> list[Object]:
    return [{"name": "SETTING", "valueFrom": source}]


def _volume(**source: Any) -> Object:
    return {
        "pod": {"volumes": [{"name": "data", **source}]},
        "volumeMounts": [{"name": "data", "mountPath": "/data"}],
    }


def _asks(amount: Object) -> Object:
    return {"requests": {"cpu": "1m", "memory": "4Mi", **amount}, "limits": {"memory": amount.get("memory", "64Mi")}}


def _claim(name: str) -> Object:
    spec = {
        "accessModes": ["ReadWriteOnce"],
        "storageClassName": "no-such-class",
        "resources": {"requests": {"storage": "1Mi"}},
    }
    return item("PersistentVolumeClaim", name, spec=spec)


def _service(name: str, selects: str) -> Object:
    return item("Service", name, spec={"selector": labels(selects), "ports": [{"port": 80, "targetPort": 8080}]})


_FAILED_JOB = "import sys; sys.exit('the schema has a revision that this version does not know')"


def _failed_job(name: str, image: str) -> list[Object]:
    template = pod(name, image, _FAILED_JOB, pod={"restartPolicy": "Never"})
    return [item("Job", name, "batch/v1", spec={"backoffLimit": 0, "template": template})]


def _way_in(name: str, _: str) -> list[Object]:
    path = {
        "path": "/",
        "pathType": "Prefix",
        "backend": {"service": {"name": "no-such-service", "port": {"number": 80}}},
    }
    rule = {"host": "faults.example.com", "http": {"paths": [path]}}
    return [item("Ingress", name, "networking.k8s.io/v1", spec={"ingressClassName": "no-such-class", "rules": [rule]})]


def _cut_off(name: str, image: str) -> list[Object]:
    closed = {"podSelector": {"matchLabels": labels(name)}, "policyTypes": ["Ingress"]}
    policy = item("NetworkPolicy", name, "networking.k8s.io/v1", spec=closed)
    return [policy, _service(name, name), deployment(name, pod(name, image))]


def _unmeasured(name: str, image: str) -> list[Object]:
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}
    metric = {
        "type": "Resource",
        "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}},
    }
    scaler = item(
        "HorizontalPodAutoscaler",
        name,
        "autoscaling/v2",
        spec={"scaleTargetRef": target, "maxReplicas": 2, "metrics": [metric]},
    )
    bare = {"requests": {"memory": "4Mi"}, "limits": {"memory": "64Mi"}}
    return [scaler, deployment(name, pod(name, image, resources=bare))]


def _over_quota(name: str, image: str) -> list[Object]:
    quota = item("ResourceQuota", name, spec={"hard": {"pods": "0"}, "scopes": ["BestEffort"]})
    return [quota, deployment(name, pod(name, image, resources=None))]


def _init(name: str, image: str) -> list[Object]:
    template = pod(name, image)
    first = pod(name, image, "import sys; sys.exit('the volume has no space of ours')")["spec"]["containers"][0]
    template["spec"]["initContainers"] = [{**first, "name": "first"}]
    return [deployment(name, template)]


_PROBE = {"periodSeconds": 1, "timeoutSeconds": 1}
_HTTP = {"httpGet": {"port": 8080, "path": "/"}}
_TCP = {"tcpSocket": {"port": 8080}}

FAULTS = (
    # programs that end
    fault("crash", "ValueError: a bad rate", "ends with exit code 1", "raise ValueError('a bad rate')"),
    fault(
        "out-of-memory",
        "OOMKilled",
        "more memory than its limit of 24Mi",
        "x = bytearray(200 << 20)",
        resources={"requests": {"cpu": "1m", "memory": "4Mi"}, "limits": {"memory": "24Mi"}},
    ),
    fault("no-setting", "KeyError: 'JWT_KEY'", "a setting is missing: JWT_KEY", "import os; os.environ['JWT_KEY']"),
    fault(
        "backend-bare",
        "Field required",
        "a setting is missing",
        command=None,
        resources={"requests": {"cpu": "1m", "memory": "4Mi"}, "limits": {"memory": "256Mi"}},
    ),
    fault("no-module", "No module named 'wealth_nothing'", "lacks a module", "import wealth_nothing"),
    fault("read-only", "Read-only file system", "writes where nothing can be written", "open('/opt/x', 'w')"),
    fault("forbidden-file", "Permission denied", "may not use a file", "open('/etc/shadow')"),
    fault(
        "port-taken",
        "Address already in use",
        "port is taken",
        "import socket; a = socket.create_server(('', 8080)); socket.create_server(('', 8080))",
    ),
    fault(
        "disk-full",
        "No space left on device",
        "disk that it writes to is full",
        "open('/data/x', 'wb').write(bytes(8 << 20))",
        **_volume(emptyDir={"medium": "Memory", "sizeLimit": "1Mi"}),
    ),
    # what they need is away
    fault(
        "no-name",
        r"Name or service not known|Temporary failure|No address associated",
        "a name is not resolved",
        "import socket; socket.getaddrinfo('no-such-service', 80)",
    ),
    fault(
        "nobody-listens",
        "Connection refused",
        "nothing listens",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
    ),
    fault(
        "no-answer",
        "timed out",
        "gives no answer",
        "import socket; a = socket.create_server(('', 8081)); socket.create_connection(('127.0.0.1', 8081), 1).recv(1)",
    ),
    # containers that can not be made
    fault(
        "no-secret",
        'secret "no-such-secret" not found',
        "Secret no-such-secret does not exist",
        env=_env(secretKeyRef={"name": "no-such-secret", "key": "KEY"}),
    ),
    fault(
        "no-key",
        "couldn't find key JWT_KEY in Secret",
        "Secret half-a-secret has no key JWT_KEY",
        _SLEEP,
        item("Secret", "half-a-secret", stringData={"OTHER": "x"}),
        env=_env(secretKeyRef={"name": "half-a-secret", "key": "JWT_KEY"}),
    ),
    fault(
        "no-configmap",
        'configmap "no-such-map" not found',
        "ConfigMap no-such-map does not exist",
        envFrom=[{"configMapRef": {"name": "no-such-map"}}],
    ),
    fault(
        "no-mount",
        'secret "no-such-file" not found',
        "Secret no-such-file, which it mounts",
        **_volume(secret={"secretName": "no-such-file"}),
    ),
    fault(
        "no-program",
        r"no such file or directory|executable file not found",
        "program that it shall run is not in its image",
        command=["/no/such/program"],
    ),
    fault(
        "no-image",
        r"Failed to pull image .*localhost/no-such-image:1",
        "image localhost/no-such-image:1 can not be pulled",
        own_image="localhost/no-such-image:1",
    ),
    fault(
        "image-never",
        "ErrImageNeverPull",
        "not in the node, and may not be pulled",
        own_image="localhost/no-such-image:2",
        imagePullPolicy="Never",
    ),
    fault("image-name", "InvalidImageName", "name of its image is malformed", own_image="Not/A::Name"),
    fault(
        "after-start",
        r"FailedPostStartHook|PostStartHook",
        "what it runs after its start fails",
        lifecycle={"postStart": {"exec": {"command": [PYTHON, "-c", "raise SystemExit(1)"]}}},
    ),
    Fault("init", "the volume has no space of ours", "ends with exit code 1", _init),
    # probes
    fault("hangs", "Liveness probe failed", "it hangs", livenessProbe={**_PROBE, **_TCP, "failureThreshold": 1}),
    fault(
        "unready",
        "Readiness probe failed: HTTP probe failed with statuscode: 503",
        "readiness probe fails",
        _SERVES_503,
        # the kubelet reports a pod some 25 times and then hardly ever: not before the program listens
        readinessProbe={**_HTTP, "initialDelaySeconds": 20, "periodSeconds": 5, "timeoutSeconds": 5},
    ),
    fault(
        "other-port",
        "Readiness probe failed.*connection refused",
        "listens on another port",
        readinessProbe={**_PROBE, **_HTTP},
    ),
    fault(
        "never-starts",
        "Startup probe failed",
        "startup probe fails",
        startupProbe={**_PROBE, **_TCP, "failureThreshold": 600},
    ),
    # pods that no node takes, or that it throws out
    fault("much-memory", "Insufficient memory", "no node has the memory left", resources=_asks({"memory": "900Gi"})),
    fault("much-processor", "Insufficient cpu", "no node has the processor time left", resources=_asks({"cpu": "900"})),
    fault(
        "other-node",
        "didn't match Pod's node affinity/selector",
        "no node has the labels",
        pod={"nodeSelector": {"disk": "golden"}},
    ),
    fault(
        "no-claim",
        'persistentvolumeclaim "no-such-claim" not found',
        "volume claim no-such-claim does not exist",
        **_volume(persistentVolumeClaim={"claimName": "no-such-claim"}),
    ),
    fault(
        "no-volume",
        'storageclass.storage.k8s.io "no-such-class" not found',
        "gets no volume",
        _SLEEP,
        _claim("no-volume"),
        **_volume(persistentVolumeClaim={"claimName": "no-volume"}),
    ),
    fault(
        "evicted",
        'Usage of EmptyDir volume "data" exceeds the limit',
        "filled its volume data and was evicted",
        f"open('/data/x', 'wb').write(bytes(8 << 20)); {_SLEEP}",
        **_volume(emptyDir={"sizeLimit": "1Mi"}),
    ),
    # pods that are not even made
    fault("not-restricted", "violates PodSecurity", "Pod Security Standard", securityContext={"privileged": True}),
    fault(
        "no-account",
        'serviceaccount "no-such-account" not found',
        "ServiceAccount no-such-account does not exist",
        pod={"serviceAccountName": "no-such-account"},
    ),
    Fault("over-quota", "exceeded quota: over-quota", "quota over-quota is used up", _over_quota),
    Fault(
        "zero",
        "Deployment zero: 0 of 0 ready",
        "scaled to zero",
        lambda name, image: [deployment(name, pod(name, image), 0)],
    ),
    Fault("failed-job", "the schema has a revision", "ends with exit code 1", _failed_job),
    # around them
    Fault(
        "selects-nothing",
        "Service selects-nothing: 0 ready addresses",
        "selects no pod",
        lambda name, _: [_service(name, "nobody")],
    ),
    Fault("way-in", "to no-such-service", "Service no-such-service, which does not exist", _way_in),
    Fault(
        "cut-off",
        "NetworkPolicy cut-off: for .*cut-off, 0 ways in",
        "no NetworkPolicy lets anything reach it",
        _cut_off,
    ),
    Fault("unmeasured", "missing request for cpu", "autoscaler can not measure it", _unmeasured),
)

NAMES = [one.name for one in FAULTS]
assert len(set(NAMES)) == len(NAMES)


def is_shown(one: Fault, text: str) -> bool:
    return re.search(one.shown, text) is not None
