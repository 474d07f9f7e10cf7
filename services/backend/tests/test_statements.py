"""Statements in the layouts of real banks and programs (with data of our own), and files that nobody should send."""

from __future__ import annotations

import json
import time
import tracemalloc
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from ofxtools.Parser import OFXTree
from quiffen import Qif

from wealth_backend.imports.formats import BadRow, Options, StatementRow, open_statement, recognise
from wealth_backend.imports.refusal import StatementError

from .conftest import problem

FILES = Path(__file__).parent / "statements"
HSBC = {
    "columns": {"date": 1, "payee": 2, "amount": 3},
    "has_header": False,
    "date_format": "DD/MM/YYYY",
}


@dataclass(frozen=True)
class Expected:
    currency: str
    rows: int
    total: str
    first: tuple[str, str, str]
    """Date, amount, payee."""
    bad: tuple[str, str, int, str]
    """What to put in place of what, so that this row, line, transaction or entry is refused with these words."""
    format: str = "csv"
    encoding: str = "UTF-8"
    notes: frozenset[str] = frozenset()
    unbooked: int = 0
    fields: dict[str, str] = field(default_factory=dict)


LAYOUTS = {
    "chase_checking.csv": Expected(
        "USD",
        4,
        "2315.85",
        ("2026-11-24", "-84.15", "WHOLEFDS MKT 10234 AUSTIN TX 11/23"),
        ("11/18/2026", "11/31/2026", 4, "'11/31/2026' is not a date like MM/DD/YYYY"),
    ),
    "bank_of_america.csv": Expected(
        "USD",
        3,
        "862.60",
        ("2026-11-02", "-1250.00", "RENT PAYMENT HILLSIDE APARTMENTS"),
        ('"-37.40"', '"minus 37"', 11, "'minus 37' is not an amount"),
    ),
    "capital_one.csv": Expected(
        "USD",
        3,
        "168.53",
        ("2026-11-21", "-18.40", "UBER *TRIP"),
        ("63.07,", "63.07,63.07", 4, "both a debit and a credit"),
    ),
    "revolut.csv": Expected(
        "EUR",
        3,
        "391.60",
        ("2026-11-02", "-6.40", "Boulangerie Lenoir"),
        ("2026-11-03 17:01:58", "2026-11-33 17:01:58", 3, "is not a date"),
        unbooked=2,
    ),
    "wise.csv": Expected(
        "EUR",
        3,
        "885.10",
        ("2026-11-24", "-14.90", "Mercadona Valencia"),
        ("-600.00,EUR", "-600.00,CHF", 3, "it is in CHF, the account in EUR"),
        notes=frozenset({"Sent money to Marta Ruiz"}),
    ),
    "n26.csv": Expected(
        "EUR",
        3,
        "2187.28",
        ("2026-11-02", "-890.00", "Vermietung Sommer"),
        ('"Hauptkonto",-43.27', '"Hauptkonto",', 3, "the amount is missing"),
        notes=frozenset({"Miete November", "Gehalt 11/2026"}),
    ),
    "deutsche_bank.csv": Expected(
        "EUR",
        3,
        "2415.30",
        ("2026-11-03", "-78.50", "Stadtwerke München"),
        ("12.11.2026;12.11.2026", "32.11.2026;12.11.2026", 7, "'32.11.2026' is not a date like DD.MM.YYYY"),
        encoding="CP1252",
        notes=frozenset({"Brötchen für Größenwahn"}),
    ),
    "hsbc_uk.csv": Expected(
        "GBP",
        3,
        "1934.48",
        ("2026-11-24", "-27.85", "CARD PAYMENT TO TESCO STORES 3112"),
        ("05/11/2026", "05/13/2026", 3, "'05/13/2026' is not a date like DD/MM/YYYY"),
        fields={"mapping": json.dumps(HSBC)},
    ),
    "monzo.csv": Expected(
        "GBP",
        3,
        "113.10",
        ("2026-11-24", "-3.45", "Pret A Manger"),
        ("120.00,GBP,120.00", "=60*2,GBP,120.00", 4, "is a formula"),
        notes=frozenset({"concert tickets"}),
    ),
    "hbl_pakistan.csv": Expected(
        "PKR",
        3,
        "160650.00",
        ("2026-11-02", "-4350.00", "IBFT TO K-ELECTRIC BILL"),
        ("05-Nov-2026,05-Nov", "05-Nuv-2026,05-Nov", 6, "'05-Nuv-2026' is not a date"),
    ),
    "meezan.csv": Expected(
        "PKR",
        3,
        "4034.50",
        ("2026-11-03", "-7845.50", "POS Purchase Imtiaz Super Market"),
        ("PKR 3,120.00", "USD 3,120.00", 4, "this row is in USD, the account in PKR"),
    ),
    "paypal.csv": Expected(
        "USD",
        2,
        "169.22",
        ("2026-11-03", "-24.50", "Etsy Shop Moonbow"),
        ('"193.72"', '"193.7.2"', 3, "'193.7.2' is not an amount"),
        unbooked=1,
    ),
    "amex.qif": Expected(
        "USD",
        3,
        "-650.18",
        ("2026-11-24", "-42.18", "BLUE BOTTLE COFFEE OAKLAND CA"),
        ("D11/20/2026", "D11/31/2026", 8, "'11/31/2026' is not a date like MM/DD/YYYY"),
        format="qif",
        notes=frozenset({"TICKET 0062345678901"}),
    ),
    "quicken.qif": Expected(
        "USD",
        3,
        "2045.85",
        ("2026-01-05", "-84.15", "Safeway"),
        ("$-24.15", "$-24.16", 13, "its parts add up to -84.16, not to -84.15"),
        format="qif",
        notes=frozenset({"Weekly shop; Groceries food -60.00; Household -24.15"}),
    ),
    "ofx1_bank.ofx": Expected(
        "USD",
        3,
        "1164.80",
        ("2026-11-05", "-35.20", "Barnes & Noble & Café"),
        ("<DTPOSTED>20261109", "<DTPOSTED>20261139", 2, "'20261139' is not a date"),
        format="ofx",
        encoding="CP1252",
        notes=frozenset({"PAYROLL NOVEMBER"}),
    ),
    "ofx1_card.ofx": Expected(
        "USD",
        2,
        "0.00",
        ("2026-11-10", "-64.99", "BOOKSHOP.ORG"),
        ("<TRNAMT>64.99", "<TRNAMT>", 2, "its amount (TRNAMT) is missing"),
        format="ofx",
        notes=frozenset({"RETURN"}),
    ),
    "quickbooks.qfx": Expected(
        "USD",
        2,
        "-298.93",
        ("2026-11-30", "1.07", "INTEREST PAYMENT"),
        ("<TRNAMT>-300.00", "<TRNAMT>-3,00,0", 2, "'-3,00,0' is not an amount"),
        format="ofx",
        notes=frozenset({"to checking ...6789, café fund"}),
    ),
    "ofx2_bank.ofx": Expected(
        "CAD",
        2,
        "1962.75",
        ("2026-11-07", "-17.25", "Tim Hortons <#12> & Co"),
        ("<TRNAMT>1980.00", "<TRNAMT>1980.005", 2, "has more than the 2 decimals of CAD"),
        format="ofx",
        notes=frozenset({"Payroll"}),
    ),
    "camt053_v02_german.xml": Expected(
        "EUR",
        3,
        "2500.00",
        ("2026-11-24", "-59.90", "Müller Büromöbel GmbH"),
        ("2500.00</Amt><CdtDbtInd>CRDT", "2500.00</Amt><CdtDbtInd>CREDIT", 2, "(CdtDbtInd) is CREDIT"),
        format="camt053",
        encoding="ISO-8859-1",
        notes=frozenset({"Rechnung 4711 Kunde 100", "RF18539007547034", "Reversal: Rückgabe Rechnung 4711"}),
        unbooked=1,
    ),
    "camt053_v08_swiss.xml": Expected(
        "CHF",
        4,
        "290.90",
        ("2026-11-24", "100.50", "Verein Alpenblick"),
        ("2026-11-24T08:13:00+01:00", "2026-13-24T08:13:00", 3, "'2026-13-24T08:13:00' is not a date"),
        format="camt053",
        notes=frozenset({"210000000003139471430009011"}),
    ),
}


def content(name: str) -> bytes:
    return (FILES / name).read_bytes()


def bad_twin(name: str) -> bytes:
    """The same file with one thing in it that can't be read."""
    old, new, *_ = LAYOUTS[name].bad
    codec = {"CP1252": "latin-1", "ISO-8859-1": "latin-1"}.get(LAYOUTS[name].encoding, "utf-8")
    text = content(name).decode(codec)
    assert text.count(old) == 1, f"{text.count(old)} places in {name}"
    return text.replace(old, new).encode(codec)


def test_every_sample_has_its_expectations():
    assert {path.name for path in FILES.iterdir()} == set(LAYOUTS)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_statement_is_imported_whole_and_only_once(ada, name):
    expected = LAYOUTS[name]
    account = ada.account("Main", expected.currency)
    preview = ada.preview(account, content(name), **expected.fields).json()
    assert preview["errors"] == []
    assert preview["totals"] == {"rows": expected.rows, "new": expected.rows, "duplicates": 0, "refused": 0}
    assert (preview["format"], preview["encoding"], preview["unbooked"]) == (
        expected.format,
        expected.encoding,
        expected.unbooked,
    )
    first = preview["rows"][0]
    assert (first["date"], first["amount"]["amount"], first["payee"]) == expected.first
    assert sum(Decimal(row["amount"]["amount"]) for row in preview["rows"]) == Decimal(expected.total)
    assert {row["note"] for row in preview["rows"]} >= expected.notes

    result = ada.imported(account, content(name), **expected.fields)
    assert (result.status_code, result.json()["imported"], result.json()["duplicates"]) == (201, expected.rows, 0)
    assert ada.http.get("/accounts").json()[0]["balance"]["amount"] == expected.total
    items = ada.http.get("/transactions").json()["items"]
    assert sorted((one["payee"], one["amount"]["amount"]) for one in items) == sorted(
        (row["payee"], row["amount"]["amount"]) for row in preview["rows"]
    )

    again = ada.imported(account, content(name), **expected.fields).json()
    assert (again["imported"], again["duplicates"]) == (0, expected.rows)
    assert ada.http.get("/transactions").json()["items"] == items


@pytest.mark.parametrize("name", LAYOUTS)
def test_its_bad_twin_is_refused_with_place_and_reason_and_leaves_nothing(ada, name):
    expected = LAYOUTS[name]
    account = ada.account("Main", expected.currency)
    *_, place, words = expected.bad
    preview = ada.preview(account, bad_twin(name), **expected.fields).json()
    assert [(error["row"], words in error["message"]) for error in preview["errors"]] == [(place, True)]
    answer = ada.imported(account, bad_twin(name), **expected.fields)
    body = problem(answer, 422, "unreadable_rows")
    assert [error["field"] for error in body["errors"]] == [f"{preview['unit']} {place}"]
    assert words in body["detail"]
    assert "nothing was imported" in body["detail"]
    assert ada.http.get("/transactions").json()["items"] == []
    assert ada.http.get("/imports").json()["items"] == []


# --- what is refused as a whole ---

OFX = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nCHARSET:1252\n\n"


def ofx(*transactions: str, account: str = "1", currency: str = "USD") -> str:
    return (
        f"{OFX}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>{currency}<BANKACCTFROM><ACCTID>{account}</BANKACCTFROM>"
        f"<BANKTRANLIST>{''.join(transactions)}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def paid(amount: str = "-5.00", fitid: str = "F1", name: str = "Shop", day: str = "20261105") -> str:
    return f"<STMTTRN><DTPOSTED>{day}<TRNAMT>{amount}<FITID>{fitid}<NAME>{name}</STMTTRN>\n"


def camt(*entries: str, iban: str = "DE1", head: str = "", kind: str = "BkToCstmrStmt") -> str:
    return (
        f'{head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><{kind}><Stmt><Acct><Id><IBAN>{iban}'
        f"</IBAN></Id><Ccy>USD</Ccy></Acct>{''.join(entries)}</Stmt></{kind}></Document>"
    )


def entry(amount: str = "5.00", more: str = "", status: str = "<Cd>BOOK</Cd>") -> str:
    return (
        f'<Ntry><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>{status}</Sts><BookgDt><Dt>2026-11-05</Dt>'
        f"</BookgDt>{more}</Ntry>"
    )


def qif(*records: str) -> str:
    return "!Type:Bank\n" + "".join(f"{record}\n^\n" for record in records)


XXE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(10))
    + "]>"
)
MIB = 1024 * 1024
HOSTILE = {
    "an external entity in CAMT": (camt(entry(more="<AddtlNtryInf>&x;</AddtlNtryInf>"), head=XXE), "malformed_xml"),
    "a billion laughs in CAMT": (camt(entry(more="<AddtlNtryInf>&a10;</AddtlNtryInf>"), head=LAUGHS), "malformed_xml"),
    "an external entity in OFX": (
        ofx(paid(name="&x;")).replace("<OFX>", '<!DOCTYPE OFX [<!ENTITY x SYSTEM "file:///etc/passwd">]><OFX>'),
        "malformed_ofx",
    ),
    "a billion laughs in OFX 2": (LAUGHS + "<OFX><A>&a10;</A></OFX>", "malformed_ofx"),
    "elements nested deeply in CAMT": (camt(entry(more="<a>" * 100_000 + "</a>" * 100_000)), "malformed_xml"),
    "elements nested deeply in OFX": (f"{OFX}<OFX>{'<A>' * 100_000}</OFX>", "malformed_ofx"),
    "an entry without an end in CAMT": (camt(entry(more="<X/>" * 1_000_000)), "malformed_xml"),
    "texts that never close in OFX": (f"{OFX}<OFX>{'<A><![CDATA[' * 200_000}</OFX>", "malformed_ofx"),
    "a remark that never closes in OFX": (f"{OFX}<OFX><!--{'<' * MIB}</OFX>", "malformed_ofx"),
    "a huge text in OFX": (ofx(paid(name="x" * MIB)), "malformed_ofx"),
    "a huge line in QIF": (qif("D2026-11-05", "P" + "x" * MIB), "malformed_qif"),
    "a huge line in CSV": ("Date,Description,Amount\n2026-11-05," + "x" * MIB + ",-1\n", "malformed_csv"),
    "a million columns in CSV": ("Date,Description,Amount" + "," * MIB, "malformed_csv"),
    "a row over many lines in CSV": ('Date,Description,Amount\n2026-11-05,"' + '\n","' * MIB, "malformed_csv"),
    "a million parts in QIF": ("!Type:Bank\nD2026-11-05\n" + "SFood\n$-1\n" * 100_000 + "^\n", "malformed_qif"),
    "OFX that breaks off": (ofx(paid(), paid(fitid="F2"))[:-100], "truncated"),
    "OFX that breaks off in a tag": (ofx(paid(), paid())[:-5], "malformed_ofx"),
    "OFX with a transaction that doesn't end": (ofx(paid().replace("</STMTTRN>", "")), "malformed_ofx"),
    "OFX with a transaction in another": (ofx(paid().replace("</STMTTRN>", ""), paid()), "malformed_ofx"),
    "OFX with text where none may be": (ofx(paid()).replace("</STMTTRN>", "</STMTTRN> surplus"), "malformed_ofx"),
    "OFX without transactions": (ofx(), "empty_file"),
    "OFX in another currency": (ofx(paid(), currency="EUR"), "other_currency"),
    "OFX with trades": (
        f"{OFX}<OFX><INVSTMTRS><INVTRANLIST><BUYSTOCK><UNITS>1</BUYSTOCK></INVTRANLIST></INVSTMTRS></OFX>",
        "investments",
    ),
    "QIF that breaks off": (qif("D2026-11-05\nT-1") + "D2026-11-06\nT-2\n", "truncated"),
    "QIF of an unknown kind": ("!Type:Checking\nD2026-11-05\nT-1\n^\n", "malformed_qif"),
    "QIF with trades": ("!Type:Invst\nD2026-11-05\nNBuy\n^\n", "investments"),
    "QIF without transactions": ("!Type:Bank\n", "empty_file"),
    "QIF with dates of two meanings": (qif("D03/04/2026\nT-1"), "ambiguous_dates"),
    "QIF with days and months mixed": (qif("D13/02/2026\nT-1", "D02/14/2026\nT-1"), "mixed_dates"),
    "QIF with mixed amounts": (qif("D2026-11-05\nT-1.50", "D2026-11-05\nT-1,50"), "mixed_numbers"),
    "CAMT that breaks off": (camt(entry())[:-40], "malformed_xml"),
    "CAMT without entries": (camt(), "empty_file"),
    "CAMT in another currency": (camt(entry()).replace("<Ccy>USD", "<Ccy>EUR"), "other_currency"),
    "an interim report": (camt(entry(), kind="BkToCstmrAcctRpt"), "not_camt053"),
    "a web page": ("<!DOCTYPE html><html><body>Please sign in</body></html>", "malformed_xml"),
    "other XML": ('<?xml version="1.0"?><feed><entry/></feed>', "not_camt053"),
    "XML in an encoding that there isn't": (
        camt(entry(), head='<?xml version="1.0" encoding="x-nothing"?>'),
        "malformed_xml",
    ),
    "bytes that are no UTF-8 in CAMT": (camt(entry(more="<AddtlNtryInf>\xe4</AddtlNtryInf>")).encode("latin-1"), None),
    "a zip with a statement": (b"PK\x03\x04" + camt(entry()).encode(), "not_csv"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_damaged_file_is_refused_in_a_sentence_soon_and_with_little_memory(name):
    file, code = HOSTILE[name]
    data = file.encode() if isinstance(file, str) else file
    began = time.perf_counter()
    tracemalloc.start()
    try:
        with pytest.raises(StatementError) as refused:
            open_statement(data, "USD", Options())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.code == (code or "malformed_xml")
    assert refused.value.detail.endswith(".")
    assert len(refused.value.detail) < 400
    assert "root:" not in refused.value.detail
    # Tracing makes everything several times slower.
    assert time.perf_counter() - began < 20
    assert peak < 40 * MIB


@pytest.mark.parametrize("name", ["an external entity in CAMT", "OFX that breaks off", "QIF that breaks off"])
def test_such_a_refusal_changes_nothing(ada, name):
    account = ada.account(opening_balance="10.00")
    file, code = HOSTILE[name]
    for send in (ada.preview, ada.imported):
        problem(send(account, file.encode()), 422, code)
    assert ada.http.get("/transactions").json()["items"] == []
    assert ada.http.get("/accounts").json()[0]["balance"]["amount"] == "10.00"


# --- rows ---


def read(text: str, currency: str = "USD", **options: str) -> list[StatementRow | BadRow]:
    return list(open_statement(text.encode(), currency, Options(**options)).rows())


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (ofx(paid(day="20261105230000[-5:EST]")), None),
        (ofx(paid(day="5 November")), "is not a date"),
        (ofx(paid(day="18991231")), "is not a date"),
        (ofx(paid().replace("<NAME>", "<DTPOSTED>20261106<NAME>")), "it has DTPOSTED twice"),
        (ofx(paid().replace("<FITID>", "<CURRENCY><CURRATE>1<CURSYM>EUR</CURRENCY><FITID>")), "it is in EUR"),
        (ofx(paid("=1+1")), "is a formula"),
        (ofx(paid("-99999999999999")), "more than can be booked"),
        (ofx(paid(name="x" * 1001)), "longer than 1000"),
        (qif("T-1\nPShop"), "its date (D) is missing"),
        (qif("D2026-11-05\nPShop"), "its amount (T) is missing"),
        (qif("D2026-11-05\nD2026-11-06\nT-1"), "as if the ^ between two were missing"),
        (qif("D2026-11-05\nT12abc3"), "is not an amount"),
        (qif("D5\nT-1"), "is not a date"),
        (camt(entry(status="")), "its status (Sts) is missing"),
        (camt(entry("-5.00")), "is not an amount"),
        (camt(entry()).replace('Amt Ccy="USD"', 'Amt Ccy="EUR"'), "it is in EUR"),
        (camt(entry()).replace("<BookgDt>", "<X>").replace("</BookgDt>", "</X>"), "(BookgDt) is missing"),
    ],
)
def test_a_row_is_read_or_refused_with_a_reason(file, words):
    (row,) = read(file)
    assert isinstance(row, BadRow) == (words is not None)
    if isinstance(row, BadRow):
        assert words in row.message
    else:
        # The bank's own day, not that of Greenwich.
        assert str(row.date) == "2026-11-05"


def test_a_batch_becomes_its_parts_only_where_they_add_up():
    parts = "<NtryDtls>{}</NtryDtls>".format(
        "".join(f'<TxDtls><Amt Ccy="USD">{amount}</Amt></TxDtls>' for amount in ("2.00", "3.00"))
    )
    assert [str(row.money.amount) for row in read(camt(entry("5.00", parts)))] == ["-2.00", "-3.00"]
    assert [str(row.money.amount) for row in read(camt(entry("5.50", parts)))] == ["-5.50"]


@pytest.mark.parametrize("version", ["02", "04", "06", "08", "10", "13"])
def test_every_version_of_camt_053_is_read(version):
    (row,) = read(camt(entry()).replace("001.08", f"001.{version}"))
    assert str(row.money) == "-5.00 USD"


def test_ids_that_name_nothing_are_none():
    rows = read(ofx(*(paid(fitid=fitid) for fitid in ("0", "NONREF", "000000", "A1"))))
    assert [row.external_id for row in rows] == [None, None, None, "A1"]


def test_the_format_is_known_from_the_content_whatever_comes_before_it():
    for name, expected in LAYOUTS.items():
        for before in (b"", b"\n\n ", b"\xef\xbb\xbf"):
            assert recognise(before + content(name)) == expected.format
    assert recognise(camt(entry()).encode("utf-16")) == "camt053"
    assert [str(row.money) for row in open_statement(camt(entry()).encode("utf-16"), "USD", Options()).rows()] == [
        "-5.00 USD"
    ]


SEVERAL = {
    "ofx": ofx(paid(), account="111").replace("</BANKMSGSRSV1></OFX>", "")
    + ofx(paid("-7.00", name="Other"), account="222").partition("<BANKMSGSRSV1>")[2],
    "qif": "!Account\nN111\n^\n" + qif("D2026-11-05\nT-5.00") + "!Account\nN222\n^\n" + qif("D2026-11-05\nT-7.00"),
    "camt": camt(entry(), iban="111").replace("</BkToCstmrStmt></Document>", "")
    + camt(entry("7.00"), iban="222").partition("<BkToCstmrStmt>")[2],
}


@pytest.mark.parametrize("name", SEVERAL)
def test_of_several_accounts_in_a_file_one_has_to_be_chosen(ada, name):
    account = ada.account()
    file = SEVERAL[name].encode()
    body = problem(ada.imported(account, file), 422, "several_accounts")
    assert "“111”, “222”" in body["detail"]
    assert body["errors"][0]["field"] == "statement_account"
    assert (
        "“111”, “222”" in problem(ada.imported(account, file, statement_account="3"), 422, "no_such_account")["detail"]
    )
    assert ada.imported(account, file, statement_account="222").json()["imported"] == 1
    assert ada.http.get("/accounts").json()[0]["balance"]["amount"] == "-7.00"


# --- against libraries that read these formats too ---


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["ofx1_card.ofx", "quickbooks.qfx"])
def test_ofxtools_finds_the_same_amounts_and_ids(name):
    """It keeps whole files in memory, drops what follows an empty value and is GPL, so it is a witness only."""
    tree = OFXTree()
    tree.parse(BytesIO(content(name)))
    theirs = [(one.fitid, one.trnamt) for one in tree.convert().statements[0].transactions]
    rows = open_statement(content(name), LAYOUTS[name].currency, Options()).rows()
    assert [(row.external_id, row.money.amount) for row in rows] == theirs


@pytest.mark.parametrize("name", [name for name in LAYOUTS if LAYOUTS[name].format == "qif"])
def test_quiffen_finds_the_same_dates_and_amounts(name):
    """It takes "12abc3" for 123, "1,50" for 150 and "5" for a day of this month, so it is a witness only."""
    found = Qif.parse_string(content(name).decode().replace("\r\n", "\n"))
    theirs = [
        (one.date.date(), one.amount)
        for account in found.accounts.values()
        for transactions in account.transactions.values()
        for one in transactions
    ]
    rows = open_statement(content(name), "USD", Options()).rows()
    assert sorted((row.date, row.money.amount) for row in rows) == sorted(theirs)
