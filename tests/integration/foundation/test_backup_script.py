"""`ops/hub-backup`: one copy more, old ones removed, and never the last good one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "ops" / "hub-backup"
PROGRAM = "/opt/conference-hub/venv/bin/conference-hub"
WRITES = 'echo "$1" > "$2"'
FAILS_HALFWAY = 'echo half > "$2"; echo "the disk is full" >&2; exit 1'
OLD = [f"hub-2026110{day}T000000Z.sqlite3" for day in range(1, 6)]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Five copies of earlier days, and a file that is none of the script's."""
    backups = tmp_path / "backups"
    backups.mkdir()
    for name in [*OLD, "notes.txt"]:
        (backups / name).write_text(name, encoding="utf-8")
    return backups


def test_a_new_copy_takes_the_place_of_the_oldest(directory: Path) -> None:
    done = _run(directory, keep="5")
    (new,) = _copies(directory) - set(OLD)
    assert (done.returncode, (directory / new).read_text(encoding="utf-8")) == (0, "backup\n")
    assert _copies(directory) == {*OLD[1:], new}
    assert (directory / "notes.txt").exists()


def test_one_kept_copy_is_the_new_one(directory: Path) -> None:
    assert _run(directory, keep="1").returncode == 0
    assert len(_copies(directory)) == 1
    assert _copies(directory).isdisjoint(OLD)


def test_the_new_copy_stays_where_the_clock_was_set_back(directory: Path) -> None:
    future = {f"hub-209901{day:02}T000000Z.sqlite3" for day in range(1, 8)}
    for name in future:
        (directory / name).touch()
    assert _run(directory, keep="2").returncode == 0
    assert len(_copies(directory) - set(OLD) - future) == 1
    assert _copies(directory) & future == {"hub-20990107T000000Z.sqlite3"}


@pytest.mark.parametrize("keep", ["1", "5", "100"])
def test_a_failed_copy_removes_nothing_and_leaves_nothing_that_looks_like_one(
    directory: Path, keep: str
) -> None:
    done = _run(directory, keep=keep, program=FAILS_HALFWAY)
    assert (done.returncode, done.stderr) == (1, "the disk is full\n")
    assert _copies(directory) == set(OLD)


def test_what_a_failed_copy_left_is_cleared_by_the_next(directory: Path) -> None:
    _run(directory, keep="9", program=FAILS_HALFWAY)
    _run(directory, keep="9")
    assert [file.name for file in directory.glob(".unfinished-*")] == []


@pytest.mark.parametrize("keep", ["0", "00", "010", "-1", "many", "1; rm -rf /"])
def test_a_number_that_would_keep_nothing_is_refused_before_anything_is_done(
    directory: Path, keep: str
) -> None:
    done = _run(directory, keep=keep)
    assert done.returncode == 2
    assert "HUB_BACKUP_KEEP" in done.stderr
    assert _copies(directory) == set(OLD)


def test_a_copy_of_postgresql_is_named_for_what_it_is(directory: Path) -> None:
    assert _run(directory, keep="9", database="postgresql+psycopg2://hub@/hub").returncode == 0
    assert [Path(name).suffix for name in _copies(directory) - set(OLD)] == [".dump"]


def test_copies_are_private(directory: Path) -> None:
    _run(directory, keep="1")
    (name,) = _copies(directory)
    assert (directory / name).stat().st_mode & 0o777 == 0o600


def test_a_missing_directory_is_an_error(tmp_path: Path) -> None:
    assert _run(tmp_path / "absent", keep="1", scratch=tmp_path).returncode != 0


def _copies(directory: Path) -> set[str]:
    return {file.name for file in directory.glob("hub-*")}


def _run(
    directory: Path,
    *,
    keep: str,
    program: str = WRITES,
    database: str = "",
    scratch: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the script on `directory`; in place of the hub's program stands `program` ($1 backup, $2 the file)."""
    stand_in = (scratch or directory.parent) / "conference-hub"
    stand_in.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    stand_in.chmod(0o755)
    text = SCRIPT.read_text(encoding="utf-8")
    assert PROGRAM in text
    return subprocess.run(
        ["sh", "-c", text.replace(PROGRAM, str(stand_in))],
        env={
            "PATH": "/usr/bin:/bin",
            "HUB_BACKUP_DIR": str(directory),
            "HUB_BACKUP_KEEP": keep,
            "HUB_DATABASE_URL": database,
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
