"""Files that are made before they are sent: no connection to the database waits for somebody's slow line."""

import gzip
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


async def download(
    fill: Callable[[Write], Awaitable[None]], *, media_type: str, filename: str, compressed: bool = False
) -> StreamingResponse:
    """The answer with what `fill` writes; when that fails there is a problem instead, and not half a file."""
    file = new_file()
    # Without the time of day: the same content makes the same file.
    target = gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, mtime=0) if compressed else file

    async def write(text: str) -> None:
        await to_thread.run_sync(target.write, text.encode())

    try:
        await fill(write)
        if target is not file:
            target.close()
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
