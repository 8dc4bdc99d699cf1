"""How far it is: a bar on a terminal, a line now and then in a log."""

from io import StringIO

from vestige_sync.progress import Progress


class Terminal(StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def drawn(stream, *steps, total=0, unit=""):
    """What was written while the clock went on by a second at each look."""
    ticks = iter(range(1, 1000))
    with Progress("Files", total, unit=unit, stream=stream, clock=lambda: next(ticks)) as shown:
        for step in steps:
            shown.step(step)
    return stream.getvalue()


def test_a_terminal_shows_a_bar_that_fills():
    told = drawn(Terminal(), 500_000, 500_000, total=1_000_000, unit="bytes")
    assert f"[{'#' * 15}{'.' * 15}] Files: 500.0 KB of 1.0 MB" in told
    assert told.endswith(f"[{'#' * 30}] Files: 1.0 MB of 1.0 MB\n")


def test_a_log_gets_a_line_now_and_then():
    told = drawn(StringIO(), *[1] * 9, unit="lines").splitlines()
    assert 1 < len(told) < 9
    assert told[-1] == "Files: 9 lines"
    assert not any("\x1b" in line or "\r" in line for line in told)


def test_where_nothing_was_done_nothing_is_said():
    assert drawn(Terminal()) == drawn(StringIO()) == ""
