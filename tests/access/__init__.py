"""What the access tests walk through: two cases whose teams know nothing of each other."""
