"""A pgbouncer in transaction mode in front of a test's PostgreSQL: few connections to the server for many clients."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.database import TestDatabase

_START_S = 30
_CONFIGURATION = """
[databases]
{name} = host={socket} dbname={name}
[pgbouncer]
pool_mode = transaction
default_pool_size = {size}
unix_socket_dir = {folder}
listen_addr =
auth_type = plain
auth_file = {folder}/users
logfile = {folder}/log
pidfile = {folder}/pid
"""


@contextmanager
def pooled(database: TestDatabase, *, size: int = 2) -> Iterator[str]:
    """The backend role's URL through the pooler, which keeps `size` connections for it."""
    with tempfile.TemporaryDirectory(prefix="wealth-pool-", dir="/tmp") as name:
        folder = Path(name)
        socket = database.cluster.folder
        folder.joinpath("configuration").write_text(
            _CONFIGURATION.format(name=database.name, socket=socket, size=size, folder=folder)
        )
        folder.joinpath("users").write_text(f'"wealth_backend" "{database.password}"\n')
        if os.geteuid() == 0:  # pgbouncer refuses to run as root
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "postgres")
        program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program, "pgbouncer is missing: apt-get install pgbouncer"
        with subprocess.Popen(
            [*database.cluster.prefix, program, "-q", str(folder / "configuration")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                url = database.backend.replace(f"host={socket}", f"host={folder}&port=6432")
                _wait_for(url)
                yield url
            finally:
                process.terminate()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            psycopg.connect(url, prepare_threshold=None).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline, "pgbouncer did not start"
            time.sleep(0.05)
        else:
            return
