"""Five copies at once over a line that cuts, delays and repeats, while places on cases change."""
