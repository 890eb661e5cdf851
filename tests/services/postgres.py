"""A PostgreSQL cluster of our own in a temporary directory, and a fresh database for each test that asks."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from tests.services.machine import free_port, program

OWNER = "postgres"
# Durability is not judged here, and the tests' time is.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running cluster on 127.0.0.1; its superuser needs no password."""

    port: int

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg2://{OWNER}@127.0.0.1:{self.port}/{database}"

    def statement(self, sql: str) -> None:
        """Run one statement outside any transaction, as superuser."""
        connection = psycopg2.connect(host="127.0.0.1", port=self.port, user=OWNER, dbname="postgres")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql)
        finally:
            connection.close()


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """Start a cluster for the whole run; end it and its directory afterwards."""
    pg_ctl = program("pg_ctl", "/usr/lib/postgresql/*/bin/pg_ctl")
    home = Path(tempfile.mkdtemp(prefix="hub-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, OWNER, OWNER)
        _as_owner(pg_ctl, "initdb", "-D", home / "data", "-o", f"-A trust -U {OWNER} -E UTF8 --locale=C -N")
        with _started(pg_ctl, home) as port:
            yield Cluster(port=port)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """Give a new, empty database; it is dropped afterwards, whoever is still connected."""
    name = f"hub_{uuid.uuid4().hex}"
    postgres_cluster.statement(f"CREATE DATABASE {name}")
    yield postgres_cluster.url(name)
    postgres_cluster.statement(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _started(pg_ctl: str, home: Path) -> Iterator[int]:
    port = free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {home} {FAST}"
    _as_owner(pg_ctl, "start", "-w", "-D", home / "data", "-l", home / "log", "-o", options)
    try:
        yield port
    finally:
        _as_owner(pg_ctl, "stop", "-w", "-m", "immediate", "-D", home / "data")


def _as_owner(*command: str | Path) -> None:
    """Run a command as the user `postgres` when we are root: PostgreSQL refuses to be root."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        pwd.getpwnam(OWNER)
        words = ["runuser", "-u", OWNER, "--", *words]
    done = subprocess.run(
        words, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True
    )
    if done.returncode:
        pytest.fail(f"{' '.join(words)} failed:\n{done.stdout}")
