"""A turn: what was said before, the question to the coordinator, and both utterances kept when it has answered.

No connection to the database is held meanwhile. A turn that fails leaves nothing behind, so that it can be asked again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from wealth_backend.chat.coordinator import Answer, CoordinatorError, CoordinatorTimeoutError, Turn, Utterance
from wealth_backend.chat.schemas import ChatAnswer, Evidence, Progress, ProposalReference, Question
from wealth_backend.dependencies import Parts, Work
from wealth_backend.problems import Problem, not_found, unavailable
from wealth_core.models import User
from wealth_core.periods import utc_today
from wealth_core.repositories import ConversationRepository, ProposalRepository
from wealth_core.tokens import mint_tool_token

# What the coordinator takes of a conversation.
_HISTORY_ENTRIES = 20
_HISTORY_BYTES = 16 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that may be put to the coordinator."""

    question: Question
    user: User
    turn: Turn


async def prepare(parts: Parts, user: User, question: Question) -> Asked:
    history: tuple[Utterance, ...] = ()
    if question.conversation_id is not None:
        async with parts.database.transaction(user.id) as session:
            conversations = ConversationRepository(session)
            if await conversations.get(question.conversation_id) is None:
                raise not_found("conversation")
            page = await conversations.messages(question.conversation_id, limit=_HISTORY_ENTRIES)
        history = _recent([Utterance(message.role.value, message.text) for message in page.items])
    turn = Turn(
        question=question.message,
        token=mint_tool_token(user.id, parts.settings.mcp_token_key),
        locale=question.locale,
        currency=user.currency,
        today=question.today or utc_today(),
        history=history,
    )
    return Asked(question, user, turn)


async def ask(parts: Parts, asked: Asked) -> Answer:
    try:
        return await parts.coordinator.ask(asked.turn)
    except CoordinatorError as error:
        raise _silent(error) from None


async def stream(parts: Parts, asked: Asked, tell: Callable[[Progress], None]) -> ChatAnswer:
    try:
        answer = await parts.coordinator.stream(asked.turn, tell)
    except CoordinatorError as error:
        raise _silent(error) from None
    async with parts.database.transaction(asked.user.id) as session:
        return await keep(Work(session, asked.user), asked, answer)


def _silent(error: CoordinatorError) -> Problem:
    _log.error("coordinator failed", extra={"reason": str(error)})
    detail = (
        "The companion took too long to answer. Please ask again, perhaps a shorter question."
        if isinstance(error, CoordinatorTimeoutError)
        else "The companion can't be reached at the moment. Your data is safe; please ask again in a few seconds."
    )
    return unavailable("companion_unavailable", detail)


async def keep(work: Work, asked: Asked, answer: Answer) -> ChatAnswer:
    """Puts both utterances into the conversation. Whoever deleted it meanwhile finds that it stays deleted."""
    # Only what is in the user's own books is offered for confirmation, and as it stands there.
    proposals = await ProposalRepository(work.session).known([one.id for one in answer.evidence.proposals])
    evidence = Evidence(
        model=answer.evidence.model,
        tool_calls=answer.evidence.tool_calls,
        references=answer.evidence.references,
        proposals=[ProposalReference.model_validate(vars(one)) for one in proposals],
    )
    kept = await ConversationRepository(work.session).add_turn(
        work.user_id,
        asked.question.conversation_id,
        question=asked.question.message,
        answer=answer.text,
        evidence=evidence.model_dump(mode="json"),
    )
    if kept is None:
        raise not_found("conversation")
    return ChatAnswer(**dict(evidence), reply=answer.text, conversation_id=kept.conversation_id, message_id=kept.id)


def _recent(newest_first: list[Utterance]) -> tuple[Utterance, ...]:
    """As much of the end of a conversation as the coordinator takes, the oldest first."""
    kept: list[Utterance] = []
    room = _HISTORY_BYTES
    for utterance in newest_first:
        room -= len(utterance.text.encode())
        if room < 0:
            break
        kept.append(utterance)
    return tuple(reversed(kept))
