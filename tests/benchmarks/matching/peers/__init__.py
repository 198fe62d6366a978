"""The tools beside which matching is measured."""
