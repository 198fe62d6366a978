"""Who reaches the desk: the address, what opens it, and what every request and answer has to show."""
