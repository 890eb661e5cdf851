"""The services that tests lean on are real."""

import urllib.request

import psycopg2
import redis
from sqlalchemy import create_engine, text

from tests.services.nginx import NginxFactory
from tests.services.postgres import Cluster


def test_each_test_gets_an_empty_database_of_its_own(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (n INTEGER)"))
        count = connection.execute(text("SELECT count(*) FROM only_here")).scalar_one()
    engine.dispose()
    assert count == 0


def test_a_dropped_database_is_gone(postgres_cluster: Cluster) -> None:
    postgres_cluster.statement("CREATE DATABASE soon_gone")
    postgres_cluster.statement("DROP DATABASE soon_gone WITH (FORCE)")
    connection = psycopg2.connect(postgres_cluster.url("postgres").replace("+psycopg2", ""))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = 'soon_gone'")
        found = cursor.fetchone()
    connection.close()
    assert found == (0,)


def test_redis_answers(redis_url: str) -> None:
    client = redis.Redis.from_url(redis_url)
    client.set("한국어", "값")
    answer = client.get("한국어")
    client.close()
    assert answer == "값".encode()


def test_nginx_serves_its_configuration(nginx: NginxFactory) -> None:
    base = nginx("server { listen LISTEN; location / { return 200 'from nginx'; } }")
    with urllib.request.urlopen(f"{base}/anything", timeout=30) as answer:
        assert answer.read() == b"from nginx"
