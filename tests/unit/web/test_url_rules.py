from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any, ClassVar

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import BuildError, Map, Rule

from conference_hub.web.url_rules import LazyRule


class CountedRule(LazyRule):
    """A lazy rule that notes what it compiles."""

    compiled: ClassVar[list[str]] = []

    @staticmethod
    def _get_func_code(code: CodeType, name: str) -> Callable[..., tuple[str, str]]:
        CountedRule.compiled.append(name)
        return Rule._get_func_code(code, name)


def addresses(kind: type[Rule]) -> Map:
    return Map(
        [
            kind("/", endpoint="home"),
            kind("/c/<conf>/awards/<int:number>", endpoint="award"),
            kind("/c/<conf>/files/", endpoint="files", defaults={"page": 1}),
            kind("/c/<conf>/files/<int:page>", endpoint="files"),
            kind("/static/<path:name>", endpoint="static"),
        ]
    )


@pytest.mark.parametrize(
    ("endpoint", "values", "address"),
    [
        ("home", {}, "/"),
        ("home", {"lang": "ko", "q": "대상 1"}, "/?lang=ko&q=%EB%8C%80%EC%83%81+1"),
        ("award", {"conf": "a b", "number": 7}, "/c/a%20b/awards/7"),
        ("award", {"conf": "a", "number": 7, "open": "yes"}, "/c/a/awards/7?open=yes"),
        ("files", {"conf": "a"}, "/c/a/files/"),
        ("files", {"conf": "a", "page": 1}, "/c/a/files/"),
        ("files", {"conf": "a", "page": 2}, "/c/a/files/2"),
        ("static", {"name": "css/base.css"}, "/static/css/base.css"),
    ],
)
def test_address_is_what_werkzeug_makes(endpoint: str, values: Mapping[str, Any], address: str) -> None:
    made = [addresses(kind).bind("hub.example").build(endpoint, values) for kind in (LazyRule, Rule)]
    assert made == [address, address]


def test_address_without_a_value_is_refused() -> None:
    with pytest.raises(BuildError):
        addresses(LazyRule).bind("hub.example").build("award", {"conf": "a"})


def test_paths_match_as_ever() -> None:
    bound = addresses(LazyRule).bind("hub.example")
    assert bound.match("/c/a/awards/7") == ("award", {"conf": "a", "number": 7})
    with pytest.raises(NotFound):
        bound.match("/c/a/awards/seven")


def test_only_what_is_asked_for_is_compiled_and_only_once() -> None:
    CountedRule.compiled.clear()
    bound = addresses(CountedRule).bind("hub.example")
    bound.match("/c/a/awards/7")
    assert CountedRule.compiled == []
    assert [bound.build("award", {"conf": "a", "number": number}) for number in (1, 2)] == [
        "/c/a/awards/1",
        "/c/a/awards/2",
    ]
    assert CountedRule.compiled == ["<builder:'/c/<conf>/awards/<int:number>'>"]
