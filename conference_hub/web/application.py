"""The Flask application of the hub."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from typing_extensions import override


class Application(Flask):
    """Flask without coroutines: it looks at each view and hook for being one, eighteen times in a request."""

    @override
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function: no view or hook of the hub is a coroutine."""
        return func
