"""Citizen ID numbers of invented people: area 529901, which is allocated to no county."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

AREA = "529901"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def check_character(body: str) -> str:
    """Check character (GB 11643-1999) of 17 digits."""
    return _CHECK[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def complete(body: str) -> str:
    """17 digits and their check character."""
    return body + check_character(body)


def number(birth: date, sequence: int, area: str = AREA) -> str:
    """The ID number of a person of ``sequence`` (odd = male) born on ``birth``."""
    return complete(f"{area}{birth:%Y%m%d}{sequence:03d}")


def wrong_check(id_no: str, step: int = 1) -> str:
    """The number with another check character."""
    at = _CHECK.index(id_no[-1])
    return id_no[:-1] + _CHECK[(at + step) % 11]


@dataclass
class Issuer:
    """Hands out ID numbers; never the same one twice."""

    given: set[str] = field(default_factory=set)

    def issue(self, birth: date, sex: str, sequence: int | None = None, area: str = AREA) -> str:
        """The next free number of the day; ``sequence`` asks for that very one."""
        if sequence is not None:
            wanted = number(birth, sequence, area)
            if wanted in self.given:
                raise ValueError(f"ID number issued twice: {wanted}")
            self.given.add(wanted)
            return wanted
        # Start at a sequence that varies with the day: villages register children one by one.
        start = (birth.toordinal() * 37) % 400
        start += (start % 2) != (1 if sex == "男" else 0)
        for sequence in range(start + (0 if start else 2), start + 600, 2):
            wanted = number(birth, sequence, area)
            if wanted not in self.given:
                self.given.add(wanted)
                return wanted
        raise ValueError(f"no ID number left for {birth}")
