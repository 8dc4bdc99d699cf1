"""Settings of what passes between peers: whom this installation may ask, what seals its keys."""

import os
from pathlib import Path

from config import env
from core.sealing import Keeper, SecretKeeper


def peer_keepers() -> list[Keeper]:
    """Who holds the keys by which peers know us, the present keeper, then the former one.

    Without PEER_KEY nothing passes between peers. While developing, SECRET_KEY may stand in.
    """
    if not env.secret("PEER_KEY"):
        return [SecretKeeper.of(env.secret_key())] if env.debugging() else []
    if env.secret("PEER_KEY") == env.secret_key():
        raise env.refused("PEER_KEY must be another secret than SECRET_KEY.")
    former = [env.random_secret("PEER_OLD_KEY")] if env.secret("PEER_OLD_KEY") else []
    return [SecretKeeper.of(key) for key in [env.random_secret("PEER_KEY"), *former]]


def peer_hosts() -> list[str]:
    """The hosts that PEER_HOSTS names, each with its port unless that is 443: no other is asked."""
    hosts = [host.lower() for host in env.words("PEER_HOSTS")]
    for host in hosts:
        if "/" in host or "*" in host or "@" in host:
            raise env.refused(f"PEER_HOSTS: name hosts one by one, such as b.example.org: {host}")
    return hosts


def peer_roots() -> str:
    """The PEM file of PEER_CA_FILE, by which peers' certificates are judged."""
    file = os.environ.get("PEER_CA_FILE", "")
    if file and not Path(file).is_file():
        raise env.refused(f"PEER_CA_FILE names {file}, where there is no file.")
    return file


PEER_KEEPERS = peer_keepers()
PEER_HOSTS = peer_hosts()
PEER_CA_FILE = peer_roots()
PEER_LARGEST = env.number("PEER_LARGEST", default=64 * 10**9)
"""Bytes of the largest bundle that is received from a peer."""
