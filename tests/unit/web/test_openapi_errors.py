"""What refusals say beside their code is described, except what only forms and the command line say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import conference_hub
from conference_hub.core import errors
from conference_hub.core.errors import HubError
from conference_hub.web.openapi_errors import DETAILS

ROOT = Path(conference_hub.__file__).parent
REFUSALS = {
    name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, HubError)
} - {"Unavailable"}
"""`Unavailable` keeps its reason to itself."""
ELSEWHERE = {
    ("access/accounts.py", "max"),  # accounts are added by command
    ("access/passwords.py", "max"),  # passwords come from forms and commands
    ("access/passwords.py", "min"),
    ("cli/purging.py", "day"),
    ("desk/making.py", "slug"),
    ("files/wizard.py", "slug"),
    ("followup/listed.py", "line"),
    ("honours/listed.py", "line"),
    ("data/importing.py", "slug"),
    ("outbox/wording_model.py", "placeholder"),  # words of mails are changed by a form
    *(("followup/asking.py", name) for name in ("people", "when", "clash")),  # organisers' form
    ("followup/model.py", "capacity"),  # guests sign up by a form
}
"""Details that no answer of the API holds, by module."""


def details(tree: ast.AST) -> Iterator[str]:
    """The names of what refusals are made with, in a module: by their class, or in the class of one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _makes_a_refusal(node):
            yield from (word.arg for word in node.keywords if word.arg and word.arg != "code")


def _makes_a_refusal(call: ast.Call) -> bool:
    made = call.func
    if isinstance(made, ast.Name):
        return made.id in REFUSALS
    to_super = (
        isinstance(made, ast.Attribute) and made.attr == "__init__" and isinstance(made.value, ast.Call)
    )
    return to_super and any(_is_sentence(argument) for argument in call.args)


def _is_sentence(argument: ast.expr) -> bool:
    """Whether an argument is `msg(...)` or `self.sentence`, which every refusal begins with."""
    if isinstance(argument, ast.Call):
        return isinstance(argument.func, ast.Name) and argument.func.id == "msg"
    return isinstance(argument, ast.Attribute) and argument.attr == "sentence"


def test_every_detail_of_a_refusal_is_described() -> None:
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in ROOT.rglob("*.py")
        for name in details(ast.parse(path.read_text("utf-8")))
    }

    assert {("agenda/plan_refusals.py", "revision"), ("agenda/refusals.py", "lane")} <= found
    assert {(path, name) for path, name in found if name not in DETAILS} == ELSEWHERE
