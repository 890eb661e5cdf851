"""What the review of a list says before it is applied: columns that are not read, and how many records go."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook

from conference_hub.access.accounts import add_account
from conference_hub.access.model import Role
from conference_hub.web.hub import Hub
from tests.integration.conftest import SignIn
from tests.integration.files.test_import_pages import NEW, review, token


@pytest.fixture
def desk(seeded: Hub, sign_in: SignIn) -> FlaskClient:
    assert seeded is not None
    return sign_in(Role.ORGANISER)


def test_columns_with_values_that_are_not_read_are_named_before_they_are_applied(desk: FlaskClient) -> None:
    sheet = "이름,이메일,Participation,혈액형,빈 열\n새사람,new@example.com,online,A형,\n"
    _, page = review(desk, sheet)
    warning = re.search(r'<p class="callout" data-kind="warn">(.*?)</p>', page)

    assert warning is not None
    assert ("혈액형" in warning[1], "빈 열" in warning[1], "Participation" in warning[1]) == (
        True,
        False,
        False,
    )


def test_accounts_that_are_there_are_named_before_they_get_roles(desk: FlaskClient, seeded: Hub) -> None:
    with seeded.database.writing() as db:
        add_account(db, login="park", name="박있음", password_hash=None, grants=[], at=seeded.now())
    _, page = review(
        desk, "아이디,이름,사회자\npark,박,예\nnew@example.com,새,예\n", part="team", name="운영진.csv"
    )

    notice = "이미 있는 계정 park(박있음)에 역할을 줍니다: 사회자"
    assert re.findall(r"<li>(이미 있는 계정[^<]*)</li>", page) == [notice]


def test_columns_without_a_heading_or_with_one_that_is_there_twice_are_named_by_their_place(
    desk: FlaskClient,
) -> None:
    made = Workbook()
    made.worksheets[0].append(["이름", "이메일", None, "혈액형", "혈액형", None])
    made.worksheets[0].append(["새사람", "new@example.com", "A", "B", "C", None, "D"])
    data = io.BytesIO()
    made.save(data)

    _, page = review(desk, data.getvalue(), name="명단.xlsx")
    warning = re.search(r'<p class="callout" data-kind="warn">(.*?)</p>', page)

    assert warning is not None
    assert "3번째 열(머리글 없음), 혈액형(4번째 열), 혈액형(5번째 열), 7번째 열(머리글 없음)" in warning[1]


def test_import_that_removes_asks_once_with_the_count(desk: FlaskClient) -> None:
    _, kept = review(desk, NEW)
    _, page = review(desk, "담당\nMC 멘트\n", part="departments", name="담당.csv", gone="remove")

    asked = re.search(r'/apply" data-confirm="(\d+)개를 뺍니다. 적용할까요\?"', page)
    assert re.search(r'/apply" data-confirm', kept) is None
    assert asked is not None
    assert int(asked[1]) == len(re.findall(r'data-kind="bad">빠짐', page))


def test_what_was_brought_in_is_told_with_its_counts(desk: FlaskClient) -> None:
    address, page = review(desk, "이름,구분\n새사람,새 구분\n둘째,새 구분\n")
    desk.post(f"{address}/apply", data={"token": token(page)})

    told = re.findall(r"가져왔습니다[^<]*", desk.get(desk.get(address).location).text)
    assert told == ["가져왔습니다: 참석자 구분 1, 참석자 2"]
