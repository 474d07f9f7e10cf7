"""Which encoding a statement is in, or why it is no text at all."""

import codecs
import re
from collections.abc import Iterator
from io import BytesIO

from charset_normalizer import from_bytes

from wealth_backend.imports.refusal import StatementError

# What banks and spreadsheets write besides UTF-8; a guess among all encodings there are is worse.
_WESTERN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859_2", "iso8859_15", "cp850")
_OTHER_LETTERS = ("cp1251", "iso8859_5", "koi8_r", "cp866", "cp1253", "cp1255", "cp1256")
_EASTERN = ("cp932", "euc_jp", "gb18030", "big5", "cp949")
_LEGACY = (*_WESTERN, *_OTHER_LETTERS, *_EASTERN)
# Latin encodings are hard to tell apart in a few words; what people of these currencies use decides between equals.
_USUAL = "cp1252"
_USUAL_BY_CURRENCY = {**dict.fromkeys(("BAM", "CZK", "HUF", "PLN", "RON", "RSD"), "cp1250"), "TRY": "cp1254"}
_UNICODE = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8"),
    codecs.BOM_UTF32_LE: ("utf-32", "UTF-32"),
    codecs.BOM_UTF32_BE: ("utf-32", "UTF-32"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
_SAVE_AS_CSV = "open it in the program it comes from and save it as CSV"
_OTHER_FILES = {
    b"PK\x03\x04": f"an Excel or OpenDocument workbook ({_SAVE_AS_CSV}) or a zip (unpack it and choose a file inside)",
    b"\xd0\xcf\x11\xe0": f"an old Excel workbook: {_SAVE_AS_CSV}",
    b"%PDF": "a PDF: download the statement as CSV, OFX, QIF or CAMT.053 instead",
    b"\x1f\x8b": "packed with gzip: unpack it and choose the file inside",
    b"{\\rtf": f"a document with formatting: {_SAVE_AS_CSV}",
}
_SOMETHING = re.compile(rb"[^ \t\r\n\x00\x1a]")
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a")
_MOST_CONTROLS = 0.01
_PIECE = 64 * 1024
_SAMPLE = 32 * 1024


def check_text(data: bytes) -> None:
    """Refuses what is no text by what it begins with."""
    # Searched, since stripping copies all of a large file to find its ends.
    if not _SOMETHING.search(data):
        raise StatementError("empty_file", "This file is empty: download the statement again and choose the new file.")
    for signature, what in _OTHER_FILES.items():
        if data.startswith(signature):
            raise StatementError("not_csv", f"This file is not a statement that can be read but {what}.")


def detect(data: bytes, currency: str, *, declared: str | None = None) -> tuple[str, str]:
    """The codec that reads all of the file, and the encoding's name for people.

    `declared` is what the file says of itself. It counts where the file isn't UTF-8, which nothing else is by chance.
    """
    check_text(data)
    # UTF-32's mark begins with UTF-16's, so it comes first.
    codec, name = next((found for mark, found in _UNICODE.items() if data.startswith(mark)), ("", ""))
    codec = codec or _unmarked_utf16(data)
    if codec:
        _require(data, codec, name or "UTF-16")
        return codec, name or "UTF-16"
    sample = data[:_PIECE]
    controls = sum(byte < ord(" ") and byte not in _TEXT_CONTROLS for byte in sample)
    if b"\x00" in data or controls > len(sample) * _MOST_CONTROLS:
        raise StatementError(
            "not_csv", "This file is binary, not a statement: download it as CSV, OFX, QIF or CAMT.053 and choose that."
        )
    if _undecodable_line(data, "utf-8") is None:
        return "utf-8", "UTF-8"
    if declared is not None:
        name = declared.upper()
        _require(data, declared, name)
        return declared, name
    return _legacy(data, currency)


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without its mark: in such a table nearly every other byte is zero."""
    sample = data[:_PIECE]
    for codec, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros and zeros.count(0) > len(zeros) * 0.7 and sample.count(0) < len(sample) * 0.6:
            return codec
    return ""


def _legacy(data: bytes, currency: str) -> tuple[str, str]:
    sample = _foreign_lines(data)
    text = sample.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(len(character.encode()) > 1 for character in text) - broken
    if whole > broken:  # by chance hardly anything is valid UTF-8
        _require(data, "utf-8", "UTF-8")
    codec = _guess(sample, _USUAL_BY_CURRENCY.get(currency, _USUAL))
    name = codec.upper().replace("_", "-")
    _require(data, codec, name)
    return codec, name


def _foreign_lines(data: bytes) -> bytes:
    """The first of those lines that tell something about the encoding."""
    sample = bytearray()
    for line in BytesIO(data):
        if not line.isascii():
            sample += line
        if len(sample) >= _SAMPLE:
            break
    return bytes(sample[:_SAMPLE])


def _guess(sample: bytes, usual: str) -> str:
    guesses = from_bytes(sample, cp_isolation=list(_LEGACY))
    best = guesses.best()
    if best is None:
        raise StatementError(
            "unknown_encoding", "It can't be told which encoding this file is in: save it as UTF-8 and choose it again."
        )
    usual_fits = any(usual in guess.could_be_from_charset and guess.chaos <= best.chaos for guess in guesses)
    return usual if usual_fits else best.encoding


def _require(data: bytes, codec: str, name: str) -> None:
    line = _undecodable_line(data, codec)
    if line is not None:
        raise StatementError(
            "broken_encoding",
            f"Line {line} has characters that are not {name}, unlike the rest of the file:"
            " save it as UTF-8 and choose it again.",
        )


def _undecodable_line(data: bytes, codec: str) -> int | None:
    lines = 1
    try:
        for text in codecs.iterdecode(_pieces(data), codec):
            lines += text.count("\n")
    except UnicodeDecodeError as error:
        return lines + error.object[: error.start].count(b"\n")
    return None


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]
