"""The verifier that needs nothing of ours, and the bundles it checks."""
