"""A PostgreSQL server that takes the connection and never says a word."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import psycopg2
import psycopg2.extensions
import pytest

from conference_hub.live.network import wait_for_database


@pytest.fixture
def impatient() -> Iterator[None]:
    """Wait for a fifth of a second only."""
    earlier = psycopg2.extensions.get_wait_callback()
    psycopg2.extensions.set_wait_callback(lambda connection: wait_for_database(connection, 0.2))
    yield
    psycopg2.extensions.set_wait_callback(earlier)


@pytest.mark.usefixtures("impatient")
def test_a_silent_database_server_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        with pytest.raises(psycopg2.OperationalError, match="does not answer"):
            psycopg2.connect(host="127.0.0.1", port=port, dbname="hub", user="hub")
