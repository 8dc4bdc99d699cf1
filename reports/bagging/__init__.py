"""Bags (RFC 8493) as one archive that can be written in one way only; knows no Django."""
