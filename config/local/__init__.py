"""Starts Vestige on one machine: installs it, runs its servers, watches them and stops them."""
