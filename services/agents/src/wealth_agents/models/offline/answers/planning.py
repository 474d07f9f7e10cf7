"""Questions about budgets, goals, what is due, the forecast, cash flow, what is unusual, and financial health."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wealth_agents.models.offline.answers.plans import Plan, Planner, Results
from wealth_agents.models.offline.answers.rows import concerns, described, facts_of, listed, rows
from wealth_agents.models.offline.messages import say, word
from wealth_agents.models.offline.periods import Period, day_text, month_of
from wealth_agents.models.offline.queries import Intent, Query

_MOST_ROWS = 12
_MOST_DAYS = 365
_DAYS_AHEAD = 30
_MONTHS_BACK = 6
_MOST_MONTHS = 36
_MONTHS_SEARCHED, _MOST_MONTHS_SEARCHED = 3, 12


def shown(query: Query, heading: str, result: Any, *preferred: str, nothing: str = "nothing") -> str:
    """Top-level facts, then the rows that the question concerns."""
    facts = list(facts_of(result)) if isinstance(result, Mapping) else []
    found = rows(result, *preferred)
    subject = query.subjects[0] if query.subjects else None
    concerned = [row for row in found if concerns(row, query.category, subject)]
    lines = [line for line in (described(row) for row in concerned or found) if line]
    more = [say(query.language, "and_more", count=str(len(lines) - _MOST_ROWS))] if len(lines) > _MOST_ROWS else []
    if not facts and not lines:
        return say(query.language, nothing)
    return listed(heading, [*facts, *lines[:_MOST_ROWS], *more]).lstrip()


def _budgets(query: Query, today: date) -> Plan:
    period = query.periods[0] if query.periods else month_of(today)
    heading = say(query.language, "budgets", month=f"{period.start:%B %Y}")
    return Plan(
        [("budget_status", {"month": period.month})],
        lambda results: shown(query, heading, results[0], "budget", "envelope", "categor"),
    )


def _goals(query: Query, _: date) -> Plan:
    return Plan([("list_goals", {})], lambda results: shown(query, word(query.language, "goals"), results[0], "goal"))


def _upcoming(query: Query, today: date) -> Plan:
    period = query.periods[0] if query.periods else Period(today, today + timedelta(days=_DAYS_AHEAD))
    end = max(period.end, today + timedelta(days=1))
    heading = say(query.language, "upcoming", end=day_text(end))

    def tell(results: Results) -> str:
        coming = results[0].get("upcoming") if isinstance(results[0], Mapping) else None
        if coming is None:
            return shown(query, heading, results[0], "recurring")
        told = shown(query, heading, {"upcoming": [row for row in coming if _falls(row, period)]})
        every = {"recurring": rows(results[0], "recurring")}
        if query.periods or not every["recurring"]:
            return told
        return f"{told}\n{shown(query, word(query.language, 'recurring'), every)}"

    return Plan([("list_recurring", {"days": _days(today, end)})], tell)


def _falls(row: Mapping[str, Any], period: Period) -> bool:
    """Whether a row's day lies in a period; a row that tells no day does."""
    days = [str(value) for key, value in row.items() if key in {"date", "due_date", "on", "next_date"}]
    return not days or period.start.isoformat() <= days[0][:10] <= period.end.isoformat()


def _days(today: date, end: date) -> int:
    return min(max((end - today).days, 1), _MOST_DAYS)


def _forecast(query: Query, today: date) -> Plan:
    end = query.periods[0].end if query.periods else today + timedelta(days=_DAYS_AHEAD)
    days = _days(today, end)
    heading = say(query.language, "forecast", end=day_text(today + timedelta(days=days)))
    return Plan(
        [("forecast", {"days": days})],
        lambda results: shown(query, heading, _at_its_end(results[0]), "point"),
    )


def _at_its_end(result: Any) -> Any:
    """Of a course of points only the last."""
    if not isinstance(result, Mapping):
        return result
    return {name: value[-1:] if isinstance(value, list) else value for name, value in result.items()}


def newest_first(result: Any, name: str) -> Any:
    """With the rows of one list in the other order."""
    if not isinstance(result, Mapping) or not isinstance(result.get(name), list):
        return result
    return {**result, name: result[name][::-1]}


def _cash_flow(query: Query, today: date) -> Plan:
    months = months_back(query, today, _MONTHS_BACK)
    return Plan(
        [("cash_flow", {"months": months})],
        lambda results: shown(query, word(query.language, "cash_flow"), newest_first(results[0], "months"), "month"),
    )


def months_back(query: Query, today: date, default: int) -> int:
    """How many months to look at, this one included, so that the period asked about is among them."""
    if not query.periods:
        return default
    start = query.periods[0].start
    return min(max((today.year - start.year) * 12 + today.month - start.month + 1, 1), _MOST_MONTHS)


def _anomalies(query: Query, today: date) -> Plan:
    months = min(months_back(query, today, _MONTHS_SEARCHED), _MOST_MONTHS_SEARCHED)
    return Plan(
        [("anomalies", {"months": months})],
        lambda results: shown(
            query, word(query.language, "anomalies"), _rows_alone(results[0]), nothing="no_anomalies"
        ),
    )


def _rows_alone(result: Any) -> Any:
    """Without what the search says of itself, but for what it could not look for: an empty list is an answer."""
    if not isinstance(result, Mapping):
        return result
    return {name: value for name, value in result.items() if isinstance(value, list) or name == "reason"}


def _health(query: Query, _: date) -> Plan:
    return Plan(
        [("health_score", {})], lambda results: shown(query, word(query.language, "health"), results[0], "factor")
    )


PLANNERS: Mapping[Intent, Planner] = {
    Intent.BUDGET_STATUS: _budgets,
    Intent.GOALS: _goals,
    Intent.UPCOMING: _upcoming,
    Intent.FORECAST: _forecast,
    Intent.CASH_FLOW: _cash_flow,
    Intent.ANOMALIES: _anomalies,
    Intent.HEALTH: _health,
}
