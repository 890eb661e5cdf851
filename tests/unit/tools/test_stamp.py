"""A step is done once, and again when its inputs change or its result is gone."""

from pathlib import Path

from tools.stamp import once


def test_a_step_is_done_once_for_the_same_inputs(tmp_path: Path) -> None:
    done: list[str] = []
    source = tmp_path / "pins.txt"
    source.write_text("one", encoding="utf-8")
    answers = [once(tmp_path / "made" / "stamp", [source], lambda: done.append("x")) for _ in range(3)]
    assert (answers, done) == ([True, False, False], ["x"])


def test_a_changed_input_or_salt_or_a_lost_stamp_does_it_again(tmp_path: Path) -> None:
    done: list[str] = []
    source, stamp = tmp_path / "pins.txt", tmp_path / "stamp"
    source.write_text("one", encoding="utf-8")
    once(stamp, [source], lambda: done.append("first"))
    source.write_text("two", encoding="utf-8")
    once(stamp, [source], lambda: done.append("input"))
    once(stamp, [source], lambda: done.append("salt"), "python3.12")
    stamp.unlink()
    once(stamp, [source], lambda: done.append("lost"), "python3.12")
    assert done == ["first", "input", "salt", "lost"]


def test_a_step_that_fails_is_not_stamped(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"

    def fail() -> None:
        raise OSError

    try:
        once(stamp, [], fail)
    except OSError:
        assert not stamp.exists()
    else:
        raise AssertionError
