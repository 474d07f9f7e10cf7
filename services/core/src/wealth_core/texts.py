"""Text as people, files and agents send it."""

import unicodedata

# Control characters would break logs and tables, and half of a surrogate pair can't be stored at all.
_UNUSABLE = frozenset({"Cc", "Cs"})
_LAYOUT = frozenset("\n\r\t")


def plain_text(value: object) -> object:
    """One line of text, composed (NFC), without the space around it; what isn't text is left to who checks types."""
    if not isinstance(value, str):
        return value
    if any(unicodedata.category(character) in _UNUSABLE for character in value.strip()):
        raise ValueError("This text has control characters in it: write it on one line, without any.")
    return unicodedata.normalize("NFC", value.strip())


def spoken_text(value: object) -> object:
    """Like `plain_text`, of as many lines as it takes."""
    if not isinstance(value, str):
        return value
    if any(unicodedata.category(one) in _UNUSABLE and one not in _LAYOUT for one in value):
        raise ValueError("This text has control characters in it: write it without any.")
    return unicodedata.normalize("NFC", value.strip())


def storable(value: object) -> object:
    """JSON as PostgreSQL takes it: without NUL characters and halves of surrogate pairs, wherever they stand."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    return value
