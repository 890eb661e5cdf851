"""The mails of registration: their fields and what they say until organisers change it."""

from __future__ import annotations

from conference_hub.core.errors import msg
from conference_hub.core.text import Text
from conference_hub.outbox.wording_model import CONFERENCE_FIELDS, LINK_FIELD, NAME, Field, MailKind
from conference_hub.registration.model import Standing

CONFIRM = Field(
    name="confirm",
    label=msg("등록 확인 안내(아직 확인하지 않은 사람에게만)"),
    sample=Text(
        ko="24시간 안에, 그 전에 행사가 시작하면 시작하기 전에 이 링크를 열어 등록을 확인해 주세요. "
        "그때까지 열지 않으면 자리를 다음 사람에게 드립니다.",
        en="Please confirm your registration by opening this link within 24 hours, or before the conference "
        "begins if that is sooner. Otherwise your place goes to the next person.",
    ),
    needed=True,
    secret=True,
)
STANDING = Field(
    name="standing",
    label=msg("등록 상태"),
    sample=Text(
        ko="참가 등록이 끝났습니다. 아래 링크에서 명찰 QR과 참여 방법을 확인해 주세요.",
        en="You are registered. The link below shows your badge QR and how to take part.",
    ),
    needed=True,
)
PERSON_FIELDS = (NAME, *CONFERENCE_FIELDS, LINK_FIELD, CONFIRM)
OVER_FIELDS = (NAME, *CONFERENCE_FIELDS, LINK_FIELD)

ABOUT = {
    Standing.PENDING: MailKind(
        name="registration-pending",
        label=msg("등록 신청을 받음"),
        subject=msg("[{title}] 등록 신청을 받았습니다"),
        text=msg(
            "{name} 님, 안녕하세요.\n\n"
            "등록 신청을 받았습니다. 주최 측이 확인한 뒤 결과를 메일로 알려 드립니다.\n\n{link}\n\n{confirm}\n\n"
            "이 링크로 등록 내용을 바꾸거나 취소할 수 있습니다. 다른 사람에게 전하지 마세요.\n\n{host}"
        ),
        fields=PERSON_FIELDS,
    ),
    Standing.WAITING: MailKind(
        name="registration-waiting",
        label=msg("대기자로 등록됨"),
        subject=msg("[{title}] 대기자로 등록되었습니다"),
        text=msg(
            "{name} 님, 안녕하세요.\n\n"
            "지금은 자리가 모두 차서 대기자로 등록되었습니다. 자리가 나면 순서대로 메일로 알려 드립니다.\n\n"
            "{link}\n\n{confirm}\n\n"
            "이 링크로 등록 내용을 바꾸거나 취소할 수 있습니다. 다른 사람에게 전하지 마세요.\n\n{host}"
        ),
        fields=PERSON_FIELDS,
    ),
    Standing.ACCEPTED: MailKind(
        name="registration-accepted",
        label=msg("등록됨"),
        subject=msg("[{title}] 등록되었습니다"),
        text=msg(
            "{name} 님, 안녕하세요.\n\n"
            "참가 등록이 끝났습니다. 아래 링크에서 명찰 QR과 참여 방법을 확인해 주세요.\n\n{link}\n\n{confirm}\n\n"
            "이 링크로 등록 내용을 바꾸거나 취소할 수 있습니다. 다른 사람에게 전하지 마세요.\n\n{host}"
        ),
        fields=PERSON_FIELDS,
    ),
    Standing.DECLINED: MailKind(
        name="registration-declined",
        label=msg("등록 거절"),
        subject=msg("[{title}] 등록 결과를 알려 드립니다"),
        text=msg(
            "{name} 님, 안녕하세요.\n\n죄송합니다. 이번 행사에는 등록해 드리지 못했습니다.\n\n{link}\n\n"
            "이 링크로 등록 상태를 볼 수 있습니다. 다른 사람에게 전하지 마세요.\n\n{host}"
        ),
        fields=OVER_FIELDS,
    ),
    Standing.CANCELLED: MailKind(
        name="registration-cancelled",
        label=msg("등록 취소됨"),
        subject=msg("[{title}] 등록이 취소되었습니다"),
        text=msg(
            "{name} 님, 안녕하세요.\n\n등록을 취소했습니다. 아래 링크에서 등록 상태를 볼 수 있습니다.\n\n{link}\n\n"
            "본인만 쓰는 링크이니 다른 사람에게 전하지 마세요.\n\n{host}"
        ),
        fields=OVER_FIELDS,
    ),
    Standing.LAPSED: MailKind(
        name="registration-lapsed",
        label=msg("확인하지 않아 끝난 등록"),
        subject=msg("[{title}] 등록을 확인하지 못했습니다"),
        text=msg(
            "{name} 님, 안녕하세요.\n\n"
            "정한 시간 안에 등록 확인 링크가 열리지 않아 자리를 다음 사람에게 드렸습니다. "
            "참가하려면 다시 등록해 주세요.\n\n{link}\n\n본인만 쓰는 링크이니 다른 사람에게 전하지 마세요.\n\n{host}"
        ),
        fields=OVER_FIELDS,
    ),
}
"""What somebody is told when their registration comes to stand somewhere."""
MOVED_UP = MailKind(
    name="registration-moved-up",
    label=msg("대기자에서 등록됨"),
    subject=msg("[{title}] 자리가 나서 등록되었습니다"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n"
        "자리가 나서 등록되었습니다. 아래 링크에서 명찰 QR과 참여 방법을 확인해 주세요.\n\n{link}\n\n{confirm}\n\n"
        "이 링크로 등록 내용을 바꾸거나 취소할 수 있습니다. 다른 사람에게 전하지 마세요.\n\n{host}"
    ),
    fields=PERSON_FIELDS,
)
AGAIN = MailKind(
    name="registration-link",
    label=msg("등록 확인 링크 다시 보내기"),
    subject=msg("[{title}] 등록 확인 링크"),
    text=msg(
        "{name} 님, 안녕하세요.\n\n요청하신 등록 확인 링크입니다.\n\n{standing}\n\n{link}\n\n{confirm}\n\n"
        "이 링크로 등록 내용을 바꾸거나 취소할 수 있습니다. 다른 사람에게 전하지 마세요.\n\n{host}"
    ),
    fields=(NAME, *CONFERENCE_FIELDS, STANDING, LINK_FIELD, CONFIRM),
)
INVITATION = MailKind(
    name="registration-invitation",
    label=msg("등록 초대 메일"),
    subject=msg("[{title}] 초대합니다"),
    text=msg("{title}에 초대합니다. 아래 링크에서 등록해 주세요.\n\n{link}\n\n{host}"),
    fields=(NAME, *CONFERENCE_FIELDS, LINK_FIELD),
)
MAIL_KINDS = (*ABOUT.values(), MOVED_UP, AGAIN, INVITATION)
