from functools import partial

from starlette.responses import Response

from wealth_backend import routing
from wealth_backend.chat import service
from wealth_backend.chat.schemas import ChatAnswer, Question
from wealth_backend.chat.streaming import TurnStream, describe
from wealth_backend.dependencies import AppParts, LateWork, SignedIn
from wealth_backend.problems import responses

router = routing.router("chat")

_NO_SUCH_CONVERSATION = responses(404)


@router.post("", responses=_NO_SUCH_CONVERSATION)
async def chat(asked: Question, user: SignedIn, begin: LateWork, parts: AppParts) -> ChatAnswer:
    """Asks the agents about the user's own money; the answer comes with every tool call it rests on."""
    prepared = await service.prepare(parts, user, asked)
    answer = await service.ask(parts, prepared)
    return await service.keep(await begin(), prepared, answer)


@router.post("/stream", response_class=Response, responses=_NO_SUCH_CONVERSATION | describe())
async def chat_stream(asked: Question, user: SignedIn, parts: AppParts) -> TurnStream:
    """The same, told as it happens. Hanging up ends the turn, and nothing of it is kept."""
    turn = partial(service.stream, parts, await service.prepare(parts, user, asked))
    settings = parts.settings
    return TurnStream(turn, heartbeat_s=settings.chat_heartbeat_s, limit_s=settings.chat_timeout_s)
