"""Which of the two databases a test runs on, where only one shows what it tests; `database_url` is both otherwise."""

from __future__ import annotations

import pytest

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRES = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
