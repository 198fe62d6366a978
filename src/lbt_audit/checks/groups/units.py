"""The unit whose list a record stands in, as rules tell units apart."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lbt_audit.frames.book import Book
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import text_codes
from lbt_audit.links.links import Links


def places(frame: Frame, book: Book) -> np.ndarray:
    """Township of a roster's record, village of a village book's, school of a school file's; "" not known, and in
    registers of other kinds."""
    if frame.schema.child != "listed":
        return np.full(len(frame), "", object)
    units = Links.of(book).home(frame.kind)
    if frame.schema.level == "school":
        said = units.school
    elif frame.schema.level == "township":
        said = units.township
    else:
        said = np.asarray(np.where(units.village == "", units.township, units.village))
    if not book.counties:
        return said
    counties = np.array([f"{book.counties[t.path]}/" for t in frame.tables] or [""], object)[frame.table]
    return np.asarray(np.where(said == "", "", counties + said))


def place_codes(frame: Frame, book: Book) -> np.ndarray:
    """The same as codes (int64); the unit of the sheet stands in where the record's is not known."""
    if frame.schema.child != "listed":
        return np.zeros(len(frame), np.int64)
    said = places(frame, book)
    county = book.counties.get
    names = [f"{county(t.path, '')}/{t.unit.name or t.path}" for t in frame.tables]
    sheets = np.array(names or [""], object)[frame.table]
    return text_codes(pa.array(np.where(said == "", sheets, said).astype(str).tolist(), pa.string()))


def listed_places(frame: Frame, book: Book) -> Facet:
    """``place_codes``, known where the county's list has the unit; everywhere if there is no list."""
    names = book.units
    listed = {
        *names.schools,
        *names.townships,
        *(f"{township}/{village}" for township, villages in names.townships.items() for village in villages),
    }
    sure = (
        np.isin(places(frame, book).astype(str), sorted(listed))
        if names.listed
        else np.ones(len(frame), np.bool_)
    )
    return Facet(place_codes(frame, book), sure)


def villages(frame: Frame, book: Book) -> Facet:
    """``township/village`` of every record."""
    return Facet.text(pa.array(Links.of(book).home(frame.kind).village.astype(str).tolist(), pa.string()))
