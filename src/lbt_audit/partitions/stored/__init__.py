"""What goes from one step of a divided audit to the next, as files: JSON and Parquet, never pickles."""
