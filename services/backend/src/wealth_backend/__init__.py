"""The HTTP API of Wealth Companion."""
