"""Which records of the registers handed in are one child, and what follows from it."""
