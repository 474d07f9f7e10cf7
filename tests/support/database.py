"""A real PostgreSQL with the product's schema in it: one server in a temporary folder, reachable by unix socket."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql
from pydantic import SecretStr

from tests.support.postgresql import programs
from wealth_core.migrate import MigrationSettings, migrate

if TYPE_CHECKING:
    import signal
    from collections.abc import Iterator

_PASSWORD = "correct-horse-battery-staple"


@dataclass(frozen=True)
class Cluster:
    """A running server. `stop`, `start`, `pause` and `resume` play its failures."""

    folder: Path
    binaries: Path
    prefix: tuple[str, ...]

    def _control(self, *arguments: str) -> None:
        subprocess.run(
            [*self.prefix, str(self.binaries / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-s", *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        # Without fsync commits are quick, and still outlive the death of the server, if not that of the machine.
        options = f"-k {self.folder} -h '' -c fsync=off -c max_connections=60"
        self._control("-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")

    def signal_backends(self, number: signal.Signals) -> None:
        for process in self._children():
            os.kill(process, number)

    def _children(self) -> list[int]:
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return [postmaster, *map(int, children)]

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}:{_PASSWORD}@/{database}?host={self.folder}"

    def execute(self, statement: sql.Composable | str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode() if isinstance(statement, str) else statement.as_string().encode())


@dataclass(frozen=True)
class TestDatabase:
    """URLs of one database for its owner and for the services' roles."""

    __test__ = False

    cluster: Cluster
    name: str

    @property
    def password(self) -> str:
        """Of all roles."""
        return _PASSWORD

    @property
    def owner(self) -> str:
        return self.cluster.url(self.name, "wealth_owner")

    @property
    def superuser(self) -> str:
        return self.cluster.url(self.name)

    @property
    def backend(self) -> str:
        return self.cluster.url(self.name, "wealth_backend")

    @property
    def mcp(self) -> str:
        return self.cluster.url(self.name, "wealth_mcp")

    def migration_settings(self) -> MigrationSettings:
        return MigrationSettings(
            database_url=SecretStr(self.owner),
            wealth_backend_password=SecretStr(_PASSWORD),
            wealth_mcp_password=SecretStr(_PASSWORD),
            migration_wait_s=0,
        )


@contextmanager
def run_cluster() -> Iterator[Cluster]:
    """A server of its own in a temporary folder, reachable by its unix socket only."""
    # A short path: a unix socket's may have 107 bytes. PostgreSQL refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="wealth-pg-", dir="/tmp"))
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        user = next(name for name in ("postgres", "nobody") if name in {entry.pw_name for entry in pwd.getpwall()})
        prefix = ("runuser", "-u", user, "--")
        shutil.chown(folder, user)
    cluster = Cluster(folder, programs(), prefix)
    password_file = folder / "password"
    password_file.write_text(_PASSWORD)
    password_file.chmod(0o644)
    initdb = [str(cluster.binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "scram-sha-256"]
    subprocess.run(
        [*prefix, *initdb, "-N", "--no-instructions", f"--pwfile={password_file}", "-E", "UTF8", "--locale=C.UTF-8"],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    cluster.start()
    try:
        # The owner is no superuser, as with a hosted PostgreSQL.
        cluster.execute(sql.SQL("CREATE ROLE wealth_owner LOGIN CREATEROLE PASSWORD {}").format(sql.Literal(_PASSWORD)))
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def migrated(cluster: Cluster, name: str) -> TestDatabase:
    """A new database of that name with the newest schema."""
    cluster.execute(f"CREATE DATABASE {name} OWNER wealth_owner")
    database = TestDatabase(cluster, name)
    migrate(database.migration_settings())
    return database
