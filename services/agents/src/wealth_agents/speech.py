"""A model's answer while it is being written: handed on sentence by sentence, each only after the output check."""

from wealth_agents.events import Audience
from wealth_agents.grounding import Evidence, sentences


class Speech:
    """Holds everything back from the first sentence on that states an unfounded figure."""

    def __init__(self, audience: Audience, evidence: Evidence) -> None:
        self._audience = audience
        self._evidence = evidence
        self._pending = ""
        self._silent = False

    async def hear(self, delta: str) -> None:
        """The next piece of the answer."""
        if self._silent:
            return
        self._pending += delta
        # The last one may go on: "12." may become "12.50", "5" may become "5 million".
        *whole, _ = sentences(self._pending) or [""]
        for sentence in whole:
            if self._evidence.unfounded_in(sentence):
                self._silent = True
                return
            await self._audience.text(sentence)
        self._pending = self._pending.lstrip()[len("".join(whole)) :]
