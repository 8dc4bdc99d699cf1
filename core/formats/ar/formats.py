"""Arabic numbers as in English: one figure must never read as two on two people's screens."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
