"""Where notifications may go: to hosts that the operator named, over TLS, and never inside."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import Refused

Numbered = IPv4Address | IPv6Address
PORTS = {"https": 443, "http": 80}
TRANSLATED = IPv6Network("64:ff9b::/96")
"""Addresses behind which a gateway of the network reaches IPv4 (RFC 6052)."""


@dataclass(frozen=True)
class Place:
    """A receiver's address, taken apart: `target` is what is asked for there."""

    host: str
    port: int
    target: str
    is_plain: bool

    @property
    def host_header(self) -> str:
        """The host as the request names it."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        usual = PORTS["http" if self.is_plain else "https"]
        return named if self.port == usual else f"{named}:{self.port}"


def place_of(address: str) -> Place:
    """The place that an address names, or Refused with what is wrong about it."""
    if not settings.WEBHOOK_HOSTS:
        raise Refused(
            _("Webhooks are off on this server: the operator has named no hosts (WEBHOOK_HOSTS).")
        )
    url = parts_of(address)
    host, port = url.hostname or "", url.port or PORTS.get(url.scheme, 0)
    if (host, port) not in named_hosts():
        raise Refused(
            _("The operator has not named %(host)s among the hosts that may be told.")
            % {"host": f"{host}:{port}"}
        )
    if url.scheme == "http" and not may_be_plain(host):
        raise Refused(_("Notifications leave over TLS only: begin the address with https://."))
    query = f"?{url.query}" if url.query else ""
    return Place(host, port, f"{url.path or '/'}{query}", is_plain=url.scheme == "http")


def parts_of(address: str) -> SplitResult:
    """The parts of an address that is written plainly, with nothing before the host."""
    complaint = _("Write the address as https://host/path, in ASCII, without spaces and #.")
    try:
        url = urlsplit(address)
        is_whole = bool(url.hostname) and url.port != 0 and url.scheme in PORTS
    except ValueError:
        raise Refused(complaint) from None
    if not (is_whole and address.isascii() and address.isprintable()) or set(address) & set(" \\#"):
        raise Refused(complaint)
    if "@" in url.netloc:
        raise Refused(_("Leave name and password out of the address: notifications are signed."))
    return url


def named_hosts() -> set[tuple[str, int]]:
    """The hosts that the operator named, each with its port."""
    named = [urlsplit(f"//{entry}") for entry in settings.WEBHOOK_HOSTS]
    return {(url.hostname or "", url.port or PORTS["https"]) for url in named}


def may_be_plain(host: str) -> bool:
    """True for this very machine, by address, where the operator lets it be tried out."""
    number = numbered(host)
    return bool(settings.WEBHOOK_PLAIN_LOOPBACK and number and number.is_loopback)


def numbered(host: str) -> Numbered | None:
    """The address that a host is named by, if it is."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def may_be_reached(address: str, port: int) -> bool:
    """True for an address out in the world; inside, for one that was named with this very port."""
    number = numbered(address)
    if number is None:
        return False
    inside = {numbered(host) for host, named in named_hosts() if named == port}
    return number in inside or is_outside(number)


def is_outside(number: Numbered) -> bool:
    """False for private, link-local, loopback and multicast addresses, however they are wrapped."""
    inner = wrapped_in(number)
    if inner is not None:
        return is_outside(inner)
    return number.is_global and not number.is_multicast and not number.is_reserved


def wrapped_in(number: Numbered) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to, if it is one of those."""
    if isinstance(number, IPv4Address):
        return None
    if number in TRANSLATED:
        return IPv4Address(int(number) & 0xFFFFFFFF)
    tunnel = number.teredo[1] if number.teredo else None
    return number.ipv4_mapped or number.sixtofour or tunnel
