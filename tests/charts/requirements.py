"""Writes the tables of docs/requirements.md from the charts, and from what was measured last (README.md).

python -m tests.charts.requirements     needs helm on PATH, or its folder in WEALTH_TOOLS
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.charts.test_budget import NODE_CPU, NODE_MEMORY, SYSTEM, Amounts, largest, total
from tests.support.charts import APPLICATION, DATABASE, ROOT, of_kind, render

if TYPE_CHECKING:
    from tests.support.charts import Object

PAGE = ROOT / "docs" / "requirements.md"
_PLACE = re.compile(r"(?<=<!-- written by tests/charts/requirements.py -->\n).*?(?=<!-- end -->)", re.DOTALL)


def idle_mib() -> dict[str, str]:
    """Of each part, as README.md has it."""
    table = (ROOT / "README.md").read_text().partition("| Idle | Memory (MiB) |")[2].partition("\n\n")[0]
    return dict(re.findall(r"^\| ([\w-]+) \| (\d+) \|$", table, re.MULTILINE))


def tables() -> str:
    objects: tuple[Object, ...] = render(APPLICATION, APPLICATION / "values.yaml")
    objects += render(DATABASE, DATABASE / "values.yaml")
    least = {
        item["spec"]["scaleTargetRef"]["name"]: item["spec"]["minReplicas"]
        for item in of_kind(objects, "HorizontalPodAutoscaler")
    }
    requests, limits, idle = largest(objects, "requests"), largest(objects, "limits"), idle_mib()
    lines = [
        "| Part | Pods | Processor asked for | Memory asked for | Memory limit | Memory idle |",
        "|---|---|---|---|---|---|",
    ]
    for name, (asked, most) in sorted(requests.items()):
        pods = f"{least[name]} to {most}" if name in least else str(most)
        memory = f"{asked.memory} MiB | {limits[name][0].memory} MiB | {idle[name]} MiB"
        lines.append(f"| {name} | {pods} | {asked.cpu} m | {memory} |")
    surge = sum((amounts for name, (amounts, _) in requests.items() if name != "database"), Amounts())
    system = Amounts(*(sum(column) for column in zip(*SYSTEM.values(), strict=True)))
    smallest = {name: (amounts, least.get(name, number)) for name, (amounts, number) in requests.items()}
    sums = {
        "all parts, each autoscaler at its least": total(smallest),
        "all parts, each autoscaler at its most": total(requests),
        "one more pod of each Deployment, while it is updated": surge,
        "Kubernetes itself, ingress and metrics": system,
        "**the most that is ever asked for**": total(requests) + surge + system,
        "the node": Amounts(NODE_CPU, NODE_MEMORY),
    }
    lines += ["", "| Together | Processor | Memory |", "|---|---|---|"]
    lines += [f"| {what} | {amounts.cpu} m | {amounts.memory} MiB |" for what, amounts in sums.items()]
    lines.append(f"| all memory limits, and Kubernetes | | {total(limits).memory + system.memory} MiB |")
    return "\n".join(lines) + "\n"


def with_tables(page: str) -> str:
    return _PLACE.sub(lambda _: tables(), page)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text()))
