"""Rows of a file onto the records there are: what is matched, what stays, and every fault with its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conference_hub.core.text import Text
from conference_hub.exchange.columns import columns_of, extra_columns, flat, nested, plain_heading
from conference_hub.exchange.diff import Difference, differences, moved_of
from conference_hub.exchange.faults import Fault
from conference_hub.exchange.merge import NO_COLUMN, Gone, Merge, Merged
from conference_hub.exchange.part import Stated
from tests.unit.exchange.toys import CONTEXT, People, Person

KIM = Person(
    number="1",
    name="김민수",
    organisation="고용센터",
    email="kim@example.com",
    title=Text(ko="팀장", en="Head"),
)
LEE = Person(number="2", name="이영희", organisation="고용센터")
PARK = Person(number="3", name="박철수", organisation="시청", notes={"조명": "어둡게"})


def merged(
    *rows: dict[str, Any], current: tuple[Person, ...] = (KIM, LEE, PARK), gone: Gone = Gone.KEEP
) -> Merged:
    stated = [Stated(values=row, row=number) for number, row in enumerate(rows, start=2)]
    return Merge(part=People(), context=CONTEXT).run(current, stated, gone)


def kinds(found: Merged) -> list[tuple[str, str]]:
    return [(one.record.name, one.kind) for one in found.changes.all]


def told(found: Merged) -> list[tuple[int | None, str, str, dict[str, object]]]:
    return [
        (one.row, one.column.ko if one.column else "", one.message.text, dict(one.message.detail))
        for one in found.faults
    ]


def test_column_that_is_not_in_the_file_stays_and_an_empty_cell_clears() -> None:
    found = merged({"email": "KIM@example.com ".strip(), "organisation": None, "title.en": "Director"})
    assert [differences(one) for one in found.changes.of("changed")] == [
        [
            Difference(path="organisation", before="고용센터", after=None),
            Difference(path="email", before="kim@example.com", after="KIM@example.com"),
            Difference(path="title.en", before="Head", after="Director"),
        ]
    ]
    assert found.faults == []


def test_row_is_found_by_address_then_number_then_name_with_organisation() -> None:
    found = merged(
        {"email": "kim@example.com", "name": "김민서"},
        {"number": "2", "name": "이영이"},
        {"name": "박철수", "organisation": "시청", "mode": "online"},
        {"name": "박철수", "organisation": "구청"},
    )
    assert kinds(found) == [
        ("김민서", "changed"),
        ("이영이", "changed"),
        ("박철수", "changed"),
        ("박철수", "new"),
    ]


def test_namesakes_of_one_organisation_are_both_kept() -> None:
    found = merged(
        {"name": "김민수", "organisation": "고용센터", "email": "other@example.com"},
        {"name": "최지우", "organisation": "구청"},
        {"name": "최지우", "organisation": "구청"},
    )
    assert [one.kind for one in found.changes.all] == ["same", "same", "same", "new", "new", "new"]
    assert found.faults == []


def test_address_twice_in_a_file_is_one_fault_that_names_both_rows() -> None:
    found = merged({"name": "가", "email": "a@example.com"}, {"name": "나", "email": "A@Example.com"})
    assert told(found) == [
        (
            3,
            "전자우편",
            "%(rows)s 두 곳에 같은 값이 있습니다: %(value)s",
            {"rows": "2, 3", "value": "a@example.com"},
        )
    ]


def test_two_rows_that_are_one_record_are_refused() -> None:
    found = merged({"email": "kim@example.com", "name": "가"}, {"email": "kim@example.com", "name": "나"})
    assert [(row, text) for row, _, text, _ in told(found)] == [
        (3, "%(rows)s 두 곳이 같은 항목을 가리킵니다: %(value)s")
    ]


def test_value_that_another_record_has_is_refused() -> None:
    found = merged({"number": "2", "email": "kim@example.com", "name": "이영희"})
    assert found.changes.of("changed")[0].before == KIM or found.faults
    found = merged({"name": "이영희", "organisation": "고용센터", "number": "3"})
    assert [one.kind for one in found.changes.all] == ["same", "same", "changed"]


def test_every_fault_of_a_file_is_told_with_its_row_and_column() -> None:
    found = merged({"name": "가" * 201}, {"name": None, "mode": "somewhere"}, {"number": "7"})
    assert [(row, column) for row, column, _, _ in told(found)] == [
        (2, "이름"),
        (3, "이름"),
        (3, "참석 방식"),
        (4, "이름"),
    ]


def test_whole_list_removes_what_it_does_not_have() -> None:
    found = merged({"number": "3"}, {"number": "1"}, gone=Gone.REMOVE)
    assert kinds(found) == [("박철수", "moved"), ("김민수", "same"), ("이영희", "gone")]


def test_record_that_a_list_does_not_have_stays_behind_the_one_it_followed() -> None:
    found = merged({"name": "새 사람", "number": "9"}, {"number": "3"}, {"number": "1"})
    assert [name for name, _ in kinds(found)] == ["새 사람", "박철수", "김민수", "이영희"]


def test_reference_to_nothing_is_a_fault_of_its_cell() -> None:
    merge = Merge(part=People(), context=CONTEXT)
    found = merge.run((), [Stated(values={"name": "가", "group": "내빈"}, row=2)], Gone.KEEP)
    title = Text(ko="그룹 목록", en="Groups")
    assert merge.references(found.changes, lambda _part: (title, {"내빈"})) == []
    fault = merge.references(found.changes, lambda _part: (title, set()))[0]
    assert (fault.row, fault.column, dict(fault.message.detail)) == (
        2, Text(ko="그룹", en="Group"), {"value": "내빈", "part": title},
    )  # fmt: skip


def test_columns_are_one_for_each_language_and_each_name() -> None:
    columns = columns_of(Person, CONTEXT, extra_columns("notes", ["조명", "음향"]))
    assert [(one.path, one.heading.ko) for one in columns][5:8] == [
        ("title.ko", "직함"),
        ("title.en", "직함 (영어)"),
        ("mode", "참석 방식"),
    ]
    assert [one.path for one in columns][-2:] == ["notes.조명", "notes.음향"]
    assert plain_heading("Title (English)") in columns[6].words


@pytest.mark.parametrize(
    ("places", "moved"), [([0, 1, 2], set()), ([2, 0, 1], {2}), ([1, 0], {1}), ([], set())]
)
def test_as_few_as_possible_moved(places: list[int], moved: set[int]) -> None:
    assert moved_of(places) == moved or len(moved_of(places)) == len(moved)


@given(st.lists(st.integers(0, 50), unique=True))
def test_those_that_did_not_move_are_in_order(places: list[int]) -> None:
    staying = [place for place in places if place not in moved_of(places)]
    assert staying == sorted(staying)


def test_record_is_made_again_of_its_values() -> None:
    for person in (KIM, LEE, PARK):
        assert Person.model_validate(nested(Person, flat(person))) == person
        assert Person.model_validate_json(person.model_dump_json()) == person


def test_fault_is_a_value() -> None:
    assert merged().faults == list[Fault]()


def test_needed_column_that_no_row_states_is_one_fault_of_the_sheet() -> None:
    found = merged({"organisation": "시청"}, {"organisation": "도청"}, current=())
    assert [(row, column, text) for row, column, text, _ in told(found)] == [(None, "이름", NO_COLUMN)]
