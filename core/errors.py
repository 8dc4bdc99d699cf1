"""The ways a service may say no, each with a sentence for the person who asked."""


class Refused(Exception):
    """The request makes sense, but the rules of the investigation forbid it (HTTP 422)."""

    code = "refused"


class Stale(Refused):
    """Somebody else changed the record since this person read it (HTTP 409)."""


class WrittenDown(Refused):
    """A refusal whose line in the ledger stays, though nothing else of the request does."""
