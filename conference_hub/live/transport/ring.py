"""Hands frames to many sockets in one call of the kernel: io_uring (Linux), through ctypes, without a compiler.

A loop that calls `send` for each of thousands of sockets is entered and left thousands of times. Here one entry for
each socket is written into memory that the kernel shares, and one call does them all. Nothing is left under way: each
entry says MSG_DONTWAIT, so it is answered before the call returns, with what the kernel took or why it took nothing.

Where io_uring is not (an older kernel, a container that forbids it), `open_ring` says why and the loop serves.
Sources: io_uring(7), io_uring_setup(2), io_uring_enter(2), linux/io_uring.h.
"""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import platform
import struct
import sys
from collections.abc import Iterable, Sequence
from itertools import accumulate, repeat
from typing import Any

import eventlet.patcher

ENTRIES = 256
"""Sockets in one call. Further ones go in the next call: the first browser waits until so many are written down."""
SETUP, ENTER = 425, 426
"""Numbers of the calls, the same on every machine of `MACHINES`."""
MACHINES = {"x86_64", "aarch64"}
GET_EVENTS = 1
SINGLE_MMAP = 1
OP_SEND = 26
FLAGS = 0x40 | 0x4000
"""MSG_DONTWAIT and MSG_NOSIGNAL."""
SUBMISSIONS_AT = 0x10000000
PARAMS_BYTES, SUBMISSION_BYTES = 120, 64
HEAD = struct.Struct("=BBHiQ")  # operation, flags, priority, descriptor, offset
MIDDLE = struct.Struct("=QII")  # address, length, flags of send
TAIL = struct.Struct("=Q24x")  # what the completion names it by
COMPLETION = struct.Struct("=Qi4x")  # the name, what the kernel took or the negative error
NUMBER = struct.Struct("=I")
WRAP = 0xFFFFFFFF
TRIES = 16
"""Calls in which the kernel takes nothing (a signal came, no memory) before the ring is given up."""
TRIAL = b"conference_hub"

Entry = tuple[bytes, bytes]
"""What stands before and after address and length in the entry of one descriptor."""


class NoRing(Exception):
    """Says why there is none here."""


def entry_of(number: int) -> Entry:
    """Return what an entry for the descriptor `number` consists of, to be kept as long as it is open."""
    return HEAD.pack(OP_SEND, 0, 0, number, 0), TAIL.pack(number)


def open_ring() -> SendRing:
    """Return a ring that has just sent something; raises NoRing with the reason."""
    if sys.platform != "linux" or platform.machine() not in MACHINES or sys.maxsize < 2**32:
        raise NoRing(f"{platform.system()} on {platform.machine()}")
    try:
        ring = SendRing()
    except (OSError, ValueError) as error:
        raise NoRing(str(error)) from error
    try:
        _prove(ring)
    except OSError as error:
        ring.close()
        raise NoRing(f"it does not send: {error}") from error
    return ring


class SendRing:
    """A submission and a completion queue that are shared with the kernel. For one thread."""

    def __init__(self, entries: int = ENTRIES) -> None:
        """Set it up for `entries` (a power of two) in one call; raises OSError where the kernel has or allows none."""
        self._call: Any = ctypes.CDLL(None, use_errno=True).syscall
        self._call.restype = ctypes.c_long
        params = ctypes.create_string_buffer(PARAMS_BYTES)
        self._number: int = self._call(SETUP, entries, params)
        if self._number < 0:
            raise _os_error()
        try:
            self._map(params.raw)
        except BaseException:
            os.close(self._number)
            raise
        self._tail = 0

    @property
    def closed(self) -> bool:
        """Return whether it sends no more."""
        return self._number < 0

    def send(self, entries: Sequence[Entry], frame: bytes) -> dict[int, int]:
        """Send a frame to the descriptors of `entries`, each at most once; return those that did not take all of it.

        By descriptor: how many bytes the kernel took, or the negative error number. A ring that the kernel does not
        serve any more closes itself and says EAGAIN for those that are left.
        """
        middle = MIDDLE.pack(_address(frame), len(frame), FLAGS)
        short: dict[int, int] = {}
        for start in range(0, len(entries), self._entries):
            some = entries[start : start + self._entries]
            if (done := self._send(some, repeat(middle), len(frame))) is not None:
                short |= _short(some, repeat(len(frame)), done)
        return short

    def send_each(self, entries: Sequence[Entry], frames: Sequence[bytes]) -> dict[int, int]:
        """Send each entry's descriptor the frame at its place, and return as `send` does who did not take all."""
        together = b"".join(frames)
        lengths = [len(frame) for frame in frames]
        starts = accumulate(lengths, initial=_address(together))
        middles = [MIDDLE.pack(start, length, FLAGS) for start, length in zip(starts, lengths, strict=False)]
        short: dict[int, int] = {}
        for start in range(0, len(entries), self._entries):
            end = start + self._entries
            done = self._send(entries[start:end], middles[start:end])
            short |= _short(entries[start:end], lengths[start:end], done or {})
        return short

    def close(self) -> None:
        """Give back what is shared with the kernel."""
        if self.closed:
            return
        os.close(self._number)
        self._number = -1
        self._results.release()
        self._queues.close()
        self._submissions.close()

    def _send(
        self, some: Sequence[Entry], middles: Iterable[bytes], length: int | None = None
    ) -> dict[int, int] | None:
        """Send to as many as fit into one call; return what became of each, None: all took `length`."""
        if self.closed:
            return {}
        parts: list[bytes] = []
        for (head, tail), middle in zip(some, middles, strict=False):
            parts += (head, middle, tail)
        self._write(b"".join(parts))
        self._submit(len(some))
        first, end = self._completed()
        count = (end - first) & WRAP
        whole = length is not None and count == len(some) == self._results_of(first, count).count(length)
        done = None if whole else self._by_number(first, count)
        self._put(self._completions_head, end)
        if count != len(some):
            self.close()
        return done

    def _write(self, entries: bytes) -> None:
        """Write entries into the ring, which may end in the midst of them."""
        size = self._entries * SUBMISSION_BYTES
        at = (self._tail % self._entries) * SUBMISSION_BYTES
        fits = min(len(entries), size - at)
        self._submissions[at : at + fits] = entries[:fits]
        self._submissions[: len(entries) - fits] = entries[fits:]
        self._tail = (self._tail + len(entries) // SUBMISSION_BYTES) & WRAP

    def _submit(self, count: int) -> None:
        """Have the kernel do what was written; it may stop at an entry that it refuses, and goes on when asked."""
        self._put(self._submissions_tail, self._tail)
        left, tries = count, 0
        while left and tries < TRIES:
            taken = self._call(ENTER, self._number, left, 0, GET_EVENTS, None, 0)
            left -= max(taken, 0)
            tries += taken <= 0

    def _completed(self) -> tuple[int, int]:
        """Return where the completions that nobody has read begin and end."""
        return self._get(self._completions_head), self._get(self._completions_tail)

    def _results_of(self, first: int, count: int) -> list[int]:
        """Return the result of each of `count` completions, in their order."""
        at = first % self._most_completed
        before_end = min(count, self._most_completed - at)
        results = self._results[at * 4 + 2 : (at + before_end) * 4 : 4].tolist()
        if before_end < count:
            results += self._results[2 : (count - before_end) * 4 : 4].tolist()
        return results

    def _by_number(self, first: int, count: int) -> dict[int, int]:
        """Return the result of each of `count` completions by the descriptor."""
        done: dict[int, int] = {}
        for place in range(first, first + count):
            at = self._completions_at + (place % self._most_completed) * COMPLETION.size
            number, result = COMPLETION.unpack_from(self._queues, at)
            done[number] = result
        return done

    def _map(self, params: bytes) -> None:
        """Map the queues as io_uring_setup(2) describes `params`; raises OSError."""
        self._entries, self._most_completed = struct.unpack_from("=2I", params, 0)
        (features,) = NUMBER.unpack_from(params, 20)
        if not features & SINGLE_MMAP:
            raise OSError(errno.ENOSYS, "io_uring: the kernel is older than 5.4")
        _, self._submissions_tail, _, _, _, _, places = struct.unpack_from("=7I", params, 40)
        self._completions_head, self._completions_tail, _, _, _, self._completions_at = struct.unpack_from(
            "=6I", params, 80
        )
        end = self._completions_at + self._most_completed * COMPLETION.size
        size = max(end, places + self._entries * NUMBER.size)
        self._queues = _shared(self._number, size, 0)
        self._submissions = _shared(self._number, self._entries * SUBMISSION_BYTES, SUBMISSIONS_AT)
        self._results = memoryview(self._queues)[self._completions_at : end].cast("i")
        struct.pack_into(f"={self._entries}I", self._queues, places, *range(self._entries))

    def _get(self, at: int) -> int:
        number: int = NUMBER.unpack_from(self._queues, at)[0]
        return number

    def _put(self, at: int, number: int) -> None:
        NUMBER.pack_into(self._queues, at, number)


def _shared(number: int, size: int, offset: int) -> mmap.mmap:
    return mmap.mmap(number, size, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE, offset=offset)


def _address(frames: bytes) -> int:
    """Return where the bytes are; whoever asks keeps them there."""
    return ctypes.cast(ctypes.c_char_p(frames), ctypes.c_void_p).value or 0


def _short(some: Sequence[Entry], lengths: Iterable[int], done: dict[int, int]) -> dict[int, int]:
    """Return the results of those that did not take all of it; EAGAIN of those that the kernel did not come to."""
    short: dict[int, int] = {}
    for entry, length in zip(some, lengths, strict=False):
        number = _number_of(entry)
        if (result := done.get(number, -errno.EAGAIN)) != length:
            short[number] = result
    return short


def _number_of(entry: Entry) -> int:
    number: int = TAIL.unpack(entry[1])[0]
    return number


def _os_error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"io_uring: {os.strerror(number)}")


def _prove(ring: SendRing) -> None:
    """Send something over a pair of sockets; raises OSError when it does not arrive."""
    near, far = eventlet.patcher.original("socket").socketpair()
    with near, far:
        far.settimeout(0)
        if short := ring.send([entry_of(near.fileno())], TRIAL):
            raise OSError(-min(short.values()), "a trial was refused")
        if far.recv(len(TRIAL)) != TRIAL:
            raise OSError(errno.EIO, "a trial arrived otherwise than it was sent")
