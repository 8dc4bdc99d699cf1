"""Gives each test process a broker database of its own, so that no worker takes another's bells,
and slows nobody down: tests ask more in a minute than people do.

Loaded before the settings are read (`-p tests.broker_apart` in pyproject.toml).
"""

import os


def apart(url: str, process: str) -> str:
    """The same server, another of its sixteen databases; `process` is gw0, gw1 and so on."""
    number = int(process.removeprefix("gw")) + 1
    if url.startswith("redis+socket://"):
        return f"{url.partition('?')[0]}?virtual_host={number}"
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{number}"


os.environ["RATE_LIMITS"] = "off"
if process := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["REDIS_URL"] = apart(os.environ["REDIS_URL"], process)
