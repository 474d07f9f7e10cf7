"""Google's models through the older google-generativeai SDK, whose upstream support has ended: an optional extra.

It asks over REST from a thread of its own, because its asynchronous client speaks gRPC only, and doesn't stream.
"""

import asyncio
import logging
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import requests  # type: ignore[import-untyped,unused-ignore]

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

with warnings.catch_warnings():
    # They say past the log that this SDK and some day this Python are no longer supported.
    warnings.simplefilter("ignore", FutureWarning)
    import google.generativeai as genai  # type: ignore[import-not-found,import-untyped,unused-ignore]
    from google.api_core import exceptions
    from google.protobuf.json_format import ParseError  # type: ignore[import-untyped,unused-ignore]

_GATEWAY_TIMEOUT = 504

_log = logging.getLogger(__name__)


def make(settings: Settings) -> LanguageModel:
    genai.configure(
        # The SDK insists on a key even where the endpoint of model_base_url wants none.
        api_key=settings.gemini_api_key.get_secret_value() or "none",
        transport="rest",
        client_options={"api_endpoint": settings.model_base_url.rstrip("/")} if settings.model_base_url else None,
    )
    # One request each: only we know how long the user can still wait.
    options = {"timeout": settings.model_timeout_s, "retry": None}
    return LanguageModel(
        settings.model_name,
        lambda brief, tools: _Conversation(settings.model_name, options, brief, tools),
        settings.turn_token_limit,
    )


class _Conversation:
    def __init__(self, name: str, options: Mapping[str, Any], brief: Brief, tools: Sequence[Tool]) -> None:
        self._model = genai.GenerativeModel(
            name,
            system_instruction=system_prompt(brief),
            generation_config={"temperature": 0, "max_output_tokens": MAX_OUTPUT_TOKENS},
            tools=[{"function_declarations": [_declaration(tool) for tool in tools]}] if tools else None,
        )
        self._options = options
        self._contents: list[Any] = []
        self.say(first_words(brief))

    def say(self, text: str) -> None:
        self._contents.append({"role": "user", "parts": [{"text": text}]})

    def give(self, wanted: Sequence[Wanted], outcomes: Sequence[Outcome]) -> None:
        parts = [
            {"function_response": {"name": call.name, "response": told(outcome)}}
            for call, outcome in zip(wanted, outcomes, strict=True)
        ]
        self._contents.append({"role": "user", "parts": parts})

    async def step(self, hear: Hear | None) -> Step:
        try:
            response = await asyncio.to_thread(
                self._model.generate_content, list(self._contents), request_options=dict(self._options)
            )
            step = self._read(response)
        except exceptions.GoogleAPICallError as error:
            _log.warning("model API error", extra={"code": error.code})
            raise _refusal(error) from error
        except (requests.Timeout, exceptions.RetryError) as error:
            raise ModelError(SLOW) from error
        except (requests.ConnectionError, OSError) as error:
            raise BusyError(UNREACHABLE) from error
        except (ParseError, ValueError, TypeError, AttributeError) as error:
            raise ModelError(MALFORMED) from error
        if hear is not None:
            await hear(step.text)
        return step

    def _read(self, response: Any) -> Step:
        if not response.candidates:
            raise ModelError(EMPTY)
        candidate = response.candidates[0]
        if candidate.finish_reason.name == "MAX_TOKENS":
            raise ModelError(CUT_OFF)
        self._contents.append(candidate.content)
        parts = type(candidate.content).to_dict(candidate.content).get("parts", [])
        wanted = [
            Wanted(part["function_call"]["name"], _plain(part["function_call"].get("args") or {}))
            for part in parts
            if part.get("function_call")
        ]
        counted = response.usage_metadata
        usage = Usage(counted.prompt_token_count, counted.candidates_token_count) if counted else None
        return Step("".join(part.get("text") or "" for part in parts), wanted, usage)


def _refusal(error: exceptions.GoogleAPICallError) -> ModelError:
    status = int(error.code or 500)
    if status == _GATEWAY_TIMEOUT and error.response is None:
        return ModelError(SLOW)
    headers = getattr(error.response, "headers", None) or {}
    return refusal(status, seconds(headers.get("retry-after")))


def _plain(value: Any) -> Any:
    """The SDK's numbers are all floats."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _declaration(tool: Tool) -> dict[str, Any]:
    declaration: dict[str, Any] = {"name": tool.name, "description": tool.description}
    if tool.schema.get("properties"):
        declaration["parameters"] = _schema(tool.schema, tool.schema.get("$defs", {}))
    return declaration


def _schema(schema: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What this API knows of JSON Schema: types, enumerations, items and properties. The server checks the rest."""
    if "$ref" in schema:
        return _schema({**known[schema["$ref"].rpartition("/")[2]], **_described(schema)}, known)
    if choices := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
        real = [choice for choice in choices if choice.get("type") != "null"]
        nullable = {"nullable": True} if len(real) < len(choices) else {}
        return {**_schema({**real[0], **_described(schema)}, known), **nullable}
    converted: dict[str, Any] = {"type": str(schema.get("type", "string")).upper(), **_described(schema)}
    if "enum" in schema:
        converted["enum"] = [str(value) for value in schema["enum"]]
    if schema.get("type") == "array":
        converted["items"] = _schema(schema.get("items", {}), known)
    if schema.get("type") == "object":
        converted["properties"] = {name: _schema(part, known) for name, part in schema.get("properties", {}).items()}
        converted["required"] = list(schema.get("required", []))
    return converted


def _described(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": schema["description"]} if "description" in schema else {}
