"""What an audit found out about the same child in several lists, for whoever reports it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from lbt_audit.engine.privacy.veil import Veil
from lbt_audit.frames.frame import Frame
from lbt_audit.links.agreement import Agreement
from lbt_audit.links.comparison.fields import FieldComparison
from lbt_audit.links.linkage import Linkage
from lbt_audit.links.links import Links
from lbt_audit.matching.decision.parameters import Parameters
from lbt_audit.matching.decision.verdict import Verdict
from lbt_audit.matching.evidence.evidence import FIELDS, NOTES
from lbt_audit.matching.explanation import evidence_in_words
from lbt_audit.matching.levels import Level
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang, Text

SCHEMA = pa.schema(
    [
        ("left_path", pa.string()), ("left_sheet", pa.string()), ("left_row", pa.int32()),
        ("right_path", pa.string()), ("right_sheet", pa.string()), ("right_row", pa.int32()),
        ("verdict", pa.string()), ("probability", pa.float64()), ("difference", pa.string()), ("evidence", pa.string()),
    ]
)  # fmt: skip
"""One row per matched or doubtful pair; rows as the spreadsheet shows them; no names, no numbers."""


_NO_VEIL = Veil("none")


@dataclass(frozen=True)
class LinkReport:
    """Links of an audit. Nothing is computed before it is asked for, and nothing twice."""

    links: Links
    fields: Mapping[str, FieldComparison] = field(default_factory=dict)
    """What counts as a difference besides name and number."""
    veil: Veil = _NO_VEIL
    """What units are shown through: anything may stand where a list names its township."""

    @property
    def used(self) -> bool:
        """Whether a rule that ran compared lists."""
        return bool(self.links.linkages.made)

    @cached_property
    def agreement(self) -> Agreement | None:
        """Match rates; None where no two lists of left-behind children were handed in."""
        found = self.links.agreement(self.fields)
        if found is None:
            return None
        tallies = (*found.townships, *found.schools)
        shown = self.veil.texts([t for tally in tallies for t in (tally.unit, tally.township)])
        townships, schools = (
            tuple(replace(t, unit=shown[t.unit], township=shown[t.township]) for t in part)
            for part in (found.townships, found.schools)
        )
        return replace(found, townships=townships, schools=schools)

    @property
    def parameters(self) -> Mapping[tuple[str, str], Parameters]:
        """What the probabilities were worked out with, by the two registers linked, in their order."""
        made, order = self.links.linkages.made, self.links.kinds.order
        pairs = sorted(made, key=lambda p: [order.index(k) for k in p])
        return {pair: made[pair].found.parameters for pair in pairs}

    def pairs(self, lang: Lang) -> pa.Table:
        """Every pair (SCHEMA): the lists with each other, and whatever else the rules linked."""
        kinds = self.links.kinds
        wanted = {*kinds.pairs, *self.links.linkages.made}
        tables = []
        for left, right in sorted(wanted, key=lambda p: [kinds.order.index(k) for k in p]):
            found = self.links.between(left, right)
            if found is not None and len(found.left):
                tables.append(_table(self.links, found, lang))
        return pa.concat_tables(tables) if tables else SCHEMA.empty_table()

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled is what was found out, not the registers it was found in."""
        pairs: Mapping[Lang, pa.Table] = {"zh": self.pairs("zh"), "en": self.pairs("en")}
        return StoredLinks, (self.used, self.agreement, self.parameters, pairs)


@dataclass(frozen=True)
class StoredLinks:
    """A LinkReport out of a pickle."""

    used: bool
    agreement: Agreement | None
    parameters: Mapping[tuple[str, str], Parameters]
    worded: Mapping[Lang, pa.Table]

    def pairs(self, lang: Lang) -> pa.Table:
        return self.worded[lang]


_SETTLED = Text(
    "；两条都与另一名单中的同一儿童认定为同一人，故为同一人",
    "; each is for certain the child of one record of another list, and so they are one",
)


def _table(links: Links, found: Linkage, lang: Lang) -> pa.Table:
    book, children = links.book, links.children
    left, right = book.frames[found.left_kind], book.frames[found.right_kind]
    key = np.array([v.key for v in Verdict], object)
    level = np.array([v.key for v in Level], object)
    words = _evidence(found, lang)
    columns = [*_places(left, found.left), *_places(right, found.right)]
    columns.append(pa.array(key[children.verdicts(found)].tolist(), pa.string()))
    columns.append(pa.array(children.probabilities(found)))
    columns.append(pa.array(level[found.found.level[found.link]].tolist(), pa.string()))
    closed = ("", _SETTLED[lang])
    told = zip(found.link.tolist(), children.settled(found).tolist(), strict=True)
    columns.append(pa.array([words[k] + closed[third] for k, third in told], pa.string()))
    table = pa.Table.from_arrays(columns, schema=SCHEMA)
    # In the order of the files, not of the rows in memory.
    return table.sort_by([(name, "ascending") for name in SCHEMA.names[:6]])


def _places(frame: Frame, rows: np.ndarray) -> list[pa.Array]:
    tables = pa.array(frame.table[rows])
    paths, sheets = ([getattr(t, what) for t in frame.tables] for what in ("path", "sheet"))
    return [
        pa.array(paths, pa.string()).take(tables),
        pa.array(sheets, pa.string()).take(tables),
        pa.array(frame.row[rows].astype(np.int32)),
    ]


def _evidence(found: Linkage, lang: Lang) -> list[str]:
    """The words for every link of matching; links with the same findings are worded once."""
    v = found.found.evidence
    columns = [v.codes[f] for f in (*FIELDS, *NOTES)] + [
        v.position,
        v.former.astype(np.uint8),
        found.found.verdict,
        found.found.bar,
    ]
    packed = (
        np.stack([np.asarray(c, np.uint8) for c in columns], axis=1)
        if len(v.left)
        else np.zeros((0, 1), np.uint8)
    )
    _, first, back = np.unique(packed, axis=0, return_index=True, return_inverse=True)
    told: Callable[[int], str] = lambda k: evidence_in_words(  # noqa: E731
        v.take(np.array([k])), int(found.found.verdict[k]), int(found.found.bar[k]), lang
    )
    words = [told(k) for k in first.tolist()]
    return [words[k] for k in back.reshape(-1).tolist()]
