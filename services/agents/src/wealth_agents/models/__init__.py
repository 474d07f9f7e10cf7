"""The models an agent can think with. Each is loaded only where it is used: an SDK takes 20 to 40 MiB."""

from importlib import import_module
from typing import TYPE_CHECKING

from wealth_agents.settings import Settings
from wealth_core.settings import SettingsError

if TYPE_CHECKING:
    from wealth_agents.models.conversation import LanguageModel

_MODULES = {
    "google-genai": "google_genai",
    "google-generativeai": "google_generativeai",
    "openai": "openai_compatible",
}


def make_model(settings: Settings) -> "LanguageModel | None":
    """The configured language model; None means that the agent's offline analyst answers."""
    provider = settings.model_provider
    if provider == "auto":
        provider = "google-genai" if settings.gemini_api_key.get_secret_value() else "offline"
    if provider == "offline":
        return None
    try:
        module = import_module(f"{__name__}.{_MODULES[provider]}")
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"MODEL_PROVIDER: {provider} needs a package that is not installed ({error.name}):"
            f" install wealth-agents[{provider}], or set another provider"
        ) from None
    model: LanguageModel = module.make(settings)
    return model
