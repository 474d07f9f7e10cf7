"""The audit log of a user: what happened to their account and their money, when, and from where.

await audit(work, "import.undone", import_id=row.id)
"""

from wealth_backend.audit.service import audit

__all__ = ["audit"]
