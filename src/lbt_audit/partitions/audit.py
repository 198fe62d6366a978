"""An audit of whatever is asked for: as one, or divided where several counties are told apart or it is asked to be."""

from __future__ import annotations

from pathlib import Path

from lbt_audit.engine.audit import Audit
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import By
from lbt_audit.partitions.plan import plan


@dataclass(frozen=True)
class Division:
    """``by``: what the audit is divided by; ``cluster``: a scheduler's address or ``local[N]``; ``scratch``: where its
    private folder is made, by default among this machine's temporary files."""

    by: By | None = None
    cluster: str | None = None
    scratch: Path | None = None


_WHOLE = Division()


def audit(request: Request, watcher: Watcher | None = None, division: Division = _WHOLE) -> Audit:
    """As ``engine.run.audit``. Several counties are audited one by one whatever ``division`` says: by it each step has a
    process of its own, or is a task of a cluster."""
    from lbt_audit.engine.run import audit as undivided

    watcher = watcher or Watcher()
    dask = None
    if division.cluster is not None:
        from lbt_audit.partitions.cluster import Dask

        dask = Dask(division.cluster)
    found = plan(request, division.by) or (plan(request, "township") if dask is not None else None)
    if found is None:
        return undivided(request, watcher)
    from lbt_audit.engine.rules.load import county_dictionary, load_rules
    from lbt_audit.partitions.local import divided, here, in_child, one_by_one

    first = found.request_of(0)
    catalogue, _, _ = load_rules(county_dictionary(first.county), first.county, first.profile)
    catalogue.selected(
        first.select, first.ignore
    )  # what is asked for is told to be wrong before anything is read
    engine = dask.run if dask is not None else one_by_one(here if division.by is None else in_child)
    return divided(found, watcher, engine, division.scratch)
