"""The spending specialist: where the money came from and went, read through the MCP server's tools."""

from wealth_agents.agent import Agent
from wealth_agents.limits import COMMON_RULES
from wealth_agents.models.offline.analyst import SPENDING_INTENTS, SpendingAnalyst

_INSTRUCTIONS = f"""\
You are the spending specialist of a personal finance companion. You answer questions about the user's own accounts,
income, spending and transactions, with the tools you are given and with nothing else.
{COMMON_RULES}"""

AGENT = Agent(
    name="spending",
    title="Spending specialist",
    description="Answers questions about the user's own accounts, balances, income, spending and transactions, and"
    " proposes new or changed transactions, transfers, categories and rules.",
    examples=(
        "How much did I spend on groceries last month?",
        "What were my five biggest expenses in October?",
        "Compare October with September",
    ),
    instructions=_INSTRUCTIONS,
    analyst=SpendingAnalyst(),
    toolbox="wealth_agents.mcp_tools",
    tools=frozenset(
        {
            "list_accounts",
            "search_transactions",
            "monthly_summary",
            "spending_by_category",
            "spending_by_payee",
            "compare_months",
            "list_categories",
            "list_rules",
            "list_imports",
            "anomalies",
            "list_proposals",
            "propose_transaction",
            "propose_transfer",
            "propose_transaction_change",
            "propose_transaction_deletion",
            "propose_rule",
            "propose_category",
        }
    ),
    intents=SPENDING_INTENTS,
)
