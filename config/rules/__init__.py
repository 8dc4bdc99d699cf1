"""The rules of the source that no general tool knows; `make check` holds us to them."""
