"""Prints what the modules of `static/js` say in English, as JSON: language → module → msgid → translation."""

import json
import sys

from tools.catalogues import DOMAINS, key_of, read


def by_module() -> dict[str, dict[str, str]]:
    """Return module (its path from the top of the source) → msgid → English, from the browser's catalogue."""
    (browser,) = (domain for domain in DOMAINS if domain.name == "browser")
    found: dict[str, dict[str, str]] = {}
    for message in read(browser.english):
        for module, _line in message.locations:
            found.setdefault(module, {})[key_of(message)] = str(message.string)
    return found


if __name__ == "__main__":
    json.dump({"en": by_module()}, sys.stdout, ensure_ascii=False)
