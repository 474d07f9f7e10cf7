"""Conversations and proposals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

_TABLES = ("proposals", "conversations", "messages")
_TIMESTAMP = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.create_table(
        "proposals",
        *_owned(),
        *_one_of(
            "kind",
            24,
            "transaction",
            "transfer",
            "transaction_change",
            "transaction_deletion",
            "budget",
            "goal",
            "recurring",
            "rule",
            "category",
        ),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        *_one_of("status", 16, "pending", "confirmed", "declined", "failed", default="pending"),
        sa.Column("expires_at", _TIMESTAMP, server_default=sa.text("now() + interval '24 hours'"), nullable=False),
        sa.Column("decided_at", _TIMESTAMP),
        sa.Column("results", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.CheckConstraint("jsonb_typeof(payload) = 'object'", name="payload"),
        sa.CheckConstraint("(status = 'pending') = (decided_at IS NULL)", name="decided"),
    )
    op.create_index("proposals_user_id_id_idx", "proposals", ["user_id", "id"])
    op.create_table(
        "conversations",
        *_owned(),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("updated_at", _TIMESTAMP, server_default=sa.func.now(), nullable=False),
        sa.UniqueConstraint("user_id", "id"),
    )
    op.create_index("conversations_user_id_updated_at_id_idx", "conversations", ["user_id", "updated_at", "id"])
    op.create_table(
        "messages",
        *_owned(),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        *_one_of("role", 16, "user", "assistant"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("evidence", postgresql.JSONB()),
        sa.ForeignKeyConstraint(
            ["user_id", "conversation_id"], ["conversations.user_id", "conversations.id"], ondelete="CASCADE"
        ),
    )
    op.create_index("messages_conversation_id_id_idx", "messages", ["conversation_id", "id"])
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_rows ON {table}"
            " USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))"
        )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO wealth_backend")
    # What agents use may file a proposal, and not say that it is decided, nor how long it lasts: those columns keep
    # their defaults. It changes and deletes none.
    op.execute("GRANT SELECT, INSERT (id, user_id, kind, payload, summary) ON proposals TO wealth_mcp")


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _owned() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", _TIMESTAMP, server_default=sa.func.now(), nullable=False),
    )


def _one_of(
    name: str, length: int, *values: str, default: str | None = None
) -> tuple[sa.Column[str], sa.CheckConstraint]:
    listed = ", ".join(f"'{value}'" for value in values)
    column = sa.Column(name, sa.String(length), server_default=default, nullable=False)
    return column, sa.CheckConstraint(f"{name} IN ({listed})", name=name)
