"""Wires: settings, addresses, the Celery application and the servers of `make up`."""
