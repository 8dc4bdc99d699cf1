"""How often Python looks for what nobody holds any more."""

import gc

FEW = (20_000, 20, 20)
"""So many new things before it looks; an answer of thousands of lines is made of far more, all of
which are held until it has left. Python's own 700 take a quarter of the time of such an answer.
"""


def settle() -> None:
    """Leave out of every later look what was loaded for good, and look more seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*FEW)
