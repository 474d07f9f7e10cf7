"""The tables. What a row may hold the database decides; see migrations/versions for its triggers, policies and grants.

Every reference between a user's rows carries the user's id, so that no row can point at another user's: foreign keys
are checked past row-level security.
"""

from wealth_core.models.assistant import (
    Conversation,
    MessageRole,
    MessageRow,
    Proposal,
    ProposalKind,
    ProposalStatus,
)
from wealth_core.models.base import Base, OwnedRow
from wealth_core.models.books import (
    Account,
    AccountKind,
    Category,
    CategoryKind,
    Direction,
    Import,
    PostingRow,
    Rule,
    RuleTag,
    StatementFormat,
    Tag,
    Transaction,
    TransactionKind,
    TransactionStatus,
    TransactionTag,
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
    "Conversation",
    "Direction",
    "IdempotencyKey",
    "Import",
    "ImportProfile",
    "Language",
    "MessageRole",
    "MessageRow",
    "OwnedRow",
    "PostingRow",
    "Proposal",
    "ProposalKind",
    "ProposalStatus",
    "Rule",
    "RuleTag",
    "SignInSession",
    "StatementFormat",
    "Tag",
    "Theme",
    "Transaction",
    "TransactionKind",
    "TransactionStatus",
    "TransactionTag",
    "User",
]
