"""The tables. What a row may hold the database decides; see migrations/versions for its triggers, policies and grants.

Every reference between a user's rows carries the user's id, so that no row can point at another user's: foreign keys
are checked past row-level security.
"""

from wealth_core.models.base import Base, OwnedRow
from wealth_core.models.books import (
    Account,
    AccountKind,
    Category,
    CategoryKind,
    Import,
    PostingRow,
    StatementFormat,
    Transaction,
    TransactionKind,
)
from wealth_core.models.identity import (
    AccessToken,
    Attempts,
    AuditEvent,
    IdempotencyKey,
    Language,
    SignInSession,
    Theme,
    User,
)
from wealth_core.models.imports import ImportProfile

__all__ = [
    "AccessToken",
    "Account",
    "AccountKind",
    "Attempts",
    "AuditEvent",
    "Base",
    "Category",
    "CategoryKind",
    "IdempotencyKey",
    "Import",
    "ImportProfile",
    "Language",
    "OwnedRow",
    "PostingRow",
    "SignInSession",
    "StatementFormat",
    "Theme",
    "Transaction",
    "TransactionKind",
    "User",
]
