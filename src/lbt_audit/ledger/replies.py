"""Returned reply workbooks → claims in the ledger, whatever people did to the workbook."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lbt_audit.frames.days import day_of
from lbt_audit.intake.grid import Grid
from lbt_audit.ledger.reply_form import REQUIRED, STATES, column_of, squeeze, state_of
from lbt_audit.ledger.store import transaction
from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.location import column_letter
from lbt_audit.model.text import Text
from lbt_audit.values.kind import NO_DATE, Context
from lbt_audit.values.mask import mask_text
from lbt_audit.values.registry import KINDS

_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_HEADER_ROWS = 30  # how far down the header may have moved


@dataclass(frozen=True)
class Reply:
    """One answered row. ``done_on`` None = no date given."""

    fingerprint: str
    rule: str
    state: str
    measure: str
    person: str
    done_on: date | None
    evidence: str
    source: str  # file:sheet!row


@dataclass(frozen=True)
class Refusal:
    """A row or file that was not taken, and why."""

    place: str
    text: Text


@dataclass
class Collected:
    """What the returned workbooks came to."""

    replies: list[Reply] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    entered: int = 0
    claims: int = 0  # of these, how many say done
    repeated: int = 0
    incomplete: list[tuple[Reply, Text]] = field(default_factory=list)


def read_replies(path: str, grids: Sequence[Grid], as_of: date, context: Context) -> Collected:
    """Answered rows of one returned workbook; rows with no answer are passed over."""
    collected = Collected()
    found = False
    for grid in grids:
        header = _find_header(grid)
        if header is None:
            continue
        found = True
        _read_sheet(path, grid, *header, as_of, context, collected)
    if not found:
        collected.refusals.append(
            Refusal(
                path,
                Text(
                    "没有找到“问题编号”和“整改情况”两栏，不是整改回复表",
                    "no columns “Issue” and “Reply”: this is not a reply workbook",
                ),
            )
        )
    return collected


def _find_header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for i in range(min(_HEADER_ROWS, len(grid.row_numbers))):
        columns: dict[str, int] = {}
        for c in range(len(grid.text)):
            key = column_of(grid.text[c][i].as_py())
            if key is not None:
                columns.setdefault(key, c)
        if all(key in columns for key in REQUIRED):
            return i, columns
    return None


def _read_sheet(
    path: str,
    grid: Grid,
    header: int,
    columns: Mapping[str, int],
    as_of: date,
    context: Context,
    collected: Collected,
) -> None:
    lists = {key: grid.text[c].to_pylist() for key, c in columns.items()}
    for i in range(header + 1, len(grid.row_numbers)):
        cells = {key: values[i].strip() for key, values in lists.items()}
        row = int(grid.row_numbers[i])

        def place(key: str, row: int = row) -> str:
            return f"{path}:{grid.sheet}!{column_letter(columns[key])}{row}"

        answered = any(cells.get(k) for k in ("state", "measure", "person", "done_on", "evidence"))
        if not answered or column_of(cells["issue"]) == "issue":
            continue
        problem = _key_problem(cells["issue"])
        if problem is not None:
            collected.refusals.append(Refusal(place("issue"), problem))
            continue
        state = state_of(cells["state"])
        if state is None:
            options = "、".join(t.zh for t in STATES.values()), ", ".join(t.en for t in STATES.values())
            text = Text(
                f"整改情况“{cells['state']}”须为：{options[0]}",
                f"reply {cells['state']!r} must be one of {options[1]}",
            )
            collected.refusals.append(Refusal(place("state"), text))
            continue
        done_on = None
        if cells.get("done_on"):
            kind = CellKind(int(grid.kinds[i, columns["done_on"]]))
            done_on, problem = _day(cells["done_on"], kind, as_of, context)
            if problem is not None:
                collected.refusals.append(Refusal(place("done_on"), problem))
                continue
        collected.replies.append(
            Reply(
                fingerprint=cells["issue"].lower(),
                rule=cells.get("rule", ""),
                state=state,
                measure=mask_text(cells.get("measure", "")),
                person=cells.get("person", ""),
                done_on=done_on,
                evidence=mask_text(cells.get("evidence", "")),
                source=f"{path}:{grid.sheet}!{row}",
            )
        )


def _key_problem(key: str) -> Text | None:
    if _FINGERPRINT.fullmatch(key.lower()):
        return None
    if not key:
        return Text("问题编号被删除，无法对应到台账", "the issue number was removed")
    return Text(f"问题编号“{key}”被改动，无法对应到台账", f"issue number {key!r} was changed")


def _day(text: str, kind: CellKind, as_of: date, context: Context) -> tuple[date | None, Text | None]:
    parser = KINDS["date"]
    parsed = parser.parse(text, kind, context, None)
    facets = dict(zip(parser.facets, parsed.facets, strict=False))
    low = facets.get("lo", NO_DATE)
    if parsed.state != State.OK or low == NO_DATE or facets.get("precision") != "day":
        return None, Text(
            f"完成日期“{text}”无法识别，请写到日", f"date {text!r} is not understood; give the full day"
        )
    day = day_of(int(low))
    if day > as_of:
        return None, Text(f"完成日期 {day} 晚于 {as_of}", f"done on {day}, later than {as_of}")
    return day, None


def enter(connection: sqlite3.Connection, collected: Collected, on: date) -> Collected:
    """Put the replies into the ledger in one transaction; unknown or swapped keys are refused.

    A reply equal to the last one of its issue is counted as repeated and not entered again.
    """
    with transaction(connection):
        for reply in collected.replies:
            issue = connection.execute(
                "SELECT rule, status FROM issue WHERE fingerprint = ?", (reply.fingerprint,)
            ).fetchone()
            refusal = _refuse(issue, reply)
            if refusal is not None:
                collected.refusals.append(Refusal(reply.source, refusal))
                continue
            values = (
                reply.state,
                reply.measure,
                reply.person,
                reply.done_on.isoformat() if reply.done_on else None,
                reply.evidence,
            )
            last = connection.execute(
                "SELECT state, measure, person, done_on, evidence FROM reply WHERE fingerprint = ?"
                " ORDER BY id DESC LIMIT 1",
                (reply.fingerprint,),
            ).fetchone()
            if last is not None and tuple(last) == values and issue["status"] in ("claimed", "closed"):
                collected.repeated += 1
                continue
            _write(connection, reply, values, issue["status"], on)
            collected.entered += 1
            collected.claims += reply.state == "done"
            gap = _gap(reply)
            if gap is not None:
                collected.incomplete.append((reply, gap))
    return collected


def _refuse(issue: sqlite3.Row | None, reply: Reply) -> Text | None:
    if issue is None:
        return Text(
            f"台账中没有问题编号 {reply.fingerprint}（编号被改动，或属于别的台账）",
            f"no issue {reply.fingerprint} in this ledger (changed, or from another ledger)",
        )
    if reply.rule and squeeze(reply.rule) != squeeze(issue["rule"]):
        return Text(
            f"问题编号 {reply.fingerprint} 应为规则 {issue['rule']}，此行写的是 {reply.rule}：编号与内容错行",
            f"issue {reply.fingerprint} is of rule {issue['rule']}, this row says {reply.rule}: number and text were shifted",
        )
    return None


def _write(
    connection: sqlite3.Connection, reply: Reply, values: tuple[str | None, ...], status: str, on: date
) -> None:
    day = on.isoformat()
    connection.execute(
        "INSERT INTO reply (fingerprint, day, state, measure, person, done_on, evidence, source)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (reply.fingerprint, day, *values, reply.source),
    )
    connection.execute(
        "INSERT INTO event (fingerprint, day, kind, detail) VALUES (?, ?, ?, ?)",
        (reply.fingerprint, day, f"reply_{reply.state}", reply.person),
    )
    if reply.state == "done" and status != "closed":
        connection.execute("UPDATE issue SET status = 'claimed' WHERE fingerprint = ?", (reply.fingerprint,))
    elif reply.state != "done" and status == "claimed":
        connection.execute("UPDATE issue SET status = 'open' WHERE fingerprint = ?", (reply.fingerprint,))


def _gap(reply: Reply) -> Text | None:
    """What a claim lacks: a claim without measure, person, date or evidence is still a claim."""
    if reply.state != "done":
        return None
    missing = [
        (zh, en)
        for value, zh, en in (
            (reply.measure, "整改措施", "measure"),
            (reply.person, "整改人", "person"),
            (reply.done_on, "完成日期", "date"),
            (reply.evidence, "佐证材料", "evidence"),
        )
        if not value
    ]
    if not missing:
        return None
    return Text("缺" + "、".join(zh for zh, _ in missing), "lacks " + ", ".join(en for _, en in missing))


@dataclass(frozen=True)
class Answering:
    """How one responsible unit has answered its unclosed issues."""

    level: str
    unit: str
    issues: int
    answered: int
    claimed: int
    first_due: date | None


def answering(connection: sqlite3.Connection) -> list[Answering]:
    """Every responsible unit with unclosed issues; who has not answered comes first."""
    rows = connection.execute(
        """
        SELECT responsible_level, responsible_unit, status, deadline,
            EXISTS (SELECT 1 FROM reply WHERE reply.fingerprint = issue.fingerprint) AS answered
        FROM issue WHERE status <> 'closed'
        """
    )
    units: dict[tuple[str, str], list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        units[row["responsible_level"], row["responsible_unit"]].append(row)
    result = [
        Answering(
            level=level,
            unit=unit,
            issues=len(members),
            answered=sum(m["answered"] for m in members),
            claimed=sum(m["status"] == "claimed" for m in members),
            first_due=min(date.fromisoformat(m["deadline"]) for m in members),
        )
        for (level, unit), members in units.items()
    ]
    return sorted(result, key=lambda a: (a.answered > 0, -a.issues, a.level, a.unit))
