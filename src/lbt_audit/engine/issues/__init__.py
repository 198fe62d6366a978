"""From findings to issues: located, worded, assigned, dated."""
