"""What administrators see of keys, of what left and came in, of webhooks, imports and peers."""

from exchange.admin import following, peer, sharing, states

__all__ = ["following", "peer", "sharing", "states"]
