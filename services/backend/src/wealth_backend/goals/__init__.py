"""Saving goals."""
