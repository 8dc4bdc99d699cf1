"""The data files that ship with the product, and how the imported ones were made."""
