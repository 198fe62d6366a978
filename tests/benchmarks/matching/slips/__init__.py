"""What happens to a record on its way into a list: slips by kind, each remembered."""
