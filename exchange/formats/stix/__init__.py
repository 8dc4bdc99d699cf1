"""STIX 2.1 as pure code: objects, markings, our extensions, their shape, bundles out and in."""
