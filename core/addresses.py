"""Tells from where a request comes, believing only as many proxies as the operator names."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

FOR_PROGRAMS = ("/api/", "/taxii2/", "/peer/")
"""Beneath these only programs ask, and they are answered in JSON."""


def client_address(request: HttpRequest) -> str:
    """The asking machine's IP address: what our own outermost proxy saw, never what it was told.

    Each proxy appends the address it was asked from to X-Forwarded-For. Anything left of the
    entries of our own TRUSTED_PROXIES was written by the client and proves nothing.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUSTED_PROXIES == 0:
        return nearest
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    claimed = told[-settings.TRUSTED_PROXIES] if len(told) >= settings.TRUSTED_PROXIES else ""
    try:
        return str(ip_address(claimed))
    except ValueError:
        return nearest
