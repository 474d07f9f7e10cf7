"""Objects as the API answers them, cut down to what is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from operations.snapshot import LogLine, Snapshot

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Object = dict[str, Any]


def stamp(seconds_ago: float = 0) -> str:
    return (NOW - timedelta(seconds=seconds_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


def metadata(name: str, component: str = "") -> Object:
    labels = {"app.kubernetes.io/component": component or name, "app.kubernetes.io/part-of": "wealth-companion"}
    return {"name": name, "uid": f"uid-{name}", "labels": labels, "creationTimestamp": stamp(600)}


def workload(name: str, *, kind: str = "Deployment", replicas: int = 1, ready: int = 1) -> Object:
    containers = [{"name": "main", "image": f"wealth-companion/{name}:1"}]
    status: Object = {"readyReplicas": ready, "updatedReplicas": replicas, "conditions": []}
    spec = {"replicas": replicas, "template": {"spec": {"containers": containers}}}
    return {"kind": kind, "metadata": metadata(name), "spec": spec, "status": status}


def pod(name: str, component: str, *, ready: bool = False, state: Object | None = None, **status: Any) -> Object:
    main = {"name": "main", "ready": ready, "restartCount": 0, "state": state or {"running": {"startedAt": stamp(300)}}}
    conditions = [{"type": "Ready", "status": str(ready), "lastTransitionTime": stamp(300)}]
    limits = {"resources": {"limits": {"memory": "100Mi"}}}
    return {
        "kind": "Pod",
        "metadata": metadata(name, component),
        "spec": {"containers": [{"name": "main", "image": "x", **limits}]},
        "status": {"phase": "Running", "conditions": conditions, "containerStatuses": [main], **status},
    }


def warning(name: str, reason: str, message: str, seconds_ago: float = 30) -> Object:
    about = {"kind": "Pod", "name": name}
    event = {"type": "Warning", "reason": reason, "message": message, "lastTimestamp": stamp(seconds_ago)}
    return {"kind": "Event", "metadata": {"name": "e"}, "involvedObject": about, "count": 3, **event}


def snapshot(*objects: Object, logs: dict[str, list[str]] | None = None, **more: Any) -> Snapshot:
    by_kind: dict[str, list[Object]] = {}
    for item in objects:
        by_kind.setdefault(item["kind"], []).append(item)
    lines = {
        (name, "main"): [LogLine(NOW - timedelta(seconds=5), line) for line in said]
        for name, said in (logs or {}).items()
    }
    return Snapshot(namespace="wealth", taken=NOW, objects=by_kind, logs=lines, **more)
