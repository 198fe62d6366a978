"""The steps of a divided audit. Each takes the folder of the audit and numbers, reads what earlier steps left there, and
leaves its own result: they run one after the other, in processes of their own or on other machines, and may be run again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from lbt_audit.config.county import County
from lbt_audit.engine.reading.files import submissions
from lbt_audit.engine.reading.read import SILENT, read
from lbt_audit.engine.rules.load import county_dictionary, load_rules
from lbt_audit.engine.run import audit
from lbt_audit.model.record import dataclass
from lbt_audit.partitions.exchange import Keys, Meeting, Survey, pieces, shared_rows
from lbt_audit.partitions.findings import Amending
from lbt_audit.partitions.keys import exchange_rows
from lbt_audit.partitions.plan import Plan
from lbt_audit.partitions.slices import Shown
from lbt_audit.partitions.stored.results import keep
from lbt_audit.partitions.stored.shelf import HandedIn, Shelf

PLAN: Final = "plan"


@dataclass(frozen=True)
class Step:
    """``name``: one of STEPS; ``world`` and ``part``: which county of the plan, and which folder of it."""

    name: str
    world: int = 0
    part: int = 0

    @property
    def label(self) -> str:
        return f"{self.name}-{self.world}-{self.part}"

    def run(self, folder: Path) -> None:
        """Raises whatever goes wrong."""
        shelf = Shelf(folder)
        STEPS[self.name](shelf, shelf.read(PLAN), self)


def take_in(shelf: Shelf, plan: Plan, step: Step) -> None:
    """Files of one part, read and understood."""
    world = plan.worlds[step.world]
    request = replace(plan.request_of(step.world), part=world.parts[step.part])
    county = request.county or County(Path("lbt-audit.toml"))
    stated = request.as_of or county.as_of
    year = stated.year if stated else None
    found = submissions(request, county_dictionary(county), county.units, year, SILENT)
    shelf.write_submissions(taken_in(step.world, step.part), found)


def survey(shelf: Shelf, plan: Plan, step: Step) -> None:
    """What a county has to exchange: hashes of its keys, and what it says of itself."""
    request = plan.request_of(step.world)
    reading = read(request, handed_in=handed_in(shelf, plan, step.world))
    rules = list(reading.catalogue.selected(request.select, request.ignore))
    assert plan.request.secret is not None
    keys = exchange_rows(reading, rules, f"{plan.request.secret.value}|exchange")
    shelf.write_table(f"keys-{step.world}", keys)
    frames = reading.book.frames
    prefix = "/".join(reading.veil.text(part) for part in plan.prefix(step.world).split("/"))
    shown = {
        kind: tuple(Shown(f"{prefix}{t.path}", t.sheet, t.unit, len(t)) for t in frame.tables)
        for kind, frame in frames.items()
    }
    areas = next(iter(frames.values())).context.extra_areas if frames else frozenset()
    shelf.write(f"survey-{step.world}", Survey(prefix, reading.run.as_of, areas, shown))


def exchange(shelf: Shelf, plan: Plan, step: Step) -> None:
    """What crosses counties; of those whose survey is there."""
    surveys = {w: shelf.read(f"survey-{w}") for w in range(len(plan.worlds)) if shelf.has(f"survey-{w}")}
    wanted = _wanted(shelf, surveys)
    found: dict[str, list[Any]] = {}
    for world, by_kind in sorted(wanted.items()):
        its = handed_in(shelf, plan, world)
        for kind, piece in pieces(world, its.shelf.submissions(*its.names), surveys[world], by_kind):
            found.setdefault(kind, []).append(piece)
    catalogue, profile, dictionary = load_rules(county_dictionary(None), None, plan.request.profile)
    known = {kind: its for kind, its in found.items() if kind in dictionary.kinds}
    names = [world.name for world in plan.worlds]
    meeting = Meeting(known, surveys, names, dictionary, catalogue, profile)
    rules = catalogue.selected(plan.request.select, plan.request.ignore)
    findings, crashed = meeting.findings(rules)
    for world in surveys:
        own, others = meeting.elsewhere(findings.get(world, []))
        shelf.write(f"findings-{world}", tuple(own))
        shelf.write_submissions(f"elsewhere-{world}", others)
    shelf.write("exchange", tuple(crashed))


def conclude(shelf: Shelf, plan: Plan, step: Step) -> None:
    """The audit of one county, with what crosses it."""
    request = plan.request_of(step.world)
    exchanged = shelf.has(f"findings-{step.world}")
    findings = shelf.read(f"findings-{step.world}") if exchanged else ()
    others = list(shelf.submissions(f"elsewhere-{step.world}")) if exchanged else []
    result = audit(
        request,
        handed_in=handed_in(shelf, plan, step.world),
        elsewhere=others,
        amend=Amending(findings) if findings else None,
    )
    keep(shelf, step.world, result if result.lists is None else result.lists.told(result), request.links)


STEPS: Final[Mapping[str, Callable[[Shelf, Plan, Step], None]]] = {
    f.__name__: f for f in (take_in, survey, exchange, conclude)
}


def taken_in(world: int, part: int) -> str:
    """What a part that was read is called on the shelf."""
    return f"read-{world}-{part}"


def _wanted(shelf: Shelf, surveys: Mapping[int, Survey]) -> dict[int, dict[str, np.ndarray]]:
    """County → kind → rows of its frame with a key some other county has."""
    keys = {world: shelf.read_table(f"keys-{world}") for world in surveys}
    wanted: dict[int, dict[str, np.ndarray]] = {}
    for kind in {k for table in keys.values() for k in pc.unique(table["kind"]).to_pylist()}:
        of_kind: dict[int, Keys] = {}
        for world, table in keys.items():
            mine = table.filter(pc.equal(table["kind"], kind))
            of_kind[world] = mine["hash"].to_numpy(), mine["row"].to_numpy().astype(np.int64)
        for world, rows in shared_rows(of_kind).items():
            if len(rows):
                wanted.setdefault(world, {})[kind] = rows
    return wanted


def handed_in(shelf: Shelf, plan: Plan, world: int) -> HandedIn:
    """The files of a county; a part that nobody has read yet is read now."""
    parts = range(len(plan.worlds[world].parts))
    for part in parts:
        if not shelf.has_table(taken_in(world, part)):
            take_in(shelf, plan, Step("take_in", world, part))
    return HandedIn(shelf, tuple(taken_in(world, part) for part in parts))
