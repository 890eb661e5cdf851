"""The conference file: into an empty hub and out again, in both forms; a second import, and the commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conference_hub.app import make_hub
from conference_hub.cli.main import main
from conference_hub.conferences.store import all_conferences, get_conference
from conference_hub.core import migrate
from conference_hub.core.actor import Actor
from conference_hub.core.config import load
from conference_hub.data import importing
from conference_hub.data.drafts import Draft
from conference_hub.data.exporting import ConferenceFile, conference_file
from conference_hub.data.seeding import MODEL_CONFERENCE
from conference_hub.exchange.merge import Gone
from conference_hub.exchange.progress import following
from conference_hub.files.jobs import Cancelled, Job
from conference_hub.web.hub import Hub
from tests.model_day import CONF, FakeNow
from tests.services.model_conference import apart

WHO = Actor.system("seed")


@pytest.fixture
def empty(tmp_path: Path, now: FakeNow) -> Iterator[Hub]:
    """A second hub, with nothing in it."""
    url = f"sqlite:///{tmp_path / 'second.sqlite3'}"
    hub = make_hub(
        load({"HUB_DATABASE_URL": url, "HUB_DATA_DIR": str(tmp_path / "second")}, demo=True), now=now
    )
    migrate.upgrade(hub.database)
    yield hub
    hub.database.close()


def exported(hub: Hub, conf: str = CONF) -> ConferenceFile:
    with hub.database.reading() as db:
        return conference_file(hub, db, get_conference(db, conf))


def imported(hub: Hub, data: bytes) -> None:
    loaded = importing.load_new(hub, data)
    with hub.database.reading() as db:
        comparison = importing.compare(hub, db, "", loaded, fresh=True)
    assert comparison.faults == []
    importing.put_new(hub, comparison, WHO)


def in_form(file: ConferenceFile, form: str) -> bytes:
    return file.as_json().encode() if form == "json" else file.as_workbook(str)


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_conference_is_the_same_in_an_empty_hub(seeded: Hub, empty: Hub, form: str) -> None:
    file = exported(seeded)
    imported(empty, in_form(file, form))
    assert json.loads(exported(empty).as_json()) == json.loads(file.as_json())


def test_guests_who_share_an_address_are_told_apart_by_their_numbers(seeded: Hub, empty: Hub) -> None:
    whole = json.loads(exported(seeded).as_json())
    first = next(guest for guest in whole["guests"] if guest.get("email"))
    whole["guests"].append({**first, "number": "family", "name": "배우자"})

    imported(empty, json.dumps(whole).encode())
    file = exported(empty)

    assert [one["number"] for one in json.loads(file.as_json())["guests"] if one.get("email") == first["email"]] == [
        first["number"], "family",
    ]  # fmt: skip
    with empty.database.reading() as db:
        loaded = importing.load_into(empty, db, get_conference(db, CONF), file.as_json().encode())
        again = importing.compare(empty, db, CONF, loaded, gone=Gone.REMOVE)
    assert (list(again.faults), again.any) == ([], False)


def test_export_of_the_model_conference_is_the_seed(seeded: Hub) -> None:
    seed = json.loads(apart(MODEL_CONFERENCE.read_bytes()))
    seed["conference"] |= {"doors_before_min": 180, "doors_after_min": 180}  # what it leaves to the hub
    seed["gates"] = [{**gate, "point": "행사장 입구"} for gate in seed["gates"]]
    export = json.loads(exported(seeded).as_json())
    assert {name: export[name] for name in seed} == seed
    assert {name: rows for name, rows in export.items() if name not in seed} == {
        "videos": [],
        "points": [{"title": {"ko": "행사장 입구", "en": "Hall doors"}}],
        "windows": [],
        "registration": {
            "opening": "closed",
            "modes": [{"mode": "onsite"}],
            "waiting_list": True,
            "approval": False,
        },
        "questions": [],
        "consents": [],
        "mails": [],
        "team": [],
    }


@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_second_import_changes_nothing(seeded: Hub, form: str) -> None:
    data = in_form(exported(seeded), form)
    with seeded.database.reading() as db:
        loaded = importing.load_into(seeded, db, get_conference(db, CONF), data)
        comparison = importing.compare(seeded, db, CONF, loaded, gone=Gone.REMOVE)
    assert (list(comparison.faults), comparison.any) == ([], False)


class Terminal:
    """Runs commands on a hub of their own."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
    ) -> None:
        self._capsys = capsys
        settings = {
            "HUB_DATA_DIR": str(data),
            "HUB_SECRET_KEY": "x" * 40,
            "HUB_PUBLIC_URL": "http://127.0.0.1:8000",
            "HUB_LANG": "en",
        }
        monkeypatch.delenv("HUB_DATABASE_URL", raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    def run(self, *arguments: Any) -> tuple[int, str, str]:
        status = main([str(one) for one in arguments])
        printed = self._capsys.readouterr()
        return status, printed.out, printed.err


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Terminal:
    return Terminal(monkeypatch, capsys, tmp_path / "terminal")


def test_commands_bring_a_conference_in_and_out(seeded: Hub, terminal: Terminal, tmp_path: Path) -> None:
    source, target = tmp_path / "in.json", tmp_path / "out.xlsx"
    source.write_text(exported(seeded).as_json(), encoding="utf-8")

    assert terminal.run("import", source, "--dry-run")[0] == 2
    assert terminal.run("init", "--link", "--login", "first")[0] == 0
    status, told, _ = terminal.run("import", source, "--dry-run")
    assert (status, "guests: New 121" in told) == (0, True)
    assert terminal.run("export")[0] == 1
    assert terminal.run("import", source)[1].splitlines()[-1] == f"Imported: {CONF}"
    assert terminal.run("import", source)[1].splitlines() == ["Nothing changes."]
    assert terminal.run("export", "--output", target)[0] == 0
    assert terminal.run("import", target, "--remove")[1].splitlines() == ["Nothing changes."]
    assert json.loads(terminal.run("export")[1]) == json.loads(exported(seeded).as_json())
    assert json.loads(terminal.run("export", "--schema")[1])["title"] == "Conference"


def test_command_names_each_fault_by_its_path(terminal: Terminal, seeded: Hub, tmp_path: Path) -> None:
    whole = json.loads(exported(seeded).as_json())
    whole["guests"][4]["email"] = "nowhere"
    whole["awards"][7]["cue"] = "999"
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(whole), encoding="utf-8")

    status, told, faults = terminal.run("import", file)
    assert (status, told, faults.splitlines()[0]) == (
        1,
        "",
        "guests[4].email: Not an e-mail address: nowhere",
    )
    whole["guests"][4]["email"] = None
    file.write_text(json.dumps(whole), encoding="utf-8")
    assert "awards[7].cue: Not in " in terminal.run("import", file)[2]
    assert terminal.run("export")[0] == 1


def test_command_asks_before_it_moves_a_live_conference(
    seeded: Hub, terminal: Terminal, tmp_path: Path
) -> None:
    whole = json.loads(exported(seeded).as_json())
    whole["conference"]["state"] = "live"
    file = tmp_path / "whole.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    terminal.run("init", "--link", "--login", "first")
    assert terminal.run("import", file)[0] == 0
    whole["conference"]["timezone"] = "Asia/Tokyo"
    file.write_text(
        json.dumps({key: whole[key] for key in ("format", "kind", "conference")}), encoding="utf-8"
    )

    status, told, refused = terminal.run("import", file)
    assert (status, "time zone" in told, "--yes" in refused) == (1, True, True)
    assert json.loads(terminal.run("export")[1])["conference"]["timezone"] == "Asia/Seoul"
    assert terminal.run("import", file, "--yes")[0] == 0
    assert json.loads(terminal.run("export")[1])["conference"]["timezone"] == "Asia/Tokyo"


@pytest.mark.parametrize("text", ["", "{", "[]", "PK\x03\x04", '{"format": 3, "kind": "conference"}'])
def test_command_refuses_what_is_no_conference(terminal: Terminal, tmp_path: Path, text: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(text, encoding="utf-8")
    status, told, faults = terminal.run("import", file)
    assert (status, told, bool(faults)) == (1, "", True)
    assert terminal.run("import", tmp_path / "missing")[0] == 1


def test_nothing_is_left_of_an_import_that_fails(
    seeded: Hub, empty: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = importing.load_new(empty, exported(seeded).as_json().encode())
    with empty.database.reading() as db:
        comparison = importing.compare(empty, db, "", loaded, fresh=True)
    job = Job(draft=Draft(id="stopped", conf=None, part="all", name="", data=b""), cancelled=True)
    with pytest.raises(Cancelled), following(job):
        importing.put_new(empty, comparison, WHO)
    with empty.database.reading() as db:
        assert all_conferences(db) == []
