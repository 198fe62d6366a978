"""``lbt-audit init``: a county file, and what it learns of the county's own form and units."""
