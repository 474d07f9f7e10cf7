"""Users, accounts, categories, transactions with balanced postings, imports; row-level security; the roles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

_ROLES = ("wealth_backend", "wealth_mcp")
_OWNED_TABLES = ("accounts", "categories", "imports", "transactions", "postings")
_MONEY = sa.Numeric(19, 4)


def upgrade() -> None:
    _create_tables()
    _create_balance_check()
    _create_policies()
    _grant()


def downgrade() -> None:
    """Takes the schema away. The roles stay: they belong to the server, where another database may use them too."""
    for table in reversed(("users", *_OWNED_TABLES)):
        op.drop_table(table)
    op.execute("DROP FUNCTION check_postings_balance(), check_transaction_balance(), app_user_id()")
    op.execute(f"REVOKE ALL ON alembic_version FROM {', '.join(_ROLES)}")


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _user_id() -> sa.Column[object]:
    return sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False)


def _created_at() -> sa.Column[object]:
    return sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _one_of(name: str, *values: str) -> tuple[sa.Column[str], sa.CheckConstraint]:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.Column(name, sa.String(16), nullable=False), sa.CheckConstraint(f"{name} IN ({listed})", name=name)


def _currency() -> tuple[sa.Column[str], sa.CheckConstraint]:
    return sa.Column("currency", sa.String(3), nullable=False), sa.CheckConstraint(
        "currency ~ '^[A-Z]{3}$'", name="currency"
    )


def _create_tables() -> None:
    op.create_table(
        "users",
        _id(),
        _text("email"),
        _text("name"),
        *_currency(),
        _text("password_hash"),
        _created_at(),
        sa.UniqueConstraint("email"),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
    )
    op.create_table(
        "accounts",
        _id(),
        _user_id(),
        _text("name"),
        *_one_of("kind", "cash", "bank", "card", "savings"),
        *_currency(),
        _created_at(),
        sa.UniqueConstraint("user_id", "id", "currency"),
    )
    op.create_index("accounts_user_id_name_idx", "accounts", ["user_id", sa.text("lower(name)")], unique=True)
    op.create_table(
        "categories",
        _id(),
        _user_id(),
        _text("name"),
        *_one_of("kind", "income", "expense"),
        _created_at(),
        sa.UniqueConstraint("user_id", "id"),
    )
    op.create_index("categories_user_id_name_idx", "categories", ["user_id", sa.text("lower(name)")], unique=True)
    op.create_table(
        "imports",
        _id(),
        _user_id(),
        sa.Column("account_id", sa.Uuid(), nullable=False, index=True),
        *_currency(),
        _text("filename"),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        _created_at(),
        sa.UniqueConstraint("user_id", "id"),
        sa.ForeignKeyConstraint(
            ["user_id", "account_id", "currency"],
            ["accounts.user_id", "accounts.id", "accounts.currency"],
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "transactions",
        _id(),
        _user_id(),
        *_one_of("kind", "standard", "opening"),
        sa.Column("date", sa.Date(), nullable=False),
        _text("payee"),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("import_id", sa.Uuid(), index=True),
        _created_at(),
        sa.UniqueConstraint("user_id", "id"),
        sa.ForeignKeyConstraint(
            ["user_id", "import_id"], ["imports.user_id", "imports.id"], ondelete="SET NULL (import_id)"
        ),
    )
    op.create_index("transactions_user_id_date_id_idx", "transactions", ["user_id", "date", "id"])
    op.create_table(
        "postings",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *_one_of("kind", "account", "category", "equity"),
        sa.Column("account_id", sa.Uuid()),
        sa.Column("category_id", sa.Uuid(), index=True),
        sa.Column("amount", _MONEY, nullable=False),
        *_currency(),
        sa.Column("fingerprint", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("transaction_id", "position"),
        sa.CheckConstraint("(kind = 'account') = (account_id IS NOT NULL)", name="account"),
        sa.CheckConstraint("kind = 'category' OR category_id IS NULL", name="category"),
        sa.CheckConstraint("kind = 'account' OR fingerprint IS NULL", name="fingerprint"),
        sa.ForeignKeyConstraint(
            ["user_id", "transaction_id"], ["transactions.user_id", "transactions.id"], ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "account_id", "currency"], ["accounts.user_id", "accounts.id", "accounts.currency"]
        ),
        sa.ForeignKeyConstraint(
            ["user_id", "category_id"], ["categories.user_id", "categories.id"], ondelete="SET NULL (category_id)"
        ),
        sa.UniqueConstraint("account_id", "fingerprint"),
    )


def _create_balance_check() -> None:
    op.execute(
        """
        CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE AS
        $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$
        """
    )
    # Whatever a statement does to postings, every transaction that it touched sums to zero afterwards. Statements are
    # checked as a whole, since a check of each row would make a large import several times slower; within one,
    # sub-selects that can't become joins look each transaction up by its key. No plan made while the table was small
    # may be kept for when it is large: hence no sequential scans.
    op.execute(
        """
        CREATE FUNCTION check_postings_balance() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
        DECLARE
            unbalanced uuid;
        BEGIN
            SELECT transaction_id INTO unbalanced FROM (SELECT DISTINCT transaction_id FROM touched) AS t
            WHERE EXISTS (
                SELECT FROM postings AS p WHERE p.transaction_id = t.transaction_id
                GROUP BY currency HAVING sum(amount) <> 0
            ) LIMIT 1;
            IF unbalanced IS NULL AND TG_OP = 'DELETE' THEN
                SELECT transaction_id INTO unbalanced FROM (SELECT DISTINCT transaction_id FROM touched) AS t
                WHERE (SELECT count(*) FROM postings AS p WHERE p.transaction_id = t.transaction_id) < 2
                    AND (SELECT count(*) FROM transactions WHERE id = t.transaction_id) = 1 LIMIT 1;
            END IF;
            IF unbalanced IS NOT NULL THEN
                RAISE EXCEPTION 'the postings of transaction % do not balance', unbalanced
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_balance';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    for event, rows in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER postings_balance_{event.lower()} AFTER {event} ON postings"
            f" REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION check_postings_balance()"
        )
    # A transaction comes before its postings, so whether it has any is asked when the database transaction ends.
    op.execute(
        """
        CREATE FUNCTION check_transaction_balance() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
        BEGIN
            IF (SELECT count(*) FROM postings WHERE transaction_id = NEW.id) >= 2 THEN
                RETURN NULL;
            END IF;
            IF row_security_active('postings') AND NEW.user_id IS DISTINCT FROM app_user_id() THEN
                RAISE EXCEPTION 'transaction % was written in another user''s name', NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            IF EXISTS (SELECT FROM transactions WHERE id = NEW.id) THEN
                RAISE EXCEPTION 'transaction % has no postings that balance', NEW.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_balance';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        "CREATE CONSTRAINT TRIGGER transactions_balance AFTER INSERT ON transactions DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION check_transaction_balance()"
    )


def _create_policies() -> None:
    # The sub-select makes the planner read the setting once a statement instead of once a row.
    for table in _OWNED_TABLES:
        _secure(table)
        op.execute(
            f"CREATE POLICY own_rows ON {table}"
            " USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))"
        )
    _secure("users")
    op.execute(
        "CREATE POLICY own_row ON users USING (id = (SELECT app_user_id())) WITH CHECK (id = (SELECT app_user_id()))"
    )
    # Signing in starts from an address; only the row of that very address becomes readable.
    op.execute("CREATE POLICY sign_in ON users FOR SELECT USING (email = (SELECT current_setting('app.email', true)))")


def _secure(table: str) -> None:
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _grant() -> None:
    for role in _ROLES:
        op.execute(f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    op.execute(f"GRANT SELECT ON alembic_version TO {', '.join(_ROLES)}")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON users, {', '.join(_OWNED_TABLES)} TO wealth_backend")
    op.execute("GRANT SELECT (id, name, currency) ON users TO wealth_mcp")
    op.execute("GRANT SELECT ON accounts, categories, transactions, postings TO wealth_mcp")
