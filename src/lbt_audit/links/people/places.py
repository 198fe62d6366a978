"""Village, township and school of records as the county file spells them: from their own columns, from the sheet
they stand in, from the address and the school code.

Addresses are read against the county's list of units, and without one, or where a name is not on it, by their
form: …县…乡(镇)…村….
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.frame import Frame
from lbt_audit.frames.texts import some
from lbt_audit.model.cell import State
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.unit import Level
from lbt_audit.model.units import Units, named

ADDRESSES: Final = ("live_addr", "home_addr", "hukou_addr")
"""Where the child lives comes before where it is registered."""
_ABOVE: Final = "(?:.*(?:县|区|旗|市|州|省))?"
_TOWN: Final = "[^省县]{1,7}?(?:镇|乡|街道办事处|街道|苏木)"
_VILLAGE: Final = "[^省县]{1,10}?(?:村村|村民委员会|村委会|居民委员会|居委会|社区|嘎查|村)"
_WHOLE: Final = f"^{_ABOVE}(?P<town>{_TOWN})(?P<village>{_VILLAGE})?"
_LONE: Final = f"^{_ABOVE}(?P<village>{_VILLAGE})"
_ENDS: Final = regex("(?:村民委员会|村委会|居民委员会|居委会|社区|村)$")


@dataclass(frozen=True)
class Places:
    """Text arrays, "" where not known."""

    village: pa.Array
    township: pa.Array
    school: pa.Array


def places_of(frame: Frame, units: Units | None = None) -> Places:
    """Where every record's child lives and learns."""
    units = units or Units()
    village, township = (
        _written(frame, "village", "village", units),
        _written(frame, "township", "township", units),
    )
    addresses = [f for f in ADDRESSES if some(frame, f)]
    lacking = pc.any(pc.or_(pc.equal(village, ""), pc.equal(township, ""))).as_py()
    if addresses and lacking:
        for field in addresses:
            towns, villages = _read(frame.squeezed(field), units)
            village, township = _filled(village, villages), _filled(township, towns)
    return Places(village, township, _schools(frame, units))


def _written(frame: Frame, field: str, level: Level, units: Units) -> pa.Array:
    """What the record says, else the unit whose sheet it is or in whose township that unit lies."""
    own = [
        named(t.unit, level, units) or (t.unit.township or "" if level == "township" else "")
        for t in frame.tables
    ]
    default = pa.array(own or [""], pa.string()).take(pa.array(frame.table))
    if not some(frame, field):
        return default

    def listed(text: str) -> str:
        found = units.find(text, level)
        return found.name if found else text

    written = frame.squeezed(field)
    usable = pc.and_(pa.array(frame[field].state >= State.FAULTY), pc.not_equal(written, ""))
    return pc.if_else(usable, _each(written, listed) if units.listed else written, default)


def _schools(frame: Frame, units: Units) -> pa.Array:
    written = _written(frame, "school_name", "school", units)
    if not units.school_codes or not some(frame, "school_code"):
        return written
    return _filled(
        written, _each(frame.squeezed("school_code"), lambda code: units.school_codes.get(code, ""))
    )


def _read(addresses: pa.Array, units: Units) -> tuple[pa.Array, pa.Array]:
    """(townships, villages) the addresses name."""
    encoded = pc.dictionary_encode(addresses)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = encoded.dictionary
    if not units.townships:
        towns, villages = _formed(texts)
    else:
        towns, villages = _listed(texts, units)
        open_ = pc.or_(pc.equal(towns, ""), pc.equal(villages, ""))
        if pc.any(open_).as_py():
            more = _formed(texts.filter(open_))
            towns = pc.replace_with_mask(towns, open_, _filled(towns.filter(open_), more[0]))
            villages = pc.replace_with_mask(villages, open_, _filled(villages.filter(open_), more[1]))
        pairs = pc.binary_join_element_wise(towns, villages, "\t")
        settled = _each(pairs, lambda text: "\t".join(_settled(text, units)))
        both = pc.extract_regex(settled, "^(?P<town>.*)\t(?P<village>.*)$")
        towns, villages = _group(both, "town"), _group(both, "village")
    return towns.take(encoded.indices), villages.take(encoded.indices)


def _formed(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Township and village by the form of the text."""
    whole = pc.extract_regex(texts, _WHOLE)
    towns, villages = _group(whole, "town"), _group(whole, "village")
    lone = _group(pc.extract_regex(texts, _LONE), "village")
    return towns, _filled(villages, pc.if_else(pc.equal(towns, ""), lone, ""))


def _listed(texts: pa.Array, units: Units) -> tuple[pa.Array, pa.Array]:
    """The listed township and village each text names."""
    towns = f"^.*?(?P<found>{_any(units.townships)})"
    named = _group(pc.extract_regex(texts, towns), "found")
    rest = pc.replace_substring_regex(texts, towns, "")
    village = _group(pc.extract_regex(rest, f"(?P<found>{_any(units.village_names())})"), "found")
    # 白石镇珠岩一组 is 珠岩村 too, but only right behind its township.
    open_ = pc.and_(pc.not_equal(named, ""), pc.equal(village, ""))
    short = {_ENDS.sub("", v): v for v in units.village_names() if len(_ENDS.sub("", v)) >= 2}
    if short and pc.any(open_).as_py():
        bare = _group(pc.extract_regex(rest.filter(open_), f"^(?P<found>{_any(short)})"), "found")
        village = pc.replace_with_mask(village, open_, _each(bare, lambda text: short.get(text, "")))
    return named, village


def _settled(pair: str, units: Units) -> tuple[str, str]:
    """Township and village in the county's spelling; a village known to lie in one township gives it."""
    town, _, village = pair.partition("\t")
    listed = units.find(town, "township") if town else None
    town = listed.name if listed else town
    unit = units.find(village, "village", town or None) if village else None
    if unit is None or (town and unit.township != town):
        return town, village
    return unit.township or town, unit.name


def _any(names: Iterable[str]) -> str:
    """A pattern for any of the names; of names that begin alike the longest."""
    known = sorted(set(names), key=lambda n: (-len(n), n))
    return (
        "|".join("".join(c if c.isalnum() or not c.isascii() else f"\\{c}" for c in n) for n in known)
        or "[^\\s\\S]"
    )


def _group(found: pa.Array, name: str) -> pa.Array:
    return pc.fill_null(pc.struct_field(found, name), "")


def _filled(values: pa.Array, others: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), others, values)


def _each(texts: pa.Array, read: Callable[[str], str]) -> pa.Array:
    """Every distinct text read once."""
    encoded = pc.dictionary_encode(texts)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    known = pa.array([read(t) if t else "" for t in encoded.dictionary.to_pylist()], pa.string())
    return known.take(encoded.indices)
