"""Refresh tokens of sessions, personal access tokens, idempotency keys, the audit log, preferences of people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

_TIMESTAMP = postgresql.TIMESTAMP(timezone=True)
_OWNED_TABLES = ("access_tokens", "audit_events", "idempotency_keys")


def upgrade() -> None:
    for name, default, allowed in (("language", "en", ("en", "ur")), ("theme", "system", ("system", "light", "dark"))):
        op.add_column("users", sa.Column(name, sa.String(16), server_default=default, nullable=False))
        listed = ", ".join(f"'{value}'" for value in allowed)
        op.create_check_constraint(name, "users", f"{name} IN ({listed})")
    # A session begun by an older version has no refresh token: it ends when its cookie does.
    for column in (
        sa.Column("last_seen_at", _TIMESTAMP, server_default=sa.func.now(), nullable=False),
        sa.Column("user_agent", sa.Text(), server_default="", nullable=False),
        sa.Column("refresh_digest", sa.LargeBinary()),
        sa.Column("replaced_digest", sa.LargeBinary()),
        sa.Column("replaced_at", _TIMESTAMP),
    ):
        op.add_column("sessions", column)
    op.create_table(
        "access_tokens",
        *_owned(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("expires_at", _TIMESTAMP, nullable=False),
        sa.Column("last_used_at", _TIMESTAMP),
        sa.UniqueConstraint("digest"),
        sa.CheckConstraint("scopes <@ ARRAY['read', 'write', 'import'] AND cardinality(scopes) > 0", name="scopes"),
    )
    op.create_index("access_tokens_user_id_idx", "access_tokens", ["user_id"])
    op.create_table(
        "audit_events",
        *_owned(),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("trace_id", sa.String(32)),
        sa.Column("ids", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint(r"event ~ '^[a-z_]+\.[a-z_]+$'", name="event"),
    )
    op.create_index("audit_events_user_id_id_idx", "audit_events", ["user_id", "id"])
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("headers", postgresql.JSONB(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _created_at(),
        sa.PrimaryKeyConstraint("user_id", "key"),
    )
    op.create_index("idempotency_keys_user_id_created_at_idx", "idempotency_keys", ["user_id", "created_at"])
    for table in _OWNED_TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_rows ON {table}"
            " USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))"
        )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON access_tokens, idempotency_keys TO wealth_backend")
    # What has happened stays so, until the user goes with all that is theirs.
    op.execute("GRANT SELECT, INSERT ON audit_events TO wealth_backend")


def downgrade() -> None:
    for table in _OWNED_TABLES:
        op.drop_table(table)
    for column in ("replaced_at", "replaced_digest", "refresh_digest", "user_agent", "last_seen_at"):
        op.drop_column("sessions", column)
    for column in ("theme", "language"):
        op.drop_column("users", column)


def _owned() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        _created_at(),
    )


def _created_at() -> sa.Column[object]:
    return sa.Column("created_at", _TIMESTAMP, server_default=sa.func.now(), nullable=False)
