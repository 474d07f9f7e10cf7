"""Google's models through the google-genai SDK."""

import json
import logging
from collections.abc import AsyncIterator, Iterable, Sequence

import httpx2
from google import genai
from google.genai import errors, types
from pydantic import ValidationError

from wealth_agents.models.conversation import (
    CUT_OFF,
    EMPTY,
    MALFORMED,
    MAX_OUTPUT_TOKENS,
    SLOW,
    UNREACHABLE,
    BusyError,
    Hear,
    LanguageModel,
    Step,
    Wanted,
    first_words,
    refusal,
    seconds,
    system_prompt,
    told,
)
from wealth_agents.settings import Settings
from wealth_agents.turn import Brief, ModelError, Outcome, Tool, Usage

_RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo"

_log = logging.getLogger(__name__)


def make(settings: Settings) -> LanguageModel:
    client = genai.Client(
        # The SDK insists on a key even where the endpoint of model_base_url wants none.
        api_key=settings.gemini_api_key.get_secret_value() or "none",
        http_options=types.HttpOptions(
            base_url=settings.model_base_url,
            timeout=int(settings.model_timeout_s * 1000),
            # Only we know how long the user can still wait.
            retry_options=types.HttpRetryOptions(attempts=1),
        ),
    )
    return LanguageModel(
        settings.model_name,
        lambda brief, tools: _Gemini(client, settings.model_name, brief, tools),
        settings.turn_token_limit,
    )


class _Gemini:
    def __init__(self, client: genai.Client, name: str, brief: Brief, tools: Sequence[Tool]) -> None:
        self._models = client.aio.models
        self._name = name
        self._config = types.GenerateContentConfig(
            system_instruction=system_prompt(brief),
            temperature=0,
            max_output_tokens=MAX_OUTPUT_TOKENS,
            tools=[types.Tool(function_declarations=[_declaration(tool) for tool in tools])] if tools else None,
            automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True),
        )
        self._contents: list[types.Content] = []
        self.say(first_words(brief))

    def say(self, text: str) -> None:
        self._contents.append(types.Content(role="user", parts=[types.Part.from_text(text=text)]))

    def give(self, wanted: Sequence[Wanted], outcomes: Sequence[Outcome]) -> None:
        parts = [
            types.Part(
                function_response=types.FunctionResponse(id=call.id or None, name=call.name, response=told(outcome))
            )
            for call, outcome in zip(wanted, outcomes, strict=True)
        ]
        self._contents.append(types.Content(role="user", parts=parts))

    async def step(self, hear: Hear | None) -> Step:
        try:
            parts, usage = await (self._whole() if hear is None else self._pieces(hear))
        except errors.APIError as error:
            _log.warning("model API error", extra={"code": error.code, "status": error.status})
            raise refusal(error.code, _retry_after(error)) from error
        except httpx2.TimeoutException as error:
            raise ModelError(SLOW) from error
        except (httpx2.RemoteProtocolError, httpx2.ReadError) as error:
            raise BusyError(CUT_OFF) from error
        except (httpx2.HTTPError, OSError) as error:
            raise BusyError(UNREACHABLE) from error
        except (ValidationError, json.JSONDecodeError, errors.UnknownApiResponseError) as error:
            raise ModelError(MALFORMED) from error
        # The model's own content goes back untouched: it may carry thought signatures that the API checks.
        self._contents.append(types.Content(role="model", parts=parts))
        calls = [part.function_call for part in parts if part.function_call is not None]
        return Step(
            _text(parts),
            [Wanted(call.name or "", call.args or {}, call.id or "") for call in calls],
            usage,
        )

    async def _whole(self) -> tuple[list[types.Part], Usage | None]:
        response = await self._models.generate_content(
            model=self._name, contents=list(self._contents), config=self._config
        )
        candidate = _candidate(response)
        if candidate.finish_reason == types.FinishReason.MAX_TOKENS:
            raise ModelError(CUT_OFF)
        if candidate.content is None:
            raise ModelError(EMPTY)
        return candidate.content.parts or [], _usage(response)

    async def _pieces(self, hear: Hear) -> tuple[list[types.Part], Usage | None]:
        parts, usage, ended = list[types.Part](), None, None
        stream: AsyncIterator[types.GenerateContentResponse] = await self._models.generate_content_stream(
            model=self._name, contents=list(self._contents), config=self._config
        )
        async for response in stream:
            usage = _usage(response) or usage
            if not response.candidates:
                continue
            candidate = response.candidates[0]
            ended = candidate.finish_reason or ended
            new = (candidate.content.parts if candidate.content else None) or []
            parts += new
            await hear(_text(new))
        if ended is None and parts:
            raise BusyError(CUT_OFF)
        if ended == types.FinishReason.MAX_TOKENS:
            raise ModelError(CUT_OFF)
        return parts, usage


def _candidate(response: types.GenerateContentResponse) -> types.Candidate:
    if not response.candidates:
        raise ModelError(EMPTY)
    return response.candidates[0]


def _text(parts: Iterable[types.Part]) -> str:
    return "".join(part.text or "" for part in parts if not part.thought)


def _usage(response: types.GenerateContentResponse) -> Usage | None:
    counted = response.usage_metadata
    if counted is None or counted.prompt_token_count is None:
        return None
    said = (counted.candidates_token_count or 0) + (counted.thoughts_token_count or 0)
    return Usage(counted.prompt_token_count, said)


def _retry_after(error: errors.APIError) -> float | None:
    """Said by a header, or by Google in the body."""
    headers = getattr(error.response, "headers", None) or {}
    if "retry-after" in headers:
        return seconds(headers["retry-after"])
    body = error.details.get("error") if isinstance(error.details, dict) else None
    details = body.get("details") if isinstance(body, dict) else None
    for detail in details if isinstance(details, list) else []:
        if isinstance(detail, dict) and detail.get("@type") == _RETRY_INFO:
            return seconds(str(detail.get("retryDelay", "")))
    return None


def _declaration(tool: Tool) -> types.FunctionDeclaration:
    return types.FunctionDeclaration(
        name=tool.name, description=tool.description, parameters_json_schema=dict(tool.schema)
    )
