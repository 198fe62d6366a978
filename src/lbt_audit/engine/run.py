"""The audit from first to last: files → tables → frames → findings → issues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from fnmatch import fnmatch
from typing import Any

import numpy as np

from lbt_audit.deadlines import Calendar, deadline
from lbt_audit.engine.assign import Assigner
from lbt_audit.engine.audit import Audit
from lbt_audit.engine.catalogue import Catalogue, load_catalogue
from lbt_audit.engine.execute import run_rules
from lbt_audit.engine.fingerprint import DEFAULT_SALT
from lbt_audit.engine.framing import make_book, make_context, make_frames
from lbt_audit.engine.issues import IssueBuilder
from lbt_audit.engine.messages import Filler
from lbt_audit.engine.profile import DEFAULT_PROFILE, apply_profile, load_profile, with_params
from lbt_audit.engine.request import Request
from lbt_audit.intake.find import find_files
from lbt_audit.intake.reading import Limits, read_files
from lbt_audit.intake.table import Submission
from lbt_audit.intake.understand import understand
from lbt_audit.model.cell import CellKind
from lbt_audit.model.run import AsOfSource, Run
from lbt_audit.model.severity import Severity
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.schemas.fields import Dictionary, load_fields
from lbt_audit.schemas.tables import load_tables
from lbt_audit.values.kind import NO_DATE
from lbt_audit.values.registry import KINDS


def audit(request: Request) -> Audit:
    """Audit what ``request`` names.

    Raises CatalogueError (rules, profile or parameters) and what ``intake.find`` raises for paths
    that do not exist; nothing a file holds raises.
    """
    county = request.county
    schemas_folder = data_dir("schemas")
    with ThreadPoolExecutor(1) as background:
        # Rules are parsed and heavy libraries imported while the child processes read.
        pending = background.submit(_load_rules, request)
        dictionary = load_fields(schemas_folder / "fields.yaml")
        if county is not None and county.aliases:
            dictionary = dictionary.with_aliases(county.aliases)
        units = county.units() if county is not None else Units()
        submissions = list(_take_in(request, dictionary, units))
        catalogue, profile = pending.result()
    as_of, source = _as_of(request, submissions)
    params = dict(profile.params)
    context = make_context(
        as_of,
        units,
        county.extra_areas if county else (),
        county.extra_ethnic if county else (),
        county.known_phones if county else (),
    )
    tables = [t for s in submissions for t in s.tables]
    schemas = load_tables(schemas_folder)
    frames = make_frames(tables, dictionary, schemas, context, params)
    book = make_book(frames, submissions, units, params)

    calendar = Calendar.of(county)
    specs = county.deadline_specs() if county else {}
    run = Run(
        as_of=as_of,
        as_of_source=source,
        profile=profile.name,
        lang=request.lang,
        mask=request.mask,
        config=request.config_name,
        county=county.county if county else None,
    )
    builder = IssueBuilder(
        book=book,
        filler=Filler(run, dictionary.fields, params),
        assigner=Assigner(units, lambda name: deadline(name, as_of, calendar, specs)),
        salt=(county.salt if county else None) or DEFAULT_SALT,
    )
    rules = catalogue.selected(request.select, request.ignore)
    runs = run_rules(rules, book, builder, request.step)
    issues, locations = builder.build()
    return Audit(
        run=replace(run, warnings=tuple(calendar.warnings())),
        submissions=tuple(submissions),
        rules=tuple(runs),
        issues=issues,
        locations=locations,
        verdicts=_verdicts(submissions, issues, locations),
    )


def _load_rules(request: Request) -> tuple[Catalogue, Any]:
    county = request.county
    folder = data_dir("rules")
    catalogue = load_catalogue(folder, county.rule_paths() if county else ())
    name = request.profile or (county.profile if county else None) or DEFAULT_PROFILE
    profile = load_profile(folder, name)
    if county is not None and county.params:
        profile = with_params(profile, county.params, request.config_name or "lbt-audit.toml")
    return apply_profile(catalogue, profile), profile


def _take_in(request: Request, dictionary: Dictionary, units: Units) -> Iterator[Submission]:
    files = find_files(request.paths, exclude=request.exclude)
    if request.found:
        request.found(len(files))
    for result in read_files(files, jobs=request.jobs, limits=Limits(), on_done=request.read):
        if result.grids is None:
            status = "ignored" if result.ignored else "unreadable"
            yield Submission(
                result.file.path,
                result.sha256,
                status,
                result.reason,
                dict(result.detail),
                notes=tuple(result.notes),
            )
            continue
        kinds = [(glob, kind) for glob, kind in request.kinds if fnmatch(result.file.path, glob)]
        yield understand(
            result.file.path, result.sha256, result.grids, dictionary, units, kinds, notes=result.notes
        )


def _as_of(request: Request, submissions: Sequence[Submission]) -> tuple[date, AsOfSource]:
    """The audit's day: as asked, else the county file's, else the newest 填报日期, else today."""
    if request.as_of is not None:
        return request.as_of, "option"
    if request.county is not None and request.county.as_of is not None:
        return request.county.as_of, "config"
    context = make_context(date.today(), Units())
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


def _verdicts(submissions: Sequence[Submission], issues: Any, locations: Any) -> dict[str, str]:
    """accepted, accepted_with_errors or rejected, per file.

    Rejected is what cannot be worked with as handed in: an unreadable file, or one whose form itself
    is at fault (an error of group A).
    """
    verdicts = {
        s.path: "rejected" if s.status == "unreadable" else "accepted"
        for s in submissions
        if s.status != "ignored"
    }
    if len(issues) == 0:
        return verdicts
    issue = locations["issue"].to_numpy()
    severity = issues["severity"].to_numpy()[issue]
    encoded = locations["path"].combine_chunks()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    rule = issues["rule"].combine_chunks()
    form = np.array([w.startswith("A") for w in rule.dictionary.to_pylist()], np.bool_)
    is_form = form[rule.indices.to_numpy(zero_copy_only=False)][issue]
    for code, path in enumerate(encoded.dictionary.to_pylist()):
        at = codes == code
        if path not in verdicts or verdicts[path] == "rejected" or not at.any():
            continue
        if (is_form[at] & (severity[at] == Severity.ERROR)).any():
            verdicts[path] = "rejected"
        elif (severity[at] >= Severity.WARNING).any():
            verdicts[path] = "accepted_with_errors"
    return verdicts
