"""Children of the launcher: started again, given up, ended with everything they started."""

import os
import sys

import pytest

from config.local.children import Child, Crew, birth
from config.local.places import Home
from config.local.steps import Trouble
from tests.config.census import alive, descendants, soon


def quick_child(home: Home, script: str) -> Child:
    """A child that runs one line of Python."""
    log, pid_file = home.log("quick"), home.folder / "run" / "quick.pid"
    return Child("Quick", [sys.executable, "-c", script], log, pid_file, os.environ)


def test_a_child_that_dies_three_times_in_a_minute_stops_everything(
    home: Home, crew: Crew, capfd: pytest.CaptureFixture[str]
) -> None:
    crew.start(quick_child(home, "print('out of luck')"))

    with pytest.raises(Trouble, match=r"died 3 times in a minute(.|\n)*out of luck"):
        crew.look_after()
    assert capfd.readouterr().out.count("starting it again") == 2


def test_a_child_that_will_not_stop_is_killed_with_its_own_children(home: Home, crew: Crew) -> None:
    deaf = "import signal, subprocess, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    child = quick_child(home, deaf + "subprocess.Popen(['sleep', '60']); time.sleep(60)")
    child.grace = 0.2
    crew.start(child)
    assert child.process
    pid = child.process.pid
    assert soon(lambda: descendants(pid))
    family = {pid: birth(pid), **descendants(pid)}

    crew.stop()

    assert soon(lambda: not alive(family))
