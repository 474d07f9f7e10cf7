"""Why a statement can't be taken."""


class StatementError(Exception):
    """The file as a whole; the sentence says what is wrong with it and what helps."""

    def __init__(self, code: str, detail: str, *, field: str = "file") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.field = field


class RowError(Exception):
    """One row; completes "Row 7: …"."""
