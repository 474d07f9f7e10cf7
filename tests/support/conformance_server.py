"""The MCP server as the protocol's conformance tests want it: they can't send a token, and ask for tools of their own.

`python -m tests.support.conformance_server` serves on PORT. Every request is let in with the token in TOKEN; with
FIXTURES=1 the server also has the tools, resources and prompts that some scenarios call. Everything else is the
product: its transport, its identity, its middleware.
"""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any

import uvicorn
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.prompts.base import Message, UserMessage
from mcp.server.mcpserver.tools import Tool
from mcp_types import AudioContent, ContentBlock, EmbeddedResource, ImageContent, TextContent, TextResourceContents

from wealth_core.database import Database
from wealth_core.settings import load
from wealth_core.telemetry import configure_logging
from wealth_mcp.server import build_server, serve
from wealth_mcp.settings import Settings

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from wealth_core.telemetry import App, Receive, Scope, Send

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SILENCE = base64.b64encode(b"RIFF$\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0@\x1f\0\0@\x1f\0\0\1\0\x08\0data\0\0\0\0").decode()
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {"address": {"type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
    "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"}},
    "additionalProperties": False,
}


def add_fixtures(server: MCPServer[Database]) -> None:
    for function in (
        test_simple_text,
        test_image_content,
        test_audio_content,
        test_embedded_resource,
        test_multiple_content_types,
        test_error_handling,
    ):
        server.tool()(function)
    described = Tool.from_function(json_schema_2020_12_tool)
    described.parameters = SCHEMA
    server._tool_manager._tools[described.name] = described
    server.resource("test://static-text", mime_type="text/plain")(static_text)
    server.resource("test://static-binary", mime_type="image/png")(static_binary)
    server.resource("test://template/{id}/data", mime_type="application/json")(template_data)
    for prompt in (
        test_simple_prompt,
        test_prompt_with_arguments,
        test_prompt_with_embedded_resource,
        test_prompt_with_image,
    ):
        server.prompt()(prompt)


def test_simple_text() -> str:
    """Answers with text."""
    return "This is a simple text response for testing."


def test_image_content() -> list[ContentBlock]:
    """Answers with an image."""
    return [_image()]


def test_audio_content() -> list[ContentBlock]:
    """Answers with a sound."""
    return [AudioContent(type="audio", data=SILENCE, mime_type="audio/wav")]


def test_embedded_resource() -> list[ContentBlock]:
    """Answers with a resource."""
    return [_embedded("test://embedded-resource", "This is an embedded resource content.")]


def test_multiple_content_types() -> list[ContentBlock]:
    """Answers with all of these."""
    return [
        TextContent(type="text", text="Multiple content types test:"),
        _image(),
        _embedded("test://mixed-content-resource", "mixed"),
    ]


def test_error_handling() -> str:
    """Fails."""
    raise ToolError("This tool intentionally returns an error for testing")


def json_schema_2020_12_tool(name: str = "") -> str:
    """Has a schema that needs the newest draft."""
    return name


def static_text() -> str:
    return "This is the content of the static text resource."


def static_binary() -> bytes:
    return base64.b64decode(DOT)


def template_data(id: str) -> dict[str, Any]:  # noqa: A002 - the scenario's name for it
    return {"id": id, "templateTest": True, "data": f"Data for ID: {id}"}


def test_simple_prompt() -> str:
    """Simple."""
    return "This is a simple prompt for testing."


def test_prompt_with_arguments(arg1: str, arg2: str) -> str:
    """With arguments."""
    return f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"


def test_prompt_with_embedded_resource(resourceUri: str) -> list[Message]:  # noqa: N803 - the scenario's name for it
    """With a resource."""
    return [UserMessage(_embedded(resourceUri, "Embedded resource content for testing.")), UserMessage("Process it.")]


def test_prompt_with_image() -> list[Message]:
    """With an image."""
    return [UserMessage(_image()), UserMessage("Please analyze the image above.")]


def _image() -> ImageContent:
    return ImageContent(type="image", data=DOT, mime_type="image/png")


def _embedded(uri: str, text: str) -> EmbeddedResource:
    return EmbeddedResource(type="resource", resource=TextResourceContents(uri=uri, mime_type="text/plain", text=text))


class LetIn:
    """Gives each request to /mcp the token that the conformance tests can't send."""

    def __init__(self, app: App, token: str) -> None:
        self._app = app
        self._header = (b"authorization", f"Bearer {token}".encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["headers"] = [*scope["headers"], self._header]
        await self._app(scope, receive, send)


def main() -> None:
    configure_logging("mcp-server")
    settings = load(Settings)
    database = Database(settings)
    server = build_server(settings, database)
    if os.environ.get("FIXTURES") == "1":
        add_fixtures(server)
    app = LetIn(serve(server, settings, database), os.environ["TOKEN"])
    uvicorn.run(app, host="127.0.0.1", port=settings.port, log_config=None, access_log=False)


if __name__ == "__main__":
    main()
