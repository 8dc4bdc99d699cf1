"""What a scanned label says: an address of ours, which ends in the key of the thing."""

import re
from uuid import UUID

ADDRESS = re.compile(r"(?:^|/)x/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?$", re.IGNORECASE)


def key_scanned(text: str) -> UUID | None:
    """The key in an address such as https://…/x/<key>/, whichever server it names."""
    found = ADDRESS.search(text.strip())
    return UUID(found[1]) if found else None
