"""What the desk shows: templates, words, look and script."""
