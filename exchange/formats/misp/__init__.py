"""MISP events as pure code: objects by their templates, tags, references, events out and in."""
