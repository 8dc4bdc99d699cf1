"""Words and signs that templates share, one module per subject."""
