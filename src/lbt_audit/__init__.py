"""Audit registration spreadsheets of rural left-behind children (农村留守儿童)."""

__version__ = "0.1.0"
