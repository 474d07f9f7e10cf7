"""A PostgreSQL on a TCP port of this machine, for as long as a test needs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import ports

if TYPE_CHECKING:
    from collections.abc import Iterator


def programs() -> Path:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if debian:
        return debian[-1]
    found = shutil.which("initdb")
    assert found, "PostgreSQL's programs are missing: apt-get install postgresql"
    return Path(found).resolve().parent


@contextmanager
def server(password: str = "the-right-password", address: str = "127.0.0.1") -> Iterator[tuple[str, int]]:  # noqa: S107
    """Its address and port; the superuser is `postgres`, and everybody may knock who knows the password."""
    with tempfile.TemporaryDirectory(prefix="wealth-pg-") as name:
        folder = Path(name)
        prefix: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            prefix = ["runuser", "-u", "postgres", "--"]
            shutil.chown(folder, "postgres")
        (folder / "password").write_text(password)
        (folder / "password").chmod(0o644)
        port = ports.free()

        def do(program: str, *words: str) -> None:
            command = [*prefix, str(programs() / program), "-D", str(folder / "data"), *words]
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)

        initialised = ["-U", "postgres", "-A", "scram-sha-256", "-N", "--no-instructions"]
        do("initdb", *initialised, f"--pwfile={folder / 'password'}")
        with (folder / "data" / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 0.0.0.0/0 scram-sha-256\n")
        options = f"-h {address} -p {port} -k {folder} -c fsync=off"
        do("pg_ctl", "-w", "-s", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield address, port
        finally:
            do("pg_ctl", "-w", "-s", "-m", "immediate", "stop")
