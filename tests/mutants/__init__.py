"""Takes each line that guards access away in turn, and sees whether the access tests notice."""
