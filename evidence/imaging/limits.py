"""Shut the present process in before it reads a stranger's bytes: memory, time, files, network."""

import ctypes
import resource
import signal

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 20
LARGEST_WRITTEN_FILE = 64 * 1024 * 1024
MAX_PIXELS = 110_000_000
"""Room for the 108-megapixel sensors of telephones, and no more."""

_LIMITS = {
    resource.RLIMIT_AS: MEMORY_BYTES,
    resource.RLIMIT_CPU: CPU_SECONDS,
    resource.RLIMIT_FSIZE: LARGEST_WRITTEN_FILE,
    resource.RLIMIT_NOFILE: 32,
    resource.RLIMIT_CORE: 0,
}
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


def shut_in() -> bool:
    """Give up what decoding a picture doesn't need; says whether the network is gone too.

    A kernel or container that forbids new namespaces leaves the network in place: there the
    worker's own container must have no way out.
    """
    for limit, wanted in _LIMITS.items():
        _, ceiling = resource.getrlimit(limit)
        value = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
        resource.setrlimit(limit, (value, value))
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)
