"""Lists of words as tables: what is written to what the grammar calls it, and the form of a verb."""

from collections.abc import Mapping, Sequence

from wealth_agents.models.offline.words import normalise

Gloss = tuple[str, str]
"""The name in the grammar, and for verbs: past, infinitive, habit, future, command or stem."""
FORMS = ("past", "infinitive", "habit", "future", "command")


def in_order(text: str) -> list[str]:
    return text.split()


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def phrases(text: str) -> list[str]:
    return [" ".join(normalise(phrase).split()) for phrase in text.split(",") if phrase.strip()]


def glossary(lines: str) -> dict[str, Gloss]:
    """Lines of "name: form, form of two words"."""
    found = dict[str, Gloss]()
    for line in filter(str.strip, lines.splitlines()):
        name, _, forms = line.strip().partition(":")
        found |= dict.fromkeys(phrases(forms), (name, ""))
    return found


def verbs(
    roots: Mapping[str, str],
    *,
    past: Sequence[str],
    infinitive: Sequence[str],
    habit: Sequence[str],
    future: Sequence[str],
    command: Sequence[str],
    irregular: Mapping[str, Sequence[str]],
) -> dict[str, Gloss]:
    """Every form of every root; `irregular` gives forms of their own, in the order of FORMS."""
    endings = dict(zip(FORMS, (past, infinitive, habit, future, command), strict=True))
    found = dict[str, Gloss]()
    for name, stems in roots.items():
        for stem in stems.split():
            found.setdefault(normalise(stem), (name, "stem"))
            for form, suffixes in endings.items():
                found |= {normalise(stem + suffix): (name, form) for suffix in suffixes}
    for name, lists in irregular.items():
        for form, text in zip(FORMS, lists, strict=True):
            given = phrases(text) if "," in text else normalise(text).split()
            found |= dict.fromkeys(given, (name, form))
    return found
