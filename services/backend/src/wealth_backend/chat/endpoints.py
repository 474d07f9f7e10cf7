import logging

from wealth_backend import routing
from wealth_backend.chat.coordinator import CoordinatorError, CoordinatorTimeoutError
from wealth_backend.chat.schemas import ChatAnswer, Question
from wealth_backend.dependencies import AppParts, SignedIn
from wealth_backend.problems import unavailable
from wealth_core.tokens import mint_tool_token

router = routing.router("chat")

_log = logging.getLogger(__name__)


@router.post("")
async def chat(asked: Question, user: SignedIn, parts: AppParts) -> ChatAnswer:
    """Asks the agents about the user's own money; the answer comes with every tool call it rests on."""
    try:
        reply, evidence = await parts.coordinator.ask(
            asked.message, mint_tool_token(user.id, parts.settings.mcp_token_key)
        )
    except CoordinatorError as error:
        _log.error("coordinator failed", extra={"reason": str(error)})
        detail = (
            "The companion took too long to answer. Please ask again, perhaps a shorter question."
            if isinstance(error, CoordinatorTimeoutError)
            else "The companion can't be reached at the moment. Your data is safe; please ask again in a few seconds."
        )
        raise unavailable("companion_unavailable", detail) from None
    return ChatAnswer(reply=reply, model=evidence.model, tool_calls=evidence.tool_calls)
