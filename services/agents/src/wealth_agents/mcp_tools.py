"""The MCP server's tools as a toolbox, used in the user's name with the user's token."""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence, Set
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx2
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent
from mcp_types import Tool as McpTool

from wealth_agents.events import Audience
from wealth_agents.net import headers_for, tls_context
from wealth_agents.references import proposals_in
from wealth_agents.settings import Settings
from wealth_agents.turn import Outcome, Tool, Toolbox, ToolCall, ToolsUnavailableError, Turn

_log = logging.getLogger(__name__)


class McpToolbox(Toolbox):
    def __init__(self, agent: str, client: Client, tools: Sequence[McpTool], audience: Audience) -> None:
        super().__init__(agent, audience)
        self._client = client
        self.tools = [Tool(tool.name, tool.description or "", tool.input_schema) for tool in tools]

    async def call(self, name: str, arguments: Mapping[str, Any]) -> Outcome:
        try:
            result = await self._client.call_tool(name, dict(arguments))
        except (MCPError, RuntimeError) as error:  # RuntimeError: a result that its own output schema doesn't allow
            _log.warning("tool call failed", extra={"tool": name, "reason": str(error)})
            content: Any = "the tool did not answer"
            failed = True
        else:
            content, failed = _content(result), result.is_error
        call = ToolCall(self.agent, name, arguments, content)
        return Outcome(content, failed, (call,), proposals=() if failed else proposals_in(content))


def _content(result: CallToolResult) -> Any:
    if result.structured_content is not None and not result.is_error:
        return result.structured_content
    return "\n".join(part.text for part in result.content if isinstance(part, TextContent))


@asynccontextmanager
async def open_toolbox(settings: Settings, turn: Turn, audience: Audience, allowed: Set[str]) -> AsyncIterator[Toolbox]:
    """Those of the allowed tools that the server has."""
    async with AsyncExitStack() as stack:
        try:
            http = await stack.enter_async_context(
                httpx2.AsyncClient(
                    headers=headers_for(turn),
                    timeout=settings.tool_timeout_s,
                    transport=httpx2.AsyncHTTPTransport(verify=tls_context(), retries=1),
                )
            )
            client = await stack.enter_async_context(
                Client(
                    streamable_http_client(settings.mcp_url, http_client=http),
                    read_timeout_seconds=settings.tool_timeout_s,
                )
            )
            tools = [tool for tool in (await client.list_tools()).tools if tool.name in allowed]
        except (MCPError, httpx2.HTTPError, ExceptionGroup) as error:
            raise ToolsUnavailableError(str(error)) from error
        yield McpToolbox(settings.agent_name, client, tools, audience)
