"""The budget specialist: what is planned, what is due, and whether the money will last."""

from wealth_agents.agent import Agent
from wealth_agents.limits import COMMON_RULES
from wealth_agents.models.offline.analyst import BUDGET_INTENTS, BudgetAnalyst

_INSTRUCTIONS = f"""\
You are the budget specialist of a personal finance companion. You answer questions about the user's own budgets, goals,
recurring payments, notifications, cash flow, forecast and financial health, with the tools you are given and with
nothing else.
- A forecast is an estimate: name its interval and its method as the tool gives them, and never promise anything.
{COMMON_RULES}"""

AGENT = Agent(
    name="budget",
    title="Budget specialist",
    description="Answers questions about the user's own budgets, goals, recurring payments, reminders, cash flow,"
    " forecast and financial health, and proposes budgets, goals and recurring payments.",
    examples=(
        "Am I over budget this month?",
        "Which bills are due in the next two weeks?",
        "Set my grocery budget to 20,000",
    ),
    instructions=_INSTRUCTIONS,
    analyst=BudgetAnalyst(),
    toolbox="wealth_agents.mcp_tools",
    tools=frozenset(
        {
            "list_accounts",
            "list_categories",
            "monthly_summary",
            "spending_by_category",
            "budget_status",
            "list_goals",
            "list_recurring",
            "list_notifications",
            "cash_flow",
            "forecast",
            "health_score",
            "list_proposals",
            "propose_budget",
            "propose_goal",
            "propose_recurring",
        }
    ),
    intents=BUDGET_INTENTS,
)
