"""Mechanical repairs: cells that say what they mean in another way than the registers ask for."""
