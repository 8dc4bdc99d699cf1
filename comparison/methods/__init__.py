"""How alike two components are: the comparison method as pure code, without a database."""
