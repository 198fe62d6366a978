"""Characters between or around others that show nothing."""

from __future__ import annotations

from typing import Final

BLANKS: Final = r"[\s\x{3000}\x{00a0}\x{200b}-\x{200f}\x{feff}]+"
"""RE2 pattern: white space of any kind, full-width and hard blanks, joiners, marks of direction."""
