"""Finds the words of `static/js`: the first argument of each `t(...)`, wherever it stands.

Babel's own reader of JavaScript passes over a call inside a call and a braced word inside a template string.
"""

import ast
import re
from collections.abc import Iterator
from typing import IO, Any

CALL = re.compile(r"(?<![\w.$])(?<!function )t\(\s*")
LITERAL = re.compile(r"""(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`)(?=\s*[,)])""")

Found = tuple[int, str, str, list[str]]


class NotALiteral(ValueError):
    """A `t(...)` whose words stand elsewhere: no catalogue would ever hold them."""


def browser_words(
    file: IO[bytes],
    _keywords: object,
    _tags: object,
    options: Any,  # noqa: ARG001 - Babel passes it by name
) -> Iterator[Found]:
    """Give each msgid of one module, in the form that Babel asks of an extraction method."""
    text = file.read().decode()
    for call in CALL.finditer(text):
        line = text.count("\n", 0, call.start()) + 1
        literal = LITERAL.match(text, call.end())
        if literal is None:
            name = getattr(file, "name", "a module")
            message = f"{name}:{line}: t() needs its words in place, as a literal"
            raise NotALiteral(message)
        words = literal[0]
        yield line, "t", str(ast.literal_eval(f'"""{words[1:-1]}"""' if words[0] == "`" else words)), []
