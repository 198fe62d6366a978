"""The record as a whole: which definition applies, and when it was filled in.

``record.civil``: the civil-affairs definition decides (``definition`` is civil and the register is not a
school's own: school ledgers and enrolment exports lawfully list 单亲留守).
``record.rural_only``: the ``rural_only`` parameter.
``record.of_village``: the sheet is a village's own.
``record.fill_day``: 填报日期 of the sheet, where it can be read; latest day if only a month is given.
``record.entered``: 登记日期 of the child, unless the sheet says one day for most of its children.
``record.list``: the register lists children (花名册, 村级台账, 学校台账), and not what is done for them.
``record.submitter``: the level of the unit that handed the sheet in.
``record.orphan``: in a register of protected children: this one is an orphan (by its category, or, where
the register has no such column, by a name of file or sheet that speaks of 孤儿 only).
``period.start``: the day last period's registers were true for; not known where none were given. ``period.end``: the
day of the audit, in last period's registers too.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.config.words import words
from lbt_audit.facts.fact import Fact
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic
from lbt_audit.frames.texts import code_is
from lbt_audit.model.cell import CellKind
from lbt_audit.model.text import Text
from lbt_audit.model.units import guess_level
from lbt_audit.values.kind import NO_DATE


def _civil(frame: Frame) -> Facet:
    schools = frame.schema.level == "school" and frame.schema.child == "listed"
    civil = frame.params.get("definition") == "civil" and not schools
    return Facet.truth(Logic.constant(civil, len(frame)))


def _rural_only(frame: Frame) -> Facet:
    return Facet.truth(Logic.constant(bool(frame.params.get("rural_only")), len(frame)))


def _fill_day(frame: Frame) -> Facet:
    from lbt_audit.values.date.parser import DATE

    last = tuple(DATE.facets).index("hi")
    per_table = []
    for table in frame.tables:
        fact = table.facts.get("fill_date")
        parsed = DATE.parse(fact[0], CellKind.TEXT, frame.context, None) if fact else None
        known = parsed is not None and len(parsed.facets) > last
        per_table.append(parsed.facets[last] if parsed is not None and known else NO_DATE)
    return Facet.day(frame.per_table(per_table, np.int32))


def _of_village(frame: Frame) -> Facet:
    units = [t.unit for t in frame.tables]
    own = [u.level == "village" and guess_level(u.name) == "village" for u in units]  # not a mere file name
    at = frame.per_table(own, np.bool_)
    return Facet.truth(Logic(at, ~at))


def _entered(frame: Frame) -> Facet:
    """登记日期 of each child; a sheet that says one day for most of its children says when it was reported."""
    day = frame.facet("report_date.hi")
    rows = np.flatnonzero(day.known)
    known = np.zeros(len(frame), np.bool_)
    for table in np.unique(frame.table[rows]).tolist():
        own = rows[frame.table[rows] == table]
        most = int(np.unique(day.values[own], return_counts=True)[1].max())
        known[own] = most <= max(len(own) // 2, 1)
    return Facet(day.values, known, True)


def _list(frame: Frame) -> Facet:
    return Facet.truth(Logic.constant(frame.schema.child == "listed", len(frame)))


def _submitter(frame: Frame) -> Facet:
    levels = [str(t.unit.level) for t in frame.tables] or [""]
    at = pa.array(frame.table.astype(np.int32))
    return Facet.text(pa.array(levels, pa.string()).take(at))


def _orphan(frame: Frame) -> Facet:
    kind = code_is(frame, "orphan_kind", "orphan")
    titles = pa.array([t.path.rsplit("/", 1)[-1] + t.sheet for t in frame.tables], pa.string())
    titled = words("orphan_register").found(titles) & ~words("wider_register").found(titles)
    untold = ~frame.has("orphan_kind")
    by_title = frame.per_table(titled.tolist(), np.bool_)
    return Facet.truth(Logic(kind.true | (untold & by_title), kind.false))


def _period(edge: int) -> Derivation:
    def run(frame: Frame) -> Facet:
        return Facet.day(np.full(len(frame), frame.context.period[edge], np.int32))

    return run


FACTS: tuple[Fact, ...] = (
    Fact("period.start", "day", _period(0), Text("上期截止日", "the day of last period's registers")),
    Fact("period.end", "day", _period(1), Text("本期截止日", "the day of the audit")),
    Fact("record.civil", "truth", _civil, Text("适用民政口径", "the civil-affairs definition decides")),
    Fact(
        "record.rural_only",
        "truth",
        _rural_only,
        Text("只登记农村户籍", "only rural households are registered"),
    ),
    Fact(
        "record.of_village",
        "truth",
        _of_village,
        Text("是村（居）自己的表", "the sheet is a village's own"),
    ),
    Fact("record.list", "truth", _list, Text("是儿童名册", "the register lists children")),
    Fact("record.entered", "day", _entered, Text("登记日期", "the day the child was registered")),
    Fact(
        "record.submitter",
        "code",
        _submitter,
        Text("报送单位的层级", "level of the unit that handed in"),
        ("county", "township", "village", "school"),
    ),
    Fact("record.fill_day", "day", _fill_day, Text("填报日期", "the day the sheet was filled in")),
    Fact(
        "record.orphan",
        "truth",
        _orphan,
        Text("保障对象为孤儿", "in a register of protected children: an orphan"),
    ),
)
