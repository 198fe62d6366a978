"""Returned reply workbooks: read, held against the ledger, entered."""
