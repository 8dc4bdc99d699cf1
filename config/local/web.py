"""The address the web server listens at: is it free, does the first page come?"""

import http.client
import os
import socket
import time
from dataclasses import dataclass

from config.local.children import PAUSE
from config.local.steps import Trouble

EVERYWHERE = {"0.0.0.0", "::", "[::]"}  # noqa: S104  # nosec B104


@dataclass(frozen=True)
class Address:
    """BIND and PORT."""

    bind: str
    port: int

    @property
    def host(self) -> str:
        """How this machine itself reaches it."""
        return "127.0.0.1" if self.bind in EVERYWHERE else self.bind

    @property
    def url(self) -> str:
        """What to type into a browser on this machine."""
        return f"http://{self.host}:{self.port}/"

    @property
    def names(self) -> str:
        """The host names a browser may use, unless ALLOWED_HOSTS says otherwise."""
        return ",".join(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", self.host]))

    def refuse_if_taken(self, *, patience: float = 3) -> None:
        """Say early that the port is taken; one that was left a moment ago is waited for."""
        family = socket.AF_INET6 if ":" in self.bind else socket.AF_INET
        until = time.monotonic() + patience
        while True:
            try:
                place = (self.bind.strip("[]"), self.port)
                socket.create_server(place, family=family).close()
                return
            except OSError as why:
                if time.monotonic() > until:
                    raise Trouble(
                        f"Port {self.port} of {self.bind} cannot be had ({why.strerror}): stop "
                        "the program that uses it, or choose another: make up "
                        f"PORT={self.port + 1}"
                    ) from why
            time.sleep(PAUSE)

    def answers(self) -> bool:
        """Whether the first page comes."""
        line = http.client.HTTPConnection(self.host.strip("[]"), self.port, timeout=10)
        try:
            line.request("GET", "/", headers={"Host": "localhost"})
            return line.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
        except OSError:
            return False
        finally:
            line.close()


def chosen_address() -> Address:
    """Only this machine, unless BIND opens it to others."""
    port = os.environ.get("PORT", "8000")
    if not port.isdigit():
        raise Trouble(f"PORT must be a number, not {port!r}.")
    return Address(os.environ.get("BIND", "127.0.0.1"), int(port))
