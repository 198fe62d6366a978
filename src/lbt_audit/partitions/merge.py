"""The audits of counties as one: its issues by weight, its files in order, what became of every rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.load import load_county
from lbt_audit.engine.audit import ISSUE_SCHEMA, LOCATION_SCHEMA, REST_SCHEMA, Audit
from lbt_audit.engine.identity.children import ChildIndex
from lbt_audit.engine.identity.fingerprint import hexadecimal, numbered, seal
from lbt_audit.engine.reorder import reordered
from lbt_audit.engine.rules.load import county_dictionary, load_rules
from lbt_audit.intake.files.find import find_files
from lbt_audit.intake.table import Submission
from lbt_audit.model.errors import AuditError
from lbt_audit.model.rule import Rule, RuleRun, RuleStatus
from lbt_audit.model.run import Run
from lbt_audit.model.text import Lang, Text
from lbt_audit.partitions.names import of_county, path_of, unit_of
from lbt_audit.partitions.plan import OTHER_FILES, Plan
from lbt_audit.partitions.rates import links
from lbt_audit.partitions.stored import results
from lbt_audit.partitions.stored.results import LANGS, Ran, Result
from lbt_audit.partitions.stored.shelf import Shelf

_NAMED = 3  # counties named one by one


def merged(shelf: Shelf, plan: Plan, failures: Mapping[Text, str]) -> Audit:
    """One audit of what is on the shelf. ``failures``: what did not end well (what it was about → why); files of a county
    without a result are told as not read, and nobody takes the audit for complete."""
    numbers = range(len(plan.worlds))
    found = {n: r for n in numbers if (r := results.result(shelf, n)) is not None}
    if not found:
        raise NothingAuditedError(failures)
    counties = {n: _county(plan, n, r) if len(found) > 1 else "" for n, r in found.items()}
    issues = {n: of_county(results.table(shelf, "issues", n, ISSUE_SCHEMA), counties[n]) for n in found}
    sizes = [table.num_rows for table in issues.values()]
    starts = dict(zip(found, np.cumsum([0, *sizes]).tolist(), strict=False))
    files: list[Submission] = []
    for n in numbers:
        files += _files(shelf, plan, "files", n, counties[n]) if n in found else _unread(plan, n)
    begin = {n: _prefix(shelf, plan, n) for n in found}
    verdicts = {f"{begin[n]}{path}": v for n, r in found.items() for path, v in r.verdicts.items()}
    verdicts |= {s.path: "rejected" for s in files if s.path not in verdicts and s.status == "unreadable"}
    return reordered(
        Audit(
            run=_run(plan, found, failures),
            submissions=tuple(files),
            rules=_rules(plan, found),
            issues=_told_apart(_one(list(issues.values())), sizes),
            locations=_one(
                [_located(shelf, n, start, begin[n]) for n, start in starts.items() if n in found]
            ),
            rests=_one(
                [_counted(shelf, "rests", n, start, REST_SCHEMA) for n, start in starts.items() if n in found]
            ),
            verdicts=verdicts,
            children=_children(
                [(r.children, counties[n]) for n, r in found.items() if r.children is not None]
            ),
            previous=tuple(s for n in found for s in _files(shelf, plan, "previous", n, counties[n])),
            links=links(shelf, plan, found, begin, counties),
        )
    )


class NothingAuditedError(AuditError):
    """Not one county's audit ended."""

    def __init__(self, failures: Mapping[Text, str]) -> None:
        zh, en = ("\n".join(f"{what[lang]}: {why}" for what, why in failures.items()) for lang in LANGS)
        super().__init__(Text(f"各部分均未核查完：\n{zh}", f"no part of the audit ended:\n{en}"))


def _one(tables: Sequence[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()


def _prefix(shelf: Shelf, plan: Plan, number: int) -> str:
    """What a county's paths begin with, as it may be shown."""
    survey = f"survey-{number}"
    return str(shelf.read(survey).prefix) if shelf.has(survey) else plan.prefix(number)


def _counted(shelf: Shelf, name: str, number: int, start: int, schema: pa.Schema) -> pa.Table:
    """Entries of a county, their issues counted through."""
    table = results.table(shelf, name, number, schema)
    counted = pa.array(table["issue"].to_numpy() + np.int32(start), pa.int32())
    return table.set_column(0, schema.field("issue"), counted)


def _located(shelf: Shelf, number: int, start: int, prefix: str) -> pa.Table:
    """Places of a county; paths of others' records among them are whole already."""
    table = _counted(shelf, "locations", number, start, LOCATION_SCHEMA)
    if not prefix:
        return table
    paths = table["path"].combine_chunks()
    own = {s.path for name in ("files", "previous") for s in results.files(shelf, name, number)}
    words = [f"{prefix}{path}" if path in own else path for path in paths.dictionary.to_pylist()]
    whole = pa.DictionaryArray.from_arrays(paths.indices, pa.array(words, pa.string()))
    return table.set_column(1, LOCATION_SCHEMA.field("path"), whole)


def _files(shelf: Shelf, plan: Plan, name: str, number: int, county: str) -> list[Submission]:
    """Files of a county under their paths, and with their units' names, in the whole."""
    shown, real = _prefix(shelf, plan, number), plan.prefix(number)
    found = []
    for s in results.files(shelf, name, number):
        path, file = f"{shown}{s.path}", f"{real}{s.file or s.path}"
        tables = tuple(replace(t, path=path, unit=unit_of(t.unit, county)) for t in s.tables)
        found.append(replace(s, path=path, tables=tables, file=None if file == path else file))
    return found


def _told_apart(issues: pa.Table, sizes: Sequence[int]) -> pa.Table:
    """``issues`` of several counties (``sizes`` of each), no two under one number: a child of two counties whose units bear
    one name."""
    texts = issues["fingerprint"].combine_chunks()
    if len(pc.unique(texts)) == len(texts):
        return issues
    given = np.frombuffer(bytes.fromhex("".join(texts.to_pylist())), ">u8").astype(np.uint64)
    anew = pa.array(hexadecimal(numbered(given)), pa.string())
    columns = {name: issues[name].to_pylist() for name in ("follows", "line")}
    changed = np.flatnonzero(pc.not_equal(texts, anew).to_numpy(zero_copy_only=False))
    county = np.searchsorted(np.cumsum(sizes), np.arange(len(texts)), side="right")
    renamed = {(int(county[i]), texts[i].as_py()): anew[i].as_py() for i in changed.tolist()}
    for name, values in columns.items():
        told = [renamed.get((c, v), v) for c, v in zip(county.tolist(), values, strict=True)]
        issues = issues.set_column(
            issues.schema.get_field_index(name), ISSUE_SCHEMA.field(name), pa.array(told, pa.string())
        )
    at = issues.schema.get_field_index("fingerprint")
    return issues.set_column(at, ISSUE_SCHEMA.field("fingerprint"), anew)


def _county(plan: Plan, number: int, result: Result) -> str:
    """What tells a county's units from others' of one name; "" for files that lie in no county's folder."""
    name = plan.worlds[number].name
    return (result.run.county or name) if name else ""


def _unread(plan: Plan, number: int) -> list[Submission]:
    """The files of a county whose audit broke off."""
    asked = plan.request_of(number)
    found = find_files(asked.paths, leave_out=asked.exclude)
    prefix = plan.prefix(number)
    return [Submission(f"{prefix}{f.relative}", "", "unreadable", f.reason or "crashed") for f in found]


def _rules(plan: Plan, found: Mapping[int, Result]) -> tuple[RuleRun, ...]:
    """Every rule that some county ran or skipped, with what became of it everywhere."""
    ran: dict[str, list[Ran]] = {}
    for result in found.values():
        for run in result.rules:
            ran.setdefault(run.code, []).append(run)
    known: dict[str, Rule] = {}
    configs = dict.fromkeys(plan.worlds[n].config for n in found)
    for config in configs:
        if not ran.keys() <= known.keys():
            county = load_county(config) if config is not None else None
            catalogue, _, _ = load_rules(county_dictionary(county), county, plan.request.profile)
            known = {**catalogue.rules, **known}
    order = {code: place for place, code in enumerate(known)}
    return tuple(_ran(known[code], ran[code]) for code in sorted(ran, key=order.__getitem__))


def _ran(rule: Rule, runs: Sequence[Ran]) -> RuleRun:
    """Crashed where it crashed anywhere; skipped where it ran nowhere."""
    order: tuple[RuleStatus, ...] = ("crashed", "ran", "skipped")
    status = next(status for status in order if any(run.status == status for run in runs))
    first = next(run for run in runs if run.status == status)
    return RuleRun(
        rule,
        status,
        first.reason,
        sum(run.rows_checked for run in runs),
        sum(run.unverifiable for run in runs),
        sum(run.issues for run in runs),
        sum(run.seconds for run in runs),
        tuple(dict.fromkeys(text for run in runs for text in run.lacks)) if status == "skipped" else (),
    )


def _run(plan: Plan, found: Mapping[int, Result], failures: Mapping[Text, str]) -> Run:
    """The circumstances of all counties; of days that differ the latest, and what each county is warned of."""
    runs = {plan.worlds[n].name: result.run for n, result in found.items()}
    broken = tuple(
        Text(
            f"{what.zh}：核查中断（{why}），结果不完整",
            f"{what.en}: the audit broke off ({why}) and is incomplete",
        )
        for what, why in failures.items()
    )
    stated = {name: run for name, run in runs.items() if run.as_of_source != "today"} or runs
    last = max(stated.values(), key=lambda run: run.as_of)
    days = {name or OTHER_FILES.zh: run.as_of for name, run in stated.items()}
    several = Text(
        "各县统计截止日不同：" + "、".join(f"{name} {day}" for name, day in days.items()),
        "the counties' data are for different days: "
        + ", ".join(f"{name} {day}" for name, day in days.items()),
    )
    given_up = tuple(dict.fromkeys(text for text in _by_county({n: r.given_up for n, r in runs.items()})))
    warnings = _by_county({n: tuple(w for w in r.warnings if w not in r.given_up) for n, r in runs.items()})
    key = plan.request.secret
    one = {run.config for run in runs.values()}
    return replace(
        last,
        county="、".join(_names(runs)) or None,
        config=one.pop() if len(one) == 1 else None,
        given_up=(*broken, *given_up),
        warnings=(*broken, *given_up, *((several,) if len({*days.values()}) > 1 else ()), *warnings),
        seal=seal(key.value) if key is not None else last.seal,
        key=key.source if key is not None else last.key,
        issued_on=max(run.issued_on for run in runs.values()),
        started=min((run.started for run in runs.values() if run.started is not None), default=None),
        county_source="files" if len(runs) > 1 else last.county_source,
        county_from=None if len(runs) > 1 else last.county_from,
    )


def _names(runs: Mapping[str, Run]) -> list[str]:
    """The counties by name, as many as a line takes."""
    names = list(dict.fromkeys(run.county or name for name, run in runs.items() if run.county or name))
    return names if len(names) <= _NAMED else [f"{'、'.join(names[:_NAMED])}等{len(names)}个县（市、区）"]


def _by_county(texts: Mapping[str, Sequence[Text]]) -> list[Text]:
    """What is told of every county once; what is told of some, with their names."""
    counties: dict[Text, list[str]] = {}
    for name, told in texts.items():
        for text in told:
            counties.setdefault(text, []).append(name)
    return [
        text
        if len(names) == len(texts)
        else Text(
            f"{'、'.join(_called(names, 'zh'))}：{text.zh}", f"{', '.join(_called(names, 'en'))}: {text.en}"
        )
        for text, names in counties.items()
    ]


def _called(names: Sequence[str], lang: Lang) -> list[str]:
    return [name or OTHER_FILES[lang] for name in names]


def _children(of_counties: Sequence[tuple[ChildIndex, str]]) -> ChildIndex | None:
    indexes = [index for index, _ in of_counties]
    if not indexes:
        return None
    starts = np.cumsum([0, *(len(index.places) for index in indexes)])
    return ChildIndex(
        np.concatenate([index.key for index in indexes]).astype(np.uint64),
        np.concatenate([index.aliases for index in indexes]).astype(np.uint64),
        np.concatenate([index.place + start for index, start in zip(indexes, starts, strict=False)]).astype(
            np.int32
        ),
        tuple((path_of(unit, county), kind) for index, county in of_counties for unit, kind in index.places),
    )
