"""Settings: read from the environment once, checked loudly, never changed afterwards."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from conference_hub.core.errors import HubError, msg
from conference_hub.core.mail_server import MailServer, checked_sender, read_mail_server
from conference_hub.core.mailbox import Mailbox, read_mailbox
from conference_hub.core.now import parse_iso

MIN_SECRET_LENGTH = 32
DEMO_PREFIX = "demo-"
MAX_PORT = 65535
MIN_BACKLOG_KB = 16
FRAME_HOSTS = "www.youtube-nocookie.com, player.vimeo.com"
HOSTNAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))+")
QUOTED = str.maketrans({"%": "%25", "?": "%3F", "#": "%23"})
"""What means something else in a URL. The rest stays as it is: a path in another encoding than the locale's has
characters that cannot be written as UTF-8."""


class SettingsError(HubError):
    """A setting is missing or unusable; the message names the variable and what it should hold."""

    code = "settings"
    status = 500


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the server needs to know before it starts (names: see README, "Settings")."""

    host: str
    port: int
    database_url: str
    redis_url: str | None
    secret_key: str
    public_url: str
    data_dir: Path
    demo: bool
    demo_start: datetime | None
    proxies: int
    frame_hosts: tuple[str, ...]
    mail: MailServer | None = None
    mail_dir: Path | None = None
    mail_from: str = "hub@localhost"
    mail_per_minute: int | None = None
    mailbox: Mailbox | None = None
    outgoing_private: bool = False
    fast_transport: bool = True
    io_uring: bool = True
    client_backlog_bytes: int = 1024 * 1024

    @property
    def secure(self) -> bool:
        """Return whether browsers reach the hub over HTTPS: decides the cookie's name, `Secure` and HSTS."""
        return self.public_url.startswith("https://")

    @property
    def domain(self) -> str:
        """The host name of the hub: ids of mails and of calendar entries end with it."""
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def origin(self) -> str:
        """The one origin (scheme, host, port) that may open sockets and post forms."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


def load(env: Mapping[str, str], *, demo: bool = False) -> Settings:
    """Read settings from `env`; `demo` makes a secret of its own and lets the rest default.

    Raises SettingsError that names the variable.
    """
    host, port = _bind(env.get("HUB_BIND", "127.0.0.1:8000"))
    data_dir = Path(env.get("HUB_DATA_DIR", "var")).resolve()
    public_url = _public_url(env.get("HUB_PUBLIC_URL", ""), host, port, demo=demo)
    mail = _mail_server(env.get("HUB_MAIL_URL", ""))
    return Settings(
        host=host,
        port=port,
        database_url=_database_url(env.get("HUB_DATABASE_URL"), data_dir),
        redis_url=env.get("HUB_REDIS_URL") or None,
        secret_key=_demo_secret(data_dir) if demo else _secret(env.get("HUB_SECRET_KEY", "")),
        public_url=public_url,
        data_dir=data_dir,
        demo=demo,
        demo_start=_instant(env.get("HUB_DEMO_START")),
        proxies=_count("HUB_PROXIES", env.get("HUB_PROXIES", "0")),
        mail=mail,
        mail_dir=_mail_dir(env.get("HUB_MAIL_DIR", ""), mail),
        mail_from=_mail_from(env.get("HUB_MAIL_FROM", ""), mail, public_url),
        mailbox=_mailbox(env.get("HUB_IMAP_URL", "")),
        mail_per_minute=_count("HUB_MAIL_PER_MINUTE", env.get("HUB_MAIL_PER_MINUTE") or "0") or None,
        frame_hosts=_hosts(env.get("HUB_FRAME_HOSTS", FRAME_HOSTS)),
        outgoing_private=_switch("HUB_OUTGOING_PRIVATE", env.get("HUB_OUTGOING_PRIVATE", "0")),
        fast_transport=_transport(env.get("HUB_TRANSPORT", "fast")) == "fast",
        io_uring=_switch("HUB_IO_URING", env.get("HUB_IO_URING", "1")),
        client_backlog_bytes=_backlog_bytes(env.get("HUB_CLIENT_BACKLOG_KB", "1024")),
    )


def storage(env: Mapping[str, str]) -> tuple[str, Path]:
    """Read only where the data lies: `(database_url, data_dir)`, for commands that serve nothing."""
    data_dir = Path(env.get("HUB_DATA_DIR", "var")).resolve()
    return _database_url(env.get("HUB_DATABASE_URL"), data_dir), data_dir


def _bind(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= MAX_PORT:
        raise SettingsError(
            msg("HUB_BIND는 127.0.0.1:8000처럼 주소:포트여야 합니다. 지금 값: %(value)r"), value=text
        )
    return host.strip("[]"), int(port)


def _database_url(text: str | None, data_dir: Path) -> str:
    if not text:
        return f"sqlite:///{str(data_dir / 'hub.sqlite3').translate(QUOTED)}"
    if not text.startswith(("sqlite:///", "postgresql+psycopg2://")):
        raise SettingsError(
            msg("HUB_DATABASE_URL은 sqlite:/// 또는 postgresql+psycopg2://로 시작해야 합니다.")
        )
    return text


def _secret(text: str) -> str:
    if len(text) < MIN_SECRET_LENGTH or text.startswith(DEMO_PREFIX):
        raise SettingsError(
            msg(
                "HUB_SECRET_KEY는 데모용이 아닌 %(length)s자 이상의 비밀 값이어야 합니다. "
                'python3 -c "import secrets; print(secrets.token_urlsafe(48))" 명령으로 만들 수 있습니다.'
            ),
            length=MIN_SECRET_LENGTH,
        )
    return text


def _demo_secret(data_dir: Path) -> str:
    """Keep one random secret per data directory, so that sign-ins survive a restart of the demo."""
    path = data_dir / "demo-secret"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(DEMO_PREFIX + secrets.token_urlsafe(48), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def _public_url(text: str, host: str, port: int, *, demo: bool) -> str:
    if not text:
        if not demo:
            raise SettingsError(
                msg("HUB_PUBLIC_URL에 브라우저가 접속할 주소를 적어 주세요. 예: https://hub.example.com")
            )
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
        return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise SettingsError(
            msg("HUB_PUBLIC_URL은 https://hub.example.com처럼 경로 없는 주소여야 합니다. 지금 값: %(value)r"),
            value=text,
        )
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise SettingsError(
            msg(
                "HUB_PUBLIC_URL은 이 컴퓨터가 아니면 https://로 시작해야 합니다. "
                "카메라와 쿠키에 HTTPS가 필요합니다."
            )
        )
    return text.rstrip("/")


def _is_loopback(hostname: str) -> bool:
    if hostname == "localhost":
        return True
    try:
        return ip_address(hostname).is_loopback
    except ValueError:
        return False


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return parse_iso(text)
    except ValueError as error:
        raise SettingsError(
            msg(
                "HUB_DEMO_START는 2026-12-02T09:20:00+09:00처럼 시간대가 있는 시각이어야 합니다. 지금 값: %(value)r"
            ),
            value=text,
        ) from error


def _hosts(text: str) -> tuple[str, ...]:
    """Return host names that are separated by commas or spaces; none at all is allowed."""
    hosts = tuple(dict.fromkeys(text.casefold().replace(",", " ").split()))
    if not all(HOSTNAME.fullmatch(host) for host in hosts):
        raise SettingsError(
            msg(
                "HUB_FRAME_HOSTS는 www.youtube-nocookie.com, player.vimeo.com처럼 쉼표로 나눈 "
                "호스트 이름이어야 합니다. 지금 값: %(value)r"
            ),
            value=text,
        )
    return hosts


def _count(name: str, text: str) -> int:
    if not text.isdecimal():
        raise SettingsError(
            msg("%(name)s 값은 0 이상의 정수여야 합니다. 지금 값: %(value)r"), name=name, value=text
        )
    return int(text)


def _transport(text: str) -> str:
    if text not in {"fast", "stock"}:
        raise SettingsError(
            msg("HUB_TRANSPORT 값은 fast 또는 stock이어야 합니다. 지금 값: %(value)r"), value=text
        )
    return text


def _backlog_bytes(text: str) -> int:
    kb = _count("HUB_CLIENT_BACKLOG_KB", text)
    if kb < MIN_BACKLOG_KB:
        raise SettingsError(
            msg("HUB_CLIENT_BACKLOG_KB 값은 %(least)s 이상이어야 합니다. 지금 값: %(value)r"),
            least=MIN_BACKLOG_KB,
            value=text,
        )
    return kb * 1024


def _switch(name: str, text: str) -> bool:
    if text not in {"0", "1"}:
        raise SettingsError(
            msg("%(name)s 값은 0 또는 1이어야 합니다. 지금 값: %(value)r"), name=name, value=text
        )
    return text == "1"


def _mail_server(url: str) -> MailServer | None:
    """Return the mail server; None when there is none. The password is in no message."""
    if not url:
        return None
    try:
        return read_mail_server(url)
    except ValueError:
        raise SettingsError(
            msg(
                "HUB_MAIL_URL은 smtp://사용자:비밀번호@mail.example.com:587 또는 smtps://처럼 적어 주세요. "
                "암호화하지 않고(starttls=no) 다른 컴퓨터에 비밀번호를 보낼 수는 없습니다."
            )
        ) from None


def _mail_dir(path: str, mail: MailServer | None) -> Path | None:
    """Return where mails are written as files instead of being sent; with a mail server nobody knows what is meant."""
    if path and mail is not None:
        raise SettingsError(
            msg(
                "HUB_MAIL_URL과 HUB_MAIL_DIR 중 하나만 정해 주세요. 메일은 메일 서버로 보내거나 파일로 저장합니다."
            )
        )
    return Path(path).resolve() if path else None


def _mail_from(sender: str, mail: MailServer | None, public_url: str) -> str:
    """Return whom mails come from; it must be said where they are sent."""
    if not sender and mail is None:
        return f"hub@{urlsplit(public_url).hostname or 'localhost'}"
    try:
        return checked_sender(sender)
    except (ValueError, IndexError):
        raise SettingsError(
            msg("HUB_MAIL_FROM은 '행사 사무국 <hub@example.com>'처럼 적어 주세요. 지금 값: %(value)r"),
            value=sender,
        ) from None


def _mailbox(url: str) -> Mailbox | None:
    """Return the mailbox to which answers come; None when there is none. The password is in no message."""
    if not url:
        return None
    try:
        return read_mailbox(url)
    except (ValueError, IndexError):
        raise SettingsError(
            msg(
                "HUB_IMAP_URL은 imaps://사용자:비밀번호@mail.example.com/INBOX처럼 적어 주세요. 암호화하지 않고"
                "(starttls=no) 다른 컴퓨터에 비밀번호를 보낼 수는 없습니다."
            )
        ) from None
