"""Pure calculations of attribution."""
