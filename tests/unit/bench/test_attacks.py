"""Which attacks run, which of two runs is kept, what a flood counts, and nginx without TLS."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from bench.attacks import ATTACKS, chosen
from bench.rig.flood import Flood
from bench.rig.front import without_tls
from bench.rig.table import better, row

ROOT = Path(__file__).parents[3]


def _figures(worst_ms: float, exit_s: float | None = 0.5) -> dict[str, object]:
    return {
        "idle": {"worst_ms": 4.0, "median_ms": 1.0},
        "attacked": {"worst_ms": worst_ms, "median_ms": 2.0, "unanswered": 0},
        "ratio": {"median": 2.0, "worst": worst_ms / 4},
        "rss_before_kb": 102_400,
        "rss_peak_kb": 204_800,
        "rss_after_kb": 153_600,
        "files_before": 8,
        "files_after": 9,
        "log_bytes": 2048,
        "answers_after": True,
        "exit_s": exit_s,
        "attacker": {"closed": {"1008": 1}},
    }


def test_names_and_patterns_choose_attacks() -> None:
    assert [one.name for one in chosen(ATTACKS, "json-3mb,badges-*")] == [
        "json-3mb",
        "badges-1001",
        "badges-3750",
    ]


def test_every_attack_has_a_name_of_its_own() -> None:
    assert len({one.name for one in chosen(ATTACKS, None)}) == len(ATTACKS)


def test_unknown_name_is_refused() -> None:
    with pytest.raises(SystemExit, match="no attack is called nothing"):
        chosen(ATTACKS, "nothing")


def test_run_with_the_better_worst_answer_is_kept() -> None:
    assert better(_figures(40.0), _figures(8.0)) == _figures(8.0)


def test_row_says_when_the_server_had_to_be_killed() -> None:
    assert row("flood", _figures(8.0, exit_s=None)) == (
        "| flood | 8 (4) | 2.0 (1.0) | 2 | 100 → 200 → 150 | 8 → 9 | 2 | yes | killed "
        '| {"closed": {"1008": 1}} |'
    )


def test_flood_opens_again_what_the_server_closes_and_counts_the_codes() -> None:
    """Each server end closes with 1008 at once; the third opening is refused and ends the flood's time."""
    until = time.monotonic() + 1
    opened: list[socket.socket] = []

    def open_one() -> socket.socket:
        if len(opened) == 2:
            time.sleep(max(0, until - time.monotonic()))
            raise ConnectionRefusedError
        ours, server = socket.socketpair()
        server.sendall(b"\x88\x02\x03\xf0")
        server.shutdown(socket.SHUT_WR)
        opened.append(server)
        return ours

    got = Flood(open_one, b"ab").run(1, until)
    for server in opened:
        server.close()

    assert (got["connections"], got["refused"], got["open_at_end"]) == (2, 1, 0)
    assert got["closed"] == {"1008": 2}


def test_shipped_nginx_file_without_tls_has_one_server_on_loopback() -> None:
    text = without_tls(
        (ROOT / "ops" / "nginx.conf").read_text(encoding="utf-8"),
        upstream=8123,
        port=8080,
        cache=Path("/cache"),
    )

    assert [line.strip() for line in text.splitlines() if "listen" in line] == ["listen 127.0.0.1:8080;"]
    directives = [line for line in text.splitlines() if not line.startswith("#")]
    assert (
        any("ssl_" in line for line in directives),
        "server 127.0.0.1:8123;" in text,
        "proxy_cache_path /cache " in text,
    ) == (
        False,
        True,
        True,
    )
