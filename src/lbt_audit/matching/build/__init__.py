"""Makes the tables of ``matching.data`` from published packages: a developer's tool, not installed."""
