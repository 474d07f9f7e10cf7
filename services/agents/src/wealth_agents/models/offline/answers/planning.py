"""Questions about budgets, goals, what is due, the forecast, cash flow, what is unusual, and financial health."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wealth_agents.models.offline.answers.plans import Plan, Planner, Results
from wealth_agents.models.offline.answers.rows import concerns, described, facts_of, listed, lists, rows
from wealth_agents.models.offline.messages import say, word
from wealth_agents.models.offline.periods import Period, day_text, month_of
from wealth_agents.models.offline.queries import Intent, Query

_MOST_ROWS = 12
_MOST_DAYS = 365
_DAYS_AHEAD = 30
_MONTHS_BACK = 6
_MOST_MONTHS = 36


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
        named = {name for name, _ in lists(results[0])}
        if any("upcoming" in name or "occurrence" in name for name in named):
            found = [row for row in rows(results[0], "upcoming", "occurrence") if _falls(row, period)]
            return shown(query, heading, {"upcoming": found}, "upcoming")
        return shown(query, heading, results[0], "recurring", "item")

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
        lambda results: shown(query, heading, _last_of_each(results[0]), "end", "total", "balance", "account"),
    )


def _last_of_each(result: Any) -> Any:
    """Of a course day by day only its end."""
    if not isinstance(result, Mapping):
        return result
    return {
        name: value[-1:] if isinstance(value, list) and len(value) > _MOST_ROWS else value
        for name, value in result.items()
    }


def _cash_flow(query: Query, today: date) -> Plan:
    months = months_back(query, today, _MONTHS_BACK)
    return Plan(
        [("cash_flow", {"months": months})],
        lambda results: shown(query, word(query.language, "cash_flow"), results[0], "month"),
    )


def months_back(query: Query, today: date, default: int) -> int:
    """How many months to look at, this one included, so that the period asked about is among them."""
    if not query.periods:
        return default
    start = query.periods[0].start
    return min(max((today.year - start.year) * 12 + today.month - start.month + 1, 1), _MOST_MONTHS)


def _anomalies(query: Query, today: date) -> Plan:
    months = months_back(query, today, 3)
    return Plan(
        [("anomalies", {"months": months})],
        lambda results: shown(
            query, word(query.language, "anomalies"), _rows_alone(results[0]), nothing="no_anomalies"
        ),
    )


def _rows_alone(result: Any) -> Any:
    """Without what the search itself says of itself: an empty list is an answer."""
    return (
        {name: value for name, value in result.items() if isinstance(value, list)}
        if isinstance(result, Mapping)
        else result
    )


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
