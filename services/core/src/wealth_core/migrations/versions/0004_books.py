"""Loans, investments, transfers, trades and splits; trees of categories; tags; rules; the state of a transaction."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

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
_STATUS = "status IN ('pending', 'cleared', 'reconciled')"
_OWNED_TABLES = ("tags", "rules", "transaction_tags", "rule_tags")


def upgrade() -> None:
    _allow_kinds(_ADDED)
    _extend_tables()
    _create_tables()
    _create_depth_check()
    for table in _OWNED_TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_rows ON {table}"
            " USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))"
        )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_OWNED_TABLES)} TO wealth_backend")
    op.execute(f"GRANT SELECT ON {', '.join(_OWNED_TABLES)} TO wealth_mcp")


def downgrade() -> None:
    # An older version knows nothing of the new kinds: what is of them goes, or becomes what is nearest to it.
    for table in reversed(_OWNED_TABLES):
        op.drop_table(table)
    # Row-level security binds even the owner, who sees everybody's rows only without it.
    for table in _BEFORE:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM transactions WHERE kind IN ('transfer', 'trade')")
    op.execute("UPDATE accounts SET kind = 'bank' WHERE kind IN ('loan', 'investment')")
    _merge_splits()
    for table in _BEFORE:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute("DROP TRIGGER categories_depth ON categories")
    op.execute("DROP FUNCTION check_category_depth()")
    op.drop_index("transactions_pending_idx", "transactions")
    op.drop_index("postings_uncategorised_idx", "postings")
    op.drop_constraint("categories_user_id_parent_id_kind_fkey", "categories", type_="foreignkey")
    op.drop_constraint("categories_user_id_id_kind_key", "categories", type_="unique")
    op.drop_constraint("accounts_user_id_id_key", "accounts", type_="unique")
    for table, columns in {
        "accounts": ("note", "archived"),
        "categories": ("parent_id", "icon", "color", "position"),
        "transactions": ("status", "reference"),
        "postings": ("note",),
    }.items():
        for column in columns:
            op.drop_column(table, column)
    _allow_kinds(_BEFORE)


def _allow_kinds(kinds: dict[str, tuple[str, ...]]) -> None:
    for table, allowed in kinds.items():
        name = f"{table}_kind_check"
        listed = ", ".join(f"'{kind}'" for kind in allowed)
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} CHECK (kind IN ({listed}))")


def _merge_splits() -> None:
    """An older version expects one category posting in each transaction: the parts become one, without a category."""
    op.execute(
        """
        WITH whole AS (
            SELECT transaction_id, min(position) AS first, sum(amount) AS amount FROM postings
            WHERE kind = 'category' GROUP BY transaction_id HAVING count(*) > 1
        ), others AS (
            DELETE FROM postings AS p USING whole AS w
            WHERE p.transaction_id = w.transaction_id AND p.kind = 'category' AND p.position <> w.first
        )
        UPDATE postings AS p SET amount = w.amount, category_id = NULL FROM whole AS w
        WHERE p.transaction_id = w.transaction_id AND p.position = w.first
        """
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _extend_tables() -> None:
    op.add_column("accounts", _text("note"))
    op.add_column("accounts", sa.Column("archived", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_unique_constraint("accounts_user_id_id_key", "accounts", ["user_id", "id"])

    op.add_column("categories", sa.Column("parent_id", sa.Uuid()))
    op.add_column("categories", _text("icon"))
    op.add_column("categories", sa.Column("color", sa.String(7), server_default="", nullable=False))
    op.add_column("categories", sa.Column("position", sa.Integer(), server_default="0", nullable=False))
    op.create_index("categories_parent_id_idx", "categories", ["parent_id"])
    op.create_unique_constraint("categories_user_id_id_kind_key", "categories", ["user_id", "id", "kind"])
    op.create_foreign_key(
        "categories_user_id_parent_id_kind_fkey",
        "categories",
        "categories",
        ["user_id", "parent_id", "kind"],
        ["user_id", "id", "kind"],
        ondelete="SET NULL (parent_id)",
    )
    op.create_check_constraint("parent", "categories", "parent_id <> id")
    op.create_check_constraint("color", "categories", "color = '' OR color ~ '^#[0-9a-f]{6}$'")

    op.add_column("transactions", sa.Column("status", sa.String(16), server_default="cleared", nullable=False))
    op.add_column("transactions", _text("reference"))
    op.create_check_constraint("status", "transactions", _STATUS)
    op.create_index(
        "transactions_pending_idx",
        "transactions",
        ["user_id", "date", "id"],
        postgresql_where=sa.text("status = 'pending'"),
    )

    op.add_column("postings", _text("note"))
    op.create_index(
        "postings_uncategorised_idx",
        "postings",
        ["user_id", "transaction_id"],
        postgresql_where=sa.text("kind = 'category' AND category_id IS NULL"),
    )


def _create_depth_check() -> None:
    """From no category are there more than five levels to the top; so none is above itself either."""
    op.execute(
        """
        CREATE FUNCTION check_category_depth() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            above uuid := NEW.parent_id;
        BEGIN
            FOR level IN 2..5 LOOP
                SELECT parent_id INTO above FROM categories WHERE id = above;
                IF above IS NULL THEN
                    RETURN NULL;
                END IF;
            END LOOP;
            RAISE EXCEPTION 'category % is more than five levels deep', NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'categories_depth';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER categories_depth AFTER INSERT OR UPDATE OF parent_id ON categories FOR EACH ROW"
        " WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION check_category_depth()"
    )


def _owned() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False),
    ]


def _create_tables() -> None:
    op.create_table(
        "tags", *_owned(), sa.Column("name", sa.Text(), nullable=False), sa.UniqueConstraint("user_id", "id")
    )
    op.create_index("tags_user_id_name_idx", "tags", ["user_id", sa.text("lower(name)")], unique=True)
    op.create_table(
        "rules",
        *_owned(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("stop", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("any_text", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("texts", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("account_id", sa.Uuid(), index=True),
        sa.Column("currency", sa.String(3)),
        sa.Column("direction", sa.String(16)),
        sa.Column("min_amount", sa.Numeric(19, 4)),
        sa.Column("max_amount", sa.Numeric(19, 4)),
        sa.Column("category_id", sa.Uuid(), index=True),
        sa.Column("payee", sa.Text()),
        sa.Column("status", sa.String(16)),
        sa.Column("transfer_account_id", sa.Uuid(), index=True),
        sa.UniqueConstraint("user_id", "id"),
        sa.CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
        sa.CheckConstraint("direction IN ('in', 'out')", name="direction"),
        sa.CheckConstraint(_STATUS, name="status"),
        sa.CheckConstraint("jsonb_typeof(texts) = 'array'", name="texts"),
        sa.ForeignKeyConstraint(["user_id", "account_id"], ["accounts.user_id", "accounts.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "transfer_account_id"],
            ["accounts.user_id", "accounts.id"],
            ondelete="SET NULL (transfer_account_id)",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "category_id"], ["categories.user_id", "categories.id"], ondelete="SET NULL (category_id)"
        ),
    )
    op.create_index("rules_user_id_position_id_idx", "rules", ["user_id", "position", "id"])
    op.create_table(
        "transaction_tags",
        sa.Column("transaction_id", sa.Uuid(), primary_key=True),
        sa.Column("tag_id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id", "transaction_id"], ["transactions.user_id", "transactions.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id", "tag_id"], ["tags.user_id", "tags.id"], ondelete="CASCADE"),
    )
    op.create_index("transaction_tags_tag_id_transaction_id_idx", "transaction_tags", ["tag_id", "transaction_id"])
    op.create_table(
        "rule_tags",
        sa.Column("rule_id", sa.Uuid(), primary_key=True),
        sa.Column("tag_id", sa.Uuid(), primary_key=True, index=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["user_id", "rule_id"], ["rules.user_id", "rules.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id", "tag_id"], ["tags.user_id", "tags.id"], ondelete="CASCADE"),
    )
