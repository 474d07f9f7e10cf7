"""Who asks, and what they may ask for."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Scope(StrEnum):
    """What a personal access token is for."""

    READ = "read"
    WRITE = "write"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Caller:
    """A user, by a session (which may do everything) or by a token (which may do what its scopes say)."""

    user_id: uuid.UUID
    session_id: uuid.UUID | None = None
    token_id: uuid.UUID | None = None
    scopes: frozenset[Scope] = frozenset()
    # Cut short, for the audit log.
    address: str = ""


def needed_scope(method: str, domain: str) -> Scope | None:
    """The scope that lets a token do something in `/api/v1/<domain>`; None is what tokens are kept from altogether."""
    if domain == "auth":
        return None
    if method in SAFE_METHODS:
        return Scope.READ
    if domain == "proposals":  # only the person decides on what agents propose
        return None
    return Scope.IMPORT if domain == "imports" else Scope.WRITE
