"""What the program writes down for itself."""
