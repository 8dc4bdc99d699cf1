"""What can be wrong with a table or one of its cells: a code, and the words it is about."""


class WrongTable(ValueError):
    """The file as a whole cannot be read; `where` says what of it."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(code, where)
        self.code, self.where = code, where


class WrongCell(ValueError):
    """One cell does not say what its column should: `said` is what it says, `known` what it may."""

    def __init__(self, code: str, said: str = "", known: str = "") -> None:
        super().__init__(code, said)
        self.code, self.said, self.known = code, said[:200], known
