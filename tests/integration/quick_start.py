"""What makes hundreds of applications cheap to start in one process; nothing that a test judges changes."""

from __future__ import annotations

from argon2 import PasswordHasher
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id like the product's, with the smallest cost: a hash takes microseconds instead of 200 ms and 64 MiB."""


class SharedTemplates(BytecodeCache):
    """Compiled templates, kept for every application of this process; a changed template is compiled again."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` if its template was compiled before."""
        known = self._compiled.get(bucket.key)
        if known is not None:
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled into `bucket`."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()
