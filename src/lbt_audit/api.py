"""The Python API: ``docs/api.md`` describes it; nothing else is public.

Everything comes as pandas DataFrames that may be kept, pickled and joined by file, sheet and row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from lbt_audit.config.county import County
from lbt_audit.config.keys import find_key
from lbt_audit.config.load import find_county, load_county
from lbt_audit.engine.audit import Audit as Found
from lbt_audit.engine.county.home import home_area
from lbt_audit.engine.links.report import SCHEMA as LINK_SCHEMA
from lbt_audit.engine.reading.framing import make_context
from lbt_audit.engine.reading.read import read as read_registers
from lbt_audit.engine.request import Request
from lbt_audit.engine.rules.load import county_dictionary
from lbt_audit.frames.pandas import to_pandas
from lbt_audit.model.nearest import did_you_mean
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Mask
from lbt_audit.model.severity import Severity
from lbt_audit.model.text import Lang
from lbt_audit.partitions.audit import audit as run_audit
from lbt_audit.reports.words import rule_reason

OnePath = str | PathLike[str]
Paths = OnePath | Iterable[OnePath]


@dataclass(frozen=True)
class Audit:
    """What an audit found, as DataFrames.

    ``issues`` (index ``issue``): one row per issue, in the order of their weight; values in ``message``,
    ``child`` and ``id_no`` masked as asked. ``cases`` (index ``case``): the children issues are told of, each with the
    fingerprints of what they come down to (``roots``) and of all its ``issues``.
    ``locations``: the cells each issue points at, with ``issue``, ``file``,
    ``sheet``, ``row`` as the spreadsheet shows it (missing = the whole sheet or file), ``column``, ``field``,
    ``value``. ``rules`` (index ``rule``): how each rule fared. ``as_of``: the day the data are to be true for.
    """

    as_of: date
    issues: pd.DataFrame
    locations: pd.DataFrame
    rules: pd.DataFrame
    cases: pd.DataFrame
    _links: Any = field(repr=False, compare=False)

    @cached_property
    def links(self) -> pd.DataFrame:
        """Rows of two registers that are, or may be, the same child; worked out when first asked for."""
        pairs = self._links() if callable(self._links) else self._links
        return _frame(pairs, left_path="left_file", right_path="right_file")

    def __getstate__(self) -> dict[str, Any]:
        """Pickled are the frames, not the registers the links were found in."""
        shown = {
            name: getattr(self, name) for name in ("as_of", "issues", "locations", "rules", "cases", "links")
        }
        return {**shown, "_links": None}


def audit(
    paths: Paths,
    *,
    as_of: date | str | None = None,
    issued_on: date | str | None = None,
    config: OnePath | None = None,
    profile: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    previous: OnePath | None = None,
    kinds: Mapping[str, str] | None = None,
    exclude: Iterable[OnePath] = (),
    lang: Lang = "zh",
    mask: Mask | None = None,
    jobs: int = 0,
) -> Audit:
    """Audit files and folders as ``lbt-audit check`` does; the arguments are its options.

    ``config``: the county file, by default the nearest ``lbt-audit.toml`` at or above the first path. ``kinds``: glob
    → kind of register for files whose headers do not tell. ``previous``: last period's files, compared with these and
    not audited; by default what the county file names. Raises FileNotFoundError for paths that do not exist
    and ConfigError, a ValueError, for what is wrong in the county's files; nothing a register holds raises.
    """
    request = _request(paths, as_of, config, profile, kinds, exclude, lang, mask, jobs)
    request = replace(
        request, issued_on=_day(issued_on), select=tuple(select), ignore=tuple(ignore), links=True
    )
    if previous is not None:
        request = replace(request, previous=Path(previous))
    elif request.county is not None:
        request = replace(request, previous=request.county.previous)
    secret = find_key(request.county, shared=request.paths)
    return _shown(run_audit(replace(request, secret=secret)))


def read(
    paths: Paths,
    *,
    as_of: date | str | None = None,
    config: OnePath | None = None,
    kinds: Mapping[str, str] | None = None,
    exclude: Iterable[OnePath] = (),
    jobs: int = 0,
) -> dict[str, pd.DataFrame]:
    """The registers in files and folders: one typed DataFrame per kind of register, index (file, sheet, row).

    Values are in clear. Arguments and errors as of ``audit``.
    """
    reading = read_registers(_request(paths, as_of, config, None, kinds, exclude, "zh", "none", jobs))
    return {kind: to_pandas(frame) for kind, frame in reading.book.frames.items()}


def schema(kind: str, *, config: OnePath | None = None, as_of: date | str | None = None) -> Any:
    """The pandera DataFrameSchema of a kind of register; validates frames that ``read`` gives, and others.

    ``config``: the county file, for kinds, columns and checks of the county's own; by default none. ``as_of``
    (default: the county file's, else today) decides which births lie in the future.
    """
    from lbt_audit.schemas.frames import frame_schema

    county = load_county(Path(config)) if config is not None else County(Path("lbt-audit.toml"))
    dictionary = county_dictionary(county)
    if kind not in dictionary.kinds:
        raise ValueError(f"no kind of register {kind!r}{did_you_mean(kind, dictionary.kinds).en}")
    context = make_context(
        _day(as_of) or county.as_of or date.today(), home_area((), county.units), county.extra_areas, county.extra_ethnic,
        county.known_phones, dictionary.codes,
    )  # fmt: skip
    return frame_schema(dictionary.kinds[kind], dictionary.fields, context)


def _request(
    paths: Paths,
    as_of: date | str | None,
    config: OnePath | None,
    profile: str | None,
    kinds: Mapping[str, str] | None,
    exclude: Iterable[OnePath],
    lang: Lang,
    mask: Mask | None,
    jobs: int,
) -> Request:
    found = tuple(Path(p) for p in ([paths] if isinstance(paths, str | PathLike) else paths))
    file = Path(config) if config is not None else find_county(found[0]) if found else None
    county = load_county(file) if file is not None else None
    left_out = [Path(p) for p in exclude]
    if county is not None and county.templates is not None:
        left_out.append(county.templates)
    return Request(
        paths=found,
        county=county,
        as_of=_day(as_of),
        profile=profile,
        kinds=tuple((kinds or {}).items()),
        jobs=jobs,
        lang=lang,
        mask=mask or (county.mask if county is not None and county.mask else "partial"),
        exclude=tuple(left_out),
    )


def _day(day: date | str | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _shown(found: Found) -> Audit:
    links, lang = found.links, found.run.lang
    issues = _frame(found.issues)
    grades = {int(s): s.key for s in Severity}
    issues["severity"] = pd.Categorical(issues["severity"].map(grades), list(grades.values()), ordered=True)
    rules = pd.DataFrame(
        [(r.rule.code, r.rule.title[lang], r.rule.severity.key, r.status, rule_reason(r, lang), r.rows_checked,
          r.unverifiable, r.issues) for r in found.rules],
        columns=["rule", "title", "severity", "status", "reason", "rows_checked", "unverifiable", "issues"],
    ).set_index("rule")  # fmt: skip
    return Audit(
        as_of=found.run.as_of,
        issues=issues.rename_axis(index="issue"),
        locations=_frame(found.locations, path="file"),
        rules=rules,
        cases=_frame(found.cases).set_index("case"),
        _links=(lambda: links.pairs(lang)) if links is not None else LINK_SCHEMA.empty_table(),
    )


def _frame(table: pa.Table, **names: str) -> pd.DataFrame:
    """``table`` with days as datetime64[s] and rows as Int32; ``names``: columns that are called otherwise."""
    days = [(f.name, pa.timestamp("s") if pa.types.is_date(f.type) else f.type) for f in table.schema]
    rows = {pa.int32(): pd.Int32Dtype()}
    frame: pd.DataFrame = table.cast(pa.schema(days)).to_pandas(types_mapper=rows.get)
    return frame.rename(columns=names)
