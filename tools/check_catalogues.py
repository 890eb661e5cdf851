"""Fail when a message has no English, a fuzzy one, other placeholders, or is no longer used."""

import sys

from tools.catalogues import DOMAINS, extract, faults, read


def main() -> int:
    """Print every fault; return 1 when there is one."""
    total = 0
    for domain in DOMAINS:
        used = extract(domain)
        found = sorted(faults(used, read(domain.english)))
        total += len(found)
        print(f"{domain.name}: {len(used)} messages, {len(found)} faults")
        print("".join(f"  {line}\n" for line in found), end="")
    if total:
        print("`make catalogues` brings the files up to date; then translate what is missing.")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
