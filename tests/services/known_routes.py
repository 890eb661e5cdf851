"""Applications of one process that share their routes: reading them takes most of the time in which one is made."""

from __future__ import annotations

from typing import Any, ClassVar

from flask.typing import RouteCallable
from typing_extensions import override
from werkzeug.routing import Map

from conference_hub.web.application import Application


def shared_map(*, host_matching: bool) -> Map:
    """Return the map of this process; applications that share it do not match by host."""
    assert not host_matching
    return SharedRoutes.routes


class SharedRoutes(Application):
    """An application as Flask makes it, whose routes are in one map for all of its kind in this process.

    A route holds its address, methods and the name of its view, nothing of an application: the views, hooks and
    blueprints are each application's own.
    """

    url_map_class: Any = staticmethod(shared_map)
    routes: ClassVar[Map] = Map()
    _known: ClassVar[set[str]] = set()

    @override
    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: RouteCallable | None = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        known = repr((rule, endpoint, provide_automatic_options, sorted(options.items())))
        if endpoint is None or view_func is None or known not in self._known:
            super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)
            self._known.add(known)
            return
        if self.view_functions.setdefault(endpoint, view_func) is not view_func:
            message = f"two views are called {endpoint}"
            raise AssertionError(message)
