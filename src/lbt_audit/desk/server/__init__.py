"""The desk as a server: its routes, its start and its end."""
