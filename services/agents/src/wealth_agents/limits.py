"""What is declined before any model sees it, so that no wording can talk a model into it."""

from wealth_agents.models.offline.understanding import asks_for_advice

_ADVICE = (
    "I can't advise you what to invest in, buy or sell, and I give no tax or legal advice. I can show you what happened"
    " with your own money: your balances, your income, and where it went."
)


def advice_limit(question: str) -> str | None:
    return _ADVICE if asks_for_advice(question) else None
