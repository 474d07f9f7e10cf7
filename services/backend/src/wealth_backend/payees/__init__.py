"""Payees: whom money went to and came from, by the names in the transactions."""
