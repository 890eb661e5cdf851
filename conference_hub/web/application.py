"""The Flask application of the hub: Flask, without what it asks anew in each request and the hub never needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Flask, Request
from typing_extensions import override
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.sansio.http import parse_cookie
from werkzeug.utils import cached_property


class HubRequest(Request):
    """A request that finds its cookies where they are; werkzeug goes through all headers for them."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """The cookies that the browser sent."""
        found = parse_cookie(self.environ.get("HTTP_COOKIE"), cls=self.dict_storage_class)
        return cast("ImmutableMultiDict[str, str]", found)


class Application(Flask):
    """Flask without coroutines: it looks at each view and hook for being one, eighteen times in a request."""

    request_class = HubRequest

    @override
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function: no view or hook of the hub is a coroutine."""
        return func
