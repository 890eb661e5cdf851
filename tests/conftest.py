"""What every test may ask for: real services, and each of the two databases in turn."""

from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.services.chromium",
    "tests.services.nginx",
    "tests.services.postgres",
    "tests.services.redis",
    "tests.services.wheel",
]

settings.register_profile("hub", deadline=None)  # a busy machine is slow, and that is no fault of the code
settings.load_profile("hub")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty database: a SQLite file, then one in PostgreSQL. A test that asks for it runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hub.sqlite3'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what is quick first, what drives a browser last; mark by folder, so that `-m 'not e2e'` works."""
    order = ("unit", "services", "integration", "live", "e2e")
    folders = {item: _folder(item) for item in items}
    for item, folder in folders.items():
        if folder in {"live", "e2e"}:
            item.add_marker(folder)
    items.sort(key=lambda item: order.index(folders[item]) if folders[item] in order else len(order))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]
