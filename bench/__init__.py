"""One script per figure of speed; `make bench` runs them all and rewrites bench/README.md."""
