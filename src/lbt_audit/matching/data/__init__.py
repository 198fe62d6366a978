"""Tables of characters and of the lunar calendar, made by ``matching.build``."""
