"""Questions about what the user owns: portfolio, performance, net worth."""

from collections.abc import Mapping
from datetime import date

from wealth_agents.models.offline.answers.books import balance
from wealth_agents.models.offline.answers.planning import months_back, newest_first, shown
from wealth_agents.models.offline.answers.plans import Plan, Planner
from wealth_agents.models.offline.messages import say, when, word
from wealth_agents.models.offline.periods import Period
from wealth_agents.models.offline.queries import Intent, Query

_MONTHS_BACK = 12


def _portfolio(query: Query, _: date) -> Plan:
    return Plan(
        [("portfolio", {})],
        lambda results: shown(query, word(query.language, "portfolio"), results[0], "holding", "position"),
    )


def _performance(query: Query, today: date) -> Plan:
    period = query.periods[0] if query.periods else Period(date(today.year, 1, 1), today)
    end = max(min(period.end, today), period.start)
    heading = say(query.language, "performance", when=when(Period(period.start, end), query.language))
    arguments = {"date_from": period.start.isoformat(), "date_to": end.isoformat()}
    return Plan(
        [("investment_performance", arguments)],
        lambda results: shown(query, heading, results[0], "holding", "account", "position"),
    )


def _net_worth(query: Query, today: date) -> Plan:
    months = months_back(query, today, _MONTHS_BACK)
    return Plan(
        [("net_worth", {"months": months})],
        lambda results: shown(query, word(query.language, "net_worth"), newest_first(results[0], "points"), "point"),
        otherwise=balance(query, today),
    )


PLANNERS: Mapping[Intent, Planner] = {
    Intent.PORTFOLIO: _portfolio,
    Intent.PERFORMANCE: _performance,
    Intent.NET_WORTH: _net_worth,
}
