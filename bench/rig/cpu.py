"""The CPU time of another process, user and system together, threads that ended included."""

from __future__ import annotations

import time

CPU_CLOCK = 2
"""CPUCLOCK_SCHED of the kernel: utime + stime of `/proc/<pid>/stat`, in nanoseconds instead of ticks of 10 ms."""
LOOK_S = 0.003
STILL_S = 0.0002
AT_MOST_S = 0.5


def cpu_s(pid: int) -> float:
    """Return the CPU seconds that process `pid` has used; raises OSError when there is none."""
    return time.clock_gettime((~pid) << 3 | CPU_CLOCK)


def settled_cpu_s(pid: int) -> float:
    """Return the CPU seconds of `pid` once it rests: what a request started and its answer did not wait for is in it.

    A process that does not rest within half a second is read as it is.
    """
    until = time.monotonic() + AT_MOST_S
    before = cpu_s(pid)
    while time.monotonic() < until:
        time.sleep(LOOK_S)
        after = cpu_s(pid)
        if after - before < STILL_S:
            return after
        before = after
    return before
