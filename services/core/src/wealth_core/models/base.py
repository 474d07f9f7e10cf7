"""What every table shares."""

import uuid
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, LargeBinary, MetaData, Numeric, Text, func
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from wealth_core.ids import new_id


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def stored_as_text(kind: type[StrEnum], length: int = 16) -> Enum:
    """A column type for `kind`; which values the column takes, a check constraint of its migration says."""
    return Enum(kind, native_enum=False, create_constraint=False, length=length, values_callable=_values)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "%(table_name)s_pkey",
            "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
            "uq": "%(table_name)s_%(column_0_N_name)s_key",
            "ix": "%(table_name)s_%(column_0_N_name)s_idx",
            "ck": "%(table_name)s_%(constraint_name)s_check",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: TIMESTAMP(timezone=True),
        Decimal: Numeric(19, 4),
        bytes: LargeBinary,
        str: Text,
    }


class Made:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class OwnedRow(Made):
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
