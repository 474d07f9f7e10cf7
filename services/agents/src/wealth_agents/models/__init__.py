"""The models an agent can think with, behind wealth_agents.turn.Model."""

from wealth_agents.settings import Settings
from wealth_agents.turn import Model


def make_model(settings: Settings) -> Model | None:
    """The configured language model; None means that the agent's offline analyst answers."""
    provider = settings.model_provider
    if provider == "auto":
        provider = "google-genai" if settings.gemini_api_key.get_secret_value() else "offline"
    if provider == "offline":
        return None
    from wealth_agents.models.google_genai import GoogleGenai  # noqa: PLC0415 - 15 MiB that offline pods don't pay for

    return GoogleGenai(settings)
