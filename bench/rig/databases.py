"""A fresh server of a checkout for each run, on a copy of the same data: in a SQLite file or in PostgreSQL."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.rig.subject import Subject, of, start
from bench.rig.target import Target
from bench.rig.template import Template, add_guests, machine_token, prepare_model, run_commands
from tests.services.postgres import Cluster


class Sqlite:
    """Servers on copies of a template's SQLite file (`synchronous=FULL`, as the hub opens it)."""

    name = "SQLite"

    def __init__(self, template: Template, guests: int) -> None:
        self._template = template
        self._guests = guests

    @contextmanager
    def fresh(self, directory: Path) -> Iterator[Subject]:
        """Give a started server, which ends with the block."""
        with start(self._template, directory, self._guests) as subject:
            yield subject
        shutil.rmtree(directory)


class Postgres:
    """Servers on copies of a template database in a cluster with its durability on."""

    name = "PostgreSQL"

    def __init__(self, checkout: Path, cluster: Cluster, directory: Path, guests: int) -> None:
        self._checkout = checkout
        self._cluster = cluster
        self._directory = directory
        self._name = _new_name()
        cluster.statement(f"CREATE DATABASE {self._name}")
        target = Target(checkout=checkout, directory=directory, database_url=cluster.url(self._name))
        prepare_model(target)
        target.start()
        try:
            self._tokens = [machine_token(target, role) for role in ("organiser", "staff")]
            run_commands(target, self._tokens[0])
            add_guests(target, guests)
        finally:
            target.end()

    @contextmanager
    def fresh(self, directory: Path) -> Iterator[Subject]:
        """Give a started server; it and its database end with the block."""
        name = _new_name()
        self._cluster.statement(f"CREATE DATABASE {name} TEMPLATE {self._name}")
        target = Target(checkout=self._checkout, directory=directory, database_url=self._cluster.url(name))
        with ExitStack() as stack:
            stack.callback(self._cluster.statement, f"DROP DATABASE {name} WITH (FORCE)")
            stack.callback(target.kill)
            target.start(self._directory / "data")
            yield stack.enter_context(of(target, *self._tokens))
        shutil.rmtree(directory)


def _new_name() -> str:
    return f"bench_{uuid.uuid4().hex}"
