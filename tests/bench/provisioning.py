#!/usr/bin/env python3
"""What provisioning costs: a second run beside its floor; taking down and up, if asked.

tests/bench/provisioning.py            the stack of inventory/ci has to be up
tests/bench/provisioning.py --cycle    takes it down and up again too

The floor is a play of as many `ping` tasks as the second run has tasks. Both run in turn (A B B A …), so that a machine
that slows down slows both. Times are wall-clock seconds; processor seconds are those of the run and all its children,
not of the engine and the cluster.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.support.ansible import RECAP, ROOT, Inventory, Run

TARGET_SECOND_RUN_SECONDS = 60
TARGET_CYCLE_SECONDS = 300


@dataclass(frozen=True)
class Cost:
    run: Run
    processor_seconds: float

    @property
    def tasks(self) -> int:
        recap = RECAP.search(self.run.output)
        assert recap, self.run.output
        return int(recap["ok"])


def measure(inventory: Inventory, playbook: str) -> Cost:
    before = os.times()
    run = inventory.play(playbook)
    after = os.times()
    if run.code:
        sys.exit(f"{run.output}\n{playbook} failed; see above.")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(run, used)


def spread(values: list[float], unit: str = "s") -> str:
    return f"median {statistics.median(values):.1f} {unit} ({min(values):.1f} to {max(values):.1f}, {len(values)} runs)"


def verdict(*, met: bool) -> str:
    return "met" if met else "MISSED"


def floor(folder: str, tasks: int) -> str:
    play = Path(folder) / "floor.yml"
    pings = "".join(f"    - {{name: Ping {number}, ansible.builtin.ping: }}\n" for number in range(tasks))
    play.write_text(f"- name: The floor\n  hosts: localhost\n  gather_facts: false\n  tasks:\n{pings}")
    return str(play)


def second_runs(inventory: Inventory, pairs: int) -> bool:
    print("Warming up: one run that is not counted.", flush=True)
    tasks = measure(inventory, "site.yml").tasks
    runs: list[Cost] = []
    floors: list[Cost] = []
    with tempfile.TemporaryDirectory() as folder:
        least = floor(folder, tasks)
        for number in range(pairs):
            turns = [(runs, "site.yml"), (floors, least)]
            for kept, playbook in turns if number % 2 == 0 else turns[::-1]:
                kept.append(measure(inventory, playbook))
            print(
                f"pair {number + 1} of {pairs}: {runs[-1].run.seconds:.1f} s, {floors[-1].run.seconds:.1f} s",
                flush=True,
            )
    wall = [cost.run.seconds for cost in runs]
    ratios = [one.run.seconds / other.run.seconds for one, other in zip(runs, floors, strict=True)]
    met = statistics.median(wall) <= TARGET_SECOND_RUN_SECONDS
    changed = sorted({cost.run.changed for cost in runs})
    print(f"second run, {tasks} tasks   {spread(wall)}; target {TARGET_SECOND_RUN_SECONDS} s: {verdict(met=met)}")
    print(f"  processor           {spread([cost.processor_seconds for cost in runs])}")
    print(f"  changed             {', '.join(map(str, changed))}")
    print(f"as many pings         {spread([cost.run.seconds for cost in floors])}")
    print(f"ratio                 {spread(ratios, 'times')}")
    return met and changed == [0]


def cycle(inventory: Inventory) -> bool:
    down = measure(inventory, "playbooks/destroy-stack.yml").run.seconds
    began = time.monotonic()
    measure(inventory, "site.yml")
    up = time.monotonic() - began
    met = up <= TARGET_CYCLE_SECONDS
    print(f"down                  {down:.0f} s")
    print(f"up, with the cache    {up:.0f} s; target {TARGET_CYCLE_SECONDS} s: {verdict(met=met)}")
    return met


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5, help="how many second runs, each beside its floor (default: 5)")
    parser.add_argument("--cycle", action="store_true", help="also take the stack down and up again; its data go")
    arguments = parser.parse_args()
    inventory = Inventory(ROOT / "inventory" / "ci")
    if not Path(inventory.setting("stack_kubeconfig")[0]).exists():
        sys.exit("The stack of inventory/ci is not up: `make up INVENTORY=ci` brings it up.")
    met = second_runs(inventory, arguments.pairs)
    if arguments.cycle:
        met = cycle(inventory) and met
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
