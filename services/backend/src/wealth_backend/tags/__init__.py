"""Tags: what else a transaction is about, besides its category."""
