"""What is dropped: how much of it, under which names, and where it is put."""
