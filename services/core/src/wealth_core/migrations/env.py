"""Run by Alembic; the connection, already in a transaction, comes from wealth_core.migrate."""

from alembic import context

from wealth_core.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
