"""The browser's doors to what lies across the rooms: home, search, the ledger, the exercise."""
