"""What sign-up, sign-in, the signed-in user, their sessions and their tokens look like over HTTP."""

import uuid
from datetime import datetime
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from wealth_backend.auth.callers import Scope
from wealth_backend.schemas import Currency, PlainText, Request
from wealth_core.models import AccessToken, Language, SignInSession, Theme, User

MIN_PASSWORD = 12
MAX_PASSWORD = 256


def _email(value: str) -> str:
    """In lower case, its domain in ASCII. No mail is sent, so a domain of one's own network is as good as any."""
    try:
        address = validate_email(value, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(f"This is not an email address: {error}") from None
    return f"{address.local_part}@{address.ascii_domain}".lower()


Email = Annotated[
    PlainText,
    Field(max_length=254, examples=["ada@example.org"], json_schema_extra={"format": "email"}),
    AfterValidator(_email),
]
Password = Annotated[str, Field(max_length=MAX_PASSWORD, json_schema_extra={"format": "password"})]


NewPassword = Annotated[Password, Field(min_length=MIN_PASSWORD)]
Name = Annotated[PlainText, Field(max_length=100)]


class SignUp(Request):
    email: Email
    password: NewPassword
    name: Name | None = None
    currency: Currency = "USD"
    language: Language = Language.ENGLISH


class SignIn(Request):
    email: Email
    password: Password


class PasswordChange(Request):
    current_password: Password
    new_password: NewPassword


class Goodbye(Request):
    """The password may be left out within 15 minutes of signing in."""

    password: Password | None = None


class ProfileChange(Request):
    """What is left out stays as it is; `name: null` takes the name away."""

    name: Name | None = None
    currency: Annotated[Currency | None, Field(description="For new accounts and for summaries")] = None
    language: Language | None = None
    theme: Theme | None = None


class Profile(BaseModel):
    id: uuid.UUID
    email: str
    name: str | None
    currency: str
    language: Language
    theme: Theme

    @classmethod
    def of(cls, user: User) -> "Profile":
        return cls(
            id=user.id,
            email=user.email,
            name=user.name or None,
            currency=user.currency,
            language=user.language,
            theme=user.theme,
        )


class Session(BaseModel):
    id: uuid.UUID
    created_at: datetime
    last_seen_at: Annotated[datetime, Field(description="To a quarter of an hour")]
    expires_at: datetime
    device: Annotated[str | None, Field(examples=["Firefox on Linux"])]
    current: Annotated[bool, Field(description="Whether this is the session that asks")]

    @classmethod
    def of(cls, session: SignInSession, current: uuid.UUID | None) -> "Session":
        return cls(
            id=session.id,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            expires_at=session.expires_at,
            device=session.user_agent or None,
            current=session.id == current,
        )


class NewToken(Request):
    name: Annotated[PlainText, Field(min_length=1, max_length=100, examples=["Bank robot"])]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=3)]
    days: Annotated[int, Field(ge=1, le=365, description="How long it lasts")] = 90


class Token(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime
    last_used_at: Annotated[datetime | None, Field(description="To a minute; null when it was never used")]


class MadeToken(Token):
    token: Annotated[str, Field(description="Shown this once only", examples=["wc_pat_…"])]

    @classmethod
    def made(cls, row: AccessToken, token: str) -> "MadeToken":
        return cls(**Token.model_validate(row).model_dump(), token=token)
