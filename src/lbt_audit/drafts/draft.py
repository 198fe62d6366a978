"""The draft of a form schema: which register an example is, and what each of its columns holds, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Final

from lbt_audit.drafts.example import Example, ExampleColumn
from lbt_audit.drafts.likeness import header_of
from lbt_audit.drafts.marks import Must, required
from lbt_audit.drafts.proposals import Proposal, another, propose
from lbt_audit.drafts.values import Cells, cells_of, support
from lbt_audit.intake.sheets.headers.joined import joined_fields
from lbt_audit.intake.sheets.headers.mapping import find_field, map_headers
from lbt_audit.intake.sheets.kinds import Verdict, recognise
from lbt_audit.intake.sheets.units import unit_above
from lbt_audit.model.characters import simplified
from lbt_audit.model.dictionary import Dictionary, normalise_header
from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.model.units import Units
from lbt_audit.values.kind import Context

_SPEAKING = 5  # filled cells; fewer say nothing against a header
_PLAIN = ("citizen_id", "xueji_no", "phone", "date")  # kinds of value nobody takes for another
_ASSUMED = 0.5  # proposals as good as that help to tell which register it is
_DOUBTED: Final = Proposal(
    None,
    "unknown",
    0.0,
    (Text("表头认得，内容或分组却不是", "the header is known, its cells or its group say otherwise"),),
)
_KNOWN: Final = Proposal(None, "known", 1.0)


@dataclass(frozen=True)
class DraftColumn:
    """A column of the form. ``field``: what it holds, None = nothing any register has; ``joined``: several fields it
    holds together; ``reads``: the kind of value its cells are, where no field says; ``must``: why it must be filled."""

    column: ExampleColumn
    field: str | None
    proposal: Proposal
    joined: tuple[str, ...] = ()
    reads: str = "text"
    must: Must | None = None

    @property
    def confirmed(self) -> bool:
        return self.proposal.sure == "known"


@dataclass(frozen=True)
class Draft:
    """``kind``: the register it is, ``others`` that fit nearly as well; ``level``: whose it is, None = as the kind says."""

    example: Example
    kind: Kind
    columns: tuple[DraftColumn, ...]
    others: tuple[str, ...] = ()
    level: str | None = None

    @cached_property
    def marked(self) -> bool:
        """Whether the form itself says what must be filled."""
        return any(c.must not in (None, "filled") for c in self.columns)

    @property
    def open(self) -> tuple[DraftColumn, ...]:
        """What is to be looked at before it counts."""
        return tuple(c for c in self.columns if not c.confirmed)

    def accepted(self) -> Draft:
        """With every proposal confirmed."""
        return replace(
            self, columns=tuple(replace(c, proposal=replace(c.proposal, sure="known")) for c in self.columns)
        )


def draft_of(example: Example, dictionary: Dictionary, chosen: str | None = None) -> Draft | None:
    """The draft of one table; None where nothing tells which register it is. ``chosen``: the kind, where it was said."""
    today = date.today()
    context = Context(as_of=(today - date(1970, 1, 1)).days, codes=dictionary.codes)
    cells = {n: cells_of(c.cells, context, today.year) for n, c in enumerate(example.columns)}
    joined = _joined(example, dictionary)

    def proposed(about: str | None, allowed: Iterable[str]) -> tuple[dict[int, str], dict[int, Proposal]]:
        known = _known(example, dictionary, about)
        wrong = {
            n: field
            for n, field in known.items()
            if _contradicted(cells[n], field, dictionary)
            or _of_another(example.columns[n], field, dictionary)
        }
        settled = {n: field for n, field in known.items() if n not in wrong}
        held = settled | {n: fields[0] for n, fields in joined.items()}
        made = propose(example.columns, cells, held, sorted(allowed), dictionary)
        return settled, {n: p if p.field or n not in wrong else _DOUBTED for n, p in made.items()}

    lists = {key: kind for key, kind in dictionary.kinds.items() if kind.layout == "list" and kind.audited}
    known, proposals = proposed(None, {field for kind in lists.values() for field in kind.columns})
    likely = (p.field for p in proposals.values() if p.field is not None and p.score >= _ASSUMED)
    verdict = _kind({*known.values(), *likely}, example, lists, dictionary)
    key = chosen or verdict.kind or verdict.nearest
    if key is None or key not in dictionary.kinds:
        return None
    kind = dictionary.kinds[key]
    known, proposals = proposed(kind.about, kind.columns)
    must = required(example)
    columns = tuple(
        DraftColumn(
            column,
            known.get(n, proposals.get(n, _KNOWN).field),
            proposals.get(n, _KNOWN),
            joined.get(n, ()),
            cells[n].speaking or "text",
            must.get(n),
        )
        for n, column in enumerate(example.columns)
    )
    return Draft(example, kind, columns, verdict.alternatives, _level(example, kind))


def _known(example: Example, dictionary: Dictionary, about: str | None) -> dict[int, str]:
    """Position → field of the columns whose headers the dictionary knows."""
    paths = [(n, column.path) for n, column in enumerate(example.columns)]
    counts = [len(column.filled) for column in example.columns]
    mapped = map_headers(paths, counts, dictionary, 0, about).columns
    return {m.index: field for field, m in mapped.items() if not m.joined}


def _joined(example: Example, dictionary: Dictionary) -> dict[int, tuple[str, ...]]:
    found = (
        (n, joined_fields(column.path, dictionary, lambda path: find_field(path, dictionary)))
        for n, column in enumerate(example.columns)
    )
    return {n: fields for n, fields in found if fields}


def _contradicted(cells: Cells, field: str, dictionary: Dictionary) -> bool:
    """Whether a header says what none of its cells are: ID numbers under 联系电话."""
    if len(cells.texts) < _SPEAKING or cells.speaking not in _PLAIN:
        return False
    return support(cells, dictionary.fields[field])[0] <= -1


def _of_another(column: ExampleColumn, field: str, dictionary: Dictionary) -> bool:
    """Whether a word above makes 姓名 somebody else's (老汉/姓名), or may, being a group nobody knows."""
    *above, leaf = column.path
    if not above or any(word in leaf for word in dictionary.person_words):
        return False
    whose = header_of(tuple(above), dictionary).whose
    if whose is not None:
        return another(whose, dictionary.fields[field], dictionary)
    repeated = len({group for group, word in dictionary.under if word == normalise_header(leaf)}) > 1
    return repeated and not any(normalise_header(level) in dictionary.group_of for level in above)


def _kind(fields: set[str], example: Example, kinds: Mapping[str, Kind], dictionary: Dictionary) -> Verdict:
    bare = [column.path for column in example.columns if len(column.path) == 1]
    claimed = {
        about: {f[0] for path in bare if (f := find_field(path, dictionary, about))}
        for about in {kind.about for kind in kinds.values() if kind.about}
    }
    text = simplified("".join("".join(t.split()) for t in example.texts))
    unit = unit_above(example.unit, example.texts, text, Units())
    return recognise(fields, text, example.file.name, unit.level if unit else None, kinds, claimed)


def _level(example: Example, kind: Kind) -> str | None:
    unit = unit_above(example.unit, example.texts, "", Units())
    return unit.level if unit is not None and unit.level not in (kind.level, "county") else None
