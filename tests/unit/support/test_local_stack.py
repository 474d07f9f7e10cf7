"""One origin in front of two servers, as the Ingress is, for the stack that runs without a cluster."""

from __future__ import annotations

import asyncio

import pytest

from tests.support import ports
from tests.support.local_stack import forwarder

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def stand_in(port: int, seen: list[bytes], piece: bytes) -> asyncio.Server:
    """Keeps the heads of what it is asked; answers with a piece of an answer that goes on."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + piece)
        await reader.read()
        writer.close()

    return await asyncio.start_server(answer, "127.0.0.1", port)


async def test_a_path_decides_who_answers_and_who_asked_is_told() -> None:
    front, backend, pages = ports.free(), ports.free(), ports.free()
    asked: list[bytes] = []
    shown: list[bytes] = []
    async with (
        await stand_in(backend, asked, b"data: first\n\n"),
        await stand_in(pages, shown, b"page"),
        await asyncio.start_server(forwarder(backend, pages), "127.0.0.1", front),
    ):
        for path in (b"/api/v1/chat", b"/api/v10", b"/dashboard"):
            reader, writer = await asyncio.open_connection("127.0.0.1", front)
            writer.write(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n")
            # an event arrives while its stream is still open
            piece = b"data: first\n\n" if path == b"/api/v1/chat" else b"page"
            assert await asyncio.wait_for(reader.readuntil(piece), 5)
            writer.close()
    assert [one.split(b" ")[1] for one in asked] == [b"/api/v1/chat"]
    assert [one.split(b" ")[1] for one in shown] == [b"/api/v10", b"/dashboard"]
    assert asked[0].endswith(b"Host: localhost\r\nConnection: close\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n")


async def test_a_websocket_may_pass() -> None:
    front, pages = ports.free(), ports.free()
    shown: list[bytes] = []
    async with (
        await stand_in(pages, shown, b"frame"),
        await asyncio.start_server(forwarder(ports.free(), pages), "127.0.0.1", front),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", front)
        writer.write(b"GET /_next/hmr HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        assert await asyncio.wait_for(reader.readuntil(b"frame"), 5)
        writer.close()
    assert b"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" in shown[0]


async def test_a_server_that_is_not_there_is_a_bad_gateway() -> None:
    front = ports.free()
    async with await asyncio.start_server(forwarder(ports.free(), ports.free()), "127.0.0.1", front):
        reader, writer = await asyncio.open_connection("127.0.0.1", front)
        writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (await asyncio.wait_for(reader.read(), 5)).startswith(b"HTTP/1.1 502 ")
        writer.close()
