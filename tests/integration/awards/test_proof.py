"""The proof of the results: committed before, opened after, checked by the script of the documentation."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from conference_hub.access.model import Role
from conference_hub.awards.preparing import prepare
from conference_hub.awards.proof_actions import commit, open_results
from conference_hub.awards.proof_store import salts_of
from conference_hub.awards.store import load
from conference_hub.core.actor import Actor
from conference_hub.core.errors import Invalid, Refused
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.model_day import CONF, outside

SCRIPT = re.findall(r"```python\n(.*?)```", Path("docs/proof.md").read_text("utf-8"), re.DOTALL)[0]
AWARD, AWARDS = "case-01", 89
SEAL = f"/c/{CONF}/desk/awards/seal"


@dataclass
class Day:
    hub: Hub
    operator: FlaskClient
    public: FlaskClient
    number: int = 0

    def award(self, verb: str, **body: object) -> None:
        self.number += 1
        path = f"/api/v1/c/{CONF}/awards/{AWARD}/{verb}"
        answer = self.operator.post(
            path, json={"command_id": f"proof-{self.number}", **outside(verb), **body}
        )
        assert answer.status_code == 200, answer.text

    def reveal(self) -> None:
        self.award("arm")
        self.award("reveal")

    def commit(self, reason: str = "") -> None:
        with self.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            commit(write, reason=reason)

    def open_salts(self) -> None:
        with self.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
            open_results(write)

    def proof(self) -> list[dict[str, Any]]:
        answer = self.public.get(f"/api/v1/c/{CONF}/results/proof").get_json()
        commitments: list[dict[str, Any]] = answer["commitments"]
        return commitments

    def opened(self) -> list[list[str]]:
        return [[json.loads(line["text"])["recipient"] for line in one["opened"]] for one in self.proof()]


@pytest.fixture
def day(seeded: Hub, sign_in: SignIn, client: FlaskClient) -> Day:
    return Day(seeded, sign_in(Role.OPERATOR), client)


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER, name="이주최")


def seen_in(page: str, form: str) -> str:
    after = page[page.index(f'action="{SEAL}/{form}"') :]
    return str(re.findall(r'name="seen" value="([^"]+)"', after)[0])


def test_nothing_is_opened_before(day: Day) -> None:
    day.commit()
    day.reveal()

    (one,) = day.proof()

    assert (one["number"], one["reason"], one["opened"]) == (1, "", [])
    assert len(one["digests"]) == AWARDS
    assert one["digests"] == sorted(one["digests"])


def test_only_what_is_revealed_is_opened(day: Day) -> None:
    day.commit()
    day.reveal()
    day.open_salts()
    opened = day.opened()
    day.award("take-back")

    assert opened == [["석용주"]]
    assert day.opened() == [[]]


def test_salts_are_no_secret_twice_and_have_256_bits(day: Day) -> None:
    day.commit()
    day.commit("정정")
    with day.hub.database.reading() as db:
        salts = [*salts_of(db, CONF, 1).values(), *salts_of(db, CONF, 2).values()]

    assert {len(salt) for salt in salts} == {64}
    assert len(set(salts)) == len(salts) == 2 * AWARDS


def test_correction_cannot_be_opened_in_the_earlier_commitment(day: Day) -> None:
    day.commit()
    day.award("correct", recipient="서용주")
    day.commit("이름 정정")
    day.reveal()
    day.open_salts()

    assert day.opened() == [[], ["서용주"]]
    assert [one["reason"] for one in day.proof()] == ["", "이름 정정"]


def test_script_of_the_documentation_checks_it(day: Day, tmp_path: Path) -> None:
    day.commit()
    day.reveal()
    day.open_salts()
    good, forged = tmp_path / "proof.json", tmp_path / "forged.json"
    text = day.public.get(f"/api/v1/c/{CONF}/results/proof").get_data()
    good.write_bytes(text)
    answer = json.loads(text)
    line = answer["commitments"][0]["opened"][0]
    line["text"] = line["text"].replace("석용주", "김용주")
    forged.write_text(json.dumps(answer), "utf-8")

    done = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, name], capture_output=True, encoding="utf-8", check=False
        )
        for name in (good, forged)
    ]

    assert [one.returncode for one in done] == [0, 1]
    assert done[0].stdout.endswith(f"1 of {AWARDS}\n")


@pytest.mark.parametrize("code", ["not_committed", "nothing_revealed", "already_open"])
def test_opening_is_refused(day: Day, code: str) -> None:
    if code != "not_committed":
        day.commit()
    if code == "already_open":
        day.reveal()
        day.open_salts()

    with pytest.raises(Refused) as refusal:
        day.open_salts()

    assert refusal.value.code == code


def test_later_commitment_needs_a_reason(day: Day) -> None:
    day.commit()

    with pytest.raises(Invalid):
        day.commit()


def test_nothing_is_committed_to_while_a_recipient_is_missing(day: Day) -> None:
    with day.hub.journal.writing(CONF, actor=Actor.system("test")) as write:
        known = load(write.session, CONF).award(AWARD)
        missing = replace(known, recipient=None)
        prepare(write, lambda before: replace(before, awards={**before.awards, known.id: missing}))

    with pytest.raises(Refused) as refusal:
        day.commit()

    assert refusal.value.code == "recipients_missing"


def test_organisers_commit_and_open_on_the_desk(day: Day, desk: FlaskClient) -> None:
    first = seen_in(desk.get(SEAL).text, "commit")
    assert desk.post(f"{SEAL}/commit", data={"seen": first}).status_code == 302
    assert desk.post(f"{SEAL}/commit", data={"seen": first, "reason": "둘째"}).status_code == 409
    day.reveal()
    seen = seen_in(desk.get(SEAL).text, "open")
    assert desk.post(f"{SEAL}/open", data={"seen": seen}).status_code == 302

    assert day.opened() == [["석용주"]]
    assert day.proof()[0]["digest"] in day.public.get(f"/c/{CONF}/results/proof").text


def test_page_before_any_commitment_says_so(day: Day) -> None:
    assert "아직 공개한 지문이 없습니다." in day.public.get(f"/c/{CONF}/results/proof?lang=ko").text
