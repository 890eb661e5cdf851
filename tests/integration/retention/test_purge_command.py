"""`conference-hub purge` as an administrator or a timer calls it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from conference_hub.cli.main import main
from conference_hub.conferences.kept import bump_revision
from conference_hub.conferences.tables import ConferenceRow
from conference_hub.people.store import all_guests
from conference_hub.web.hub import Hub
from tests.integration.kinds import ON_SQLITE
from tests.model_day import CONF

pytestmark = ON_SQLITE

Run = Callable[..., tuple[int, str]]
FAR = date(2890, 1, 1)


@pytest.fixture
def run(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return `run(*arguments)`: the exit status of the command, and what it said."""
    monkeypatch.setenv("HUB_DATABASE_URL", hub.database.url.render_as_string(hide_password=False))
    monkeypatch.setenv("HUB_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HUB_LANG", "en")
    monkeypatch.setenv("HUB_SECRET_KEY", "x" * 40)
    monkeypatch.setenv("HUB_PUBLIC_URL", "https://hub.example.com")

    def called(*arguments: str) -> tuple[int, str]:
        status = main(["purge", *arguments])
        said = capsys.readouterr()
        return status, said.out + said.err

    return called


def keep_until(hub: Hub, day: date, state: str = "over") -> None:
    with hub.database.writing() as db:
        db.execute(sa.update(ConferenceRow).values(purge_on=day, state=state))
        bump_revision(db, CONF)


def guests(hub: Hub) -> int:
    with hub.database.reading() as db:
        return len(all_guests(db, CONF))


def test_what_is_due_is_erased_once(seeded: Hub, run: Run) -> None:
    keep_until(seeded, date(2022, 6, 2), state="ready")
    before = guests(seeded)

    shown, between = run("--dry-run"), guests(seeded)
    erased, again = run(), run()

    assert (shown[0], shown[1].splitlines()[0]) == (0, f"{CONF}: would be erased")
    assert ["guest", str(before)] in [line.split() for line in shown[1].splitlines()]
    assert between == before
    assert (erased[0], erased[1].splitlines()[0]) == (0, f"{CONF}: personal data erased")
    assert guests(seeded) == 0
    assert again == (0, "There is no conference whose retention date has passed.\n")


def test_before_the_day_it_says_until_when_data_are_kept(seeded: Hub, run: Run) -> None:
    keep_until(seeded, FAR)

    assert run("--conf", CONF) == (
        1,
        "conference-hub: Personal data are kept until 2890-01-01. To erase them earlier, add --now.\n",
    )
    assert guests(seeded) > 0


def test_before_the_day_they_are_erased_when_that_is_stated(seeded: Hub, run: Run) -> None:
    keep_until(seeded, FAR)

    assert run("--conf", CONF, "--dry-run")[0] == 0
    assert guests(seeded) > 0
    assert run("--conf", CONF, "--now")[0] == 0
    assert guests(seeded) == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--now",), "Use --now together with --conf."),
        (("--conf", "nowhere"), "There is no such conference."),
        (
            ("--conf", CONF, "--now"),
            "Personal data of a conference that is published or live cannot be erased. End the conference first.",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(seeded: Hub, run: Run, arguments: tuple[str, ...], why: str) -> None:
    keep_until(seeded, FAR, state="ready")

    assert run(*arguments) == (1, f"conference-hub: {why}\n")
    assert guests(seeded) > 0
