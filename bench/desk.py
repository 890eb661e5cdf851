"""How long the pages of the desk take for a large conference: 5,000 guests, 500 cues, 1,000 awards.

Run as `python -m bench.desk [--times N]`. The conference is made by `conference-hub import`. Each page is asked for N
times, one after the other, by a signed-in organiser; a page must answer within 300 ms. Ratios are to `/healthz`, the
least that an answer costs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import statistics
import tempfile
import time
import uuid
from http import HTTPStatus
from pathlib import Path

from bench.rig.client import CSRF, Client
from bench.rig.large_conference import SLUG, large_conference
from bench.rig.report import last_line
from bench.rig.target import Target

ROOT = Path(__file__).parent.parent
LIMIT_MS = 300
HOLDS = 20
"""How often each lane is held and goes on, before the report is asked for."""
PAGES = (
    "",
    "conference",
    "conference/places",
    "programme",
    "programme/cue-sheet",
    "people",
    "people?q=%EA%B9%80",
    "people?page=40",
    "people/groups",
    "badges",
    "attendance",
    "attendance?page=40",
    "attendance/sums",
    "attendance/list",
    "attendance/settings",
    "attendance/certificates",
    "awards",
    "awards/levels",
    "awards/order",
    "follow-up",
    "registration",
    "team",
    "gates",
    "mail",
    "files",
    "report",
    "report/awards",
    "report/acts",
)
LINK = re.compile(r"/link#(\S+)")


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=10, help="how often each page is asked for")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        figures = measured(Path(directory), arguments.times)
    floor = figures["/healthz"]["median_ms"]
    ratios = {path: round(each["median_ms"] / floor, 1) for path, each in figures.items()}
    print(last_line("desk", figures, ratios))


def measured(directory: Path, times: int) -> dict[str, dict[str, float]]:
    """Return by page the median and the longest time of its answers, and how long the import took."""
    file = directory / "large.json"
    file.write_text(json.dumps(large_conference(), ensure_ascii=False), encoding="utf-8")
    target = Target(checkout=ROOT, directory=directory / "hub")
    target.start()
    try:
        began = time.perf_counter()
        target.command("-m", "conference_hub", "import", str(file))
        imported_ms = round(1000 * (time.perf_counter() - began), 1)
        figures = {"import": {"median_ms": imported_ms, "longest_ms": imported_ms}}
        print(f"import {imported_ms} ms", flush=True)
        organiser = _organiser(target)
        _run(organiser)
        for path in ("/healthz", *(f"/c/{SLUG}/desk/{page}" for page in PAGES), f"/api/v1/c/{SLUG}/plan"):
            figures[path] = _asked(organiser, path, times)
            print(f"{path:60} {figures[path]}", flush=True)
    finally:
        target.end()
    return figures


def _organiser(target: Target) -> Client:
    printed = target.command("-m", "conference_hub", "link", "--role", "organiser", "--conf", SLUG)
    found = LINK.search(printed)
    assert found, printed
    organiser = Client(target.port)
    organiser.send_form("/link", "/link", secret=found[1])
    return organiser


def _run(organiser: Client) -> None:
    """Let every lane begin, and give some commands in each: the report is of a run."""
    (token,) = CSRF.findall(organiser.get(f"/c/{SLUG}/desk/").text)
    api = f"/api/v1/c/{SLUG}"
    plan = organiser.get(f"{api}/plan").document
    commands = ("start", *(("hold", "resume") * HOLDS))
    for lane, name in itertools.product(plan["lanes"], commands):
        content = json.dumps({"command_id": uuid.uuid4().hex, "lane": lane["id"]}).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": token}
        answer = organiser.send(f"{api}/run/{name}", headers, content)
        assert answer.status == HTTPStatus.OK, (name, answer.text)


def _asked(client: Client, path: str, times: int) -> dict[str, float]:
    """Ask for a page; the first answer, which may fill memory, counts for the longest only."""
    answers = [client.get(path) for _ in range(times + 1)]
    assert {answer.status for answer in answers} == {200}, (path, answers[0].status, answers[0].text[:500])
    took = [1000 * answer.took_s for answer in answers]
    longest = round(max(took), 1)
    mark = "" if longest <= LIMIT_MS or path == "import" else f"  over {LIMIT_MS} ms"
    if mark:
        print(f"{path}{mark}", flush=True)
    return {"median_ms": round(statistics.median(took[1:]), 1), "longest_ms": longest}


if __name__ == "__main__":
    main()
