"""``lbt-audit check`` and ``recheck``: options → request → audit → outputs → exit code."""
