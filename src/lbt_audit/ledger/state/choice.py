"""Issues of the ledger picked by unit, status, rule and deadline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from lbt_audit.ledger.database.store import LedgerUsageError
from lbt_audit.ledger.state.recheck import Recheck
from lbt_audit.ledger.state.summary import Item
from lbt_audit.ledger.state.words import STATUSES
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text, listed


@dataclass(frozen=True)
class Choice:
    """``units`` as the ledger names them, ``statuses`` as keys or words of STATUSES, ``rules`` as prefixes of codes;
    ``due_by``: the last day an issue may be due. What is empty asks for nothing."""

    units: Sequence[str] = ()
    statuses: Sequence[str] = ()
    rules: Sequence[str] = ()
    due_by: date | None = None

    def __bool__(self) -> bool:
        return bool(self.units or self.statuses or self.rules or self.due_by)

    def of(self, recheck: Recheck) -> list[Item]:
        """The issues asked for, by deadline, then gravest first. Raises LedgerUsageError for a unit or rule the
        ledger holds nothing of, and for a status that is none."""
        asked = [*self._of_unit(recheck), *self._of_status(), *self._of_rule(recheck)]
        found = [item for item in recheck.items if all(one(item) for one in asked)]
        if self.due_by is not None:
            found = [item for item in found if item.standing.deadline <= self.due_by]
        return sorted(
            found, key=lambda i: (i.standing.deadline, -i.row["severity"], i.row["rule"], i.row["label"])
        )

    def _of_unit(self, recheck: Recheck) -> Iterable[Callable[[Item], bool]]:
        if not self.units:
            return
        known = {name for item in recheck.items for name in _names(item)}
        for unit in self.units:
            if unit not in known:
                near = did_you_mean(unit, known)
                raise LedgerUsageError(
                    Text(
                        f"台账中没有单位“{unit}”的问题{near.zh}",
                        f"the ledger holds no issue of {unit!r}{near.en}",
                    )
                )
        yield lambda item: not _names(item).isdisjoint(self.units)

    def _of_status(self) -> Iterable[Callable[[Item], bool]]:
        if not self.statuses:
            return
        words = {word: key for key, text in STATUSES.items() for word in (key, text.zh, text.en)}
        for status in self.statuses:
            if status not in words:
                known = listed(STATUSES.values())
                raise LedgerUsageError(
                    Text(
                        f"没有状态“{status}”，可用：{known.zh}",
                        f"no status {status!r}; there are {', '.join(STATUSES)}",
                    )
                )
        wanted = {words[status] for status in self.statuses}
        yield lambda item: item.status in wanted or ("overdue" in wanted and item.overdue)

    def _of_rule(self, recheck: Recheck) -> Iterable[Callable[[Item], bool]]:
        if not self.rules:
            return
        known = sorted({str(item.row["rule"]) for item in recheck.items})
        for rule in self.rules:
            if not any(code.startswith(rule) for code in known):
                near = did_you_mean(rule, known)
                raise LedgerUsageError(
                    Text(
                        f"台账中没有代码以“{rule}”开头的问题{near.zh}",
                        f"the ledger holds no issue of a rule that begins with {rule!r}{near.en}",
                    )
                )
        yield lambda item: str(item.row["rule"]).startswith(tuple(self.rules))


def _names(item: Item) -> set[str]:
    """Names of an issue's unit: as shown, and without the township that tells it from others of its name."""
    label = str(item.row["label"])
    return {label, label.removeprefix(item.row["responsible_township"] or "") or label}
