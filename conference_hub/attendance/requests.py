"""What the pages of attendance are asked, and what their forms send."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from conference_hub.attendance.model import Source
from conference_hub.checkin.guest_requests import FilterFields
from conference_hub.core.errors import msg
from conference_hub.people.disclosures import Reason
from conference_hub.web.fields import Checkbox, Digits, Empty, OptionalLine, fault
from conference_hub.web.requests import Form, Query
from conference_hub.web.wordings import FormWording

LONGEST_LIST = 400_000
LONGEST_PICK = 100
LONGEST_WORDS = 200
MOST_PICKS = 2_000
MOST_MINUTES = 14 * 24 * 60
MOST_SESSIONS = 1_000
WHOLE = 100


class AttendanceQuery(FilterFields, Query):
    """A page of the report."""

    page: Digits = 1


def _of_hosts(value: object) -> object:
    if value not in {Source.ZOOM.value, Source.METAVERSE.value}:
        raise fault("invalid", msg("목록에 있는 것을 고르세요."))
    return value


class TakenList(Form):
    """A list of participants, and who its lines mean.

    `confirmed` writes it down; without, it is shown what it means. `pick` are choices among several guests, each
    `<row>:<guest id>`. `said` is who lines that mean nobody are, each beside the `row` of its line.
    """

    listed: Annotated[str, StringConstraints(max_length=LONGEST_LIST)] = ""
    confirmed: Checkbox = False
    pick: list[Annotated[str, StringConstraints(max_length=LONGEST_PICK)]] = Field(
        default=[], max_length=MOST_PICKS
    )
    row: list[Digits] = Field(default=[], max_length=MOST_PICKS)
    said: list[Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_WORDS)]] = Field(
        default=[], max_length=MOST_PICKS
    )

    @property
    def picks(self) -> dict[int, str]:
        """The guest who was picked for each line."""
        pairs = (one.partition(":") for one in self.pick)
        return {int(row): guest for row, _, guest in pairs if row.isascii() and row.isdigit() and guest}

    @property
    def words(self) -> dict[int, str]:
        """What was said of each line that means nobody."""
        return dict(zip(self.row, self.said, strict=False))


class HostList(TakenList):
    """A list of those whom a host saw; `source` is whose list it is.

    `others_left`: who is connected by this source and not on the list has left.
    """

    source: Annotated[Source, BeforeValidator(_of_hosts)] = Source.ZOOM
    others_left: Checkbox = False


class Mark(Form):
    """Say that a guest takes part from elsewhere now (`connected`), or has left."""

    connected: Checkbox = False
    page: Digits = 1


class ReportFile(Form):
    """Take the report out as a file, for a stated reason."""

    reason: Annotated[Reason | None, Empty] = None
    note: OptionalLine = None


Minutes = Annotated[Annotated[Digits, Field(ge=1, le=MOST_MINUTES)] | None, Empty]
Sessions = Annotated[Annotated[Digits, Field(ge=1, le=MOST_SESSIONS)] | None, Empty]
Percent = Annotated[Annotated[Digits, Field(ge=1, le=WHOLE)] | None, Empty]


class SaveSetup(Form):
    """What counts as attendance, and on which terms certificates are given; `seen` is what was shown."""

    count_idle: Checkbox = False
    certificates: Checkbox = False
    min_minutes: Minutes = None
    min_percent: Percent = None
    issuer_ko: FormWording = ""
    issuer_en: FormWording = ""
    show_names: Checkbox = False
    follow_up: Checkbox = False
    min_sessions: Sessions = None
    seen: Annotated[str, StringConstraints(max_length=40)] = ""


class CertificateFile(ReportFile):
    """Take certificates out as a file; `part` says which of them where there are too many for one."""

    part: Digits = 1


class CertificatesQuery(Query):
    """A page of the certificates that were given."""

    page: Digits = 1


class GiveCertificates(Form):
    """Give certificates to everybody who attended long enough."""


class RevokeCertificate(Form):
    """Say that a certificate does not hold any more; `page` is the page of the list to go back to."""

    page: Digits = 1


class GetCertificate(Form):
    """Ask for one's own certificate."""


class CertificateQuery(Query):
    """The code of a certificate, as somebody types it."""

    code: Annotated[str, StringConstraints(max_length=LONGEST_PICK)] = ""
