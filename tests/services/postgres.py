"""A PostgreSQL cluster of our own in a temporary directory, and a fresh database for each test that asks."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg2
import pytest

from tests.services.machine import free_port, program, running, wait_until

OWNER = "postgres"
KEYED = "keyed"
"""Members of this role need a password (scram-sha-256)."""
# Durability is not judged here, and the tests' time is.
FAST = [
    *("-c", "fsync=off"),
    *("-c", "synchronous_commit=off"),
    *("-c", "full_page_writes=off"),
    *("-c", "shared_buffers=32MB"),
    *("-c", "max_wal_size=64MB"),
    *("-c", "min_wal_size=32MB"),
]
MEMORY = Path("/dev/shm")  # noqa: S108 - the cluster makes a private directory in it
ROOM_BYTES = 1 << 30
"""A cluster lies in memory where this much is free: it takes about 150 MB and makes a database five times as fast."""
LOGS_COPIES = 150_000
"""From this version on, `CREATE DATABASE` must be told to copy files; else it logs every page: 5 times as long."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running cluster on 127.0.0.1; its superuser needs no password."""

    port: int

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg2://{OWNER}@127.0.0.1:{self.port}/{database}"

    def answers(self) -> bool:
        """Return whether it takes connections: it listens a moment before it does."""
        try:
            self.statement("SELECT 1")
        except psycopg2.OperationalError:
            return False
        return True

    def statement(self, sql: str) -> None:
        """Run one statement outside any transaction, as superuser."""
        with self._superuser.cursor() as cursor:
            cursor.execute(sql)

    def close(self) -> None:
        """Close the connection by which `statement` speaks."""
        self._superuser.close()

    @cached_property
    def _superuser(self) -> psycopg2.extensions.connection:
        """One connection for all statements: each new one is a process of the server, 5 ms of its CPU."""
        connection = psycopg2.connect(host="127.0.0.1", port=self.port, user=OWNER, dbname="postgres")
        connection.autocommit = True
        return connection

    @cached_property
    def _strategy(self) -> str:
        return " STRATEGY FILE_COPY" if self._superuser.server_version >= LOGS_COPIES else ""

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """Create a database, empty or as a copy of `template`; gives its URL; it is dropped afterwards in any case."""
        name = f"hub_{uuid.uuid4().hex}"
        self.statement(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}{self._strategy}")
        try:
            yield self.url(name)
        finally:
            self.statement(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def away(self, database: str) -> Iterator[None]:
        """Cut every connection to one database, and take no new one until the block ends: it restarts."""
        self.statement(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
        try:
            ends = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"  # noqa: S608 - a name of our own
            self.statement(ends)
            yield
        finally:
            self.statement(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """Start a cluster for the whole run; end it and its directory afterwards."""
    with own_cluster(FAST, _in_memory()) as cluster:
        cluster.statement(f"CREATE ROLE {KEYED}")
        yield cluster


@contextmanager
def own_cluster(options: Sequence[str] = (), parent: Path | None = None) -> Iterator[Cluster]:
    """Run a new cluster with these options of `postgres` until the block ends; nothing of it stays.

    Its directory is made in `parent`, or where temporary files are on disk.
    """
    initdb = program("initdb", "/usr/lib/postgresql/*/bin/initdb")
    home = Path(tempfile.mkdtemp(prefix="hub-postgres-", dir=parent))
    owner = OWNER if os.geteuid() == 0 else None  # PostgreSQL refuses to be root
    try:
        if owner:
            shutil.chown(home, owner, owner)
        _initialise(initdb, home / "data", owner)
        port = free_port()
        place = ["-c", "listen_addresses=127.0.0.1", "-k", str(home), "-p", str(port)]
        server = str(Path(initdb).resolve().with_name("postgres"))
        command = [server, "-D", str(home / "data"), *options, *place]
        with running(command, port, home / "log", user=owner):
            cluster = Cluster(port=port)
            wait_until(cluster.answers, "PostgreSQL")
            with closing(cluster):
                yield cluster
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """Give a new, empty database; it is dropped afterwards, even while somebody is connected."""
    with postgres_cluster.database() as url:
        yield url


@pytest.fixture
def password_url(postgres_cluster: Cluster) -> Iterator[str]:
    """Give a new, empty database of a user who needs a password; both are dropped afterwards."""
    name = f"keyed_{uuid.uuid4().hex}"
    postgres_cluster.statement(f"CREATE ROLE {name} LOGIN PASSWORD 's@cret/%'")
    postgres_cluster.statement(f"GRANT {KEYED} TO {name}")
    postgres_cluster.statement(f"CREATE DATABASE {name} OWNER {name}")
    yield f"postgresql+psycopg2://{name}:s%40cret%2F%25@127.0.0.1:{postgres_cluster.port}/{name}"
    postgres_cluster.statement(f"DROP DATABASE {name} WITH (FORCE)")
    postgres_cluster.statement(f"DROP ROLE {name}")


def _in_memory() -> Path | None:
    """Return the directory that is kept in memory, when there is one with room to spare."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    return MEMORY if roomy else None


def _initialise(initdb: str, data: Path, owner: str | None) -> None:
    become = [program("runuser"), "-u", owner, "--"] if owner else []
    options = ["-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C", "-N"]
    done = subprocess.run(
        [*become, initdb, "-D", str(data), *options],
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        pytest.fail(f"initdb failed:\n{done.stdout}")
    rules = data / "pg_hba.conf"
    rules.write_text(
        f"host all +{KEYED} 127.0.0.1/32 scram-sha-256\n{rules.read_text(encoding='utf-8')}", encoding="utf-8"
    )
