"""Stamps: what was made from which inputs, so that nothing is made twice."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path


def once(stamp: Path, inputs: Iterable[Path], make: Callable[[], None], *salt: str) -> bool:
    """Call `make` unless `stamp` says that it was done for these inputs (and `salt`). Returns whether it was called.

    The stamp lives inside what is made, so that removing the result removes the stamp.
    """
    digest = digest_of(inputs, *salt)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return False
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest, encoding="utf-8")
    return True


def digest_of(inputs: Iterable[Path], *salt: str) -> str:
    """Return one digest of the contents of `inputs` and of `salt`."""
    digest = hashlib.sha256("\0".join(salt).encode(errors="surrogateescape"))
    for path in inputs:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
