"""Comparisons in the browser. A view finds, asks a service, and answers; nothing more."""
