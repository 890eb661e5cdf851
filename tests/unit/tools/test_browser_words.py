"""Words of the browser's modules are found wherever `t` is called, and nowhere else."""

import io

import pytest

from tools.browser_words import NotALiteral, browser_words


def words(source: str) -> list[tuple[int, str]]:
    return [(line, msgid) for line, _, msgid, _ in browser_words(io.BytesIO(source.encode()), None, None, {})]


def test_a_call_is_found_inside_a_call_a_template_and_over_lines() -> None:
    source = "t('바깥 {x}', { x: t('안') });\nconst a = `${t('남은 {n}분', { n })}`;\nt(\n  \"둘째\",\n);\nt(`셋째`);"
    assert words(source) == [(1, "바깥 {x}"), (1, "안"), (2, "남은 {n}분"), (3, "둘째"), (6, "셋째")]


def test_an_escaped_quote_belongs_to_the_words() -> None:
    assert words(r"t('it\'s')") == [(1, "it's")]


def test_other_names_that_end_in_t_are_no_calls() -> None:
    assert words("set('a'); this.t('b'); $t('c'); export function t(msgid) {}") == []


@pytest.mark.parametrize("source", ["t(label)", "t(`${n}분`)", "t(LABELS[kind])", "t('첫' + x)"])
def test_words_that_stand_elsewhere_are_refused(source: str) -> None:
    with pytest.raises(NotALiteral, match="as a literal"):
        words(source)
