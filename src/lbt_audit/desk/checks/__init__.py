"""One check: an audit of the files on the desk in a process of its own, and what it comes to."""
