"""Any endpoint that speaks OpenAI's chat completions: OpenAI itself, Ollama, vLLM, llama.cpp."""

import json
import logging
from collections.abc import Sequence
from typing import Any

import httpx2
import openai

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
from wealth_agents.net import tls_context
from wealth_agents.settings import Settings
from wealth_agents.turn import Brief, ModelError, Outcome, Tool, Usage
from wealth_core.settings import SettingsError

_log = logging.getLogger(__name__)


def make(settings: Settings) -> LanguageModel:
    if "model_name" not in settings.model_fields_set:
        raise SettingsError("MODEL_NAME: not set; with MODEL_PROVIDER openai, name a model that the endpoint has")
    client = openai.AsyncOpenAI(
        # The SDK insists on a key; local servers want none.
        api_key=settings.openai_api_key.get_secret_value() or "none",
        base_url=settings.model_base_url,
        timeout=settings.model_timeout_s,
        max_retries=0,  # only we know how long the user can still wait
        http_client=httpx2.AsyncClient(transport=httpx2.AsyncHTTPTransport(verify=tls_context())),
    )
    # What OpenAI's own reasoning models refuse is what the others know: max_tokens and a temperature.
    options: dict[str, Any] = (
        {"max_tokens": MAX_OUTPUT_TOKENS, "temperature": 0}
        if settings.model_base_url
        else {"max_completion_tokens": MAX_OUTPUT_TOKENS}
    )
    return LanguageModel(
        settings.model_name,
        lambda brief, tools: _Chat(client, {"model": settings.model_name, **options}, brief, tools),
        settings.turn_token_limit,
    )


class _Chat:
    def __init__(
        self, client: openai.AsyncOpenAI, options: dict[str, Any], brief: Brief, tools: Sequence[Tool]
    ) -> None:
        self._create: Any = client.chat.completions.create  # messages go back as they came, not as its types
        self._options = options | ({"tools": [_function(tool) for tool in tools]} if tools else {})
        self._messages: list[dict[str, Any]] = [{"role": "system", "content": system_prompt(brief)}]
        self.say(first_words(brief))

    def say(self, text: str) -> None:
        self._messages.append({"role": "user", "content": text})

    def give(self, wanted: Sequence[Wanted], outcomes: Sequence[Outcome]) -> None:
        self._messages += [
            {
                "role": "tool",
                "tool_call_id": call.id,
                "content": json.dumps(told(outcome), ensure_ascii=False, default=str),
            }
            for call, outcome in zip(wanted, outcomes, strict=True)
        ]

    async def step(self, hear: Hear | None) -> Step:
        try:
            said = await (self._whole() if hear is None else self._pieces(hear))
        except openai.APIStatusError as error:
            _log.warning("model API error", extra={"code": error.status_code})
            raise refusal(error.status_code, seconds(error.response.headers.get("retry-after"))) from error
        except openai.APITimeoutError as error:
            raise ModelError(SLOW) from error
        except openai.APIConnectionError as error:
            broken = isinstance(error.__cause__, httpx2.RemoteProtocolError | httpx2.ReadError)
            raise BusyError(CUT_OFF if broken else UNREACHABLE) from error
        except httpx2.TimeoutException as error:  # in the midst of a stream
            raise ModelError(SLOW) from error
        except httpx2.HTTPError as error:
            raise BusyError(CUT_OFF) from error
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, IndexError) as error:
            # The SDK hands on what it was sent without checking it.
            raise ModelError(MALFORMED) from error
        self._messages.append(said.message())
        return said.step()

    async def _whole(self) -> "_Said":
        answer = await self._create(**self._options, messages=self._messages)
        if not answer.choices:
            raise ModelError(EMPTY)
        message = answer.choices[0].message
        calls = [(call.id, call.function.name, call.function.arguments) for call in message.tool_calls or []]
        _check_end(answer.choices[0].finish_reason)
        return _Said(message.content or "", calls, answer.usage)

    async def _pieces(self, hear: Hear) -> "_Said":
        text, calls, usage, ended = "", list[list[str]](), None, None
        stream = await self._create(
            **self._options, messages=self._messages, stream=True, stream_options={"include_usage": True}
        )
        async with stream:
            async for chunk in stream:
                usage = chunk.usage or usage
                for choice in chunk.choices[:1]:
                    ended = choice.finish_reason or ended
                    if choice.delta is None:
                        continue
                    if choice.delta.content:
                        text += choice.delta.content
                        await hear(choice.delta.content)
                    _join_calls(calls, choice.delta.tool_calls or [])
        if ended is None:
            raise BusyError(CUT_OFF) if text or calls else ModelError(EMPTY)
        _check_end(ended)
        return _Said(text, [(call[0], call[1], call[2]) for call in calls], usage)


def _join_calls(calls: list[list[str]], deltas: Sequence[Any]) -> None:
    """A call comes in pieces: id and name first, then its arguments. Some servers give every call the index 0."""
    for delta in deltas:
        new = delta.id and (not calls or calls[-1][0] != delta.id)
        if new or not calls:
            calls.append([delta.id or "", "", ""])
        function = delta.function
        if function is not None:
            calls[-1][1] += function.name or "" if new or not calls[-1][1] else ""
            calls[-1][2] += function.arguments or ""


def _check_end(reason: str | None) -> None:
    if reason == "length":
        raise ModelError(CUT_OFF)


class _Said:
    """The model's part of a round."""

    def __init__(self, text: str, calls: Sequence[tuple[str, str, str]], usage: Any) -> None:
        self._text = text
        self._calls = [(id_ or f"call_{number}", name, given) for number, (id_, name, given) in enumerate(calls)]
        self._wanted = [Wanted(name, _arguments(given), id_) for id_, name, given in self._calls]
        self._usage = Usage(usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else None
        if not isinstance(text, str) or not all(isinstance(call.name, str) for call in self._wanted):
            raise ModelError(MALFORMED)

    def message(self) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": self._text or None}
        if self._calls:
            message["tool_calls"] = [
                {"id": id_, "type": "function", "function": {"name": name, "arguments": given}}
                for id_, name, given in self._calls
            ]
        return message

    def step(self) -> Step:
        return Step(self._text, self._wanted, self._usage)


def _arguments(given: str) -> dict[str, Any]:
    arguments = json.loads(given or "{}")
    if not isinstance(arguments, dict):
        raise ModelError(MALFORMED)
    return arguments


def _function(tool: Tool) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {"name": tool.name, "description": tool.description, "parameters": dict(tool.schema)},
    }
