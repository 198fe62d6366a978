"""Copies of workbooks in which nothing differs but what is named: the package is edited part by part, and a part that
need not change goes out as it came."""
