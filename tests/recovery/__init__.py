"""Agents that fail or get too much to do: what becomes of the people who ask them, measured on a running stack."""
