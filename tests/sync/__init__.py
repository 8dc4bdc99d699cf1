"""The client that keeps a copy: alone against a server that fails, and against the real one."""
