"""Drafts of a county's own files, out of what it hands over: its form as a schema, its units, its county file."""
