"""From a request to frames: files read and understood, and the rules that will look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from lbt_audit.config.county import County
from lbt_audit.engine.county.areas import area_warnings, local_areas
from lbt_audit.engine.county.due import due_kinds
from lbt_audit.engine.county.home import home_area, in_townships
from lbt_audit.engine.county.own_forms import unconfirmed
from lbt_audit.engine.identity.fingerprint import seal
from lbt_audit.engine.patience import Patience
from lbt_audit.engine.privacy.people import People
from lbt_audit.engine.privacy.veil import Veil
from lbt_audit.engine.reading.days import cut_off_day, day_of_issue
from lbt_audit.engine.reading.files import submissions as submitted
from lbt_audit.engine.reading.form_names import without_names
from lbt_audit.engine.reading.framing import make_book, make_context, make_frames
from lbt_audit.engine.reading.previous import Previous, read_previous
from lbt_audit.engine.request import Request, Watcher
from lbt_audit.engine.rules.load import county_dictionary, load_rules
from lbt_audit.frames.book import Book
from lbt_audit.intake.table import Submission
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.home import HomeArea
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import CountySource, Run
from lbt_audit.model.text import Text
from lbt_audit.model.units import Units
from lbt_audit.resources import data_dir
from lbt_audit.rulebook.catalogue import Catalogue
from lbt_audit.rulebook.departures import departures
from lbt_audit.rulebook.profile import DEFAULT_PROFILE, load_profile
from lbt_audit.schemas.problems import Problems

SILENT: Final = Watcher()
_AREAS: Final = Text("按证号推断本地行政区划代码", "the county's area codes, as ID numbers show them")
_HOME: Final = Text("按报送文件推断本县", "the own county, as the files show it")


@dataclass(frozen=True)
class Reading:
    """What was handed in, understood, and what the rules will need."""

    book: Book
    run: Run
    county: County
    dictionary: Dictionary
    catalogue: Catalogue
    veil: Veil  # what every text goes through that is shown
    previous: Previous | None = None  # last period's files, where they were given


HandedIn = Callable[[Request, Dictionary, Units, int | None, Watcher], Iterator[Submission]]
"""How the files of a request come to be read (``engine.reading.files``), or were before."""


def read(
    request: Request,
    watcher: Watcher = SILENT,
    handed_in: HandedIn = submitted,
    elsewhere: Sequence[Submission] = (),
) -> Reading:
    """Read what ``request`` names; raises as ``engine.run.audit`` does. ``elsewhere``: records of other counties that
    issues may point at."""
    county = request.county or County(Path("lbt-audit.toml"))
    stated = request.as_of or county.as_of
    units = replace(county.units, county=request.county_name) if request.county_name else county.units
    dictionary = county_dictionary(county)
    with ThreadPoolExecutor(1) as background:
        # Rules are read while the child processes read files.
        pending = background.submit(load_rules, dictionary, county, request.profile)
        _check_kinds(request, dictionary)
        files = handed_in(
            _without_previous(request), dictionary, units, stated.year if stated else None, watcher
        )
        submissions = list(_unless_refused(files, pending))
        catalogue, profile, dictionary = pending.result()
    default = load_profile(data_dir("rules"), DEFAULT_PROFILE)
    due = due_kinds(county, dictionary)
    as_of, source = cut_off_day(request, county, submissions)
    issued_on, issued_source, told = day_of_issue(request, county, as_of)
    params = {**profile.params, "due": due}
    tables = [t for s in submissions for t in s.tables]
    rows, patience = sum(map(len, tables)), Patience()
    new_areas = patience.tried(
        _AREAS, rows, lambda: local_areas(tables, county.extra_areas), dict[str, int]()
    )
    areas = county.extra_areas | new_areas.keys()
    home = patience.tried(_HOME, rows, lambda: home_area(tables, units), HomeArea(units))
    if home.units.inferred:
        submissions = in_townships(submissions, home.units)
    with patience.for_rows(rows):  # without them nothing can be masked
        people = People.of(tables, dictionary, home.units)
        submissions = without_names(submissions, Veil(request.mask, people))

    def book_of(
        submissions: Sequence[Submission],
        day: date,
        before: date | None,
        previous: Book | None = None,
        elsewhere: Book | None = None,
    ) -> Book:
        context = make_context(
            day, home, areas, county.extra_ethnic, county.known_phones, dictionary.codes, (before, as_of)
        )
        frames = make_frames([t for s in submissions for t in s.tables], dictionary, context, params)
        return make_book(
            frames, submissions, home.units, params, dictionary, catalogue, previous, county.sounds, elsewhere
        )

    previous = read_previous(request, dictionary, home.units, as_of, book_of, people, watcher)
    before = (previous.run.as_of, previous.book) if previous else (None, None)
    other = book_of(elsewhere, as_of, None) if elsewhere else None
    people |= People.of([t for s in elsewhere for t in s.tables], dictionary)
    book = book_of(submissions, as_of, before[0], before[1], other)
    run = Run(
        as_of=as_of,
        as_of_source=source,
        issued_on=issued_on,
        issued_source=issued_source,
        profile=profile.name,
        profile_title=profile.title,
        departures=departures(profile, default, catalogue.entries, data_dir("rules")),
        default_profile=default.title,
        lang=request.lang,
        mask=request.mask,
        config=county.path.name if request.county else None,
        county=home.units.county or county.name,
        kinds={
            k.key: k.title for kind in dictionary.kinds.values() for k in (kind, kind.before, kind.elsewhere)
        },
        fields={key: f.title for key, f in dictionary.fields.items()},
        given_up=tuple(patience.given_up),
        warnings=(
            *patience.given_up,
            *told,
            *area_warnings(new_areas),
            *unconfirmed(tables, dictionary.kinds),
            *(previous.warnings if previous else ()),
        ),
        county_source=_county_source(request, county, home),
        county_from=home.stated(),
        seal=seal(request.key.value),
        key=request.key.source,
        previous=previous.run if previous else None,
    )
    veil = Veil(request.mask, people if previous is None else people | previous.people)
    return Reading(book, run, county, dictionary, catalogue, veil, previous)


def _without_previous(request: Request) -> Request:
    """Last period's files, where they lie among this period's, are not handed in now."""
    before = () if request.previous is None else (request.previous,)
    return replace(request, exclude=(*request.exclude, *before))


def _check_kinds(request: Request, dictionary: Dictionary) -> None:
    problems = Problems("--kind")
    for glob, kind in request.kinds:
        if kind not in dictionary.kinds:
            what = Text(f"“{glob}”：没有这种表“{{}}”", f"{glob}: no such kind of register {{!r}}")
            problems.unknown(0, what, kind, dictionary.kinds)
    if problems.found:
        raise ConfigError(problems.found)


def _unless_refused(submissions: Iterator[Submission], rules: Future[Any]) -> Iterator[Submission]:
    """The files as they come; raises as soon as it is known that the rules cannot be used."""
    for submission in submissions:
        if rules.done():
            rules.result()
        yield submission


def _county_source(request: Request, county: County, home: HomeArea) -> CountySource | None:
    if request.county_name:
        return "option"
    if county.name:
        return "config"
    return "files" if home.units.county else None
