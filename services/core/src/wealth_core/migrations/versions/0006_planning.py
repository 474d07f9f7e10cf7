"""Budgets, goals, schedules and notifications."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

_TABLES = (
    "budgets",
    "budget_amounts",
    "goals",
    "goal_accounts",
    "goal_contributions",
    "schedules",
    "schedule_occurrences",
    "plan_reviews",
    "notifications",
)
_READ_BY_TOOLS = tuple(table for table in _TABLES if table != "plan_reviews")
# What the scheduler has to find before it can act in anybody's name, each behind a function of its own.
_SCANNED = ("schedules", "plan_reviews")
_MONEY = sa.Numeric(19, 4)
_TIMESTAMP = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    _create_budgets()
    _create_goals()
    _create_schedules()
    _create_notifications()
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY own_rows ON {table}"
            " USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))"
        )
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(_TABLES)} TO wealth_backend")
    op.execute(f"GRANT SELECT ON {', '.join(_READ_BY_TOOLS)} TO wealth_mcp")
    _create_scans()


def downgrade() -> None:
    op.execute("DROP FUNCTION due_schedules(date, integer), due_plan_reviews(integer)")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _create_budgets() -> None:
    op.create_table(
        "budgets",
        _id(),
        _owner(),
        sa.Column("category_id", sa.Uuid(), nullable=False, index=True),
        *_currency(),
        *_one_of("rollover", "none", "leftover", "all"),
        _created_at(),
        sa.UniqueConstraint("user_id", "id"),
        sa.UniqueConstraint("user_id", "category_id", "currency"),
        sa.ForeignKeyConstraint(
            ["user_id", "category_id"], ["categories.user_id", "categories.id"], ondelete="CASCADE"
        ),
    )
    op.create_table(
        "budget_amounts",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.PrimaryKeyConstraint("budget_id", "month"),
        sa.CheckConstraint("amount >= 0", name="amount"),
        sa.CheckConstraint("extract(day FROM month) = 1", name="month"),
        sa.ForeignKeyConstraint(["user_id", "budget_id"], ["budgets.user_id", "budgets.id"], ondelete="CASCADE"),
    )


def _create_goals() -> None:
    op.create_table(
        "goals",
        _id(),
        _owner(),
        _text("name"),
        sa.Column("target", _MONEY, nullable=False),
        *_currency(),
        sa.Column("target_date", sa.Date()),
        _created_at(),
        sa.CheckConstraint("target > 0", name="target"),
        sa.UniqueConstraint("user_id", "id", "currency"),
    )
    op.create_index("goals_user_id_name_idx", "goals", ["user_id", sa.text("lower(name)")], unique=True)
    op.create_table(
        "goal_accounts",
        sa.Column("account_id", sa.Uuid(), primary_key=True),
        sa.Column("goal_id", sa.Uuid(), nullable=False, index=True),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *_currency(),
        _of_goal(),
        sa.ForeignKeyConstraint(
            ["user_id", "account_id", "currency"],
            ["accounts.user_id", "accounts.id", "accounts.currency"],
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "goal_contributions",
        _id(),
        _owner(),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        *_currency(),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("amount", _MONEY, nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        _created_at(),
        sa.CheckConstraint("amount <> 0", name="amount"),
        _of_goal(),
    )
    op.create_index("goal_contributions_goal_id_id_idx", "goal_contributions", ["goal_id", "id"])


def _create_schedules() -> None:
    op.create_table(
        "schedules",
        _id(),
        _owner(),
        _text("name"),
        *_one_of("kind", "post", "remind"),
        _text("rule"),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date()),
        sa.Column("amount", _MONEY, nullable=False),
        *_currency(),
        sa.Column("account_id", sa.Uuid(), index=True),
        _text("payee"),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("category_id", sa.Uuid(), index=True),
        sa.Column("categorised", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("notice_days", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("next_date", sa.Date()),
        sa.Column("wake_on", sa.Date()),
        _created_at(),
        sa.CheckConstraint("notice_days BETWEEN 0 AND 30", name="notice_days"),
        sa.UniqueConstraint("user_id", "id"),
        sa.ForeignKeyConstraint(
            ["user_id", "account_id", "currency"],
            ["accounts.user_id", "accounts.id", "accounts.currency"],
            ondelete="SET NULL (account_id)",
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "category_id"], ["categories.user_id", "categories.id"], ondelete="SET NULL (category_id)"
        ),
    )
    op.create_index("schedules_wake_on_idx", "schedules", ["wake_on"], postgresql_where=sa.text("NOT paused"))
    op.create_index("schedules_user_id_next_date_idx", "schedules", ["user_id", "next_date"])
    op.create_table(
        "schedule_occurrences",
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *_one_of("outcome", "posted", "reminded", "skipped"),
        sa.Column("transaction_id", sa.Uuid(), index=True),
        _created_at(),
        sa.PrimaryKeyConstraint("schedule_id", "date"),
        sa.CheckConstraint("outcome = 'posted' OR transaction_id IS NULL", name="transaction"),
        sa.ForeignKeyConstraint(["user_id", "schedule_id"], ["schedules.user_id", "schedules.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["user_id", "transaction_id"],
            ["transactions.user_id", "transactions.id"],
            ondelete="SET NULL (transaction_id)",
        ),
    )


def _create_notifications() -> None:
    op.create_table(
        "plan_reviews",
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("due_at", _TIMESTAMP, server_default=sa.func.now(), nullable=False, index=True),
    )
    op.create_table(
        "notifications",
        _id(),
        _owner(),
        *_one_of(
            "kind",
            "budget_warning",
            "budget_full",
            "bill_upcoming",
            "schedule_problem",
            "schedule_missed",
            "goal_reached",
            "low_balance",
            "import_finished",
        ),
        _text("key"),
        sa.Column("subject_id", sa.Uuid()),
        _text("title"),
        _text("message"),
        sa.Column("read_at", _TIMESTAMP),
        sa.Column("dismissed_at", _TIMESTAMP),
        _created_at(),
        sa.UniqueConstraint("user_id", "key"),
    )
    op.create_index("notifications_user_id_id_idx", "notifications", ["user_id", "id"])


def _create_scans() -> None:
    """How the scheduler finds whom it has work for, without a role that sees everybody's rows (docs/adr/0010).

    The functions run as the tables' owner, whom row-level security binds too. The policies open the tables to that role
    alone, for reading, while one of the functions runs: setting app.scan oneself opens nothing to anybody else.
    """
    for table in _SCANNED:
        op.execute(
            f"CREATE POLICY scan ON {table} FOR SELECT TO CURRENT_USER"
            f" USING ((SELECT current_setting('app.scan', true)) = '{table}')"
        )
    _create_scan(
        "schedules",
        "due_schedules(today date, most integer) RETURNS TABLE (user_id uuid, schedule_id uuid)",
        "SELECT s.user_id, s.id FROM schedules AS s WHERE NOT s.paused AND s.wake_on <= today ORDER BY s.wake_on, s.id",
    )
    _create_scan(
        "plan_reviews",
        "due_plan_reviews(most integer) RETURNS TABLE (user_id uuid)",
        "SELECT r.user_id FROM plan_reviews AS r WHERE r.due_at <= now() ORDER BY r.due_at",
    )
    for function in ("due_schedules(date, integer)", "due_plan_reviews(integer)"):
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO wealth_backend")


def _create_scan(table: str, signature: str, query: str) -> None:
    op.execute(
        f"""
        CREATE FUNCTION {signature}
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
        $$
        BEGIN
            PERFORM set_config('app.scan', '{table}', true);
            RETURN QUERY {query} LIMIT least(most, 1000);
            PERFORM set_config('app.scan', '', true);
        END
        $$
        """
    )


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _owner() -> sa.Column[object]:
    return sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)


def _of_goal() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id", "goal_id", "currency"], ["goals.user_id", "goals.id", "goals.currency"], ondelete="CASCADE"
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _created_at() -> sa.Column[object]:
    return sa.Column("created_at", _TIMESTAMP, server_default=sa.func.now(), nullable=False)


def _currency() -> tuple[sa.Column[str], sa.CheckConstraint]:
    return sa.Column("currency", sa.String(3), nullable=False), sa.CheckConstraint(
        "currency ~ '^[A-Z]{3}$'", name="currency"
    )


def _one_of(name: str, *values: str) -> tuple[sa.Column[str], sa.CheckConstraint]:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.Column(name, sa.String(16), nullable=False), sa.CheckConstraint(f"{name} IN ({listed})", name=name)
