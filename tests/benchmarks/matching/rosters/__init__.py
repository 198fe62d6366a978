"""Two lists of one county with the truth between them."""

from tests.benchmarks.matching.rosters.pairs import register_and_school, village_and_register
from tests.benchmarks.matching.rosters.roster import Roster

__all__ = ["Roster", "register_and_school", "village_and_register"]
