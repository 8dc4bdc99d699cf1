"""In which script a name is written, as its letters tell."""

import unicodedata


def script_of(text: str) -> str:
    """The script of most of its letters in lower case, such as arabic or latin; empty for none.

    Unicode names each letter after its script: ARABIC LETTER ALEF, LATIN SMALL LETTER A.
    """
    found: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            script = unicodedata.name(letter, "").partition(" ")[0].lower()
            found[script] = found.get(script, 0) + 1
    return max(found, key=lambda script: found[script], default="")
