"""What templates say of cases and of the ledger that holds them."""
