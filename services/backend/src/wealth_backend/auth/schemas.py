"""What sign-up, sign-in and the signed-in user look like over HTTP."""

import uuid
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, Field

from wealth_backend.schemas import Currency, PlainText, Request
from wealth_core.models import User

MIN_PASSWORD = 12
MAX_PASSWORD = 256


def _email(value: str) -> str:
    """In lower case, its domain in ASCII. No mail is sent, so a domain of one's own network is as good as any."""
    try:
        address = validate_email(value, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(f"This is not an email address: {error}") from None
    return f"{address.local_part}@{address.ascii_domain}".lower()


Email = Annotated[PlainText, Field(max_length=254, examples=["ada@example.org"]), AfterValidator(_email)]
Password = Annotated[str, Field(max_length=MAX_PASSWORD, json_schema_extra={"format": "password"})]


class SignUp(Request):
    email: Email
    password: Annotated[Password, Field(min_length=MIN_PASSWORD)]
    name: Annotated[PlainText, Field(max_length=100)] | None = None
    currency: Currency = "USD"


class SignIn(Request):
    email: Email
    password: Password


class Profile(BaseModel):
    id: uuid.UUID
    email: str
    name: str | None
    currency: str

    @classmethod
    def of(cls, user: User) -> "Profile":
        return cls(id=user.id, email=user.email, name=user.name or None, currency=user.currency)
