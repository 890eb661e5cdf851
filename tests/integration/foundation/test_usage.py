"""What the command line says of itself, asked in this process; `tests/live/test_command_line.py` runs the program."""

from __future__ import annotations

import re

import pytest

from conference_hub.cli.main import main

COMMANDS = (
    *("serve", "seed", "init", "clone", "archive", "user", "link", "token", "device"),
    *("import", "export", "backup", "restore", "purge", "reply"),
)


class Usage:
    """Runs the command line until it ends itself: for help, or for wrong usage."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def ask(self, *arguments: str, lang: str = "en") -> tuple[object, str]:
        """Return the exit status and everything that was printed."""
        self._monkeypatch.setenv("HUB_LANG", lang)
        self._monkeypatch.setenv("LANGUAGE", lang)  # `main` sets it; the test's end takes it back
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        printed = self._capsys.readouterr()
        return ended.value.code, printed.out + printed.err


@pytest.fixture
def usage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Usage:
    return Usage(monkeypatch, capsys)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_text(usage: Usage, command: str) -> None:
    status, words = usage.ask(command, "--help")

    assert status == 0
    assert words.startswith(f"usage: conference-hub {command} ")
    assert len(words) > 150


def test_every_command_is_named_in_the_help(usage: Usage) -> None:
    _, words = usage.ask("--help")

    assert re.findall(r"^    ([a-z]+) ", words, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("arguments", [("link",), ("link", "revoke"), ("device",), ("token", "revoke")])
def test_command_without_required_arguments_is_wrong_usage(usage: Usage, arguments: tuple[str, ...]) -> None:
    assert usage.ask(*arguments)[0] == 2


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("arguments", [("--help",), ("link", "--help"), ("user", "add")])
def test_help_and_wrong_usage_are_in_one_language(
    usage: Usage, lang: str, arguments: tuple[str, ...]
) -> None:
    _, words = usage.ask(*arguments, lang=lang)

    assert (("사용법: " in words), ("usage: " in words)) == (lang == "ko", lang == "en")
    assert bool(re.search("[가-힣]", words)) == (lang == "ko")
