"""Why a statement can't be taken."""


class StatementError(Exception):
    """The file as a whole; the sentence says what is wrong with it and what helps."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class RowError(Exception):
    """One row; completes "Row 7: …"."""
