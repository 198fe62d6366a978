"""The audit from first to last: files → tables → frames → findings → issues."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from lbt_audit.checks.links.match_rate import MatchRateParams
from lbt_audit.config.county import County
from lbt_audit.engine.assign import Assigner
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.child_index import child_index
from lbt_audit.engine.execute import run_rules
from lbt_audit.engine.fingerprint import DEFAULT_SALT, hash_texts, hexadecimal
from lbt_audit.engine.form_names import without_names
from lbt_audit.engine.framing import make_book, make_context, make_frames
from lbt_audit.engine.home_area import home_area, in_townships
from lbt_audit.engine.issues import IssueBuilder
from lbt_audit.engine.links import LinkReport
from lbt_audit.engine.local_areas import local_areas, told
from lbt_audit.engine.messages import Filler
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.engine.rules.load import forms, load_rules
from lbt_audit.engine.schedule import schedule
from lbt_audit.engine.verdict import verdicts
from lbt_audit.frames.book import Book
from lbt_audit.intake.extract import extract_tables
from lbt_audit.intake.files.find import find_files
from lbt_audit.intake.read import read_files
from lbt_audit.intake.table import Submission
from lbt_audit.links.comparison.fields import FieldComparison
from lbt_audit.links.links import Links
from lbt_audit.model.cell import CellKind
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.home import HomeArea
from lbt_audit.model.run import AsOfSource, CountySource, Run
from lbt_audit.model.text import Text
from lbt_audit.model.units import Units
from lbt_audit.rulebook.catalogue import Catalogue
from lbt_audit.schemas.problems import Problems
from lbt_audit.values.kind import NO_DATE
from lbt_audit.values.registry import KINDS

SILENT: Final = Watcher()


@dataclass(frozen=True)
class Reading:
    """What was handed in, understood, and what the rules will need."""

    book: Book
    run: Run
    county: County
    dictionary: Dictionary
    catalogue: Catalogue


def read(request: Request, watcher: Watcher = SILENT) -> Reading:
    """Read what ``request`` names; raises as ``audit`` does."""
    county = request.county or County(Path("lbt-audit.toml"))
    as_of = request.as_of or county.as_of
    units = replace(county.units, county=request.own_county) if request.own_county else county.units
    dictionary = forms(county)
    with ThreadPoolExecutor(1) as background:
        # Rules are read while the child processes read files.
        pending = background.submit(load_rules, dictionary, county, request.profile)
        _check_kinds(request, dictionary)
        files = _take_in(request, dictionary, units, as_of.year if as_of else None, watcher)
        submissions = without_names(_unless_refused(files, pending), request.mask)
        catalogue, profile, dictionary = pending.result()
    as_of, source = _as_of(request, county, submissions)
    params = dict(profile.params)
    tables = [t for s in submissions for t in s.tables]
    new_areas = local_areas(tables, county.extra_areas)
    areas = county.extra_areas | new_areas.keys()
    home = home_area(tables, units)
    if home.units.inferred:
        submissions = in_townships(submissions, home.units)
        tables = [t for s in submissions for t in s.tables]
    context = make_context(as_of, home, areas, county.extra_ethnic, county.known_phones, dictionary.codes)
    frames = make_frames(tables, dictionary, context, params)
    book = make_book(frames, submissions, home.units, params, dictionary.kinds)
    run = Run(
        as_of=as_of,
        as_of_source=source,
        profile=profile.name,
        profile_title=profile.title,
        lang=request.lang,
        mask=request.mask,
        config=county.path.name if request.county else None,
        county=home.units.county or county.name,
        kinds={key: kind.title for key, kind in dictionary.kinds.items()},
        warnings=told(new_areas),
        county_source=_county_source(request, county, home),
        county_from=home.stated(),
        seal=hexadecimal(hash_texts(["lbt-audit"], county.salt or DEFAULT_SALT))[0],
    )
    return Reading(book, run, county, dictionary, catalogue)


def audit(request: Request, watcher: Watcher = SILENT) -> Audit:
    """Audit what ``request`` names.

    Raises ConfigError (rules, profile, parameters) and what ``intake.find`` raises for paths that do
    not exist; nothing a file holds raises.
    """
    reading = read(request, watcher)
    book, run, county, catalogue = reading.book, reading.run, reading.county, reading.catalogue
    submissions = book.submissions
    deadlines = schedule(county, run.as_of)
    builder = IssueBuilder(
        book=book,
        filler=Filler(run, reading.dictionary.fields, book.params),
        assigner=Assigner(county.units, deadlines),
        salt=county.salt or DEFAULT_SALT,
    )
    rules = catalogue.selected(request.select, request.ignore)
    runs = run_rules(rules, book, builder, watcher.rule)
    issues, locations, rests = builder.build()
    links = Links.of(book)
    return Audit(
        run=replace(run, warnings=(*run.warnings, *deadlines.warnings)),
        submissions=submissions,
        rules=tuple(runs),
        issues=issues,
        locations=locations,
        rests=rests,
        children=child_index(book, builder.salt) if request.children else None,
        verdicts=verdicts(submissions, issues, locations),
        # Only where lists were compared: the report keeps the frames in memory.
        links=LinkReport(links, _key_items(catalogue)) if links.linkages.made or request.links else None,
    )


def _key_items(catalogue: Catalogue) -> Mapping[str, FieldComparison]:
    """What counts as a difference in match rates besides name and number: what the rule about them says."""
    rates = (r.params for r in catalogue.rules.values() if isinstance(r.params, MatchRateParams))
    return next((p.fields for p in rates), {})


def _check_kinds(request: Request, dictionary: Dictionary) -> None:
    problems = Problems("--kind")
    for glob, kind in request.kinds:
        if kind not in dictionary.kinds:
            what = Text(f"“{glob}”：没有这种表“{{}}”", f"{glob}: no such kind of register {{!r}}")
            problems.unknown(0, what, kind, dictionary.kinds)
    if problems.found:
        raise ConfigError(problems.found)


def _take_in(
    request: Request, dictionary: Dictionary, units: Units, year: int | None, watcher: Watcher
) -> Iterator[Submission]:
    files = find_files(request.paths, leave_out=request.exclude)
    watcher.found(len(files))
    for result in read_files(files, jobs=request.jobs or os.cpu_count() or 1, on_done=watcher.read):
        path = result.file.relative
        if result.reason is not None:
            yield Submission(
                path, result.sha256, result.status, result.reason, dict(result.detail), notes=result.notes
            )
            continue
        kinds = [(glob, kind) for glob, kind in request.kinds if fnmatch(path, glob)]
        yield extract_tables(path, result.sha256, result.grids, dictionary, units, kinds, result.notes, year)


def _unless_refused(submissions: Iterator[Submission], rules: Future[Any]) -> Iterator[Submission]:
    """The files as they come; raises as soon as it is known that the rules cannot be used."""
    for submission in submissions:
        if rules.done():
            rules.result()
        yield submission


def _county_source(request: Request, county: County, home: HomeArea) -> CountySource | None:
    if request.own_county:
        return "option"
    if county.name:
        return "config"
    return "files" if home.units.county else None


def _as_of(request: Request, county: County, submissions: Sequence[Submission]) -> tuple[date, AsOfSource]:
    """The audit's day: as asked, else the county file's, else the newest 填报日期, else today."""
    if request.as_of is not None:
        return request.as_of, "option"
    if county.as_of is not None:
        return county.as_of, "config"
    context = make_context(date.today(), HomeArea())
    newest = NO_DATE
    for submission in submissions:
        for table in submission.tables:
            fact = table.facts.get("fill_date")
            if fact is not None:
                parsed = KINDS["date"].parse(fact[0], CellKind.TEXT, context, None)
                facets = dict(zip(KINDS["date"].facets, parsed.facets, strict=False))
                if facets.get("precision") == "day" and facets["lo"] <= context.as_of:
                    newest = max(newest, facets["lo"])
    if newest != NO_DATE:
        return date.fromordinal(date(1970, 1, 1).toordinal() + newest), "files"
    return date.today(), "today"
