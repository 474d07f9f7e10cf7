"""Names of days and months, and of small numbers beside them."""

from wealth_agents.models.offline.glossary import in_order

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday", "sunday")
    )
    for name in names.split()
}
DAY_WORDS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
PARTS_OF_DAY = frozenset(
    ("night", "morning", "evening", "afternoon", "raat", "subah", "shaam", "sham", "رات", "صبح", "شام", "dopahar")
)
NUMBERS = {
    word: number
    for number, word in enumerate(in_order("one two three four five six seven eight nine ten eleven twelve"), start=1)
} | {"thirty": 30, "sixty": 60, "ninety": 90, "fifteen": 15, "fourteen": 14, "twenty": 20, "couple": 2}
ORDINALS = {word: number for number, word in enumerate(in_order("first second third fourth"), start=1)}
