"""Reports and bundles in the browser."""
