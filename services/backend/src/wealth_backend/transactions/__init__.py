"""Transactions: income and spending, by hand or imported."""
