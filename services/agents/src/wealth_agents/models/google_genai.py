"""Google's models through the google-genai SDK: the model asks for tools, gets their results, and answers."""

import json
import logging
from collections.abc import Sequence

import httpx2
from google import genai
from google.genai import errors, types
from pydantic import ValidationError

from wealth_agents.settings import Settings
from wealth_agents.turn import Brief, ModelError, Outcome, Reply, Toolbox

_MAX_STEPS = 6
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500

_log = logging.getLogger(__name__)


class GoogleGenai:
    def __init__(self, settings: Settings) -> None:
        self.name = settings.model_name
        self._client = genai.Client(
            # The SDK insists on a key even where the endpoint of model_base_url wants none.
            api_key=settings.gemini_api_key.get_secret_value() or "none",
            http_options=types.HttpOptions(
                base_url=settings.model_base_url,
                timeout=int(settings.model_timeout_s * 1000),
                # The analyst takes over at once: a user is waiting.
                retry_options=types.HttpRetryOptions(attempts=1),
            ),
        )

    async def answer(self, brief: Brief, toolbox: Toolbox) -> Reply:
        config = types.GenerateContentConfig(
            system_instruction=f"{brief.instructions}\nToday is {brief.today:%A}, {brief.today.isoformat()}.",
            temperature=0,
            tools=[types.Tool(function_declarations=_declarations(toolbox))],
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )
        contents = [types.Content(role="user", parts=[types.Part.from_text(text=brief.question)])]
        for _ in range(_MAX_STEPS):
            content = await self._generate(contents, config)
            parts = content.parts or []
            calls = [part.function_call for part in parts if part.function_call is not None]
            if not calls:
                text = "".join(part.text or "" for part in parts if not part.thought).strip()
                if not text:
                    raise ModelError("it gave an empty answer")
                return Reply(text, self.name)
            outcomes = await toolbox.run(*((call.name or "", call.args or {}) for call in calls))
            if len(outcomes) == 1 and outcomes[0].reply is not None:
                return outcomes[0].reply  # a specialist's answer to the whole question needs no retelling
            # The model's own content goes back untouched: it may carry thought signatures that the API checks.
            contents += [content, types.Content(role="user", parts=_responses(calls, outcomes))]
        raise ModelError("it kept asking for more")

    async def _generate(self, contents: list[types.Content], config: types.GenerateContentConfig) -> types.Content:
        try:
            response = await self._client.aio.models.generate_content(
                model=self.name, contents=list(contents), config=config
            )
        except errors.APIError as error:
            _log.warning("model API error", extra={"code": error.code, "status": error.status})
            raise ModelError(_reason(error.code)) from error
        except httpx2.TimeoutException as error:
            raise ModelError("it did not answer in time") from error
        except (httpx2.HTTPError, OSError) as error:
            raise ModelError("it can't be reached") from error
        except (ValidationError, json.JSONDecodeError, errors.UnknownApiResponseError) as error:
            raise ModelError("it gave a malformed answer") from error
        if not response.candidates or response.candidates[0].content is None:
            raise ModelError("it gave an empty answer")
        return response.candidates[0].content


def _declarations(toolbox: Toolbox) -> list[types.FunctionDeclaration]:
    return [
        types.FunctionDeclaration(
            name=tool.name, description=tool.description, parameters_json_schema=dict(tool.schema)
        )
        for tool in toolbox.tools
    ]


def _responses(calls: Sequence[types.FunctionCall], outcomes: Sequence[Outcome]) -> list[types.Part]:
    return [
        types.Part(
            function_response=types.FunctionResponse(
                id=call.id, name=call.name, response={"error" if outcome.failed else "output": outcome.content}
            )
        )
        for call, outcome in zip(calls, outcomes, strict=True)
    ]


def _reason(code: int) -> str:
    if code == _TOO_MANY_REQUESTS:
        return "it is over its rate limit"
    if code >= _SERVER_ERROR:
        return "it is out of order"
    return f"it refused the request with code {code}"
