"""The desk: a page of this machine's own browser, for people without a terminal. Files are dropped, checked and given back
corrected; nothing is kept once it closes."""
