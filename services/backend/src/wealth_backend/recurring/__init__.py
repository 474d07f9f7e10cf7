"""Payments and income that recur."""
