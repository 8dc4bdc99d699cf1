"""The examining process has given up memory, time, core dumps and the network."""

import subprocess
import sys

import pytest

TRY = """
import socket
from evidence.imaging import limits
alone = limits.leave_network()
limits.shut_in()
{attempt}
"""


def in_a_shut_in_process(attempt: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", TRY.format(attempt=attempt)], capture_output=True, text=True
    )


def test_memory_has_a_ceiling():
    assert "MemoryError" in in_a_shut_in_process("bytearray(900_000_000)").stderr


def test_large_files_cannot_be_written(tmp_path):
    attempt = f"open({str(tmp_path / 'big')!r}, 'wb').write(bytes(70_000_000))"

    assert "File too large" in in_a_shut_in_process(attempt).stderr


def test_no_network_is_left():
    ended = in_a_shut_in_process(
        "print(alone, flush=True); socket.create_connection(('127.0.0.1', 9), 1)"
    )
    if ended.stdout.strip() != "True":
        pytest.skip("this machine forbids new network namespaces")
    assert "Network is unreachable" in ended.stderr


def test_no_privilege_is_left():
    ended = in_a_shut_in_process("print(open('/proc/self/status').read())")
    assert "CapEff:\t0000000000000000" in ended.stdout
    assert "NoNewPrivs:\t1" in ended.stdout
