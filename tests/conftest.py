"""What every test may ask for: real services, and each of the two databases in turn."""

from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.services.chromium",
    "tests.services.nginx",
    "tests.services.postgres",
    "tests.services.databases",  # uses the cluster's module, which pytest must load first
    "tests.services.redis",
    "tests.services.wheel",
]

settings.register_profile("hub", deadline=None)  # a busy machine is slow, and that is no fault of the code
settings.load_profile("hub")


ORDER = ("unit", "services", "integration", "live", "e2e")
"""Quick tests first. Browsers last: from the first one on, playwright keeps an event loop running in its process."""
SERVED = {"live", "e2e"}


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by folder, and mark `live` and `e2e` for `-m`; every worker runs its share of the tests in this order.

    Tests of one file that share a fixture, such as a server, form a group: one worker runs them all.
    """
    folders = {item: _folder(item) for item in items}
    for item, folder in folders.items():
        if folder in SERVED:
            item.add_marker(folder)
        if _shares(item) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.name))
    items.sort(key=lambda item: ORDER.index(folders[item]) if folders[item] in ORDER else len(ORDER))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


def _shares(item: pytest.Item) -> bool:
    """Return whether the test uses a fixture that is made once for its file."""
    assert isinstance(item, pytest.Function)
    known = item._fixtureinfo.name2fixturedefs
    return any(known[name][-1].scope == "module" for name in item.fixturenames if name in known)
