"""Forms of pages: a refused form is shown again on its page, with what was typed and each error at its field."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Flask, Response, current_app, g, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError as Faults
from pydantic_core import ErrorDetails

from conference_hub.core.errors import HubError, Invalid, NotSignedIn, Refused, TooMany, msg
from conference_hub.web import kept_forms, limits
from conference_hub.web.answers import answer_refusal, wants_json
from conference_hub.web.faults import at_field, invalid
from conference_hub.web.hub import current_hub
from conference_hub.web.i18n import translate_message
from conference_hub.web.requests import Form, declare, form_fields, form_values

P = ParamSpec("P")
F = TypeVar("F", bound=Form)
Page = Callable[..., ResponseReturnValue]

FORM_ATTRIBUTE = "hub_form"
SHOWN_ON_THE_PAGE = (Invalid, Refused, NotSignedIn, TooMany)
"""Refusals that the page of the form shows; the others have a page of their own."""


@dataclass(frozen=True, kw_only=True)
class FormState:
    """A form as templates see it (`form`): what was typed and what is wrong with it; empty unless it was refused.

    `errors` are sentences by field, `error` is about no field. `page` is the address of the page that holds the form
    and `arguments` are the variable parts of the address that the form was sent to. `shown` are the wrong fields whose
    sentence the page took.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    page: str = ""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)

    @property
    def first_wrong(self) -> str:
        """The first field that is wrong, in the order of the form's model; an empty text for none."""
        return next(iter(self.errors), "")

    def typed(self, name: str, default: str = "") -> str:
        """Return what was typed into a field, `default` when the form does not come back."""
        return self.values.get(name, default)

    def wrong(self, name: str) -> str:
        """Return what is wrong with a field, an empty text for nothing."""
        if name in self.errors:
            self.shown.add(name)
        return self.errors.get(name, "")

    def with_lost(self) -> FormState:
        """Return the form with the first error of a field that the page did not show as the error of the whole form."""
        lost = next((words for name, words in self.errors.items() if name not in self.shown), "")
        return self if self.error else replace(self, error=lost)


NEW = FormState()


def install(app: Flask) -> None:
    """Give templates the `form` that the running request sent; forms come back whose token or rate is refused."""
    app.context_processor(lambda: {"form": g.get("form_state", NEW)})
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RateLimitExceeded, _too_often)


def takes_form(
    model: type[F], page: Page
) -> Callable[[Callable[Concatenate[F, P], ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Declare the form that a view takes, as `takes` does, and the view of the page that holds it.

    A person whose form does not fit, or whom the view refuses by Invalid, Refused, NotSignedIn or TooMany, gets `page`
    again with the status of the refusal. A script gets JSON.
    """

    def mark(
        view: Callable[Concatenate[F, P], ResponseReturnValue],
    ) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def read_and_call(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            try:
                sent = model.model_validate(form_values(model))
            except Faults as faults:
                return _misfit(model, page, faults.errors(include_url=False, include_input=False))
            try:
                return view(sent, *args, **kwargs)
            except SHOWN_ON_THE_PAGE as refusal:
                return _kept(refusal) or _refused(model, page, refusal)

        setattr(read_and_call, FORM_ATTRIBUTE, (model, page))
        return declare(read_and_call, model)

    return mark


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    """Show the form again, with a token that counts; other requests are answered as any refusal.

    A browser without our cookie signed out meanwhile, or did not keep the one that came with the form.
    """
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return _before_view(on_form=_without_cookie(), elsewhere=_without_cookie())
    return _before_view(
        on_form=HubError(msg("화면이 오래되었습니다. 다시 한 번 눌러 주세요."), code="csrf"),
        elsewhere=HubError(msg("화면이 오래되었습니다. 새로 고친 뒤 다시 시도해 주세요."), code="csrf"),
    )


def _without_cookie() -> HubError:
    """Return what a sender is told whose browser brought no cookie: it keeps one for https only over https."""
    settings = current_hub().settings
    if settings.secure and not request.is_secure:
        return HubError(
            msg("이 주소로는 로그인이 유지되지 않습니다. %(url)s 주소로 다시 여세요."),
            code="csrf",
            url=settings.public_url,
        )
    return HubError(
        msg(
            "화면이 오래되었습니다. 다시 한 번 눌러 주세요. 그래도 이 안내가 나오면 쿠키가 차단되어 있는 것입니다. "
            "브라우저 설정에서 이 사이트의 쿠키를 허용해 주세요."
        ),
        code="csrf",
    )


def _too_often(_error: RateLimitExceeded) -> ResponseReturnValue:
    """Show the form again, with what was typed; other requests are answered as any refusal."""
    refusal = TooMany(msg("요청이 너무 잦습니다. 잠시 후 다시 시도해 주세요."), wait=limits.wait_s())
    return _before_view(on_form=refusal, elsewhere=refusal)


def _before_view(*, on_form: HubError, elsewhere: HubError) -> ResponseReturnValue:
    """Answer a request that was refused before its view ran."""
    view = current_app.view_functions.get(request.endpoint or "")
    declared: tuple[type[Form], Page] | None = getattr(view, FORM_ATTRIBUTE, None)
    if declared is None or wants_json():
        return answer_refusal(elsewhere)
    try:
        return _kept(on_form) or _refused(*declared, on_form)
    except HubError as other:  # the page is not for the sender any more
        return answer_refusal(other)


def _kept(refusal: HubError) -> Response | None:
    """Return the page that keeps the form for its opener, None where the form's own page shows what is wrong."""
    if wants_json() or isinstance(refusal, TooMany):
        return None
    return kept_forms.keep(refusal, translate_message(refusal.message, refusal.detail))


def _misfit(model: type[Form], page: Page, faults: list[ErrorDetails]) -> ResponseReturnValue:
    if wants_json():
        raise invalid(faults[0])
    beside = map(at_field, reversed(faults))  # the first of several faults of a field is shown
    found = {name: translate_message(sentence, detail) for name, sentence, detail in beside}
    return _shown_again(model, page, found, Invalid.status)


def _refused(model: type[Form], page: Page, refusal: HubError) -> ResponseReturnValue:
    if wants_json():
        raise refusal
    name = str(refusal.detail.get("field", ""))
    found = {name: translate_message(refusal.message, refusal.detail)}
    answer = _shown_again(model, page, found, refusal.status)
    if wait_s := refusal.detail.get("wait"):
        answer.headers["Retry-After"] = str(wait_s)
    return answer


def _shown_again(model: type[Form], page: Page, found: Mapping[str, str], status: int) -> Response:
    arguments = request.view_args or {}
    own = _taken(page, arguments)
    more = [name for name in found if name.startswith(model.more)]
    state = FormState(
        values={name: text for name, text in form_fields().items() if name not in model.secrets},
        errors={name: found[name] for name in (*model.model_fields, *more) if name in found},
        error=next(
            (sentence for name, sentence in found.items() if name not in {*model.model_fields, *more}), ""
        ),
        page=url_for(_endpoint_of(page), **own),
        arguments=arguments,
    )
    answer = _rendered(page, own, state)
    answer.status_code = status
    return answer


def _taken(page: Page, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the variable parts of an address that a page takes."""
    parameters = inspect.signature(page).parameters
    if any(one.kind is inspect.Parameter.VAR_KEYWORD for one in parameters.values()):
        return arguments
    return {name: arguments[name] for name in parameters if name in arguments}


def _rendered(page: Page, own: Mapping[str, Any], state: FormState) -> Response:
    """Return the page with its refused form; an error whose field the page does not have is about the whole form."""
    g.form_state = state
    answer = make_response(page(**own))
    with_lost = state.with_lost()
    if answer.is_streamed or with_lost.error == state.error:
        return answer
    g.form_state = with_lost
    return make_response(page(**own))


def _endpoint_of(page: Page) -> str:
    return next(name for name, view in current_app.view_functions.items() if view is page)
