"""Files of an earlier version, or copied by hand, that every user of the machine could read."""

from __future__ import annotations

from pathlib import Path

from conference_hub.app import make_hub
from conference_hub.core.config import load


def test_readable_files_are_made_private_at_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    for name in ("hub.sqlite3", "hub.sqlite3-wal", "hub.sqlite3-shm", "demo-secret"):
        (data / name).touch()
        (data / name).chmod(0o644)
    data.chmod(0o755)

    make_hub(load({"HUB_DATA_DIR": str(data)}, demo=True)).database.close()

    assert {path.stat().st_mode & 0o777 for path in data.iterdir()} == {0o600}
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_directory_that_is_not_the_hubs_is_left_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    url = f"sqlite:///{shared / 'elsewhere.sqlite3'}"

    make_hub(
        load({"HUB_DATA_DIR": str(tmp_path / "data"), "HUB_DATABASE_URL": url}, demo=True)
    ).database.close()

    assert shared.stat().st_mode & 0o777 == 0o755
