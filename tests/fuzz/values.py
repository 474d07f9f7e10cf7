"""JSON that a schema allows, and JSON that hardly anything allows."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

Schema = dict[str, Any]

# What breaks programs: limits of types, of encodings, of parsers, and of databases.
NASTY: tuple[Any, ...] = (
    None,
    True,
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\ud800",
    "\u202egnp",
    "%",
    "_%_",
    "' OR 1=1 --",
    "{{7*7}}",
    "../../etc/passwd",
    "x" * 5000,
    "٣٤",
    "NaN",
    "Infinity",
    "1e400",
    "-0",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-W45",
    0,
    -1,
    2**31,
    2**63,
    2**64,
    -(10**40),
    1e308,
    5e-324,
    -0.0,
    0.1,
    [],
    [[]],
    {},
    {"": ""},
    [None] * 100,
)
_KEYS = ("user_id", "user", "status", "limit", "cursor", "_meta", "", "\x00", "self", "call", "ctx", "__class__")


def mostly(usual: SearchStrategy[Any], rare: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """The one four times out of five; `one_of` would choose among all branches of both alike."""
    return st.integers(0, 4).flatmap(lambda number: usual if number else rare)


def any_json() -> SearchStrategy[Any]:
    plain = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers(), st.floats(allow_nan=False))
    return st.recursive(
        plain,
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
        max_leaves=8,
    )


def valid(schema: Schema, known: Mapping[str, Sequence[Any]], definitions: Schema | None = None) -> SearchStrategy[Any]:
    """Values that `schema` allows; `known` holds, by a property's name, what means something in the books."""
    definitions = schema.get("$defs", {}) if definitions is None else definitions
    if "$ref" in schema:
        return valid(definitions[schema["$ref"].rsplit("/", 1)[1]], known, definitions)
    if "anyOf" in schema:
        return st.one_of([valid(one, known, definitions) for one in schema["anyOf"]])
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if schema.get("type") == "object":
        return _object(schema, known, definitions)
    if schema.get("type") == "array":
        inner = valid(schema.get("items", {}), known, definitions)
        return st.lists(inner, min_size=schema.get("minItems", 0), max_size=min(schema.get("maxItems", 5), 5))
    plain = _PLAIN.get(schema.get("type", ""))
    return any_json() if plain is None else plain(schema)


def _object(schema: Schema, known: Mapping[str, Sequence[Any]], definitions: Schema) -> SearchStrategy[Any]:
    properties = {
        name: mostly(st.sampled_from(list(known[name])), valid(one, known, definitions))
        if name in known
        else valid(one, known, definitions)
        for name, one in schema.get("properties", {}).items()
    }
    required = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: one for name, one in properties.items() if name in required},
        optional={name: one for name, one in properties.items() if name not in required},
    )


def _string(schema: Schema) -> SearchStrategy[str]:
    match schema.get("format"):
        case "date":
            return st.dates().map(str)
        case "date-time":
            return st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")
        case "uuid":
            return st.uuids().map(str)
    if "pattern" in schema:
        return st.from_regex(re.compile(schema["pattern"]), fullmatch=True)
    shortest, longest = schema.get("minLength", 0), min(schema.get("maxLength", 60), 300)
    printable = st.characters(exclude_categories=("Cc", "Cs"))
    return mostly(st.text(printable, min_size=shortest, max_size=longest), st.text(min_size=shortest, max_size=longest))


def _number(schema: Schema) -> SearchStrategy[float]:
    low, high = schema.get("minimum"), schema.get("maximum")
    return st.one_of(st.integers(low, high), st.floats(low, high, allow_nan=False, allow_infinity=False))


_PLAIN: Mapping[str, Callable[[Schema], SearchStrategy[Any]]] = {
    "string": _string,
    "integer": lambda schema: st.integers(schema.get("minimum"), schema.get("maximum")),
    "number": _number,
    "boolean": lambda _: st.booleans(),
    "null": lambda _: st.none(),
}


@st.composite
def spoiled(draw: st.DrawFn, values: SearchStrategy[Any]) -> Any:
    """What was valid, changed in one to three places."""
    value = draw(values)
    for _ in range(draw(st.integers(1, 3))):
        value = draw(_spoil(value))
    return value


def _spoil(value: Any) -> SearchStrategy[Any]:
    if not isinstance(value, dict):
        return any_json()
    keys = sorted(value)
    changes = [
        st.tuples(st.one_of(st.sampled_from(_KEYS), st.text(max_size=10)), any_json()).map(
            lambda new: {**value, new[0]: new[1]}
        )
    ]
    if keys:
        changes += [
            st.sampled_from(keys).map(lambda gone: {key: one for key, one in value.items() if key != gone}),
            st.tuples(st.sampled_from(keys), any_json()).map(lambda new: {**value, new[0]: new[1]}),
        ]
    return st.one_of(*changes, any_json())


def written(value: Any) -> bytes:
    """JSON in ASCII: halves of surrogate pairs survive it."""
    return json.dumps(value).encode()
