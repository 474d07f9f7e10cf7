"""Profiles of statement files, the banks' own ids of rows, and which imported transactions were changed since."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

_FORMATS = "'csv', 'ofx', 'qif', 'camt053'"
_TIMESTAMP = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.add_column("imports", sa.Column("format", sa.String(16), server_default="csv", nullable=False))
    op.create_check_constraint("imports_format_check", "imports", f"format IN ({_FORMATS})")
    op.add_column("postings", sa.Column("external_id", sa.LargeBinary()))
    op.create_check_constraint("postings_external_id_check", "postings", "kind = 'account' OR external_id IS NULL")
    op.create_index(
        "postings_account_id_external_id_idx",
        "postings",
        ["account_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    op.add_column("transactions", sa.Column("edited_at", _TIMESTAMP))
    _note_edits()
    _create_profiles()
    op.execute("GRANT SELECT ON imports TO wealth_mcp")


def downgrade() -> None:
    op.execute("REVOKE SELECT ON imports FROM wealth_mcp")
    op.drop_table("import_profiles")
    op.execute("DROP TRIGGER transactions_edited ON transactions")
    op.execute("DROP TRIGGER postings_edited ON postings")
    op.execute("DROP TRIGGER postings_replaced ON postings")
    op.execute("DROP FUNCTION note_transaction_edit(), note_posting_edit()")
    op.drop_column("transactions", "edited_at")
    op.drop_column("postings", "external_id")
    op.drop_column("imports", "format")


def _note_edits() -> None:
    """Whatever changes an imported transaction leaves a note, so that undoing the import can say what would be lost.

    What a foreign key does in turn (a category is deleted, a whole transaction goes) is no edit: hence the depth.
    """
    op.execute(
        """
        CREATE FUNCTION note_transaction_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.edited_at := now();
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER transactions_edited BEFORE UPDATE ON transactions FOR EACH ROW
        WHEN (pg_trigger_depth() = 0 AND NEW.import_id IS NOT NULL
            AND (OLD.kind, OLD.date, OLD.payee, OLD.note) IS DISTINCT FROM (NEW.kind, NEW.date, NEW.payee, NEW.note))
        EXECUTE FUNCTION note_transaction_edit()
        """
    )
    op.execute(
        """
        CREATE FUNCTION note_posting_edit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE transactions SET edited_at = now() WHERE id = OLD.transaction_id AND import_id IS NOT NULL;
            RETURN NULL;
        END $$
        """
    )
    # What marks a posting as imported is not its content.
    op.execute(
        """
        CREATE TRIGGER postings_edited AFTER UPDATE ON postings FOR EACH ROW
        WHEN (pg_trigger_depth() = 0
            AND (OLD.kind, OLD.account_id, OLD.category_id, OLD.amount, OLD.currency)
                IS DISTINCT FROM (NEW.kind, NEW.account_id, NEW.category_id, NEW.amount, NEW.currency))
        EXECUTE FUNCTION note_posting_edit()
        """
    )
    op.execute(
        "CREATE TRIGGER postings_replaced AFTER DELETE ON postings FOR EACH ROW"
        " WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION note_posting_edit()"
    )


def _create_profiles() -> None:
    op.create_table(
        "import_profiles",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("header", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("mapping", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", _TIMESTAMP, server_default=sa.func.now(), nullable=False),
        sa.UniqueConstraint("user_id", "id"),
    )
    op.create_index(
        "import_profiles_user_id_name_idx", "import_profiles", ["user_id", sa.text("lower(name)")], unique=True
    )
    op.execute("ALTER TABLE import_profiles ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE import_profiles FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY own_rows ON import_profiles"
        " USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()))"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON import_profiles TO wealth_backend")
