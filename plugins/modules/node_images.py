#!/usr/bin/python
"""Brings images from the container engine into a cluster node."""

from __future__ import annotations

import re
from collections.abc import Callable

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: node_images
short_description: Load images into a cluster node and verify that they are whole
description:
  - Asks the containerd of a node that runs as a container which of the images it holds completely, streams the others
    from the engine in one go, and asks again. Complete means that every layer is there with the size that its manifest
    names; a load that was killed leaves an incomplete image, which is loaded again.
options:
  node:
    description: Name of the node's container.
    type: str
    required: true
  images:
    description: The images, named as in the engine.
    type: list
    elements: str
    required: true
author: [The Wealth Companion authors]
"""

EXAMPLES = """
- name: Load the backend
  node_images:
    node: wealth-companion-control-plane
    images: [wealth-companion/backend:0123456789ab]
"""

RETURN = """
loaded:
  description: The images that were missing in the node; in check mode those that would be loaded.
  type: list
  returned: success
"""

Run = Callable[[list[str]], tuple[int, str, str]]

CTR = ["ctr", "--namespace", "k8s.io", "images"]
STREAM = f'set -o pipefail; docker save "$@" | docker exec --interactive "$0" {" ".join(CTR)} import -'

# ctr prints: REF TYPE DIGEST STATUS SIZE UNPACKED, the status as "complete (7/7)"
ROW = re.compile(r"^(?P<ref>\S+)\s+\S+\s+sha256:[0-9a-f]{64}\s+complete \(")


class LoadError(Exception):
    """Images that did not reach the node; the message says why and what to do."""


def full_name(image: str) -> str:
    """The name containerd gives to an image that the engine calls by a short one."""
    first, _, rest = image.partition("/")
    if not rest:
        return f"docker.io/library/{image}"
    return image if "." in first or ":" in first or first == "localhost" else f"docker.io/{image}"


class Node:
    """The containerd of a node, reached through the engine that runs the node."""

    def __init__(self, name: str, run: Run) -> None:
        self._name = name
        self._run = run

    def missing(self, images: list[str]) -> list[str]:
        code, out, errors = self._run(["docker", "exec", self._name, *CTR, "check"])
        if code:
            raise LoadError(
                f"The node {self._name} does not tell its images ({_last_line(errors)}):"
                " bring the cluster up first (`make up`)."
            )
        complete = {row["ref"] for row in map(ROW.match, out.splitlines()) if row}
        return [image for image in dict.fromkeys(images) if full_name(image) not in complete]

    def load(self, images: list[str]) -> None:
        code, _, errors = self._run(["bash", "-c", STREAM, self._name, *images])
        if code:
            raise LoadError(
                f"{', '.join(images)} could not be brought to the node {self._name} ({_last_line(errors)}):"
                " free disk space when it is full, then run the stage images again."
            )


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "no message"


def bring(node: Node, images: list[str], *, check_mode: bool) -> list[str]:
    missing = node.missing(images)
    if missing and not check_mode:
        node.load(missing)
        if left := node.missing(missing):
            raise LoadError(
                f"{', '.join(left)} did not arrive whole in the node: free disk space when it is full,"
                " then run the stage images again."
            )
    return missing


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "node": {"type": "str", "required": True},
            "images": {"type": "list", "elements": "str", "required": True},
        },
        supports_check_mode=True,
    )
    try:
        loaded = bring(
            Node(module.params["node"], module.run_command), module.params["images"], check_mode=module.check_mode
        )
    except LoadError as error:
        module.fail_json(msg=str(error))
    module.exit_json(changed=bool(loaded), loaded=loaded)


if __name__ == "__main__":
    main()
