"""Why a client cannot go on from where it was."""

from core.errors import Refused


class CursorRefused(Refused):
    """The cursor cannot be gone on from: a sentence that says what to do, and an HTTP status."""

    def __init__(self, sentence: str, *, code: str, status: int = 422) -> None:
        super().__init__(sentence)
        self.code, self.status = code, status
