"""Every mail as people get it, in both languages: `tests/golden/mails/<kind>.<language>.txt`.

`python -m tests.unit.outbox.test_mail_golden` writes the files anew when words are changed on purpose; their difference
under version control shows what readers will see.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conference_hub.core.text import LANGUAGES
from conference_hub.features import MAIL_KINDS
from conference_hub.outbox.model import LINK
from conference_hub.outbox.wording import default_words
from conference_hub.outbox.wording_model import LINK_FIELD, MailKind, checked, filled, samples

GOLDEN = Path(__file__).parents[2] / "golden" / "mails"
EACH = [(kind, lang) for kind in MAIL_KINDS for lang in LANGUAGES]
NAMES = [f"{kind.name}.{lang}" for kind, lang in EACH]


def written(kind: MailKind, lang: str) -> str:
    """Return subject and text of a kind with samples in place of its fields."""
    mail = filled(default_words(kind, lang), samples(kind, lang))
    link = LINK_FIELD.sample.in_language(lang)
    return f"{kind.label}\n\n{mail.subject}\n\n{mail.text.replace(LINK, link)}"


@pytest.mark.parametrize(("kind", "lang"), EACH, ids=NAMES)
def test_mails_say_what_their_golden_files_say(kind: MailKind, lang: str) -> None:
    assert written(kind, lang) == (GOLDEN / f"{kind.name}.{lang}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "lang"), EACH, ids=NAMES)
def test_the_words_of_the_product_are_such_as_it_asks_of_organisers(kind: MailKind, lang: str) -> None:
    words = default_words(kind, lang)

    assert checked(kind, words) == words


def test_there_is_a_golden_file_for_each_mail_and_none_besides() -> None:
    assert sorted(file.stem for file in GOLDEN.iterdir()) == sorted(NAMES)


def test_both_languages_have_words_of_their_own() -> None:
    assert [kind.name for kind in MAIL_KINDS if default_words(kind, "ko") == default_words(kind, "en")] == []


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for one, language in EACH:
        (GOLDEN / f"{one.name}.{language}.txt").write_text(written(one, language), encoding="utf-8")
