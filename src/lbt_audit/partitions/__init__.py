"""An audit cut into parts: each read and audited by the same functions, what crosses them exchanged, results merged."""
