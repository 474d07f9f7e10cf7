"""Locks of Go modules have the versions of versions.yml, and the Go program of our own is tested."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.ansible import ROOT

ROLE = ROOT / "roles" / "toolchain"
VERSIONS: dict[str, str] = yaml.safe_load((ROOT / "group_vars" / "all" / "versions.yml").read_text())["versions"]
BUILDS: dict[str, dict[str, Any]] = yaml.safe_load((ROLE / "vars" / "main.yml").read_text())["__toolchain_builds"]


def locked(name: str) -> dict[str, str]:
    return dict(
        re.findall(r"^\s*(?:require )?(\S+) v(\S+)", (ROLE / "files/go" / name / "go.mod").read_text(), re.MULTILINE)
    )


@pytest.mark.parametrize("tool", BUILDS)
def test_the_lock_has_the_version_that_is_asked_for(tool: str) -> None:
    build = BUILDS[tool]
    assert locked(build["lock"])[build["module"]] == VERSIONS[build["version"]], "run scripts/lock-go"


def test_every_lock_belongs_to_a_tool() -> None:
    assert {path.name for path in (ROLE / "files/go").iterdir()} == {build["lock"] for build in BUILDS.values()}


def test_metrics_server_is_stamped_with_the_version_of_its_kubernetes_libraries() -> None:
    libraries = locked("metrics-server")["k8s.io/component-base"]
    assert libraries.startswith("0.")
    stamp = f"-X k8s.io/component-base/version.gitVersion=v1.{libraries.removeprefix('0.')}"
    assert stamp in BUILDS["metrics-server"]["ldflags"]


def test_reduced_caps() -> None:
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "wealth-companion"
    go = shutil.which("go") or next(map(str, cache.glob("tools/go/*/bin/go")), None)
    if not go:
        pytest.skip("not run: no Go")
    tests = subprocess.run(
        [go, "test", "./..."],
        cwd=ROOT / "roles/container_engine/files/reduced-caps",
        env=os.environ | {"GOCACHE": str(cache / "go/build"), "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tests.returncode == 0, tests.stdout + tests.stderr
