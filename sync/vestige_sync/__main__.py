"""`python -m vestige_sync`."""

from vestige_sync.cli import run

run()
