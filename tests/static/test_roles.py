"""Every role is documented, and says the same in its defaults, its argument specification and its README."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
ROLES = sorted(path for path in (ROOT / "roles").iterdir() if (path / "tasks").is_dir())
TASK_FILES = sorted(
    [*ROOT.glob("roles/*/tasks/*.yml"), *ROOT.glob("roles/*/handlers/*.yml"), *ROOT.glob("playbooks/*.yml")]
)

# Where secrets come from: whatever mentions one of these, or a variable that was made from one, holds a secret.
SOURCES = re.compile(r"secrets_values|\bunvault\b|ansible\.builtin\.password|\"config\", .*\"--raw\"")
# Made from secrets, but telling nothing of them.
HARMLESS = {
    "__release_values",  # asks only whether there is a model key
    "kagent_tools",  # asks only the same
    "__secrets_lacking",  # keys of the vault, without values
    "__secrets_problems",  # names keys and their forms
    "secrets_checksums",  # keyed
    "secrets_database",  # mode and port
    "secrets_rotation",  # key and step
}
HARMLESS_PARTS = re.compile(
    r"__database_tries\.results\[-1\]\.(?:version|connections)\b"
    r"|__database_tries\.results \| map\(attribute='problem'\)"
    r"|__secrets_consumers \| dict2items \| map\(attribute='value\.secret'\)"
)
# Keywords whose values Ansible does not print.
UNSEEN = {
    "when",
    "until",
    "failed_when",
    "changed_when",
    "name",
    "register",
    "tags",
    "loop_control",
    "vars",
    "module_defaults",
}
# They only say which tasks come next; those are looked at where they stand.
INCLUDES = {
    f"ansible.builtin.{verb}_{what}" for verb in ("include", "import") for what in ("tasks", "role", "playbook", "vars")
}


def identity(path: Path) -> str:
    return str(path.relative_to(ROOT))


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def task_lists(path: Path) -> Iterator[dict[str, Any]]:
    """All tasks of a file, with what a block around them says about secrecy handed down."""
    document = load(path) or []
    for entry in document:
        if "hosts" in entry:
            for section in ("pre_tasks", "tasks", "post_tasks", "handlers"):
                yield from flatten(entry.get(section, []), {})
        else:
            yield from flatten([entry], {})


def flatten(tasks: list[dict[str, Any]], inherited: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for task in tasks:
        if "block" in task:
            handed_down = inherited | {key: task[key] for key in ("no_log", "diff") if key in task}
            for section in ("block", "rescue", "always"):
                yield from flatten(task.get(section, []), handed_down)
        else:
            yield inherited | task


@pytest.fixture(scope="module")
def all_tasks() -> list[tuple[str, dict[str, Any]]]:
    return [(identity(path), task) for path in TASK_FILES for task in task_lists(path)]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_role_has_every_part(role: Path) -> None:
    for part in ("README.md", "meta/main.yml", "meta/argument_specs.yml", "defaults/main.yml", "tasks/main.yml"):
        assert (role / part).is_file(), f"{role.name} has no {part}"
    readme = (role / "README.md").read_text()
    assert readme.startswith(f"# {role.name}\n")
    for word in ("Inputs", "Outputs", "Roll-back", "Idempotent", "Check mode"):
        assert word in readme, f"the README of {role.name} says nothing about: {word}"


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_specification_names_the_defaults(role: Path) -> None:
    defaults = load(role / "defaults" / "main.yml") or {}
    specification = load(role / "meta" / "argument_specs.yml")["argument_specs"]
    options = specification["main"].get("options", {})
    assert sorted(options) == sorted(defaults)
    for entry_point, described in specification.items():
        assert set(described.get("options", {})) <= set(defaults), f"{entry_point} describes what has no default"
        assert entry_point == "main" or (role / "tasks" / f"{entry_point}.yml").is_file()


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_specification_has_the_same_values(role: Path) -> None:
    defaults = load(role / "defaults" / "main.yml") or {}
    options = load(role / "meta" / "argument_specs.yml")["argument_specs"]["main"].get("options", {})

    def normal(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\s+", "", value)
        if isinstance(value, dict):
            return {key: normal(inner) for key, inner in value.items()}
        return [normal(inner) for inner in value] if isinstance(value, list) else value

    different = [name for name, value in defaults.items() if normal(options[name].get("default")) != normal(value)]
    assert different == [], "defaults/main.yml and argument_specs.yml name other values"
    undescribed = [name for name, option in options.items() if not str(option.get("description", "")).strip()]
    assert undescribed == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_default_has_a_comment(role: Path) -> None:
    commented = False
    bare: list[str] = []
    for line in (role / "defaults" / "main.yml").read_text().splitlines():
        if not line.strip():
            commented = False
        elif line.startswith("#"):
            commented = True
        elif re.match(r"\w", line) and not commented and "#" not in line:
            bare.append(line.split(":")[0])
    assert bare == []


@pytest.mark.parametrize("path", TASK_FILES, ids=identity)
def test_tasks_are_named_after_their_file(path: Path) -> None:
    if path.parent.name != "tasks" or path.name == "main.yml":
        return
    # a table of contents has no part of its own
    unmarked = [task["name"] for task in task_lists(path) if " | " not in task["name"] and not INCLUDES & task.keys()]
    assert unmarked == [], "does not begin with the part it belongs to"


def text(value: object) -> str:
    return json.dumps(value, default=str)


def shown_by(task: dict[str, Any]) -> str:
    shown = {key: value for key, value in task.items() if key not in UNSEEN}
    if isinstance(shown.get("ansible.builtin.set_fact"), dict):
        shown["ansible.builtin.set_fact"] = list(shown["ansible.builtin.set_fact"].values())
    if isinstance(shown.get("ansible.builtin.assert"), dict):
        shown["ansible.builtin.assert"] = {k: v for k, v in shown["ansible.builtin.assert"].items() if k != "that"}
    return HARMLESS_PARTS.sub("", text(shown))


def definitions(tasks: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, str]]:
    """Every variable with the text that it is made from."""
    for path in [*ROOT.glob("roles/*/defaults/main.yml"), *ROOT.glob("roles/*/vars/*.yml")]:
        for name, value in (load(path) or {}).items():
            yield name, text(value)
    for _, task in tasks:
        for name, value in (task.get("vars", {}) | task.get("ansible.builtin.set_fact", {})).items():
            yield name, text(value)
        if "register" in task and "ansible.builtin.set_fact" not in task:
            yield task["register"], shown_by(task)


def secret_names(tasks: list[tuple[str, dict[str, Any]]]) -> re.Pattern[str]:
    known = list(definitions(tasks))
    pattern = SOURCES
    names: set[str] = set()
    while True:
        found = {name for name, made_from in known if pattern.search(HARMLESS_PARTS.sub("", made_from))} - HARMLESS
        if found <= names:
            return pattern
        names |= found
        pattern = re.compile(f"{SOURCES.pattern}|\\b(?:{'|'.join(sorted(names))})\\b")


def test_what_touches_a_secret_is_not_logged(all_tasks: list[tuple[str, dict[str, Any]]]) -> None:
    secret = secret_names(all_tasks)
    loud = [
        f"{path}: {task.get('name')} ({match[0]})"
        for path, task in all_tasks
        if not INCLUDES & task.keys() and task.get("no_log") is not True and (match := secret.search(shown_by(task)))
    ]
    assert loud == []


def test_what_writes_a_secret_shows_no_difference(all_tasks: list[tuple[str, dict[str, Any]]]) -> None:
    writers = {"ansible.builtin.copy", "ansible.builtin.template", "kubernetes.core.k8s", "kubernetes.core.helm"}
    shown = [
        f"{path}: {task.get('name')}"
        for path, task in all_tasks
        if task.get("no_log") is True and writers & task.keys() and task.get("diff") is not False
    ]
    assert shown == []


def test_a_secret_is_followed_through_variables() -> None:
    tasks: list[tuple[str, dict[str, Any]]] = [
        ("a", {"name": "Make it", "ansible.builtin.set_fact": {"__one": "{{ secrets_values.vault_jwt_key }}"}}),
        ("b", {"name": "Send it", "ansible.builtin.uri": {"body": "{{ __one }}"}, "register": "__two"}),
        ("c", {"name": "Ask", "ansible.builtin.debug": {"msg": "hello"}, "when": "__two is defined"}),
    ]
    secret = secret_names(tasks)
    assert secret.search("{{ __two.json }}")
    assert not secret.search(shown_by(tasks[2][1]))


def test_every_command_says_when_it_changes(all_tasks: list[tuple[str, dict[str, Any]]]) -> None:
    commands = {"ansible.builtin.command", "ansible.builtin.shell"}
    silent = [
        f"{path}: {task.get('name')}"
        for path, task in all_tasks
        if commands & task.keys() and not {"changed_when", "creates", "removes"} & (task.keys() | argument_names(task))
    ]
    assert silent == []


def argument_names(task: dict[str, Any]) -> set[str]:
    for module in ("ansible.builtin.command", "ansible.builtin.shell"):
        if isinstance(task.get(module), dict):
            return set(task[module])
    return set()


@pytest.mark.spec("FR-004", "FR-005")
def test_helm_makes_all_that_is_in_the_cluster_but_secrets_and_their_namespace(
    all_tasks: list[tuple[str, dict[str, Any]]],
) -> None:
    made = {
        path
        for path, task in all_tasks
        for module in ("kubernetes.core.k8s", "kubernetes.core.k8s_json_patch")
        if module in task and task[module].get("state") != "absent"
    }
    # two touch what is there: a hook that Helm has rendered runs once more, a Secret is told what the database knows
    assert made == {
        "roles/secrets/tasks/apply.yml",
        "roles/backup/tasks/restore_migrate.yml",
        "roles/database/tasks/owner.yml",
    }
    kinds = re.findall(r"^kind: (\w+)", (ROOT / "roles/secrets/templates/secrets.yml.j2").read_text(), re.MULTILINE)
    assert set(kinds) == {"Secret"}
    # a token is no object
    by_hand = re.compile(r"\bkubectl\b.*\b(?:apply|create(?!\W+token)|replace|patch|edit)\b")
    commands = ("ansible.builtin.command", "ansible.builtin.shell")
    assert [path for path, task in all_tasks for name in commands if by_hand.search(text(task.get(name)))] == []


def test_the_example_vault_has_the_keys_of_the_role() -> None:
    example = load(ROOT / "inventory" / "local" / "vault.yml.example")
    keys = load(ROOT / "roles" / "secrets" / "vars" / "main.yml")["__secrets_keys"]
    assert list(example) == [key["name"] for key in keys]
    template = (ROOT / "roles" / "secrets" / "templates" / "vault.yml.j2").read_text()
    assert "__secrets_keys" in template or all(key["name"] in template for key in keys)


def test_every_key_of_the_vault_can_be_rotated() -> None:
    keys = load(ROOT / "roles" / "secrets" / "vars" / "main.yml")["__secrets_keys"]
    rotated = load(ROOT / "roles" / "rotation" / "vars" / "main.yml")["__rotation_keys"]
    assert sorted(rotated) == sorted(key["name"] for key in keys)
