"""The command line speaks the language of its terminal."""

from __future__ import annotations

import argparse

import pytest
from babel.messages.extract import extract_from_file

from conference_hub.cli.words import terminal_language
from conference_hub.core.files import TRANSLATIONS
from tools.catalogues import key_of, read

NOT_FOR_USERS = (
    ".__call__()",
    "conflict",
    "cannot ",
    'argument "-"',
    "'required'",
    "invalid option",
    "invalid conflict",
    "dest=",
    "mutually exclusive",
    "%r is not callable",
    "%(heading)s",
    " (default",
    "%(prog)s: warning",
    "subcommands",
    "argument '",
    "option '",
    "command '",
)
"""Beginnings of what argparse says to programmers, and of what newer versions say about things not used here."""


@pytest.mark.parametrize(
    ("env", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.EUC-KR"}, "ko"),
        ({"LANG": "C", "LC_MESSAGES": "ko_KR"}, "ko"),
        ({"LANG": "ko_KR", "LC_ALL": "C"}, "en"),
        ({"LANG": "ko_KR", "LC_ALL": ""}, "ko"),
        ({"LANG": "ko_KR", "HUB_LANG": "en"}, "en"),
        ({"LANG": "C", "HUB_LANG": "ko"}, "ko"),
        ({"LANG": "ko_KR", "HUB_LANG": "fr"}, "ko"),
        ({"LANG": "kok_IN.UTF-8"}, "en"),
    ],
)
def test_the_first_variable_that_is_set_decides(env: dict[str, str], lang: str) -> None:
    assert terminal_language(env, "utf-8") == lang


@pytest.mark.parametrize(
    ("encoding", "lang"), [("euc_kr", "ko"), ("ascii", "en"), ("iso8859-1", "en"), ("unknown", "en")]
)
def test_a_terminal_without_hangul_gets_english_unless_told_otherwise(encoding: str, lang: str) -> None:
    assert terminal_language({"LANG": "ko_KR"}, encoding) == lang
    assert terminal_language({"LANG": "ko_KR", "HUB_LANG": "ko"}, encoding) == "ko"


def test_what_argparse_says_to_users_is_in_the_korean_catalogue() -> None:
    keywords = {"_": None, "ngettext": (1, 2)}
    found = extract_from_file("python", argparse.__file__, keywords=keywords)
    said = {msgid if isinstance(msgid, str) else msgid[0] for _, msgid, _, _ in found}
    korean = read(TRANSLATIONS / "ko" / "LC_MESSAGES" / "argparse.po")

    known = {key_of(message) for message in korean if message.id and message.string}
    assert {word for word in said - known if not word.startswith(NOT_FOR_USERS)} == set()
