"""The one map of base images."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.support.ansible import ROOT

IMAGES = yaml.safe_load((ROOT / "group_vars" / "all" / "images.yml").read_text())
VERSIONS = yaml.safe_load((ROOT / "group_vars" / "all" / "versions.yml").read_text())["versions"]


@pytest.mark.parametrize(("name", "image"), IMAGES["images_upstream"].items())
def test_public_images_are_pinned_by_digest(name: str, image: str) -> None:
    assert re.fullmatch(r"[a-z0-9.]+(/[a-z0-9-]+)+:v?[0-9][\w.-]*@sha256:[0-9a-f]{64}", image)


@pytest.mark.parametrize("name", ["traefik", "metrics_server"])
def test_both_sources_have_the_same_controllers(name: str) -> None:
    assert f":v{VERSIONS[name]}@" in IMAGES["images_upstream"][name]
    assert f"v{{{{ versions.{name} }}}}" in IMAGES["images_packages"][name]


def test_whatever_is_pulled_can_be_made() -> None:
    assert set(IMAGES["images_upstream"]) == set(IMAGES["images_packages"]) - {"debian"}
    assert set(IMAGES["images_packages"]) == set(IMAGES["images_digests"])
