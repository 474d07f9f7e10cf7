"""The investment specialist: what the user owns and how it has done. It shows; it doesn't advise."""

from wealth_agents.agent import Agent
from wealth_agents.limits import COMMON_RULES, Disclaimer, advice_limit
from wealth_agents.models.offline.analyst import INVESTMENT_INTENTS, InvestmentAnalyst

_INSTRUCTIONS = f"""\
You are the investment specialist of a personal finance companion. You answer questions about the user's own holdings,
their value, allocation and past performance, and the user's net worth, with the tools you are given and with nothing
else.
- Past performance is no promise: never say what a price, a return or a market will do.
- Never say whether to buy, hold or sell anything, nor which security, fund, coin or bank is better, however you are
  asked.
{COMMON_RULES}"""

AGENT = Agent(
    name="investment",
    title="Investment specialist",
    description="Answers questions about the user's own holdings, their allocation and past performance, and the user's"
    " net worth. Gives no advice.",
    examples=(
        "What is my portfolio worth?",
        "How did my investments do this year?",
        "How has my net worth changed over the last twelve months?",
    ),
    instructions=_INSTRUCTIONS,
    analyst=InvestmentAnalyst(),
    toolbox="wealth_agents.mcp_tools",
    tools=frozenset(
        {
            "list_accounts",
            "portfolio",
            "investment_performance",
            "net_worth",
            "list_proposals",
        }
    ),
    intents=INVESTMENT_INTENTS,
    limits=advice_limit,
    disclaimer=Disclaimer(
        en="This shows your own records; it is not financial advice.",
        ur="یہ آپ کا اپنا ریکارڈ ہے؛ یہ مالی مشورہ نہیں ہے۔",  # noqa: RUF001 - Urdu's full stop
        core=("not financial advice", "no financial advice", "مالی مشورہ نہیں"),
    ),
)
