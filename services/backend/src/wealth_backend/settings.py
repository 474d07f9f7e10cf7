"""What the backend reads from its environment."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from wealth_core.settings import DatabaseSettings, Key, OptionalKey, TelemetrySettings


def _http_url(value: str) -> str:
    """A URL without its closing slash."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("expected a URL like http://localhost:8080")
    return value.rstrip("/")


HttpUrl = Annotated[str, AfterValidator(_http_url)]
Seconds = Annotated[float, Field(gt=0, le=600)]
PerMinute = Annotated[int, Field(ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Requests a minute: all of an address, all of a user, and of a user's those that cost more than reading."""

    address: int
    user: int
    writes: int
    chats: int
    imports: int
    exports: int


class Settings(DatabaseSettings, TelemetrySettings):
    jwt_key: Key
    # What another key signed is taken too: the key before, for 30 days at most, as long as a session can last; or the
    # key to come, until every replica knows it. May be empty.
    jwt_key_previous: OptionalKey = None
    mcp_token_key: Key
    # Where people open the application. Writes are taken from pages of this origin only; https makes the cookie Secure.
    public_url: HttpUrl
    coordinator_url: HttpUrl = "http://coordinator:8080"
    # Longer than a turn of the coordinator may take, so that its own excuse arrives.
    chat_timeout_s: Seconds = 45
    # How often a stream says that it is alive while nothing happens: more often than any proxy gives up.
    chat_heartbeat_s: Seconds = 10
    # How large a statement may be, with the form around it; the Ingress is told the same.
    upload_limit_mib: Annotated[int, Field(ge=1, le=40)] = 20
    # Generous, since a household or an office may share one address.
    rate_limit_address_per_minute: PerMinute = 3000
    rate_limit_user_per_minute: PerMinute = 600
    rate_limit_writes_per_minute: PerMinute = 300
    rate_limit_chats_per_minute: PerMinute = 30
    rate_limit_imports_per_minute: PerMinute = 30
    rate_limit_exports_per_minute: PerMinute = 10
    # How often each replica looks for recurring payments that are due, and how often a user's budgets and goals are
    # compared with the books, whichever replica does it.
    scheduler_interval_s: Annotated[float, Field(ge=0.1, le=3600)] = 60
    plan_review_interval_s: Annotated[float, Field(ge=0.1, le=86_400)] = 300
    # How long requests are still taken after SIGTERM, while the cluster learns that this pod is going.
    shutdown_delay_s: Annotated[float, Field(ge=0, le=60)] = 5
    port: Annotated[int, Field(ge=1, le=65535)] = 8000

    @property
    def public_origin(self) -> str:
        """As browsers write it in the Origin header: in lower case, without the scheme's default port."""
        parts = urlsplit(self.public_url)
        default = {"http": 80, "https": 443}[parts.scheme]
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in {None, default} else "")

    @property
    def limits(self) -> RateLimits:
        return RateLimits(
            address=self.rate_limit_address_per_minute,
            user=self.rate_limit_user_per_minute,
            writes=self.rate_limit_writes_per_minute,
            chats=self.rate_limit_chats_per_minute,
            imports=self.rate_limit_imports_per_minute,
            exports=self.rate_limit_exports_per_minute,
        )

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https:")
