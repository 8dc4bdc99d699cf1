"""Pictures good, odd and hostile, and what an examination makes of them."""
