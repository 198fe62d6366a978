"""How the shape score is measured, and what it is fitted on."""
