"""The family of refusals: each has a stable code and an HTTP status, and is answered in one place, `web/answers.py`."""

from __future__ import annotations


def msg(text: str) -> str:
    """Mark a Korean sentence for the catalogue without translating it; `web/answers.py` translates when it answers."""
    return text


class HubError(Exception):
    """A refusal the sender can act on.

    `message` is a Korean msgid with `%(name)s` placeholders filled from `detail`; `detail` also goes into the JSON
    answer, so it holds only values that the sender may see.
    """

    code: str = "error"
    status: int = 400

    def __init__(self, message: str, /, *, code: str | None = None, **detail: object) -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail
        if code:
            self.code = code

    def __str__(self) -> str:
        return self.message % self.detail if self.detail else self.message


class Refused(HubError):
    """The command is understood, and the state forbids it (409)."""

    code = "refused"
    status = 409


class Stale(Refused):
    """The sender had not seen a change of what it commands (409); `detail['changed']` holds the facts that beat it."""

    code = "stale"


class Invalid(HubError):
    """A value is missing or not usable (422); `detail['field']` names it."""

    code = "invalid"
    status = 422


class NotFound(HubError):
    """No such thing, or none that the sender may know of (404)."""

    code = "not_found"
    status = 404


class Forbidden(HubError):
    """Signed in, but the role does not allow it (403)."""

    code = "forbidden"
    status = 403


class NotSignedIn(HubError):
    """No valid session or token (401)."""

    code = "not_signed_in"
    status = 401


class TooMany(HubError):
    """Over a rate limit (429)."""

    code = "too_many"
    status = 429


class Unavailable(HubError):
    """The storage does not work at present (503); the same request may succeed in a moment.

    `reason` is for logs and health checks: `locked`, `full`, `read_only`, `damaged` or `lost`. The answer does not
    hold it.
    """

    code = "unavailable"
    status = 503
    retry_after_s = 2

    def __init__(self, *, reason: str) -> None:
        super().__init__(msg("지금은 서버가 자료를 읽거나 쓸 수 없습니다. 잠시 후 다시 시도해 주세요."))
        self.reason = reason
