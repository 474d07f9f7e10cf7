"""How a user's statement files are to be read."""

from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from wealth_core.models.base import Base, OwnedRow


class ImportProfile(OwnedRow, Base):
    """A mapping of columns, and the header line by which the files that it suits are recognised."""

    __tablename__ = "import_profiles"
    __table_args__ = (
        UniqueConstraint("user_id", "id"),
        Index("import_profiles_user_id_name_idx", "user_id", text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    header: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    mapping: Mapped[dict[str, Any]] = mapped_column(JSONB)
