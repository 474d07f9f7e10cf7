"""Proposals of agents: nothing of them happens until their user confirms it."""
