"""Bank statements as CSV: read, looked at, imported."""
