"""What the checker of the document has to be told: how a piece of a file is sent as it is."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def piece(_context, value):
    """The bytes themselves."""
    return value if isinstance(value, bytes) else str(value).encode()
