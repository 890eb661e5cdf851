"""Routes whose code for making addresses is compiled when an address is first made, not when the process starts.

Werkzeug compiles two functions for each route, and most routes are never asked for an address: compiling them all was
most of the time in which an application was made.
"""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
"""A function of the rule and its values, which returns the domain and the path."""


class LazyRule(Rule):
    """A rule that matches as Werkzeug's does, and compiles what makes its addresses at the first use."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 - Werkzeug's signature
        compile_now = super()._compile_builder
        compiled: Builder | None = None

        def build(rule: LazyRule, **values: object) -> tuple[str, str]:
            nonlocal compiled
            compiled = compiled or compile_now(append_unknown)
            return compiled(rule, **values)

        return build
