"""Looking at uploaded originals: pure code that decodes strangers' bytes in a shut-in process."""
