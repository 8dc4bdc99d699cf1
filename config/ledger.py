"""Settings of the ledger and of what it signs: keys, authorities, how long custody may wait."""

import os

from config import env


def ledger_name() -> str:
    """What this installation's logs and keys are called: LEDGER_NAME, else after its address."""
    name = os.environ.get("LEDGER_NAME", "") or f"{env.words('ALLOWED_HOSTS', env.HERE)[0]}/vestige"
    if "+" in name or any(sign.isspace() for sign in name):
        raise env.refused("LEDGER_NAME has neither spaces nor a plus.")
    return name


def authorities() -> list[str]:
    """The RFC 3161 services that TIMESTAMP_AUTHORITIES names: no other address is ever asked."""
    named = env.words("TIMESTAMP_AUTHORITIES")
    for address in named:
        if not address.startswith(("http://", "https://")):
            raise env.refused(f"TIMESTAMP_AUTHORITIES: {address} is no http or https address.")
    return named


SIGNER_FOLDER = os.environ.get("SIGNER_FOLDER", "")
"""The folder with the signing key: only the signer's process is told of it."""
LEDGER_NAME = ledger_name()
LEDGER_KEYS = env.words("LEDGER_KEYS")
"""Public keys that the operator vouches for, whatever the database says."""
TIMESTAMP_AUTHORITIES = authorities()
TIMESTAMP_ROOTS = os.environ.get("TIMESTAMP_ROOTS", "")
"""A PEM file of the root certificates that time-stamps are held against."""

CUSTODY_PATIENCE_HOURS = env.number("CUSTODY_PATIENCE_HOURS", default=24)
"""How long a hand-over may wait for its second signature before it shows as a gap."""
