"""Reasoning on evidence that needs no database."""
