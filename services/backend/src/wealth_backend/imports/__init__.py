"""Bank statements: read, looked at, imported, undone."""
