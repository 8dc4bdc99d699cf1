"""What is tried against the product, and what becomes of it."""
