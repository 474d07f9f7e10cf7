"""Files that are made before they are sent: no connection to the database waits for somebody's slow line."""

from collections.abc import AsyncIterator, Awaitable, Callable
from tempfile import SpooledTemporaryFile
from typing import IO

from anyio import to_thread
from fastapi.responses import StreamingResponse

_IN_MEMORY = 1024 * 1024
_PIECE = 64 * 1024

Write = Callable[[str], Awaitable[None]]


def new_file() -> IO[bytes]:
    return SpooledTemporaryFile(max_size=_IN_MEMORY)


async def download(fill: Callable[[Write], Awaitable[None]], *, media_type: str, filename: str) -> StreamingResponse:
    """The answer with what `fill` writes; when that fails there is a problem instead, and not half a file."""
    file = new_file()

    async def write(text: str) -> None:
        await to_thread.run_sync(file.write, text.encode())

    try:
        await fill(write)
        size = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "Content-Length": str(size)}
    return StreamingResponse(_pieces(file), media_type=media_type, headers=headers)


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await to_thread.run_sync(file.read, _PIECE):
            yield piece
