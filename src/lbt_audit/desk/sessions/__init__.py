"""What one browser has on the desk, in a folder that goes when the desk closes."""
