"""What the desk hands out: documents of a check, repaired copies, blank forms."""
