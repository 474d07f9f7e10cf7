"""Securities, trades, prices and exchange rates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

_TABLES = ("securities", "trades", "prices", "exchange_rates")
_MONEY = sa.Numeric(19, 4)
_QUANTITY = sa.Numeric(24, 8)


def upgrade() -> None:
    op.create_table(
        "securities",
        *_owned(),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _code("kind", 16),
        _code("currency", 3),
        sa.UniqueConstraint("user_id", "id"),
        sa.CheckConstraint(
            "kind IN ('stock', 'fund', 'etf', 'bond', 'crypto', 'commodity', 'other')",
            name="kind",
        ),
        _is_currency("currency"),
    )
    op.create_index("securities_user_id_symbol_idx", "securities", ["user_id", sa.text("lower(symbol)")], unique=True)
    op.create_table(
        "trades",
        *_owned(),
        sa.Column("account_id", sa.Uuid(), nullable=False, index=True),
        _code("currency", 3),
        sa.Column("security_id", sa.Uuid()),
        _code("kind", 16),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("quantity", _QUANTITY),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("fee", _MONEY, nullable=False),
        sa.Column("new_shares", sa.Integer()),
        sa.Column("old_shares", sa.Integer()),
        sa.CheckConstraint("kind IN ('buy', 'sell', 'dividend', 'split', 'fee')", name="kind"),
        _is_currency("currency"),
        sa.CheckConstraint("(kind IN ('buy', 'sell')) = (quantity IS NOT NULL) AND quantity > 0", name="quantity"),
        sa.CheckConstraint(
            "(kind = 'split') = (new_shares IS NOT NULL) AND (kind = 'split') = (old_shares IS NOT NULL)"
            " AND new_shares > 0 AND old_shares > 0",
            name="split",
        ),
        sa.CheckConstraint("kind = 'fee' OR security_id IS NOT NULL", name="security"),
        sa.CheckConstraint("amount >= 0 AND fee >= 0 AND (kind <> 'split' OR amount + fee = 0)", name="amount"),
        sa.ForeignKeyConstraint(["user_id", "id"], ["transactions.user_id", "transactions.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "account_id", "currency"], ["accounts.user_id", "accounts.id", "accounts.currency"]
        ),
        sa.ForeignKeyConstraint(["user_id", "security_id"], ["securities.user_id", "securities.id"]),
    )
    op.create_index("trades_user_id_date_id_idx", "trades", ["user_id", "date", "id"])
    op.create_index("trades_user_id_security_id_date_idx", "trades", ["user_id", "security_id", "date"])
    op.create_table(
        "prices",
        *_owned(),
        sa.Column("security_id", sa.Uuid(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("price", _QUANTITY, nullable=False),
        sa.CheckConstraint("price > 0", name="price"),
        sa.ForeignKeyConstraint(
            ["user_id", "security_id"], ["securities.user_id", "securities.id"], ondelete="CASCADE"
        ),
        sa.UniqueConstraint("user_id", "security_id", "date"),
    )
    op.create_table(
        "exchange_rates",
        *_owned(),
        _code("base", 3),
        _code("quote", 3),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("rate", sa.Numeric(24, 12), nullable=False),
        _is_currency("base"),
        _is_currency("quote"),
        sa.CheckConstraint("rate > 0", name="rate"),
        sa.CheckConstraint("base <> quote", name="pair"),
        sa.UniqueConstraint("user_id", "base", "quote", "date"),
    )
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_rows ON {table}"
            " USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))"
        )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO wealth_backend")
    op.execute(f"GRANT SELECT ON {', '.join(_TABLES)} TO wealth_mcp")


def downgrade() -> None:
    """What the trades did to the accounts stays in the ledger, as transactions of kind trade."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _owned() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False),
    )


def _code(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _is_currency(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} ~ '^[A-Z]{{3}}$'", name=column)
