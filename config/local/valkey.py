"""A Valkey of Vestige's own: the cache and Celery's doorbell, on a Unix socket, kept on disk."""

import signal
import socket
from pathlib import Path

from config.local.children import Child
from config.local.places import Home, private_folder, servant
from config.local.postgres import PLAIN
from config.local.programs import valkey_for


def address(home: Home) -> str:
    """The REDIS_URL of this Valkey, as Celery writes it."""
    return f"redis+socket://{socket_file(home)}"


def socket_file(home: Home) -> Path:
    """The Unix socket it listens on."""
    return home.sockets / "valkey.sock"


def child(home: Home) -> Child:
    """The server as a child: every change is written down, nothing is ever thrown out."""
    data = private_folder(home.servers / "valkey", servant())
    options = {
        "port": "0",
        "unixsocket": str(socket_file(home)),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "no" if home.throwaway else "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return Child(
        name="Valkey",
        command=[str(valkey_for(home)), *words],
        log=home.log("valkey"),
        pid_file=home.folder / "run" / "valkey.pid",
        environment=PLAIN,
        cwd=data,
        servant=servant(),
        ready=lambda: is_ready(home),
        is_server=True,
        orphaned_with=signal.SIGTERM,
    )


def is_ready(home: Home) -> bool:
    """Whether it answers, its data read in."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(socket_file(home)))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
        except OSError:
            return False
