"""The program behind `make test`: every check runs, and its exit code and last line tell the truth."""

import sys
from pathlib import Path

import pytest

from tools.check import Check, Outcome, all_checks, run, run_all, tell, verdict
from tools.machine import Need


def check(name: str, code: str = "") -> Check:
    return Check(name=name, judges="something", command=(sys.executable, "-c", code))


def outcome(name: str, code: int, last_line: str = "") -> Outcome:
    return Outcome(check=check(name), code=code, took_s=1.0, last_line=last_line)


ABSENT = Need(name="Redis", here=lambda: False, packages=("redis-server",), without="two processes")


def test_a_check_is_known_by_its_exit_code_and_last_line(capfd: pytest.CaptureFixture[str]) -> None:
    ended = run(check("any", "import sys; print('one'); print('two', file=sys.stderr); sys.exit(3)"))
    assert (ended.code, ended.last_line) == (3, "two")
    assert "one\ntwo\n" in capfd.readouterr().out


def test_checks_keep_compiled_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert run(check("any", "import sys; print(sys.dont_write_bytecode)")).last_line == "False"


def test_other_checks_run_beside_pytest_and_print_as_a_whole(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """pytest ends only after the file exists that the other check makes."""
    flag = tmp_path / "made"
    waits = f"import pathlib, time\nwhile not pathlib.Path({str(flag)!r}).exists(): time.sleep(0.01)\nprint('3 passed')"
    makes = f"import pathlib; print('one'); print('two'); pathlib.Path({str(flag)!r}).touch()"
    ended = run_all([check("ruff", makes), check("pytest", waits), check("mypy", "raise SystemExit(1)")])

    assert [(one.check.name, one.code, one.last_line) for one in ended] == [
        ("ruff", 0, "two"),
        ("pytest", 0, "3 passed"),
        ("mypy", 1, ""),
    ]
    assert "\n━━ ruff: something\none\ntwo\n" in capfd.readouterr().out


def test_pytests_own_summary_is_the_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell([outcome("ruff", 1), outcome("pytest", 0, "9 passed in 1.00s")], [ABSENT], 2.0)
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "9 passed in 1.00s"
    assert "  ruff        FAILED (1)      1.0 s  something" in lines
    assert "  NOT RUN without Redis: two processes (Debian: redis-server)" in lines


@pytest.mark.parametrize(
    ("outcomes", "lacking", "ci", "code"),
    [
        ([outcome("ruff", 0), outcome("pytest", 0)], [], True, 0),
        ([outcome("ruff", 1), outcome("pytest", 0)], [], False, 1),
        ([outcome("pytest", 0)], [ABSENT], False, 0),
        ([outcome("pytest", 0)], [ABSENT], True, 1),
        ([], [], False, 1),
    ],
)
def test_exit_code_is_that_of_the_checks(
    outcomes: list[Outcome], lacking: list[Need], *, ci: bool, code: int
) -> None:
    assert verdict(outcomes, lacking, ci=ci) == code


def test_every_check_has_a_name_of_its_own() -> None:
    names = [check.name for check in all_checks()]
    assert names == [
        *("ruff", "format", "mypy", "imports", "tsc", "catalogues", "node"),
        *("unit", "pytest"),
    ]
