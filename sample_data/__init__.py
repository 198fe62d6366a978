"""Invented sample counties, and the generator that made them (``python -m sample_data.generate``)."""
