"""Rules: what is done by itself with transactions that meet conditions."""
