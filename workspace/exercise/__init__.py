"""The exercise: a fictional investigation, entered through the same services as a real one."""
