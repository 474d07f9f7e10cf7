"""Has agents fail or get too much to do, and writes what that meant for those who asked them.

python -m tests.recovery faults     .artifacts/recovery.json: each fault of each agent
python -m tests.recovery load       .artifacts/scaling.json: an agent under load, and after it
python -m tests.recovery pressure   .artifacts/pressure.json: a node that is short of memory
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from tests.recovery.faults import Agent, is_noticed
from tests.recovery.measure import measure_fault, measure_load, measure_pressure
from tests.support.ansible import ROOT, Inventory
from tests.support.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Callable

# The coordinator is the way to all others; of these one stands for all: they are one image with one recipe.
FAULTS = (
    ("coordinator", "killed"),
    ("coordinator", "hung"),
    ("spending", "killed with its watchdog"),
    ("spending", "frozen as a whole"),
    ("spending", "out of memory"),
    ("spending", "evicted"),
)


def faults(stack: Stack) -> list[dict[str, object]]:
    return [measure_fault(stack, name, fault) for name, fault in FAULTS if is_noticed(Agent(stack, name), fault)]


def load(stack: Stack) -> list[dict[str, object]]:
    return [measure_load(stack, "spending")]


def pressure(stack: Stack) -> list[dict[str, object]]:
    return [measure_pressure(stack)]


MEASUREMENTS: dict[str, tuple[str, Callable[[Stack], list[dict[str, object]]]]] = {
    "faults": ("recovery", faults),
    "load": ("scaling", load),
    "pressure": ("pressure", pressure),
}


def table(rows: list[dict[str, object]]) -> str:
    heads = list(rows[0])
    lines = [heads, ["---"] * len(heads), *([str(row[head]) for head in heads] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=MEASUREMENTS)
    name, measure = MEASUREMENTS[parser.parse_args().what]
    rows = measure(Stack.of(Inventory(ROOT / "inventory" / "ci")))
    folder = ROOT / ".artifacts"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(rows, indent=1))
    (folder / f"{name}.md").write_text(f"{table(rows)}\n")
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
