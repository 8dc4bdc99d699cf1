"""Keeps a copy of what you see in Vestige, works without a line, and sends what you did."""

from vestige_sync.client import Client
from vestige_sync.errors import Refused, Trouble, Unreachable, Unverified, Usage
from vestige_sync.feed import Pulled
from vestige_sync.push import Pushed

__all__ = [
    "Client",
    "Pulled",
    "Pushed",
    "Refused",
    "Trouble",
    "Unreachable",
    "Unverified",
    "Usage",
]
__version__ = "0.1.0"
