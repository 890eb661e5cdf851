"""The judge of the catalogues: what it finds in the source, and what it refuses in the English."""

import ast
from pathlib import Path

from babel.messages.catalog import Catalog

from tools.browser_words import browser_words
from tools.catalogues import KEYWORDS, Domain, extract, faults, read, write
from tools.paths import ROOT


def catalogue(*entries: tuple[str, str]) -> Catalog:
    made = Catalog(locale="en")
    for msgid, string in entries:
        made.add(msgid, string, locations=[("somewhere.py", 1)])
    return made


def test_words_are_found_in_python_templates_and_scripts(tmp_path: Path) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "a.py").write_text(
        'raise Refused(msg("안 됩니다"))\nlabel = _l("제목")\n', encoding="utf-8"
    )
    (tmp_path / "code" / "b.html").write_text(
        "<p>{{ _('안내') }}</p>{% trans %}본문{% endtrans %}", encoding="utf-8"
    )
    (tmp_path / "code" / "c.js").write_text(
        "const line = `${t('남은 {n}분', { n })}`; el('p', t('끝'));", encoding="utf-8"
    )
    sources = (
        ("code", "**.py", "python"),
        ("code", "**.html", "jinja2.ext:babel_extract"),
        ("code", "**.js", browser_words),
    )
    found = extract(Domain(name="any", sources=sources), tmp_path)
    assert {message.id for message in found if message.id} == {
        "안 됩니다",
        "제목",
        "안내",
        "본문",
        "남은 {n}분",
        "끝",
    }


def test_a_complete_catalogue_has_no_fault() -> None:
    used = catalogue(("%(n)s명", ""), ("{n}분", ""), ("한국어", ""))
    english = catalogue(("%(n)s명", "%(n)s people"), ("{n}분", "{n} min"), ("한국어", "한국어"))
    assert list(faults(used, english)) == []


def test_each_fault_is_named() -> None:
    used = catalogue(("없는 말", ""), ("빈 말", ""), ("%(n)s명", ""), ("{n}분", ""), ("그대로", ""))
    english = catalogue(
        ("빈 말", ""), ("%(n)s명", "people"), ("{n}분", "{m} min"), ("그대로", "그대로"), ("옛말", "old")
    )
    assert list(faults(used, english)) == [
        "missing: '없는 말' (somewhere.py)",
        "not translated: '빈 말'",
        "placeholders differ: '%(n)s명' and 'people'",
        "placeholders differ: '{n}분' and '{m} min'",
        "Korean left in the English of '그대로': '그대로'",
        "not used any more: '옛말'",
    ]


def test_a_written_catalogue_reads_back_and_is_written_the_same(tmp_path: Path) -> None:
    path = tmp_path / "en.po"
    write(path, catalogue(("{n}분", "{n} min"), ("한국어", "한국어")))
    first = path.read_bytes()
    again = read(path)
    write(path, again)
    assert {message.id: message.string for message in again if message.id} == {
        "{n}분": "{n} min",
        "한국어": "한국어",
    }
    assert path.read_bytes() == first
    assert b"Date" not in first


def words_in_f_strings(source: str) -> list[int]:
    """Return the lines where a message stands inside an f-string, which extraction reads as one text."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [node for one in strings for node in ast.walk(one) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS]


def test_no_message_stands_where_extraction_cannot_see_it() -> None:
    assert words_in_f_strings("print(f\"{name}: {_('닫힘')}\")\nprint(_('닫힘') + f'{len(name)}')") == [1]
    found = {
        path.name: words_in_f_strings(path.read_text(encoding="utf-8"))
        for path in (ROOT / "conference_hub").rglob("*.py")
    }
    assert {name for name, lines in found.items() if lines} == set()
