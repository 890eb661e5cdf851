"""Databases made once per worker and copied for each test: migrated, with the model conference, or upgraded."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.model_day import FakeNow
from tests.services.postgres import Cluster


class Content(StrEnum):
    """What a new database holds."""

    EMPTY = "empty"
    MIGRATED = "migrated"
    SEEDED = "seeded"
    UPGRADED = "upgraded"
    """The database of an earlier version, half of a day run, migrated: `tests/upgrade`."""


@dataclass(frozen=True, kw_only=True)
class Templates:
    """The templates of one worker: files of `directory`, databases of a cluster. Each is made when first asked for."""

    directory: Path
    databases: set[str] = field(default_factory=set)

    def copy_to(self, file: Path, content: Content) -> str:
        """Put a new SQLite database with `content` at `file`, and return its URL."""
        if content is not Content.EMPTY:
            shutil.copyfile(self._file(content), file)
        return f"sqlite:///{file}"

    def in_cluster(self, cluster: Cluster, content: Content) -> str | None:
        """Return the name of a database with `content` to give to `CREATE DATABASE ... TEMPLATE`; None: no template."""
        if content is Content.EMPTY:
            return None
        name = f"template_{content}"
        if name not in self.databases:
            cluster.statement(f"CREATE DATABASE {name}")
            self._fill(cluster.url(name), content)
            self.databases.add(name)
        return name

    def _file(self, content: Content) -> Path:
        file = self.directory / f"{content}.sqlite3"
        if not file.exists():
            self._fill(f"sqlite:///{file}", content)
        return file

    def _fill(self, url: str, content: Content) -> None:
        """Migrate the empty database at `url`, load what belongs in it, and close every connection to it."""
        from conference_hub.app import create_app, make_hub
        from conference_hub.core import migrate
        from conference_hub.core.config import load
        from tests.services.model_conference import load_model_conference
        from tests.upgrade import half_a_day

        settings = load({"HUB_DATABASE_URL": url, "HUB_DATA_DIR": str(self.directory / "data")}, demo=True)
        hub = make_hub(settings, now=FakeNow())
        if content is Content.UPGRADED:
            half_a_day.load(hub.database)
        migrate.upgrade(hub.database)
        app = create_app(hub)
        if content is Content.SEEDED:
            with app.app_context():
                load_model_conference(hub)
        hub.database.close()
