"""What the tools answer, through the official client connected in memory."""

import pytest
from mcp import Client
from pydantic import SecretStr

from wealth_core.database import Database
from wealth_core.models import Import, StatementFormat
from wealth_core.repositories import AccountRepository, ImportRepository
from wealth_core.settings import DatabaseSettings
from wealth_mcp.server import build_server

pytestmark = pytest.mark.anyio

READING = {
    "list_accounts",
    "search_transactions",
    "monthly_summary",
    "spending_by_category",
    "spending_by_payee",
    "compare_months",
    "list_imports",
    "list_categories",
    "list_rules",
    "budget_status",
    "list_goals",
    "list_recurring",
    "list_notifications",
    "net_worth",
    "cash_flow",
    "forecast",
    "anomalies",
    "health_score",
    "portfolio",
    "investment_performance",
    "list_proposals",
}
PROPOSING = {
    "propose_transaction",
    "propose_transfer",
    "propose_transaction_change",
    "propose_transaction_deletion",
    "propose_budget",
    "propose_goal",
    "propose_recurring",
    "propose_rule",
    "propose_category",
}
OCTOBER = {"date_from": "2026-10-01", "date_to": "2026-10-31"}


async def test_every_tool_says_what_it_takes_and_gives_and_whether_it_only_reads(settings):
    async with Client(build_server(settings, Database(settings))) as client:
        tools = (await client.list_tools()).tools
    assert {tool.name for tool in tools} == READING | PROPOSING
    for tool in tools:
        assert tool.annotations.read_only_hint is (tool.name in READING)
        assert tool.annotations.destructive_hint is False
        assert tool.annotations.idempotent_hint
        assert tool.annotations.open_world_hint is False
        assert (tool.name in PROPOSING) == ("until the user confirms it in the application" in tool.description)
        assert tool.description
        assert tool.output_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert not {"user", "user_id"} & set(tool.input_schema["properties"])


async def test_rich_books_are_told_in_full(ask, richly):
    answer = await ask("list_accounts", richly)
    checking = next(one for one in answer["accounts"] if one["name"] == "Checking")
    assert (checking["balance"]["amount"], checking["cleared_balance"]["amount"]) == ("-119.00", "-109.00")
    assert (checking["archived"], checking["note"]) == (False, "")
    rows = {one["payee"]: one for one in (await ask("search_transactions", richly))["transactions"]}
    assert (rows["Market"]["category"], rows["Market"]["tags"], rows["Market"]["status"]) == (
        None,
        ["weekly"],
        "pending",
    )
    assert rows["Market"]["splits"] == [
        {"amount": {"amount": "-7.00", "currency": "USD"}, "category": "Groceries", "note": "food"},
        {"amount": {"amount": "-3.00", "currency": "USD"}, "category": None, "note": ""},
    ]
    moved = rows["Exchange"]
    assert (moved["kind"], moved["account"], moved["amount"]["amount"]) == ("transfer", "Checking", "-109.00")
    assert moved["transfer"] == {"account": "Euro", "amount": {"amount": "100.00", "currency": "EUR"}}


@pytest.mark.parametrize(
    ("arguments", "payees"),
    [
        ({"tag": "WEEKLY"}, ["Market"]),
        ({"status": "pending"}, ["Market"]),
        ({"kind": "transfer"}, ["Exchange"]),
        ({"kind": "transfer", "direction": "expense"}, []),
        ({"direction": "expense"}, ["Market"]),
        ({"category": "Food"}, ["Market"]),
        ({"account": "Euro"}, ["Exchange"]),
    ],
)
async def test_search_narrows_by_what_is_new(ask, richly, arguments, payees):
    answer = await ask("search_transactions", richly, **arguments)
    assert [one["payee"] for one in answer["transactions"]] == payees


async def test_categories_and_rules_are_told_in_words(ask, richly, eve):
    categories = {one["name"]: one for one in (await ask("list_categories", richly))["categories"]}
    assert categories["Groceries"]["parent"] == "Food"
    assert (categories["Food"]["parent"], categories["Food"]["kind"], categories["Food"]["icon"]) == (
        None,
        "expense",
        "🥕",
    )
    (rule,) = (await ask("list_rules", richly))["rules"]
    assert rule["conditions"] == [
        "payee contains 'market' or note equals 'food'",
        "amount at least 5",
        "money out",
        "currency USD",
        "account 'Checking'",
    ]
    assert rule["actions"] == ["category 'Groceries'", "payee 'Market'", "tag 'weekly'", "status cleared"]
    assert (rule["name"], rule["enabled"], rule["stop"]) == ("Food", True, False)
    assert (await ask("list_rules", eve))["rules"] == []
    assert "Food" not in str(await ask("list_categories", eve))


async def test_accounts_come_with_balances_and_a_total_for_each_currency(ask):
    answer = await ask("list_accounts")
    assert {one["name"]: one["balance"] for one in answer["accounts"]} == {
        "Checking": {"amount": "5687.50", "currency": "USD"},
        "Euro": {"amount": "-7.00", "currency": "EUR"},
    }
    assert answer["totals"] == [{"amount": "-7.00", "currency": "EUR"}, {"amount": "5687.50", "currency": "USD"}]


async def test_spending_by_category_adds_up_and_names_what_it_leaves_out(ask):
    answer = await ask("spending_by_category", **OCTOBER)
    assert answer["total"] == {"amount": "152.50", "currency": "USD"}
    assert [(one["category"], one["amount"]["amount"], one["share_percent"]) for one in answer["categories"]] == [
        ("Groceries", "100.00", "65.6"),
        ("Transport", "49.00", "32.1"),
        ("Uncategorised", "3.50", "2.3"),
    ]
    assert answer["other_currencies"] == ["EUR"]


async def test_income_is_a_kind_of_its_own(ask):
    answer = await ask("spending_by_category", **OCTOBER, kind="income")
    assert answer["total"]["amount"] == "3000.00"


async def test_another_currency_can_be_asked_for(ask):
    answer = await ask("spending_by_category", **OCTOBER, currency="EUR")
    assert answer["total"] == {"amount": "7.00", "currency": "EUR"}


async def test_spending_by_payee_totals_every_match_beyond_the_limit(ask):
    answer = await ask("spending_by_payee", **OCTOBER, limit=1)
    assert [one["payee"] for one in answer["payees"]] == ["Green Grocer"]
    assert (answer["matching"], answer["transactions"], answer["total"]["amount"]) == (3, 4, "152.50")
    answer = await ask("spending_by_payee", **OCTOBER, payee="GROCER")
    assert (answer["matching"], answer["transactions"], answer["total"]["amount"]) == (1, 2, "100.00")


async def test_monthly_summary_stands_next_to_the_month_before(ask):
    answer = await ask("monthly_summary", month="2026-10")
    assert (answer["income"]["amount"], answer["expense"]["amount"], answer["net"]["amount"]) == (
        "3000.00",
        "152.50",
        "2847.50",
    )
    assert answer["previous"]["month"] == "2026-09"
    assert answer["previous"]["expense"]["amount"] == "60.00"


async def test_months_are_compared_in_all_and_by_category(ask):
    answer = await ask("compare_months", month="2026-10", other_month="2026-09")
    assert answer["expense"] == {
        "amount": {"amount": "152.50", "currency": "USD"},
        "other_amount": {"amount": "60.00", "currency": "USD"},
        "change": {"amount": "92.50", "currency": "USD"},
        "change_percent": "154.2",
    }
    assert [(one["category"], one["change"]["amount"]) for one in answer["categories"]] == [
        ("Transport", "49.00"),
        ("Groceries", "40.00"),
        ("Uncategorised", "3.50"),
    ]


async def test_search_pages_through_everything_once(ask):
    seen, cursor = [], None
    while True:
        answer = await ask("search_transactions", limit=3, cursor=cursor)
        seen += [one["id"] for one in answer["transactions"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 8


@pytest.mark.parametrize(
    ("arguments", "payees"),
    [
        ({"text": "grocer", **OCTOBER}, ["Green Grocer", "Green Grocer"]),
        ({"category": "transport"}, ["City Rail"]),
        ({"account": "Euro"}, ["Kaffeehaus"]),
        ({"order": "largest", "direction": "expense", "limit": 2}, ["Green Grocer", "Green Grocer"]),
        ({"order": "largest", "limit": 1}, ["Acme Corp"]),
        ({"min_amount": 40, "max_amount": 60, "direction": "expense"}, ["City Rail", "Green Grocer"]),
        ({"max_amount": 10, "currency": "EUR"}, ["Kaffeehaus"]),
        ({"text": "%"}, []),
    ],
)
async def test_search_narrows(ask, arguments, payees):
    answer = await ask("search_transactions", **arguments)
    assert [one["payee"] for one in answer["transactions"]] == payees


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("search_transactions", {"category": "Yachts"}, "there are: "),
        ("search_transactions", {"tag": "unknown"}, "no tag"),
        ("search_transactions", {"kind": "opening"}, "kind"),
        ("search_transactions", {"cursor": "nonsense"}, "cursor"),
        ("search_transactions", {"start_date": "2026-10-01"}, "start_date"),
        ("search_transactions", {"limit": 1000}, "limit"),
        ("search_transactions", {"user_id": "x"}, "user_id"),
        ("spending_by_category", {"date_from": "2026-10-31", "date_to": "2026-10-01"}, "before"),
        ("spending_by_category", {**OCTOBER, "currency": "XXQ"}, "ISO 4217"),
        ("monthly_summary", {"month": "2026-13"}, "month"),
        ("no_such_tool", {}, "no_such_tool"),
    ],
)
async def test_a_wrong_call_is_an_error_that_says_what_is_wrong(ask, tool, arguments, message):
    assert message in (await ask(tool, **arguments))["error"]


async def test_nobody_reads_anybody_elses_rows(ask, eve):
    answers = [
        await ask("list_accounts", eve),
        await ask("search_transactions", eve, limit=100),
        await ask("spending_by_payee", eve, **OCTOBER),
        await ask("monthly_summary", eve, month="2026-10"),
    ]
    assert answers[0]["totals"] == [{"amount": "0.00", "currency": "EUR"}, {"amount": "-666.00", "currency": "USD"}]
    assert [one["payee"] for one in answers[1]["transactions"]] == ["Eve's Lair"]
    assert [one["payee"] for one in answers[2]["payees"]] == ["Eve's Lair"]
    assert answers[3]["income"]["amount"] == "0.00"
    assert "Eve" not in str(await ask("search_transactions", limit=100))


async def test_imports_are_listed_the_newest_first(ask, database, ada, eve):
    books = Database(DatabaseSettings(database_url=SecretStr(database.backend)))
    for person, names in ((ada, ("first.csv", "second.ofx")), (eve, ("eve.csv",))):
        async with books.transaction(person.id) as session:
            account = (await AccountRepository(session).list())[0]
            for name in names:
                row = Import(account_id=account.id, currency=account.currency, filename=name, imported=2, duplicates=1)
                row.user_id, row.format = person.id, StatementFormat(name[-3:])
                await ImportRepository(session).add(row)
    await books.close()
    answer = await ask("list_imports", limit=1)
    assert [(one["filename"], one["format"], one["imported"]) for one in answer["imports"]] == [
        ("second.ofx", "ofx", 2)
    ]
    answer = await ask("list_imports", cursor=answer["next_cursor"])
    assert [one["filename"] for one in answer["imports"]] == ["first.csv"]
    assert answer["next_cursor"] is None
    assert "cursor" in (await ask("list_imports", cursor="nonsense"))["error"]
    assert [one["filename"] for one in (await ask("list_imports", eve))["imports"]] == ["eve.csv"]


async def test_a_user_who_left_is_told_so(ask, nobody):
    assert "does not exist any more" in (await ask("list_accounts", nobody))["error"]


async def test_a_lost_database_is_a_tool_error_without_details(ask, settings):
    settings.database_url = SecretStr("postgresql://wealth_mcp:hunter2hunter2@127.0.0.1:1/wealth")
    error = (await ask("list_accounts"))["error"]
    assert error.endswith("the ledger is not available at the moment; try again in a minute")
    assert "127.0.0.1" not in error
