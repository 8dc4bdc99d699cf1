"""How numbers are written where Django's own habits for a language would mislead."""
