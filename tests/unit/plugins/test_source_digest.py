"""A digest changes exactly when the image would."""

import re
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".dockerignore").write_text("# not for the image\n**/tests\n**/*.pyc\nnode_modules\n!kept.pyc\n")
    for name in ("core/a.py", "web/b.py", "web/tests/test_b.py", "web/node_modules/x.js", "node_modules/y.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_two_trees_with_the_same_files_have_the_same_digest(source_digest: ModuleType, tree: Path) -> None:
    before = source_digest.digest(tree)
    (tree / "core/a.py").touch()
    (tree / "core/a.py").chmod(0o600)

    assert source_digest.digest(tree) == before


def test_no_digest_looks_like_a_number(source_digest: ModuleType, tree: Path) -> None:
    digests = {source_digest.digest(tree, args={"NUMBER": str(number)}) for number in range(200)}

    assert len(digests) == 200
    assert all(re.fullmatch("[a-f][0-9a-f]{11}", digest) for digest in digests)


@pytest.mark.parametrize("hidden", ["web/tests/test_b.py", "core/cached.pyc", "node_modules/y.js"])
def test_a_file_that_the_engine_is_not_sent_does_not_count(source_digest: ModuleType, tree: Path, hidden: str) -> None:
    before = source_digest.digest(tree)
    (tree / hidden).write_text("changed")

    assert source_digest.digest(tree) == before


@pytest.mark.parametrize("sent", ["core/a.py", "new.py", "web/node_modules/x.js", "kept.pyc"])
def test_a_file_that_the_engine_is_sent_counts(source_digest: ModuleType, tree: Path, sent: str) -> None:
    before = source_digest.digest(tree)
    (tree / sent).write_text("changed")

    assert source_digest.digest(tree) != before


def test_a_renamed_file_counts(source_digest: ModuleType, tree: Path) -> None:
    before = source_digest.digest(tree)
    (tree / "core/a.py").rename(tree / "core/c.py")

    assert source_digest.digest(tree) != before


def test_the_executable_bit_counts(source_digest: ModuleType, tree: Path) -> None:
    before = source_digest.digest(tree)
    (tree / "core/a.py").chmod(0o755)

    assert source_digest.digest(tree) != before


def test_where_a_link_points_to_counts(source_digest: ModuleType, tree: Path) -> None:
    (tree / "core/link").symlink_to("a.py")
    before = source_digest.digest(tree)
    (tree / "core/link").unlink()
    (tree / "core/link").symlink_to("../web/b.py")

    assert source_digest.digest(tree) != before


def test_only_the_named_paths_count(source_digest: ModuleType, tree: Path) -> None:
    before = source_digest.digest(tree, paths=["core", "web/b.py"])
    (tree / "web/c.py").write_text("other")

    assert source_digest.digest(tree, paths=["core", "web/b.py"]) == before


def test_the_base_image_counts(source_digest: ModuleType, tree: Path) -> None:
    one, other = ({"BASE_IMAGE": f"base:{number}"} for number in (1, 2))

    assert source_digest.digest(tree, args=one) != source_digest.digest(tree, args=other)


def test_a_path_that_is_not_there_is_refused(source_digest: ModuleType, tree: Path) -> None:
    with pytest.raises(source_digest.SourceError, match="does not exist"):
        source_digest.digest(tree, paths=["gone"])
