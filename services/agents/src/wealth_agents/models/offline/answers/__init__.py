"""A query to tool calls, and their results to sentences. Every figure is copied from a result; nothing is computed.

- plans: calls and what is told from their results
- rows: money, rows and fields of results
- books: spending, income, balances, transactions
- planning: budgets, goals, what is due, forecast, cash flow, health
- holdings: portfolio, performance, net worth
- proposals: what is told to be noted becomes a proposal
"""

from wealth_agents.models.offline.answers import books, holdings, planning
from wealth_agents.models.offline.answers.plans import Planner
from wealth_agents.models.offline.queries import COMMANDS, Intent

PLANNERS: dict[Intent, Planner] = {**books.PLANNERS, **planning.PLANNERS, **holdings.PLANNERS}
ANSWERED = frozenset(PLANNERS) | COMMANDS
