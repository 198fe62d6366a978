"""Every tool on the same rosters, each in a process of its own, and what came of it."""
