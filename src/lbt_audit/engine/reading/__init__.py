"""From the request to frames: files read, understood, laid end to end."""
