"""``审计报告.html``: the page to look at."""
