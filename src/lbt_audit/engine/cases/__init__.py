"""Issues about one child as one case: whose they are, which follows from which, and what comes first."""
