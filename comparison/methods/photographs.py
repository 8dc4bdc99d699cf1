"""What makes two photographs worth a look together. A help in searching, and never evidence."""

BITS, PARTS = 256, 16
PART = BITS // PARTS

LOOKS_ALIKE = 31
"""Most bits apart (of 256) at which two PDQ hashes are taken to look alike; Facebook, 2019."""

ONE_SHOT = 16
"""Most bits apart at which two are held to be one photograph, cut or pressed anew: our choice."""

CLEAR = 50
"""Least PDQ quality (0 to 100) of a hash that is compared: a flat picture looks like any other."""


def tokens_around(code: str) -> list[int]:
    """The parts of a hash (64 hexadecimal digits), and all that differ from one by a single bit.

    Sixteen parts and 31 bits: one part of any hash within reach has at most one bit wrong.
    """
    found = []
    for place in range(PARTS):
        part = int(code[place * PART // 4 : (place + 1) * PART // 4], 16)
        near = [part, *(part ^ (1 << bit) for bit in range(PART))]
        found += [place << PART | bits for bits in near]
    return found
