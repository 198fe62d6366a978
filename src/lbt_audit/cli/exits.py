"""Exit codes."""

from __future__ import annotations

OK = 0  # nothing at or above --fail-on
FINDINGS = 1
USAGE = 2  # wrong usage or configuration
INCOMPLETE = 3  # a rule crashed, an output could not be written
INTERRUPTED = 130
