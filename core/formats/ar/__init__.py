"""Arabic, as this product writes it."""
