"""What an agent reads from its environment."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from wealth_core.settings import TelemetrySettings

Seconds = Annotated[float, Field(gt=0, le=600)]


class Settings(TelemetrySettings):
    model_config = SettingsConfigDict(env_ignore_empty=True)

    agent_name: str
    port: Annotated[int, Field(ge=1, le=65535)] = 8080

    mcp_url: str = "http://mcp-server:8001/mcp"
    spending_url: str = "http://spending:8080"
    budget_url: str = "http://budget:8080"
    investment_url: str = "http://investment:8080"

    # auto: google-genai when there is a key, else the offline analyst. openai: any endpoint that speaks its chat API.
    model_provider: Literal["auto", "offline", "google-genai", "google-generativeai", "openai"] = "auto"
    model_name: str = "gemini-3.8-flash"
    model_base_url: str | None = None
    gemini_api_key: SecretStr = SecretStr("")
    openai_api_key: SecretStr = SecretStr("")
    # What one agent's turn may cost: once so many tokens were sent and received, no further request is made.
    turn_token_limit: Annotated[int, Field(ge=1000, le=10_000_000)] = 60_000

    # Whoever is waited for gives up first, so that there is still time to say so: one request to a model or a tool, a
    # specialist's turn, the whole turn.
    tool_timeout_s: Seconds = 8
    model_timeout_s: Seconds = 12
    specialist_timeout_s: Seconds = 25
    turn_timeout_s: Seconds = 40
    watchdog_s: Seconds = 15

    def url_of(self, agent: str) -> str:
        """Where an agent answers: its `<agent>_url`, or else the Service of its name."""
        configured: str = getattr(self, f"{agent}_url", f"http://{agent}:8080")
        return configured.rstrip("/")
