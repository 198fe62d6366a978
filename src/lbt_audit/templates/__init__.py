"""Blank workbooks in the unified form, made from the schemas."""
