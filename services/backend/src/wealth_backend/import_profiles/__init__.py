"""Saved mappings of CSV columns."""
