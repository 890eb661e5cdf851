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
"""Folders whose tests start servers; the tests of one file stay in one process and share its servers."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by folder, and mark `live` and `e2e` for `-m`; every worker runs its share of the tests in this order."""
    folders = {item: _folder(item) for item in items}
    for item, folder in folders.items():
        if folder in SERVED:
            item.add_marker(folder)
            item.add_marker(pytest.mark.xdist_group(f"{folder}/{item.path.name}"))
    items.sort(key=lambda item: ORDER.index(folders[item]) if folders[item] in ORDER else len(ORDER))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]
