"""``批注/``: the workbooks handed in, their faulty cells marked, with the list of issues as their first sheet."""
