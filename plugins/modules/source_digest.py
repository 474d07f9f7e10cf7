#!/usr/bin/python
"""Names image builds after what goes into them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ansible.module_utils.basic import AnsibleModule

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTATION = """
module: source_digest
short_description: Digest what an image build would be made of
description:
  - Reads the files that the engine would be sent as build context, with the context's C(.dockerignore) applied, and
    digests their paths, contents and executable bits. Times, owners and the other permission bits differ between two
    clones and do not count.
  - Nothing is changed, and no version control is needed.
options:
  sources:
    description: What to digest, by name.
    type: dict
    required: true
    suboptions:
      context:
        description: The folder of the build context.
        type: path
        required: true
      paths:
        description: Files and folders of the context that count; without any, all of it.
        type: list
        elements: str
      args:
        description: Build arguments, which count besides the files; they name the base images.
        type: dict
author: [The Wealth Companion authors]
"""

EXAMPLES = """
- name: Digest the sources of the backend
  source_digest:
    sources:
      backend: {context: services, paths: [core, backend], args: {BASE_IMAGE: "python:3.11"}}
  register: digest
"""

RETURN = """
digests:
  description: Twelve hexadecimal digits of each, by name. The first is a letter: YAML takes 12e345678901 as a number.
  type: dict
  returned: success
"""


NAME = re.compile(r"[a-f][0-9a-f]{11}")


class SourceError(Exception):
    """A source that can not be digested."""


class Ignore:
    """The patterns of a .dockerignore; the last one that matches a path or a folder above it decides."""

    def __init__(self, text: str) -> None:
        lines = (line.strip() for line in text.splitlines())
        self._rules = [self._rule(line) for line in lines if line and not line.startswith("#")]
        self._has_exceptions = any(kept for _, kept in self._rules)

    def hides(self, path: str) -> bool:
        hidden = False
        for pattern, kept in self._rules:
            if pattern.fullmatch(path):
                hidden = not kept
        return hidden

    def prunes(self, folder: str) -> bool:
        """Whether nothing below the folder can count."""
        return self.hides(folder) and not self._has_exceptions

    @staticmethod
    def _rule(line: str) -> tuple[re.Pattern[str], bool]:
        kept = line.startswith("!")
        glob = os.path.normpath(line.removeprefix("!").strip()).strip("/")
        # "**/" also stands for no folder at all, and what lies in a matched folder is matched
        parts = re.split(r"(\*\*/?|\*|\?|\[[^]]*\])", glob)
        meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
        regex = "".join(meaning.get(part) or (part if part.startswith("[") else re.escape(part)) for part in parts)
        return re.compile(f"{regex}(?:/.*)?", re.DOTALL), kept


def digest(context: Path, paths: list[str] | None = None, args: dict[str, str] | None = None) -> str:
    ignore_file = context / ".dockerignore"
    ignore = Ignore(ignore_file.read_text() if ignore_file.is_file() else "")
    total = hashlib.sha256()
    for name, value in sorted((args or {}).items()):
        total.update(f"arg\0{name}\0{value}\0".encode())
    for path in sorted({name for start in paths or ["."] for name in _files(context, start, ignore)}):
        kind, content = _content(context / path)
        total.update(f"{kind}\0{path}\0{len(content)}\0".encode())
        total.update(content)
    found: list[str] = NAME.findall(total.hexdigest())
    return found[0]


def _files(context: Path, start: str, ignore: Ignore) -> Iterator[str]:
    top = context / start
    if not top.exists():
        raise SourceError(f"{top} does not exist: correct the paths of this source.")
    if not top.is_dir():
        yield os.path.normpath(start)
        return
    for folder, folders, files in os.walk(top):
        inner = os.path.relpath(folder, context)
        here = "" if inner == "." else f"{inner}/"
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        folders[:] = [name for name in folders if name not in links and not ignore.prunes(here + name)]
        yield from (here + name for name in [*files, *links] if not ignore.hides(here + name))


def _content(path: Path) -> tuple[str, bytes]:
    if path.is_symlink():
        return "link", os.fsencode(path.readlink())
    executable = path.stat().st_mode & stat.S_IXUSR
    return "program" if executable else "file", path.read_bytes()


def run(module: AnsibleModule) -> None:
    digests: dict[str, Any] = {}
    for name, source in module.params["sources"].items():
        try:
            digests[name] = digest(Path(source["context"]), source.get("paths"), source.get("args"))
        except (OSError, SourceError) as error:
            module.fail_json(msg=f"The sources of {name} can not be read: {error}")
    module.exit_json(changed=False, digests=digests)


def main() -> None:
    run(AnsibleModule(argument_spec={"sources": {"type": "dict", "required": True}}, supports_check_mode=True))


if __name__ == "__main__":
    main()
