"""Answers of returned workbooks, held against the ledger and entered."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from lbt_audit.ledger.database.store import transaction
from lbt_audit.ledger.replies.answering import Collected, Reply
from lbt_audit.ledger.replies.check import Check
from lbt_audit.ledger.replies.names import Names
from lbt_audit.ledger.replies.sheet import Answer, Refusal, Returned
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.values.text import squeeze

_FIELDS = {
    "state": Text("整改情况", "reply"),
    "measure": Text("整改措施", "measure"),
    "person": Text("整改人", "person"),
    "done_on": Text("完成日期", "date"),
    "evidence": Text("佐证材料", "evidence"),
}


@dataclass(frozen=True)
class _Taken:
    """An answer that is its issue's, and the file's names."""

    answer: Answer
    issue: sqlite3.Row
    names: Names


def enter(connection: sqlite3.Connection, files: Sequence[Returned], on: date) -> Collected:
    """Put the answers into the ledger in one transaction; what is not its issue's is refused with its cell.

    One issue answered twice in what is entered together: the same (or one copy fuller than the other) counts once,
    contradictory answers are all refused. A later batch supersedes an earlier one; a reply equal to the last one of
    its issue is counted as repeated and not entered again.
    """
    collected = Collected()
    with transaction(connection):
        check = Check(connection)
        taken: dict[str, list[_Taken]] = defaultdict(list)
        for file in files:
            names = _names(check, file)
            collected.refusals += [Refusal(names.place(r.place), r.text) for r in file.refusals]
            for one in _judge(check, file, names, collected):
                taken[one.issue["fingerprint"]].append(one)
        for same in taken.values():
            differing = _differing([t.answer for t in same])
            if differing:
                collected.refusals += _contradictions(same, differing)
                continue
            collected.repeated += len(same) - 1
            answer = _fullest([t.answer for t in same])
            _enter(connection, replace(same[0], answer=answer), on, collected)
    return collected


def _names(check: Check, file: Returned) -> Names:
    issues = (check.issue(key) for key in sorted(file.keys))
    return Names((i["child"] for i in issues if i is not None and i["child"]), check.units)


def _judge(check: Check, file: Returned, names: Names, collected: Collected) -> Iterator[_Taken]:
    """The answers of one file that are their issues'; whose they are is said where nothing above them says it."""
    unmarked: set[str] = set()
    for answer in file.answers:
        issue = check.issue(answer.key)
        problem = check.problem(answer, issue)
        if problem is not None:
            collected.refusals.append(Refusal(names.place(answer.place(problem[0])), problem[1]))
        elif issue is not None:
            if not check.is_marked(answer.heading):
                unmarked.add(issue["responsible_unit"])
            yield _Taken(answer, issue, names)
    if len(unmarked) > 1:
        units = sorted(unmarked)
        text = Text(
            f"表头没有单位名称，收下的答复分属 {'、'.join(units)}，请核对是否由本单位答复",
            f"nothing says whose workbook it is; its replies are on issues of {', '.join(units)}: check who answered",
        )
        collected.remarks.append(Refusal(names.place(file.path), text))


def _written(answer: Answer) -> dict[str, str]:
    """What each field says, as compared."""
    return {key: squeeze(str(value)) for key in _FIELDS if (value := getattr(answer, key)) not in ("", None)}


def _differing(answers: Sequence[Answer]) -> list[str]:
    """Fields that the answers to one issue fill in differently."""
    written = [_written(a) for a in answers]
    return [key for key in _FIELDS if len({s[key] for s in written if key in s}) > 1]


def _fullest(answers: Sequence[Answer]) -> Answer:
    """The first answer, with what only another copy of it fills in."""
    filled = {
        key: next((v for a in answers if (v := getattr(a, key)) not in ("", None)), getattr(answers[0], key))
        for key in _FIELDS
    }
    return replace(answers[0], **filled)


def _contradictions(same: Sequence[_Taken], differing: Sequence[str]) -> Iterator[Refusal]:
    places = [t.names.place(t.answer.place(differing[0])) for t in same]
    zh = "、".join(_FIELDS[key].zh for key in differing)
    en = ", ".join(_FIELDS[key].en for key in differing)
    for number, one in enumerate(same):
        others = places[:number] + places[number + 1 :]
        key = one.issue["fingerprint"]
        yield Refusal(
            places[number],
            Text(
                f"问题 {key} 在 {'、'.join(others)} 另有不同的答复（{zh}），都未收下，请只留一条后重交",
                f"issue {key} is answered otherwise ({en}) at {', '.join(others)}; none was taken: keep one and send "
                "it again",
            ),
        )


def _enter(connection: sqlite3.Connection, taken: _Taken, on: date, collected: Collected) -> None:
    answer, issue, names = taken.answer, taken.issue, taken.names
    child = issue["child"]
    reply = Reply(
        fingerprint=issue["fingerprint"],
        state=answer.state,
        measure=names.text(answer.measure, child),
        person=names.person(answer.person, child),
        done_on=answer.done_on,
        evidence=names.text(answer.evidence, child),
        source=names.place(f"{answer.sheet}!{answer.row}"),
    )
    values = (
        reply.state,
        reply.measure,
        reply.person,
        reply.done_on.isoformat() if reply.done_on else None,
        reply.evidence,
    )
    last = connection.execute(
        "SELECT state, measure, person, done_on, evidence FROM reply WHERE fingerprint = ? ORDER BY id DESC LIMIT 1",
        (reply.fingerprint,),
    ).fetchone()
    if last is not None and tuple(last) == values and issue["status"] in ("claimed", "closed"):
        collected.repeated += 1
        return
    _write(connection, reply, values, issue, on)
    collected.entered += 1
    collected.claims += reply.state == "done"
    gap = _gap(reply)
    if gap is not None:
        collected.incomplete.append((reply, gap))


def _write(
    connection: sqlite3.Connection,
    reply: Reply,
    values: tuple[str | None, ...],
    issue: sqlite3.Row,
    on: date,
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
    status = issue["status"]
    if reply.state == "done" and status != "closed":
        status = "claimed"
    elif reply.state != "done" and status == "claimed":
        status = _before_claim(connection, issue)
    connection.execute("UPDATE issue SET status = ? WHERE fingerprint = ?", (status, reply.fingerprint))


def _before_claim(connection: sqlite3.Connection, issue: sqlite3.Row) -> str:
    """What an issue was before its unit claimed it done: taking a claim back makes a false closing or a relapse
    no ordinary open issue."""
    found = connection.execute(
        "SELECT kind FROM event WHERE fingerprint = ?"
        " AND kind IN ('found', 'false_closing', 'relapsed', 'reopened') ORDER BY id DESC LIMIT 1",
        (issue["fingerprint"],),
    ).fetchone()
    if found["kind"] in ("false_closing", "relapsed"):
        return str(found["kind"])
    first, newest = connection.execute(
        "SELECT (SELECT as_of FROM audit WHERE id = ?), max(as_of) FROM audit", (issue["first_audit"],)
    ).fetchone()
    return "new" if found["kind"] == "found" and first == newest else "open"


def _gap(reply: Reply) -> Text | None:
    """What a claim lacks: a claim without measure, person, date or evidence is still a claim."""
    missing = [_FIELDS[key] for key in _FIELDS if not getattr(reply, key)]
    if reply.state != "done" or not missing:
        return None
    return Text("缺" + "、".join(t.zh for t in missing), "lacks " + ", ".join(t.en for t in missing))
