"""Bring the English catalogues up to date with the source, and merge translations from JSON files.

`python -m tools.extract_catalogues [FILE.json ...]`, each file `{"messages": {msgid: english}, "browser": {...}}`.
A translation already in the catalogue stays unless a file gives another; what the source no longer uses goes.
"""

import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from tools.catalogues import DOMAINS, Domain, extract, key_of, read, write


def main(arguments: list[str]) -> None:
    """Rewrite every catalogue and say what is still missing."""
    given = [json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments]
    for domain in DOMAINS:
        english = {key: value for file in given for key, value in file.get(domain.name, {}).items()}
        catalog = updated(domain, english)
        write(domain.english, catalog)
        open_ones = [key_of(message) for message in catalog if message.id and not message.string]
        print(f"{domain.name}: {len(catalog)} messages, {len(open_ones)} without English")


def updated(domain: Domain, english: dict[str, str]) -> Catalog:
    """Return what the source uses now, with the translations kept from the file or given in `english`."""
    catalog = extract(domain)
    kept = {key_of(message): message.string for message in read(domain.english) if not message.fuzzy}
    for message in catalog:
        key = key_of(message) if message.id else ""
        if not key:
            continue
        translation = english.get(key) or kept.get(key) or ""
        plural = isinstance(message.id, tuple | list)
        message.string = (
            (translation, translation) if plural and isinstance(translation, str) else translation
        )
    return catalog


if __name__ == "__main__":
    main(sys.argv[1:])
