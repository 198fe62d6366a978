"""Whether a returned row is about the issue whose number it bears.

A number is changed in one cell, or a column sorted by itself, and an answer lands on another child's issue. So
what is still there of rule, child, place and finding is held against the ledger:

- rule and child always; a child may be written in full, or under another mask, as long as it fits;
- place and finding to the letter where the workbook is of the only audit of its day and the ledger has seen the
  issue in no later one. Since then files were renamed and rows moved; a row of an older workbook is refused where
  its place, finding and child are those of another issue of the rule.

A row must also be the unit's own. The mark and the title of the workbook say whose it is, a column 责任单位 whose
the row is; a township may answer for its villages and schools. Where nothing says whose it is (mark and title
cut off), the row is taken; who enters the rows says so where such a file answers for several units.

Nor can an issue have been corrected before it was found.
Blanks and full-width forms count nowhere, and a star or “?” stands for any character.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from datetime import date
from functools import cache

from lbt_audit.ledger.replies.day import cannot_be
from lbt_audit.ledger.replies.form import UNIT, squeeze
from lbt_audit.ledger.replies.mark import Heading
from lbt_audit.ledger.replies.sheet import Answer, is_fingerprint
from lbt_audit.model.text import Text
from lbt_audit.values.text import squeeze as compact
from lbt_audit.values.text import unify_dots

_UNKNOWN = frozenset("*?？□■○�")


class Check:
    """The ledger's issues as what returned rows are held against."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._units = {
            name
            for row in connection.execute(
                "SELECT DISTINCT responsible_unit, responsible_township, township FROM issue"
            )
            for name in row
            if name
        }
        self._audits: dict[str, list[int]] = defaultdict(list)
        for number, day in connection.execute("SELECT id, as_of FROM audit"):
            self._audits[day].append(number)
        self._days = dict(connection.execute("SELECT id, as_of FROM audit").fetchall())
        self._named = cache(self._find_units)
        self._places = cache(self._find_places)

    @property
    def units(self) -> set[str]:
        """Names of all units and townships of the ledger."""
        return self._units

    def issue(self, key: str) -> sqlite3.Row | None:
        """The issue of a number, or of a fingerprint, also of one it came to bear when its child's number was corrected."""
        row: sqlite3.Row | None = self._connection.execute(
            "SELECT * FROM issue WHERE fingerprint = coalesce("
            "(SELECT issue FROM renumbered WHERE renumbered.fingerprint = :key), :key)"
            if is_fingerprint(key)
            else "SELECT * FROM issue WHERE number = :key",
            {"key": key},
        ).fetchone()
        return row

    def problem(self, answer: Answer, issue: sqlite3.Row | None) -> tuple[str, Text] | None:
        """Why the answer cannot be this issue's, and the column that says so."""
        if issue is None:
            key = (
                answer.key if is_fingerprint(answer.key) else ""
            )  # what else looks like a number may hold a name
            text = Text(
                f"台账中没有问题编号{f' {key}' if key else ''}（编号被改动，或属于别的台账）",
                f"no issue {key or 'of this number'} in this ledger (changed, or from another ledger)",
            )
            return "issue", text
        return self._content(answer, issue) or self._owner(answer, issue) or self._day(answer, issue)

    def _content(self, answer: Answer, issue: sqlite3.Row) -> tuple[str, Text] | None:
        key, shown = answer.key, answer.shown
        if shown.get("rule") and squeeze(shown["rule"]) != squeeze(issue["rule"]):
            return "rule", _shifted(
                f"问题编号 {key} 应为规则 {issue['rule']}，此行写的是另一条规则",
                f"issue {key} is of rule {issue['rule']}, this row says another",
            )
        if not _same_child(shown.get("child", ""), issue["child"]):
            return "child", _shifted(
                f"问题编号 {key} 是 {issue['child']} 的问题，此行写的是另一名儿童",
                f"issue {key} is about {issue['child']}, this row says another child",
            )
        columns = [c for c in ("place", "message") if not _same_text(c, shown.get(c, ""), issue)]
        if columns and (self._current(answer.heading, issue) or self._fits_another(answer, issue)):
            what = {"place": ("出处", "place"), "message": ("问题描述", "finding")}[columns[0]]
            return columns[0], _shifted(
                f"问题编号 {key} 的{what[0]}与台账不同", f"the {what[1]} of issue {key} is not the ledger's"
            )
        return None

    def _current(self, heading: Heading, issue: sqlite3.Row) -> bool:
        """Whether the workbook is of the audit that saw the issue last."""
        day = heading.as_of.isoformat() if heading.as_of is not None else ""
        return self._audits.get(day) == [issue["last_audit"]]

    def _fits_another(self, answer: Answer, issue: sqlite3.Row) -> bool:
        """Whether another issue of the rule has the place, the finding and the child of the row."""
        shown = answer.shown
        held = self._places(issue["rule"])
        place = compact(shown.get("place", ""))
        ends = [len(place), *(m.start() for m in re.finditer("[、,]", place))]
        others = [o for end in ends for o in held.get(place[:end], ())] if place else held.get("", [])
        return any(
            other["fingerprint"] != issue["fingerprint"]
            and _same_text("message", shown.get("message", ""), other)
            and _same_child(shown.get("child", ""), other["child"])
            for other in others
            if place or shown.get("message")
        )

    def _find_places(self, rule: str) -> dict[str, list[sqlite3.Row]]:
        """The issues of a rule by place; all of them under ""."""
        found: dict[str, list[sqlite3.Row]] = defaultdict(list)
        rows = self._connection.execute(
            "SELECT fingerprint, child, title, message, place FROM issue WHERE rule = ?", (rule,)
        )
        for row in rows:
            found[compact(row["place"])].append(row)
            found[""].append(row)
        return found

    def _owner(self, answer: Answer, issue: sqlite3.Row) -> tuple[str, Text] | None:
        owner, heading = issue["responsible_unit"], answer.heading
        allowed = {compact(owner)}
        if issue["responsible_level"] in ("village", "school"):
            allowed.add(compact(issue["responsible_township"] or issue["township"] or owner))
        column = compact(answer.shown.get(UNIT, ""))
        if column and not any(name in column for name in allowed):
            return UNIT, _foreign(answer.key, owner, "此行写的是另一个单位", "this row says another")
        twin = heading.township and issue["responsible_township"] not in (None, "", heading.township)
        if heading.unit and (compact(heading.unit) not in allowed or (heading.unit == owner and twin)):
            return "issue", _book_of(answer.key, owner, heading.unit)
        named = self._named(heading.title)
        if named and not any(compact(name) in allowed for name in named):
            return "issue", _book_of(answer.key, owner, "、".join(sorted(named)))
        return None

    def _find_units(self, title: str) -> frozenset[str]:
        """The units a title names; 白石镇中心小学 does not name 白石镇."""
        text = compact(title)
        found = {name for name in self._units if compact(name) in text}
        return frozenset(n for n in found if not any(n != other and n in other for other in found))

    def is_marked(self, heading: Heading) -> bool:
        """Whether anything says whose workbook it is."""
        return bool(heading.unit or self._named(heading.title))

    def _day(self, answer: Answer, issue: sqlite3.Row) -> tuple[str, Text] | None:
        found = date.fromisoformat(self._days[issue["first_audit"]])
        if answer.done_on is None or answer.done_on >= found:
            return None
        return "done_on", cannot_be(answer.done_on, found, "早于问题发现日期", "earlier than the finding")


def _shifted(zh: str, en: str) -> Text:
    return Text(
        f"{zh}：编号与内容错行，请照发下的原表恢复编号",
        f"{en}: number and text were shifted; restore the number as it was sent out",
    )


def _foreign(key: str, owner: str, zh: str, en: str) -> Text:
    return Text(f"问题编号 {key} 由{owner}负责，{zh}", f"issue {key} is {owner}'s, {en}")


def _book_of(key: str, owner: str, unit: str) -> Text:
    return _foreign(
        key,
        owner,
        f"这是{unit}的回复表，请由{owner}答复",
        f"this is the workbook of {unit}; {owner} has to answer it",
    )


def _same_child(text: str, child: str | None) -> bool:
    """Whether a name, masked in whatever way or in full, can be the child of the issue."""
    if not text or not child:
        return True
    one, other = unify_dots(compact(text)), unify_dots(compact(child))
    rest = one[len(other) :]
    if _alike(one[: len(other)], other) and not (rest[:1].isalpha() or rest[:1] == "*"):
        return True
    return any(
        mask.endswith("**") and name.startswith(mask.rstrip("*"))
        for mask, name in ((one, other), (other, one))
    )


def _same_text(column: str, text: str, issue: sqlite3.Row) -> bool:
    """Whether a row's place or finding can be the issue's. The ledger holds the first of several places, and no
    finding but its title where the audit masked nothing; people add remarks behind."""
    if not text or (column == "message" and issue["message"] == issue["title"]):
        return True
    one, other = compact(text), compact(issue[column])
    rest = one[len(other) :]
    if _alike(one[: len(other)], other):
        return column == "message" or not re.match("[0-9A-Za-z]", rest)
    return column == "message" and other in one


def _alike(one: str, other: str) -> bool:
    """Equal but for characters that a mask or a lossy character set took."""
    return len(one) == len(other) and all(
        a == b or a in _UNKNOWN or b in _UNKNOWN for a, b in zip(one, other, strict=True)
    )
