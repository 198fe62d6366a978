"""Dates: ``parser`` reads a cell; ``machine`` what programs write, ``notation`` figures, ``words`` the rest."""
