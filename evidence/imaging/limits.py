"""Shut the present process in before it reads a stranger's bytes: memory, time, files, network."""

import ctypes
import os
import resource
import signal
import struct

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 20
LARGEST_WRITTEN_FILE = 64 * 1024 * 1024
MAX_PIXELS = 110_000_000
"""Room for the 108-megapixel sensors of telephones, and no more."""

_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CAPABILITIES_OF_MYSELF, _NONE_AT_ALL = struct.pack("Ii", 0x2008_0522, 0), bytes(24)
_LIBC = ctypes.CDLL(None)
_PAGE = resource.getpagesize()


def leave_network() -> bool:
    """Give up the network and all privileges, for this process and its forks; says if it worked.

    A kernel or container that forbids new namespaces leaves the network in place: there the
    worker's own container must have no way out. No process of the same user may look into this
    one from now on, or change it.
    """
    alone = bool(_LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _LIBC.capset(_CAPABILITIES_OF_MYSELF, _NONE_AT_ALL)
    _LIBC.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return alone


def shut_in(memory: int = MEMORY_BYTES, seconds: int = CPU_SECONDS) -> None:
    """Give up what decoding one picture doesn't need, and die with the process behind this one.

    `memory` (bytes) comes on top of what the process has mapped already.
    """
    limits = {
        resource.RLIMIT_AS: memory + _mapped(),
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: LARGEST_WRITTEN_FILE,
        resource.RLIMIT_NOFILE: 32,
        resource.RLIMIT_CORE: 0,
    }
    for limit, wanted in limits.items():
        _, ceiling = resource.getrlimit(limit)
        value = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
        resource.setrlimit(limit, (value, value))
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _mapped() -> int:
    opened = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        return int(os.read(opened, 80).split()[0]) * _PAGE
    finally:
        os.close(opened)
