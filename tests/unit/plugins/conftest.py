"""Modules and callbacks are programs beside the test tree, not a package."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PLUGINS = Path(__file__).resolve().parents[3] / "plugins"


def _load(name: str, kind: str = "modules") -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, PLUGINS / kind / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def source_digest() -> ModuleType:
    return _load("source_digest")


@pytest.fixture(scope="session")
def node_images() -> ModuleType:
    return _load("node_images")


@pytest.fixture(scope="session")
def postgresql_probe() -> ModuleType:
    return _load("postgresql_probe")


@pytest.fixture(scope="session")
def progress() -> ModuleType:
    return _load("progress", "callback")
