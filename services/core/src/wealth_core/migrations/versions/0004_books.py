"""Loans and investments, transfers and trades."""

from alembic import op

revision = "0004"
down_revision = "0003"

_ADDED = {
    "accounts": ("cash", "bank", "card", "savings", "loan", "investment"),
    "transactions": ("standard", "opening", "transfer", "trade"),
    "postings": ("account", "category", "equity", "exchange", "security"),
}
_BEFORE = {
    "accounts": ("cash", "bank", "card", "savings"),
    "transactions": ("standard", "opening"),
    "postings": ("account", "category", "equity"),
}


def upgrade() -> None:
    _allow_kinds(_ADDED)


def downgrade() -> None:
    # An older version knows nothing of the new kinds: what is of them goes, or becomes what is nearest to it.
    op.execute("DELETE FROM transactions WHERE kind IN ('transfer', 'trade')")
    op.execute("UPDATE accounts SET kind = 'bank' WHERE kind IN ('loan', 'investment')")
    _allow_kinds(_BEFORE)


def _allow_kinds(kinds: dict[str, tuple[str, ...]]) -> None:
    for table, allowed in kinds.items():
        name = f"{table}_kind_check"
        listed = ", ".join(f"'{kind}'" for kind in allowed)
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} CHECK (kind IN ({listed}))")
