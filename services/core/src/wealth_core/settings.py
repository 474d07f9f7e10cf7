"""Settings every service reads from its environment, checked before anything starts."""

from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings

if TYPE_CHECKING:
    from sqlalchemy import URL

_MIN_KEY_BYTES = 32
_MIN_DISTINCT_CHARACTERS = 12
_PLACEHOLDERS = ("change", "example", "placeholder", "secret", "password", "insecure")


class SettingsError(Exception):
    """The environment can't be served with; the message names each setting and what to do, never a value."""


def _strong_key(key: SecretStr) -> SecretStr:
    value = key.get_secret_value()
    if len(value.encode()) < _MIN_KEY_BYTES:
        raise ValueError(f"a key needs at least {_MIN_KEY_BYTES} bytes; make one with: openssl rand -base64 48")
    if len(set(value)) < _MIN_DISTINCT_CHARACTERS or any(word in value.lower() for word in _PLACEHOLDERS):
        raise ValueError("this key can be guessed; make one with: openssl rand -base64 48")
    return key


def _database_url(url: SecretStr) -> SecretStr:
    from sqlalchemy import make_url  # noqa: PLC0415 - agents read their settings without having SQLAlchemy
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        parsed = make_url(url.get_secret_value())
    except ArgumentError:
        raise ValueError("not a URL; expected postgresql://user:password@host:5432/database") from None
    if parsed.get_backend_name() not in {"postgresql", "postgres"} or not parsed.database:
        raise ValueError("expected postgresql://user:password@host:5432/database")
    return url


S = TypeVar("S", bound=BaseSettings)

Key = Annotated[SecretStr, AfterValidator(_strong_key)]
OptionalKey = Annotated[Key | None, BeforeValidator(lambda value: value or None)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database_url)]


def sqlalchemy_url(url: SecretStr) -> "URL":
    """The libpq URL of the environment as SQLAlchemy wants it; query parameters such as sslmode are kept."""
    from sqlalchemy import make_url  # noqa: PLC0415

    return make_url(url.get_secret_value()).set(drivername="postgresql+psycopg")


class TelemetrySettings(BaseSettings):
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"


class DatabaseSettings(BaseSettings):
    database_url: DatabaseUrl
    database_pool_size: Annotated[int, Field(ge=1, le=100)] = 5
    database_connect_timeout_s: Annotated[int, Field(ge=1, le=60)] = 3
    database_statement_timeout_ms: Annotated[int, Field(ge=100, le=120_000)] = 5000


def load(settings: type[S]) -> S:
    """Reads the environment; what is wrong comes as one sentence per setting, without the offending value."""
    try:
        return settings()
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors(include_input=False)]
        raise SettingsError("; ".join(problems)) from None
