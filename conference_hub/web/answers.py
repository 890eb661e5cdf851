"""What every answer has in common: security headers with a nonce, errors in the reader's language."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import (
    Flask,
    Response,
    current_app,
    g,
    get_flashed_messages,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    stream_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from conference_hub.core.config import Settings
from conference_hub.core.errors import HubError, Invalid, NotFound, TooMany, Unavailable, msg
from conference_hub.web import bodies, kept_forms
from conference_hub.web.describing import answers_of
from conference_hub.web.form_tokens import form_token
from conference_hub.web.i18n import translate_message
from conference_hub.web.requests import unkept

API_PREFIX = "/api/"
KB, MB = 1024, 1024 * 1024
PRIVATE_TYPES = frozenset({"text/html", "application/json"})
"""Not cached unless the view says otherwise."""
OF_PAGES = (
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(self), microphone=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
PARTS = frozenset({"text/css", "font/ttf", "font/woff2"})
"""What is never a page or a worker of its own: the policy of the page that loads it holds."""


def install(app: Flask, settings: Settings, video_hosts: Iterable[str] = ()) -> None:
    """Set up headers, the nonce, templates that fail on an unknown name, and the error pages."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    bodies.install(app)
    app.before_request(_refuse_unkept)
    app.context_processor(lambda: {"csp_nonce": csp_nonce})
    always, hosts = _always(settings), tuple(video_hosts)
    app.after_request(lambda response: _secure(response, always, _policy(settings, hosts)))
    app.after_request(_date)
    app.after_request(_lead_within_the_hub)
    app.register_error_handler(HubError, answer_refusal)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(HTTPException, _http_error)


def _refuse_unkept() -> None:
    """Refuse an address or a form with U+0000 before it reaches a database."""
    sent = request.values if request.mimetype in bodies.FORM_TYPES else request.args
    if unkept((request.path, *sent.values())):
        raise Invalid(msg("보이지 않는 문자가 들어 있습니다."), code="unprintable")


def csp_nonce() -> str:
    """Return the nonce of this answer, for every inline `<script>` and `<style>`."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def streamed(template: str, **context: Any) -> Response:
    """Answer with a long page that is sent while it is rendered; what it iterates over pauses for other requests.

    Cookie and headers go out before the page, so the form token, pending messages and the nonce are taken first.
    """
    form_token()
    get_flashed_messages()
    csp_nonce()
    return Response(stream_template(template, **context), mimetype="text/html")


def wants_json() -> bool:
    """Return whether the sender is a script rather than a person at a page."""
    if request.path.startswith(API_PREFIX) or request.accept_mimetypes.best == "application/json":
        return True
    return answers_of(current_app.view_functions.get(request.endpoint or "")) is not None


def answer_refusal(error: HubError) -> ResponseReturnValue:
    """Answer a refusal: JSON for scripts, a page for people, the sign-in page for a page that needs signing in.

    A form that its sender cannot mend comes back to be sent again.
    """
    message = translate_message(error.message, error.detail)
    wait_s = error.detail.get("wait")
    headers = {"Retry-After": str(wait_s)} if wait_s else {}
    if wants_json():
        body = jsonify({"error": {"code": error.code, "message": message, **error.detail}})
        return body, error.status, headers
    if error.code == "not_signed_in" and request.method == "GET":
        return redirect(url_for("access_pages.sign_in", next=request.full_path.rstrip("?")))
    if kept := kept_forms.keep(error, message):
        return kept
    page = render_template(
        "web/error.html",
        message=message,
        status=error.status,
        code=error.code,
        form_page=_form_page(),
        came_from=_came_from(),
    )
    return page, error.status, headers


def _form_page() -> str:
    """Return the path of the page whose form was sent, as the browser says; the form's own where it does not."""
    return _came_from() or request.path


def _came_from() -> str:
    """Return the path of the hub's page that the request came from, an empty text where the browser does not say."""
    sent_from = urlsplit(request.referrer or "")
    return sent_from.path if sent_from.netloc == request.host else ""


def _unavailable(error: Unavailable) -> ResponseReturnValue:
    response = make_response(answer_refusal(error))
    response.headers["Retry-After"] = str(error.retry_after_s)
    response.headers["Cache-Control"] = "no-store"
    return response


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 0) < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    match error.code:
        case 404:
            refusal: HubError = NotFound(msg("찾을 수 없는 주소입니다."))
        case 429:
            refusal = TooMany(msg("요청이 너무 잦습니다. 잠시 후 다시 시도해 주세요."))
        case 413:
            refusal = _too_large()
        case 405:
            refusal = HubError(msg("이 주소에서는 할 수 없는 요청입니다."), code="method_not_allowed")
        case 400:
            refusal = HubError(msg("요청을 이해하지 못했습니다."), code="bad_request")
        case _:
            refusal = HubError(
                msg("서버에 문제가 생겼습니다. 잠시 후 다시 시도해 주세요."),
                code="server_error",
            )
    refusal.status = error.code or 500
    return answer_refusal(refusal)


def _too_large() -> HubError:
    """Return how a body is refused that is larger than its route takes."""
    most = bodies.most()
    size = f"{most // MB} MB" if most >= MB else f"{most // KB} KB"
    sentence = msg("보낸 자료가 너무 큽니다. 한 번에 %(size)s까지 보낼 수 있습니다.")
    return Invalid(sentence, code="too_large", size=size, max_bytes=most)


def _lead_within_the_hub(response: Response) -> Response:
    """Make a redirect relative where Werkzeug built a full address from the `Host` header.

    It does so for a missing slash at the end and for doubled slashes (RFC 9110, section 10.2.2 allows both forms).
    """
    target = urlsplit(response.location or "")
    if target.netloc and target.netloc == request.host:
        path = "/" + target.path.lstrip("/\\")
        response.location = urlunsplit(("", "", path, target.query, target.fragment))
        response.set_data(redirect(response.location, response.status_code).get_data())
    return response


def _date(response: Response) -> Response:
    """Say what time the hub has: a device at a gate goes by it (RFC 9110, section 6.6.1)."""
    hub = current_app.extensions.get("conference_hub")
    if hub is not None:
        response.date = hub.now()
    return response


def show_own_pages() -> None:
    """Let the page that is answered show other pages of the hub in a frame, those that allow it."""
    g.shows_own_pages = True


def allow_own_frames() -> None:
    """Let the page that is answered stand in a frame of the hub's own pages; no other page may."""
    g.in_own_frames = True


def let_forms_lead_on() -> None:
    """Let forms of the page that is answered lead to other sites: browsers hold a redirect to `form-action` too."""
    g.forms_lead_on = True


def _secure(response: Response, always: Iterable[tuple[str, str]], policy: str) -> Response:
    """Add the headers, name and value, that the view has not set."""
    headers = [*always]
    if not _is_part(response):
        headers += [*OF_PAGES, ("Content-Security-Policy", policy)]
    if response.mimetype in PRIVATE_TYPES:
        headers.append(("Cache-Control", "no-store"))
    given = {name.lower() for name, _ in response.headers}
    for name, value in headers:
        if name.lower() not in given:
            response.headers.add(name, value)
    return response


def _is_part(response: Response) -> bool:
    """Return whether the answer is a part of a page: a style sheet, a font, a script that is no worker."""
    script = response.mimetype == "text/javascript" and request.endpoint == "static"
    return script or response.mimetype in PARTS


def _always(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return the headers of every answer, name and value."""
    headers = (("X-Content-Type-Options", "nosniff"),)
    if not settings.secure:
        return headers
    return (*headers, ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))


def _policy(settings: Settings, video_hosts: tuple[str, ...]) -> str:
    """Return what the page that is answered may load and where it may stand; the nonce, where it took one."""
    own = f"'self' 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else "'self'"
    frames = " ".join((*(("'self'",) if g.get("shows_own_pages") else ()), *video_hosts)) or "'none'"
    ancestors = "'self'" if g.get("in_own_frames") else "'none'"
    forms = "'self' https: http:" if g.get("forms_lead_on") else "'self'"
    socket = settings.origin.replace("http", "ws", 1)
    return (
        f"default-src 'none'; script-src {own} 'wasm-unsafe-eval'; style-src {own}; "
        f"img-src 'self' data: blob:; font-src 'self'; connect-src 'self' {socket}; media-src 'self' blob:; "
        f"worker-src 'self'; manifest-src 'self'; frame-src {frames}; form-action {forms}; base-uri 'none'; "
        f"frame-ancestors {ancestors}"
    )
