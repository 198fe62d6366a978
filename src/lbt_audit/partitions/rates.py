"""Match rates and linked pairs of several counties as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.links.report import SCHEMA, StoredLinks
from lbt_audit.links.agreement import CIVIL, COUNTS, Agreement, Tally
from lbt_audit.model.text import Lang
from lbt_audit.partitions.names import named
from lbt_audit.partitions.plan import Plan
from lbt_audit.partitions.stored import results
from lbt_audit.partitions.stored.results import LANGS, Result
from lbt_audit.partitions.stored.shelf import Shelf


def links(
    shelf: Shelf,
    plan: Plan,
    found: Mapping[int, Result],
    prefixes: Mapping[int, str],
    counties: Mapping[int, str],
) -> StoredLinks | None:
    """Match rates of all counties, and pairs where they are asked for."""
    compared = [n for n, result in found.items() if result.compared]
    if not compared and not plan.request.links:
        return None
    several = len(found) > 1
    rates = {n: a for n in compared if (a := found[n].agreement) is not None}
    of_counties = [_of_county(a, counties[n]) if several else a for n, a in rates.items()]
    pairs: dict[Lang, pa.Table] = {}
    for lang in LANGS:
        tables = [
            _paths(results.table(shelf, f"links-{lang}", n, SCHEMA), prefixes[n])
            for n in found
            if plan.request.links and shelf.has_table(f"links-{lang}-{n}")
        ]
        pairs[lang] = pa.concat_tables([SCHEMA.empty_table(), *tables])
    # Of several counties each has parameters of its own, which its own report tells.
    parameters = {} if several else {k: v for n in compared for k, v in found[n].parameters.items()}
    return StoredLinks(bool(compared), _agreement(of_counties), parameters, pairs)


def _paths(pairs: pa.Table, prefix: str) -> pa.Table:
    for name in ("left_path", "right_path"):
        at = pairs.schema.get_field_index(name)
        whole = pc.binary_join_element_wise(prefix, pairs[name], "")
        pairs = pairs.set_column(at, SCHEMA.field(name), whole)
    return pairs


def _of_county(agreement: Agreement, county: str) -> Agreement:
    """Rates of units that are told apart from those of other counties."""

    def told(tally: Tally) -> Tally:
        return replace(tally, unit=named(tally.unit, county), township=named(tally.township, county))

    return replace(
        agreement,
        townships=tuple(map(told, agreement.townships)),
        schools=tuple(map(told, agreement.schools)),
    )


def _agreement(rates: Sequence[Agreement]) -> Agreement | None:
    if len(rates) < 2:
        return rates[0] if rates else None
    sums = {name: sum(getattr(rate.county, name) for rate in rates) for name in COUNTS}
    return Agreement(
        tuple(kind for kind in CIVIL if any(kind in rate.lists for rate in rates)),
        replace(rates[0].county, unit="", **sums),
        tuple(tally for rate in rates for tally in rate.townships),
        tuple(tally for rate in rates for tally in rate.schools),
    )
