"""One screen: what runs, since when, what it uses, whether the URL answers, and what was complained of last."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from operations.answers import is_complete, listed, workloads
from operations.excerpt import telling
from operations.findings import examine
from operations.snapshot import amount, component, containers, moment

if TYPE_CHECKING:
    from datetime import datetime

    from operations.cluster import Object
    from operations.settings import Settings
    from operations.snapshot import Snapshot

_MIB = 2**20
_URL_TIMEOUT_S = 5
_ERRORS = 8
_WIDTH = 118
_ERROR = re.compile(r'"level": ?"(?:error|critical)"|Traceback', re.IGNORECASE)


def screen(settings: Settings, snapshot: Snapshot) -> str:
    """The whole report."""
    findings = examine(snapshot)
    lines = [f"{settings.name} in namespace {snapshot.namespace}, {snapshot.taken:%Y-%m-%d %H:%M:%S} UTC", ""]
    lines += [_row(("PART", "READY", "RESTARTS", "AGE", "PROCESSOR", "MEMORY", "IMAGE"))]
    lines += [_row(_part(name, items, snapshot)) for name, items in sorted(workloads(snapshot).items())]
    lines += ["", f"{settings.url}: {url_says(settings.url)}", *_nodes(snapshot)]
    lines += ["", "Nothing is wrong." if not findings else "What is wrong:", *listed(findings)]
    if errors := last_errors(snapshot):
        lines += ["", "What was complained of last:", *errors]
    return "\n".join(lines)


def _row(cells: tuple[str, ...]) -> str:
    widths = (20, 7, 10, 7, 11, 15, 0)
    return "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _part(name: str, items: list[Object], snapshot: Snapshot) -> tuple[str, ...]:
    pods = [pod for pod in snapshot.pods if component(pod) == name]
    wanted = sum(item["spec"].get("replicas", 1) for item in items)
    ready = sum(item["status"].get("readyReplicas", 0) for item in items)
    restarts = sum(state.get("restartCount", 0) for pod in pods for state in containers(pod))
    used = [
        snapshot.pod_usage[pod["metadata"]["name"]] for pod in pods if pod["metadata"]["name"] in snapshot.pod_usage
    ]
    limit = sum(
        amount(one.get("resources", {}).get("limits", {}).get("memory", "0"))
        for pod in pods
        for one in pod["spec"]["containers"]
    )
    images = {
        one["image"].rpartition("/")[2] for item in items for one in item["spec"]["template"]["spec"]["containers"]
    }
    mark = "" if all(is_complete(item) for item in items) else " !"
    return (
        f"{name}{mark}",
        f"{ready}/{wanted}",
        str(restarts),
        _age(pods, snapshot.taken),
        f"{sum(cpu for cpu, _ in used) * 1000:.0f}m" if used else "?",
        f"{sum(memory for _, memory in used) / _MIB:.0f}/{limit / _MIB:.0f} MiB" if used else "?",
        ", ".join(sorted(images)),
    )


def _age(pods: list[Object], now: datetime) -> str:
    starts = [start for pod in pods if (start := moment(pod["status"].get("startTime")))]
    if not starts:
        return "-"
    seconds = (now - max(starts)).total_seconds()
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size:.0f} {unit}"
    return f"{seconds:.0f} s"


def _nodes(snapshot: Snapshot) -> list[str]:
    lines = []
    for node in snapshot.nodes:
        name, room = node["metadata"]["name"], node["status"].get("allocatable", {})
        kubelet = node["status"].get("nodeInfo", {}).get("kubeletVersion", "")
        cpu, memory = snapshot.node_usage.get(name, (0.0, 0.0))
        use = (
            f"{cpu:.1f} of {amount(room.get('cpu', '0')):.0f} processors, "
            f"{memory / _MIB:.0f} of {amount(room.get('memory', '0')) / _MIB:.0f} MiB used"
        )
        lines.append(f"Node {name}: Kubernetes {kubelet}, {use if memory else 'not measured yet'}")
    return lines


def last_errors(snapshot: Snapshot) -> list[str]:
    """Warnings of Kubernetes and lines of trouble of the pods' logs, few of each."""
    events = [
        f"{event['involvedObject'].get('name', '')}: {event.get('reason', '')} {event.get('message', '')}"
        for event in snapshot.warnings()
    ]
    logs = [
        f"{pod['metadata']['name']}: {line.text}"
        for pod in snapshot.pods
        for line in telling(snapshot.log(pod["metadata"]["name"]), most=1)[:1]
        if _ERROR.search(line.text)
    ]
    every = [" ".join(line.split()) for line in dict.fromkeys([*events[: _ERRORS // 2], *logs])][:_ERRORS]
    return [f"  {line}" if len(line) <= _WIDTH else f"  {line[: _WIDTH - 2]} …" for line in every]


def url_says(url: str) -> str:
    """Whether the application answers where people reach it, and how fast."""
    began = time.monotonic()
    # an address of this machine is never reached through a proxy
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}) if "//localhost" in url or "//127." in url else urllib.request.ProxyHandler()
    )
    try:
        with opener.open(url, timeout=_URL_TIMEOUT_S) as page:
            code = page.status
    except urllib.error.HTTPError as error:
        return f"answers with {error.code}: the ingress controller is there, what is behind it is not"
    except OSError as error:
        return f"does not answer ({getattr(error, 'reason', error)})"
    return f"answers ({code} after {time.monotonic() - began:.2f} s)"
