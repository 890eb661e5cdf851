"""What the desk's forms of webhooks and OSC addresses send."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from conference_hub.core.errors import msg
from conference_hub.core.stream import Stream
from conference_hub.core.text import Language
from conference_hub.outgoing.model import SEALED_STREAMS, HookDraft, OscDraft
from conference_hub.outgoing.reach import LONGEST_URL, is_host
from conference_hub.outgoing.topics import all_topics
from conference_hub.web.requests import Checkbox, Digits, Form, Line, fault, text

MOST_TOPICS = 300
MAX_PORT = 65_535


def _host(value: str) -> str:
    if not is_host(value):
        raise fault("invalid", msg("192.168.0.20이나 lights.example.com처럼 적어 주세요."))
    return value


class HookForm(Form):
    """A webhook as it is to be; `sealed` says that names may leave the hub before they are public."""

    name: Annotated[str, text(80)]
    url: Annotated[str, text(LONGEST_URL)]
    stream: Stream = Stream.PUBLIC
    sealed: Checkbox = False
    topics: Annotated[list[Line], Field(max_length=MOST_TOPICS)] = []  # noqa: RUF012 - pydantic copies defaults

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.stream in SEALED_STREAMS and not self.sealed:
            raise fault(
                "invalid",
                msg("이 범위에는 공개 전 수상자 이름이 들어 있습니다. 확인란을 선택해 주세요."),
                field="sealed",
            )
        if self.stream is Stream.REHEARSAL:
            raise fault("invalid", msg("목록에 있는 것을 골라 주세요."), field="stream")
        if not all_topics().issuperset(self.topics):
            raise fault("invalid", msg("목록에 있는 것을 골라 주세요."), field="topics")
        return self

    @property
    def draft(self) -> HookDraft:
        """What the organiser decided."""
        return HookDraft(
            name=self.name, url=self.url, stream=self.stream, topics=tuple(sorted(set(self.topics)))
        )


class HookEdit(HookForm):
    """A webhook that is there, as it is to be."""

    seen: Line


class ResumeHook(Form):
    """A webhook goes on with what it has not sent, or with what happens from now on."""

    begin: Literal["behind", "now"]


class SendAgain(Form):
    """What was sent of the entry with this number is sent again."""

    seq: Annotated[Digits, Field(ge=1)]


class OscForm(Form):
    """An OSC address as it is to be."""

    name: Annotated[str, text(80)]
    host: Annotated[str, text(253), AfterValidator(_host)]
    port: Annotated[Digits, Field(ge=1, le=MAX_PORT)]
    language: Language
    active: Checkbox = False

    @property
    def draft(self) -> OscDraft:
        """What the organiser decided."""
        return OscDraft(
            name=self.name, host=self.host, port=self.port, language=self.language, active=self.active
        )


class OscEdit(OscForm):
    """An OSC address that is there, as it is to be."""

    seen: Line
