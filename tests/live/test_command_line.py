"""The command line as an administrator types it, on data of its own."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.model_day import CONF
from tests.services import forked
from tests.services.templates import Content, Templates

DAMAGED = "conference-hub: the database is damaged; put a backup in its place with: restore FILE --replace\n"
PRODUCTION = {"HUB_SECRET_KEY": "x" * 40, "HUB_PUBLIC_URL": "https://hub.example.com"}


def hub(data: Path, *arguments: str, given: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    environment = {**kept, "HUB_LANG": "en", "HUB_DATA_DIR": str(data), **PRODUCTION, **env}
    return forked.run("conference_hub", *arguments, env=environment, given=given, within_s=60)


@pytest.fixture
def data(tmp_path: Path, templates: Templates) -> Path:
    """The data of a hub with the model conference, as `seed --as-published` leaves it."""
    place = tmp_path / "data"
    place.mkdir(mode=0o700)
    templates.copy_to(place / "hub.sqlite3", Content.SEEDED)
    return place


def test_seeding_says_when_the_conference_begins_and_happens_once(tmp_path: Path) -> None:
    first, again = (hub(tmp_path / "data", "seed", "--as-published") for _ in range(2))

    assert (first.returncode, first.stdout) == (0, f"loaded {CONF}: 2021-12-02 09:20 KST\n"), first.stderr
    assert (again.returncode, CONF in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("env", "named"),
    [
        ({"HUB_SECRET_KEY": ""}, "HUB_SECRET_KEY"),
        ({"HUB_SECRET_KEY": "demo-" + "x" * 40}, "HUB_SECRET_KEY"),
        ({"HUB_PUBLIC_URL": ""}, "HUB_PUBLIC_URL"),
    ],
)
def test_a_production_start_without_its_settings_names_the_variable(
    tmp_path: Path, env: dict[str, str], named: str
) -> None:
    done = hub(tmp_path, "serve", **env)

    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr


def test_the_first_organiser_gets_a_link_or_a_password(data: Path) -> None:
    assert "https://hub.example.com/link#" in hub(data, "init").stdout
    assert hub(data, "init", "--login", "kim", given="too short\n").returncode == 1
    assert hub(data, "init", "--login", "kim", given="a long enough password\n").returncode == 0
    assert "hub organiser, organiser of best-practice-2021" in hub(data, "user", "list").stdout


def test_the_first_organiser_of_an_empty_hub_creates_conferences(tmp_path: Path) -> None:
    place = tmp_path / "data"

    linked = hub(place, "init", "--link", "--login", "kim", "--name", "김주최")
    again = hub(place, "init", "--link", "--login", "kim")
    password = hub(place, "init", "--login", "park", given="a long enough password\n")
    twice = hub(place, "init", "--login", "park", given="a long enough password\n")
    taken = hub(place, "user", "hub-organiser", "park", "--take")

    for done in (linked, again):
        assert "https://hub.example.com/link#" in done.stdout, done.stderr
        assert done.stdout.endswith("\nthen: https://hub.example.com/conferences/\n")
    assert password.stdout == "hub organiser park, sign in at https://hub.example.com/sign-in\n"
    assert (twice.returncode, taken.stdout) == (1, "park: may not create conferences\n")
    accounts = hub(place, "user", "list").stdout.splitlines()
    assert [account.split("\t")[:3] for account in accounts] == [
        ["kim", "김주최", "hub organiser"],
        ["park", "park", ""],
    ]
    assert hub(place, "user", "hub-organiser", "kim", "--take").returncode == 1


def test_an_empty_hub_without_a_login_gets_a_link_for_its_first_organiser(tmp_path: Path) -> None:
    assert "https://hub.example.com/link#" in hub(tmp_path / "data", "init").stdout
    assert hub(tmp_path / "data", "user", "list").stdout.split("\t")[0] == "organiser"


def test_a_conference_is_cloned_for_another_date(data: Path) -> None:
    cloned = hub(data, "clone", "next-year", "2022-12-01", "--title", "다음 행사")
    again = hub(data, "clone", "next-year", "2022-12-01", "--conf", CONF)
    wrong = hub(data, "clone", "Next Year", "2022-12-01", "--conf", CONF)

    assert cloned.stdout == "next-year: cloned, begins on 2022-12-01\n", cloned.stderr
    assert (again.returncode, wrong.returncode) == (1, 1)


def test_a_conference_is_archived_once_it_is_over(data: Path) -> None:
    refused = hub(data, "archive")
    with sqlite3.connect(data / "hub.sqlite3") as database:
        database.execute("UPDATE conference SET state = 'over'")
    archived, back = hub(data, "archive"), hub(data, "archive", "--back")

    assert (refused.returncode, archived.stdout, back.stdout) == (
        1,
        f"{CONF}: archived\n",
        f"{CONF}: brought back\n",
    )


def test_an_attendees_link_needs_a_guest_who_is_on_the_list(data: Path) -> None:
    given = hub(data, "link", "--role", "attendee", "--person", "guest-001").stdout
    assert "link#" in given
    assert "\nthen: https://hub.example.com/c/" in given
    for person in ("54", "NAMU.427@example.com"):
        own = hub(data, "link", "--role", "attendee", "--person", person)
        assert ("link#" in own.stdout, own.stderr) == (True, "")
    names = [line.split("\t")[3] for line in hub(data, "link", "list").stdout.splitlines()]
    assert (len(names), len(set(names))) == (3, 2)
    assert hub(data, "link", "--role", "attendee").returncode == 1
    assert hub(data, "link", "--role", "attendee", "--person", "guest-999").returncode == 1
    assert hub(data, "link", "--role", "operator", "--person", "guest-001").returncode == 1


def test_links_tokens_and_devices_are_listed_and_revoked(data: Path) -> None:
    token = hub(data, "user", "token", "--role", "operator", "--name", "deck").stdout.strip()
    link = hub(data, "link", "--role", "staff").stdout.partition("#")[2].split()[0]
    tokens, links = hub(data, "token", "list").stdout, hub(data, "link", "list").stdout
    token_id, link_id = tokens.split("\t")[0], links.split("\t")[0]

    assert tokens.split("\t")[1:4] == [CONF, "operator", "deck"]
    assert tokens.rstrip("\n").split("\t")[5:] == ["last used never", "usable"]
    assert links.split("\t")[1:4] == [CONF, "staff", "staff"]
    assert (token in tokens, link in links) == (False, False)
    assert hub(data, "device", "list").stdout == ""
    assert hub(data, "token", "revoke", token_id).stdout == f"{token_id}: revoked\n"
    assert hub(data, "link", "revoke", link_id).stdout == f"{link_id}: revoked\n"
    assert hub(data, "token", "list").stdout + hub(data, "link", "list").stdout == ""
    assert hub(data, "token", "revoke", token_id).returncode == 1


def test_an_export_holds_the_conference_and_no_secret(data: Path, tmp_path: Path) -> None:
    token = hub(data, "user", "token", "--role", "operator", "--name", "deck").stdout.strip()
    target = tmp_path / "export.json"

    assert hub(data, "export", "--full", "--output", str(target)).returncode == 0
    exported = json.loads(target.read_text(encoding="utf-8"))
    assert (exported["conference"]["slug"], len(exported["tables"]["award"])) == (CONF, 89)
    assert len(exported["tables"]["guest"]) == 121
    assert token not in target.read_text(encoding="utf-8")
    assert "badge" not in exported["tables"]
    assert hub(data, "export", "--full", "--output", str(target)).returncode == 1


def test_a_backup_is_restored_by_two_commands(data: Path, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.sqlite3")

    assert hub(data, "backup", copy).returncode == 0
    assert hub(tmp_path / "other", "restore", copy).returncode == 0
    assert hub(data, "restore", copy).returncode == 1
    assert len(json.loads(hub(tmp_path / "other", "export", "--full").stdout)["tables"]["award"]) == 89


def test_file_that_is_no_database_is_reported_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "hub.sqlite3").write_text(
        "these are notes, and there are enough of them to fill a header\n" * 20, encoding="utf-8"
    )

    done = hub(tmp_path, "serve")

    assert (done.returncode, done.stderr) == (1, DAMAGED)


@pytest.mark.parametrize("command", [("serve", "--demo"), ("seed",)])
def test_unusable_storage_is_reported_in_one_sentence(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "file").touch()

    below_a_file = hub(tmp_path / "file" / "data", *command)
    (tmp_path / "data" / "hub.sqlite3").mkdir(parents=True)
    a_directory = hub(tmp_path / "data", *command)

    assert (below_a_file.returncode, a_directory.returncode) == (1, 1)
    assert below_a_file.stderr == f"conference-hub: Not a directory: {tmp_path}/file/data\n"
    assert a_directory.stderr.splitlines() == [
        "conference-hub: the database cannot be opened, read or written, or its server does not answer"
    ]


def test_full_disk_at_start_is_reported_in_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        ["prlimit", "--fsize=40000", sys.executable, "-m", "conference_hub", "seed"],
        env={**os.environ, "HUB_DATA_DIR": str(tmp_path / "data"), **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        encoding="utf-8",
    )

    assert done.returncode == 1
    assert done.stderr.startswith("conference-hub: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve"],
        ["user", "list"],
        ["user", "disable", "kim"],
        ["link", "--role", "staff"],
        ["backup", "copy"],
        ["export"],
    ],
)
def test_command_in_the_wrong_directory_creates_no_file(tmp_path: Path, arguments: list[str]) -> None:
    done = hub(tmp_path / "data", *arguments, PWD=str(tmp_path))

    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert done.stderr == (
        f"conference-hub: There is no hub here: {tmp_path}/data/hub.sqlite3. Say where its data is with HUB_DATA_DIR "
        "or HUB_DATABASE_URL, or create a new one with conference-hub seed and conference-hub init.\n"
    )


def test_a_database_without_a_hub_is_refused_and_not_filled(tmp_path: Path, postgres_url: str) -> None:
    done = hub(tmp_path, "user", "list", HUB_DATABASE_URL=postgres_url)
    again = hub(tmp_path, "user", "list", HUB_DATABASE_URL=postgres_url)

    assert (done.returncode, again.returncode) == (2, 2)
    assert "There is no hub here: postgresql+psycopg2://" in again.stderr


def test_a_refusal_is_in_the_language_of_the_terminal(data: Path) -> None:
    korean = hub(data, "seed", HUB_LANG="", LC_ALL="", LC_MESSAGES="ko_KR.UTF-8", LANG="en_GB.UTF-8")
    english = hub(data, "seed", HUB_LANG="", LC_ALL="C.UTF-8", LC_MESSAGES="ko_KR.UTF-8")

    assert korean.stderr == f"conference-hub: 행사가 이미 있습니다: {CONF}\n"
    assert english.stderr == f"conference-hub: This conference already exists: {CONF}\n"


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "euc_kr"},
    ],
)
def test_legacy_locale_takes_any_file_name_and_prints_what_it_can(
    tmp_path: Path, locale: dict[str, str]
) -> None:
    data = tmp_path / "행사 100% #1 [?]"

    seeded = hub(data, "seed", "--as-published", HUB_LANG="ko", **locale)
    copied = hub(data, "backup", str(data / "copy.sqlite3"), HUB_LANG="ko", **locale)

    assert (seeded.returncode, copied.returncode) == (0, 0), seeded.stderr + copied.stderr
    assert {path.name for path in data.iterdir()} >= {"hub.sqlite3", "copy.sqlite3"}
    assert [path.name for path in tmp_path.iterdir()] == [data.name]


def test_taken_port_is_reported_before_links_are_printed_or_files_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = hub(tmp_path / "data", "serve", "--demo", HUB_BIND=f"127.0.0.1:{port}")

    assert (done.returncode, done.stdout) == (2, "")
    assert f"127.0.0.1:{port} is already in use" in done.stderr
    assert f"HUB_BIND=127.0.0.1:{port + 1} make run" in done.stderr
    assert not (tmp_path / "data" / "hub.sqlite3").exists()


def test_too_low_open_file_limit_is_reported_in_one_sentence(tmp_path: Path) -> None:
    limited = ["sh", "-c", 'ulimit -n 40 && exec "$@"', "sh", sys.executable, "-m", "conference_hub"]
    env = {"PATH": os.environ["PATH"], "HUB_DATA_DIR": str(tmp_path / "data"), "HUB_LANG": "en"}
    done = subprocess.run(
        [*limited, "serve", "--demo"], env=env, capture_output=True, encoding="utf-8", check=False, timeout=60
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "conference-hub: This process may open 40 files; the server needs 64 or more (ulimit -n, LimitNOFILE=).\n",
    )
