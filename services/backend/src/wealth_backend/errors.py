"""What the database's refusals say."""

from psycopg import Error
from sqlalchemy.exc import IntegrityError


def violated(error: IntegrityError) -> str | None:
    """The name of the constraint that an error is about."""
    return error.orig.diag.constraint_name if isinstance(error.orig, Error) else None
