"""Other tools that hold a table against checks, beside ours: in an environment of their own, on the same rows."""
