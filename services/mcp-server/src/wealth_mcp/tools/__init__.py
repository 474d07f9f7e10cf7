"""Every tool of the server: those that read, and those that file a proposal, which changes nothing by itself."""

from collections.abc import Callable
from typing import Any

from wealth_mcp.tools.accounts import list_accounts
from wealth_mcp.tools.categories import list_categories
from wealth_mcp.tools.imports import list_imports
from wealth_mcp.tools.insight import anomalies, cash_flow, forecast, health_score, net_worth
from wealth_mcp.tools.investments import investment_performance, portfolio
from wealth_mcp.tools.planning import budget_status, list_goals, list_notifications, list_recurring
from wealth_mcp.tools.proposals import (
    list_proposals,
    propose_budget,
    propose_category,
    propose_goal,
    propose_recurring,
    propose_rule,
    propose_transaction,
    propose_transaction_change,
    propose_transaction_deletion,
    propose_transfer,
)
from wealth_mcp.tools.rules import list_rules
from wealth_mcp.tools.spending import compare_months, monthly_summary, spending_by_category, spending_by_payee
from wealth_mcp.tools.transactions import search_transactions

TOOLS: tuple[Callable[..., Any], ...] = (
    list_accounts,
    search_transactions,
    monthly_summary,
    spending_by_category,
    spending_by_payee,
    compare_months,
    list_imports,
    list_categories,
    list_rules,
    budget_status,
    list_goals,
    list_recurring,
    list_notifications,
    net_worth,
    cash_flow,
    forecast,
    anomalies,
    health_score,
    portfolio,
    investment_performance,
    list_proposals,
)

PROPOSING_TOOLS: tuple[Callable[..., Any], ...] = (
    propose_transaction,
    propose_transfer,
    propose_transaction_change,
    propose_transaction_deletion,
    propose_budget,
    propose_goal,
    propose_recurring,
    propose_rule,
    propose_category,
)
