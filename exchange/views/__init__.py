"""Pages about programs: the REST interface and the keys they speak with."""
