"""The rows that an answer rests on, and the proposals that were filed."""

from wealth_agents.references import Reference, proposals_in, references
from wealth_agents.turn import Proposal, ToolCall


def call(result):
    return ToolCall("spending", "t", {}, result)


ROWS = {
    "transactions": [
        {"id": "t1", "payee": "Green Grocer", "date": "2026-10-03", "amount": {"amount": "-82.40", "currency": "USD"}},
        {"id": "t2", "payee": "City Rail", "date": "2026-10-15", "amount": {"amount": "-49.00", "currency": "USD"}},
        {"id": "t3", "payee": "Kiosk", "date": "2026-10-20", "amount": {"amount": "-3.50", "currency": "USD"}},
    ],
    "categories": [{"id": "c1", "name": "Groceries"}],
    "next_cursor": "x",
}


def test_rows_that_are_named_or_whose_amount_is_stated():
    found = references("At green grocer, and 49.00 for the train; groceries.", [call(ROWS)])
    assert found == [
        Reference("transaction", "t1", "Green Grocer", "2026-10-03", {"amount": "-82.40", "currency": "USD"}),
        Reference("transaction", "t2", "City Rail", "2026-10-15", {"amount": "-49.00", "currency": "USD"}),
        Reference("category", "c1", "Groceries"),
    ]


def test_a_part_of_a_word_names_nothing():
    assert references("The kiosks are closed.", [call(ROWS)]) == []


def test_a_row_that_two_calls_gave_counts_once():
    assert len(references("Green Grocer", [call(ROWS), call(ROWS)])) == 1


def test_nested_rows_are_found_and_told_apart_by_where_they_stand():
    result = {"budget": {"id": "b1", "category": "Rent"}, "months": [{"goals": [{"id": "g1", "name": "Car"}]}]}
    assert [(one.kind, one.id) for one in references("Rent, Car", [call(result)])] == [("budget", "b1"), ("goal", "g1")]


def test_no_more_than_fifty():
    many = {"accounts": [{"id": str(number), "name": "Cash"} for number in range(80)]}
    assert len(references("Cash", [call(many)])) == 50


def test_results_without_rows():
    assert (
        references("Anything 5", [call("an error"), call({"id": 5}), call({"items": [{"id": None}]}), call(None)]) == []
    )


def test_an_amount_that_is_none_is_left_out():
    odd = {"accounts": [{"id": "a", "name": "Cash", "balance": {"amount": "much", "currency": "USD"}}]}
    assert [one.id for one in references("Cash 5", [call(odd)])] == ["a"]


def test_proposals():
    filed = {"proposal_id": "p1", "summary": "Budget Groceries 20,000 PKR", "expires_at": "2026-11-25T10:00:00Z"}
    assert proposals_in(filed) == (Proposal("p1", "Budget Groceries 20,000 PKR", "2026-11-25T10:00:00Z"),)
    assert proposals_in({"summary": "no id"}) == proposals_in("refused") == ()
