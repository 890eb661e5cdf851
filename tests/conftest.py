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
