"""Trades of securities, each with its transaction in the ledger."""
