"""What every test may ask for: real services, and each of the two databases in turn."""

import gc
from pathlib import Path

import pytest
from hypothesis import settings

from tools.prepare import browser_files

pytest_plugins = [
    "tests.services.chromium",
    "tests.services.mail_receiver",
    "tests.services.dovecot",  # uses the receiver's module
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
UNCLOSED = "ignore:unclosed <(socket|ssl):ResourceWarning"
"""python-engineio leaves a socket that its server reset to the collection of garbage, which may come in any later test.
In these folders the sockets of the product are in other processes."""


GC_THRESHOLDS = (50_000, 5, 5)
"""Fewer collections of garbage than Python's: each test makes and drops an application, 50,000 objects."""


def pytest_configure(config: pytest.Config) -> None:
    """Build what browsers load anew where its sources changed, before the first test and once for all processes."""
    if not hasattr(config, "workerinput"):
        browser_files(dev=True)


def pytest_collection_finish() -> None:
    """Leave what stays until the end, modules and tests, out of every collection of garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort by folder, and mark `live` and `e2e` for `-m`; every worker runs its share of the tests in this order.

    Tests of one file that share a fixture, such as a server, form a group: one worker runs them all, in their order.
    What takes long in one piece, groups and slow tests, stands first in its folder, so that no worker waits for another
    one's at the end.
    """
    folders = {item: _folder(item) for item in items}
    for item, folder in folders.items():
        if folder in SERVED:
            item.add_marker(folder)
            item.add_marker(pytest.mark.filterwarnings(UNCLOSED))
        if hasattr(config, "workerinput") and (group := _group(item)):
            _put_into_group(item, group)
    items.sort(key=lambda item: (_place(folders[item]), not _long(item)))


def _place(folder: str) -> int:
    return ORDER.index(folder) if folder in ORDER else len(ORDER)


def _long(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None or _group(item) is not None


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


def _group(item: pytest.Item) -> str | None:
    """Return the group that `pytest.mark.xdist_group` names, else the file when its tests share a fixture."""
    marker = item.get_closest_marker("xdist_group")
    if marker is not None:
        return str(marker.args[0])
    return item.path.name if _shares(item) else None


def _shares(item: pytest.Item) -> bool:
    """Return whether the test uses a fixture that is made once for its file."""
    assert isinstance(item, pytest.Function)
    known = item._fixtureinfo.name2fixturedefs
    return any(known[name][-1].scope == "module" for name in item.fixturenames if name in known)


def _put_into_group(item: pytest.Item, name: str) -> None:
    """Give the test an id that ends in its group, by which pytest-xdist sends it to a worker (`--dist loadgroup`).

    pytest-xdist 3.8 writes the id to where pytest 9.2 does not read it.
    """
    item._id = item.id.parse(f"{item.nodeid}@{name}")
