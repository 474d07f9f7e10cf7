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
    Import,
    PostingRow,
    Transaction,
    TransactionKind,
)
from wealth_core.models.identity import Attempts, SignInSession, User

__all__ = [
    "Account",
    "AccountKind",
    "Attempts",
    "Base",
    "Category",
    "CategoryKind",
    "Conversation",
    "Import",
    "MessageRole",
    "MessageRow",
    "OwnedRow",
    "PostingRow",
    "Proposal",
    "ProposalKind",
    "ProposalStatus",
    "SignInSession",
    "Transaction",
    "TransactionKind",
    "User",
]
