"""The register as the units write it down: one module per kind of file."""
