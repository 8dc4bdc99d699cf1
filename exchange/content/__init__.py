"""What of a case leaves for other programs, read as whoever lets it out may see it."""
