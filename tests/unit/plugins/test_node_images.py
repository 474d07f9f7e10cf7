"""What is missing or broken in the node is loaded in one stream, and counts as loaded only when it arrived whole."""

from collections.abc import Callable
from types import ModuleType

import pytest

HEADER = "REF TYPE DIGEST STATUS SIZE UNPACKED"
APP = "wealth-companion/backend:0123456789ab"


class FakeEngine:
    """Answers like docker; what is loaded is in the node afterwards, whole or not."""

    def __init__(self, rows: dict[str, str], *, arrives: str = "complete (3/3)", code: int = 0) -> None:
        self.rows = rows
        self.arrives = arrives
        self.code = code
        self.loads: list[list[str]] = []

    def __call__(self, command: list[str]) -> tuple[int, str, str]:
        if command[0] == "bash":
            self.loads.append(command[4:])
            self.rows |= {f"docker.io/{image}": self.arrives for image in command[4:]}
            return self.code, "", "ctr: no space left on device\n"
        lines = [
            f"{ref} application/vnd.oci.image.manifest.v1+json sha256:{'0' * 64} {status} 1.0 MiB/1.0 MiB true"
            for ref, status in self.rows.items()
        ]
        return 0, "\n".join([HEADER, *lines]), ""


@pytest.fixture
def bring(node_images: ModuleType) -> Callable[..., list[str]]:
    def _bring(engine: FakeEngine, *images: str, check_mode: bool = False) -> list[str]:
        loaded: list[str] = node_images.bring(node_images.Node("node", engine), list(images), check_mode=check_mode)
        return loaded

    return _bring


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("python:3.11", "docker.io/library/python:3.11"),
        (APP, f"docker.io/{APP}"),
        ("localhost/wealth-base/python:1", "localhost/wealth-base/python:1"),
        ("registry.k8s.io/pause:3.10", "registry.k8s.io/pause:3.10"),
        ("host:5000/a:1", "host:5000/a:1"),
    ],
)
def test_short_names_are_completed_as_containerd_does(node_images: ModuleType, image: str, name: str) -> None:
    assert node_images.full_name(image) == name


def test_an_image_that_the_node_has_is_not_loaded(bring: Callable[..., list[str]]) -> None:
    engine = FakeEngine({f"docker.io/{APP}": "complete (3/3)"})

    assert bring(engine, APP) == []
    assert engine.loads == []


def test_missing_images_are_loaded_in_one_stream(bring: Callable[..., list[str]]) -> None:
    engine = FakeEngine({})

    assert bring(engine, APP, "a/b:1", APP) == [APP, "a/b:1"]
    assert engine.loads == [[APP, "a/b:1"]]


def test_what_a_killed_load_left_is_loaded_again(bring: Callable[..., list[str]]) -> None:
    engine = FakeEngine({f"docker.io/{APP}": "incomplete (1/3)"})

    assert bring(engine, APP) == [APP]


def test_check_mode_only_tells(bring: Callable[..., list[str]]) -> None:
    engine = FakeEngine({})

    assert bring(engine, APP, check_mode=True) == [APP]
    assert engine.loads == []


def test_an_image_that_does_not_arrive_whole_is_refused(
    node_images: ModuleType, bring: Callable[..., list[str]]
) -> None:
    with pytest.raises(node_images.LoadError, match="did not arrive whole"):
        bring(FakeEngine({}, arrives="incomplete (1/3)"), APP)


def test_a_failed_load_names_the_cause(node_images: ModuleType, bring: Callable[..., list[str]]) -> None:
    with pytest.raises(node_images.LoadError, match="no space left on device"):
        bring(FakeEngine({}, code=1), APP)


def test_a_node_that_does_not_answer_names_the_cure(node_images: ModuleType) -> None:
    node = node_images.Node("node", lambda _: (1, "", "Error: No such container: node\n"))

    with pytest.raises(node_images.LoadError, match=r"No such container: node.*make up"):
        node.missing([APP])
