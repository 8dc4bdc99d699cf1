"""What administrators see of keys, of what left and came in, of webhooks, imports and peers."""

from exchange.admin import peer, sharing

__all__ = ["peer", "sharing"]
