"""File formats that other programs write and read, as pure code."""
