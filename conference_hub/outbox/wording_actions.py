"""Changing what mails say, and going back to the words of the product."""

from __future__ import annotations

from conference_hub.core.errors import Refused, msg
from conference_hub.core.journal import Write
from conference_hub.outbox.facts import MailWordsChanged
from conference_hub.outbox.wording import default_words, words_of
from conference_hub.outbox.wording_model import MailKind, Words, checked
from conference_hub.outbox.wording_store import OwnWords, delete_words, own_words, save_words


def change_words(write: Write, kind: MailKind, lang: str, words: Words, *, seen: str) -> None:
    """Have mails of a kind say something else in `lang`; the words of the product are kept as none.

    Raises Invalid (`field`) for words that no mail can be made of, and Refused (`words_changed`) when they are not
    those of the digest `seen` any more.
    """
    after = checked(kind, words)
    _require_seen(write, kind, lang, seen)
    set_words(write, kind, lang, after)


def reset_words(write: Write, kind: MailKind, lang: str, *, seen: str) -> None:
    """Have mails of a kind say what the product says; raises Refused (`words_changed`)."""
    _require_seen(write, kind, lang, seen)
    set_words(write, kind, lang, None)


def set_words(write: Write, kind: MailKind, lang: str, words: Words | None) -> None:
    """Have mails of a kind say `words`, whatever they said before; None, and the words of the product: those.

    Raises Invalid (`field`) for words that no mail can be made of.
    """
    wanted = None if words is None else checked(kind, words)
    own = own_words(write.session, write.conf).get((kind.name, lang))
    if wanted is None or wanted == default_words(kind, lang):
        if own is None:
            return
        delete_words(write.session, write.conf, kind.name, lang)
    else:
        if own is not None and own.words == wanted:
            return
        changed = OwnWords(words=wanted, changed_at=write.at, changed_by=write.actor.label)
        save_words(write.session, write.conf, kind.name, lang, changed)
    write.publish(MailWordsChanged(kind=kind.name, language=lang), f"mail-words/{kind.name}", {})


def _require_seen(write: Write, kind: MailKind, lang: str, seen: str) -> None:
    if words_of(write.session, write.conf, kind, lang).digest == seen:
        return
    own = own_words(write.session, write.conf).get((kind.name, lang))
    raise Refused(
        msg("그 사이 %(by)s 님이 이 메일을 바꾸었습니다. 지금 내용을 확인하고 다시 저장해 주세요.")
        if own
        else msg("그 사이 이 메일을 기본 내용으로 되돌렸습니다. 지금 내용을 확인하고 다시 저장해 주세요."),
        code="words_changed",
        **({"by": own.changed_by} if own else {}),
    )
