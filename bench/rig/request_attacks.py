"""Attacks by requests: malformed polling, passwords, large bodies, heavy pages, a locked database."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from functools import partial

from bench.rig.attack import Attack, Gains, Scene
from bench.rig.target import Conditions
from bench.rig.wire import close_all, connect, read_for, read_to_end, read_until, request, statuses

POLL = "/socket.io/?EIO=4&transport=polling"
UNKNOWN = (b"9",)
PAGE_WITHIN_S = 60.0
MALFORMED = (b"x", b"4zzz", b"", b"\x1e\x1e")
POLLS, FEW_FILES = 700, 600
PASSWORDS = 60
LARGE, LARGE_COUNT = 3_000_000, 10
PIPELINED = 200
PAGES = 3
SEARCHES = 20
REQUESTS = 2_000
LOCKED_S, LOCKED_COMMANDS = 5.0, 20
ANSWERED_S = 20.0
"""How long answers are waited for that come after the attack."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CSRF = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
SID = re.compile(rb'0\{"sid":"([^"]+)"')
COOKIE = re.compile(rb"(?i)set-cookie: ([^;\r]+)")


def malformed_polling(packets: tuple[bytes, ...], scene: Scene) -> Gains:
    """Open a session by polling, then POST one of `packets` to it, again and again; answers are not waited for."""
    posted: list[socket.socket] = []
    failed = 0
    while not scene.over and len(posted) + failed < POLLS:
        try:
            posted.append(_post_packet(scene, packets[len(posted) % len(packets)]))
        except OSError:
            failed += 1
    heard = read_for(posted, time.monotonic() + 1)
    close_all(posted)
    return {
        "posted": len(posted),
        "failed": failed,
        "statuses": _all_statuses(heard.values()),
        "unanswered": sum(not data for data in heard.values()),
    }


def wrong_passwords(scene: Scene) -> Gains:
    """Send wrong passwords for one account, all at once."""
    with closing(connect(scene.port)) as first:
        first.sendall(request(scene.port, "/sign-in"))
        page = read_until(first, b"</html>")
    token, cookie = _found(CSRF, page), _found(COOKIE, page)
    body = urllib.parse.urlencode({"csrf_token": token, "login": "organiser", "password": "wrong" * 4})
    headers = FORM | {"Cookie": cookie.decode(), "Referer": f"{scene.target.origin}/sign-in"}
    asked = request(scene.port, "/sign-in", headers, body.encode())
    return _all_at_once(scene, [asked] * PASSWORDS)


def large_bodies(scene: Scene) -> Gains:
    """Post commands of 3 MB: long texts, and lists in lists."""
    long = json.dumps({"command_id": "large", "lane": "hall", "x": "a" * LARGE}).encode()
    deep = b'{"command_id":"deep","x":' + b"[" * (LARGE // 2) + b"]" * (LARGE // 2) + b"}"
    return _in_turn(scene, [scene.command("extend", body) for body in (long, deep) * (LARGE_COUNT // 2)])


def pipelined(scene: Scene) -> Gains:
    """Ask for 200 pages in one write on one connection."""
    began = time.monotonic()
    with closing(connect(scene.port)) as sock:
        sock.sendall(request(scene.port, f"/c/{scene.conf}/") * PIPELINED)
        heard = read_for([sock], scene.until, answers=PIPELINED)[sock]
    return {"statuses": dict(statuses(heard)), "took_s": round(time.monotonic() - began, 2)}


def many_requests(scene: Scene) -> Gains:
    """Ask for 2,000 things that are not there, one after the other on one connection."""
    count = Counter[str]()
    with closing(connect(scene.port)) as sock:
        while not scene.over and count.total() < REQUESTS:
            sock.sendall(request(scene.port, f"/nothing/{count.total()}"))
            got = statuses(read_for([sock], scene.until)[sock])
            if not got:
                break
            count += got
    return {"asked": REQUESTS, "statuses": dict(count)}


def page(path: str, count: int, scene: Scene) -> Gains:
    """Ask for a page of the desk, a few times one after the other, and read each to its end: it comes in slices."""
    whole = scene.page(path).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    count_of, slowest = Counter[str](), 0.0
    for _ in range(count):
        began = time.monotonic()
        with closing(connect(scene.port, PAGE_WITHIN_S)) as sock:
            sock.sendall(whole)
            count_of += statuses(read_to_end(sock))
        slowest = max(slowest, time.monotonic() - began)
    return {"statuses": dict(count_of), "slowest_s": round(slowest, 2)}


def search(scene: Scene) -> Gains:
    """Look for a common name at the gate."""
    path = f"/api/v1/c/{scene.conf}/checkin/search?q={urllib.parse.quote('김')}"
    return _in_turn(scene, [request(scene.port, path, scene.bearer)] * SEARCHES)


def locked_database(scene: Scene) -> Gains:
    """Post commands while another process holds the database's lock."""
    bodies = [
        json.dumps({"command_id": f"locked-{number}", "lane": "hall", "seconds": 30}).encode()
        for number in range(LOCKED_COMMANDS)
    ]
    with closing(sqlite3.connect(scene.target.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        released = time.monotonic() + LOCKED_S
        socks = [connect(scene.port, ANSWERED_S) for _ in bodies]
        for sock, body in zip(socks, bodies, strict=True):
            sock.sendall(scene.command("extend", body))
        early = read_for(socks, released)
        other.execute("ROLLBACK")
    late = read_for([sock for sock in socks if not early[sock]], time.monotonic() + ANSWERED_S)
    close_all(socks)
    return {
        "statuses_while_locked": _all_statuses(early.values()),
        "statuses_later": _all_statuses(late.values()),
    }


def _found(pattern: re.Pattern[bytes], answer: bytes) -> bytes:
    """Return the first match; raises ConnectionError when the server answered something else."""
    if (found := pattern.search(answer)) is None:
        raise ConnectionError(answer[:200])
    return found[1]


def _post_packet(scene: Scene, packet: bytes) -> socket.socket:
    headers = {"Origin": scene.target.origin, "Connection": "close"}
    with closing(connect(scene.port, 1)) as opening:
        opening.sendall(request(scene.port, POLL, headers))
        sid = _found(SID, read_to_end(opening))
    sock = connect(scene.port, 1)
    sock.sendall(request(scene.port, f"{POLL}&sid={sid.decode()}", headers, packet))
    return sock


def _all_at_once(scene: Scene, asked: list[bytes]) -> Gains:
    began = time.monotonic()
    socks = [connect(scene.port) for _ in asked]
    for sock, one in zip(socks, asked, strict=True):
        sock.sendall(one)
    heard = read_for(socks, began + ANSWERED_S)
    close_all(socks)
    return {"statuses": _all_statuses(heard.values()), "took_s": round(time.monotonic() - began, 2)}


def _in_turn(scene: Scene, asked: list[bytes]) -> Gains:
    """Send each on a connection of its own, while there is time; return statuses and what the slowest took."""
    count, slowest = Counter[str](), 0.0
    for one in asked:
        if scene.over:
            break
        began = time.monotonic()
        with closing(connect(scene.port, ANSWERED_S)) as sock:
            try:
                sock.sendall(one)
            except OSError:
                count["cut off while sending"] += 1
            count += statuses(read_for([sock], began + ANSWERED_S)[sock]) or Counter({"no answer": 1})
        slowest = max(slowest, time.monotonic() - began)
    return {"statuses": dict(count), "slowest_s": round(slowest, 2)}


def _all_statuses(answers: Iterable[bytes]) -> dict[str, int]:
    return dict(sum((statuses(data) for data in answers), Counter[str]()))


def _polling(name: str, packets: tuple[bytes, ...]) -> Attack:
    few = Conditions(files=FEW_FILES)
    return Attack(name=name, run=partial(malformed_polling, packets), conditions=few, seconds=8)


REQUEST_ATTACKS = (
    _polling("polling-unknown-packet", UNKNOWN),
    _polling("polling-malformed", MALFORMED),
    Attack(name="passwords-60", run=wrong_passwords),
    Attack(name="json-3mb", run=large_bodies),
    Attack(name="pipelined-200", run=pipelined, seconds=10),
    Attack(name="stderr-unread-requests", run=many_requests, conditions=Conditions(stderr_unread=True)),
    Attack(name="badges-1001", run=partial(page, "desk/badges", PAGES), conditions=Conditions(guests=1001)),
    Attack(name="badges-3750", run=partial(page, "desk/badges", 1), conditions=Conditions(guests=3750)),
    Attack(name="guests-1001", run=partial(page, "desk/people", PAGES), conditions=Conditions(guests=1001)),
    Attack(name="search-1001", run=search, conditions=Conditions(guests=1001)),
    Attack(name="database-locked", run=locked_database, seconds=LOCKED_S),
)
