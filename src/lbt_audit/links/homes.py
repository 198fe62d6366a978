"""Where a child belongs: school, village and township of every record, spelt as the county file does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.book import Book
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.keys import encode
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.links.linkage import Linkages
from lbt_audit.model.cell import State
from lbt_audit.model.record import dataclass
from lbt_audit.model.units import clean_unit, named

ADDRESSES = ("hukou_addr", "live_addr", "home_addr")


@dataclass(frozen=True)
class Home:
    """Names of units per record, object arrays of str; "" where not known.

    ``guessed`` (bool): the township is only that of the school. ``village`` is ``township/village``.
    """

    school: np.ndarray
    village: np.ndarray
    township: np.ndarray
    guessed: np.ndarray


class Homes:
    """The units of every record of a book, by kind."""

    def __init__(self, linkages: Linkages) -> None:
        self.linkages = linkages
        self.book = linkages.book
        self._made: dict[str, Home] = {}

    def __getitem__(self, kind: str) -> Home:
        if kind not in self._made:
            frame = self.book.frames[kind]
            self._made[kind] = _home(self.book, frame, self._by_code(frame))
        return self._made[kind]

    def outside(self, kind: str) -> Mask:
        """Records whose school is none of the county's: 就读学校 stands outside the county file's list."""
        frame, school, listed = self.book.frames[kind], self[kind].school, self.book.units.schools
        if not listed or not some(frame, "school_name"):
            return np.zeros(len(school), np.bool_)
        written = frame["school_name"].state >= State.FAULTY
        return np.asarray(written & ~np.isin(school, list(listed)) & (school != ""))

    def _by_code(self, frame: Frame) -> np.ndarray | None:
        """The school a 学校标识码 stands for: the one the county file lists with it, else that of most pupils with
        the code who were found in a list that names their school; None where the register has no such code."""
        if frame.kind != "enrolment" or not some(frame, "school_code"):
            return None
        distinct, codes = encode([frame.squeezed("school_code")])
        votes: list[Counter[str]] = [Counter() for _ in range(len(distinct))]
        for kind in ("school_ledger", "roster"):
            found = self.linkages.between(kind, "enrolment")
            if found is None:
                continue
            certain = found.certain
            names = self[kind].school[found.left[certain]].tolist()
            for code, name in zip(codes[found.right[certain]].tolist(), names, strict=True):
                if name:
                    votes[code][name] += 1
        best = [max(v, key=lambda name: (v[name], name)) if v else "" for v in votes]
        listed = self.book.units.school_codes
        names = [listed.get(code, name) for code, name in zip(distinct.to_pylist(), best, strict=True)]
        return np.asarray(_objects(names)[codes])


def _home(book: Book, frame: Frame, by_code: np.ndarray | None) -> Home:
    units = book.units
    table_units = [t.unit for t in frame.tables]

    def of_tables(names: list[str]) -> np.ndarray:
        return _objects([*names, ""])[frame.table]

    def school(text: str) -> str:
        found = units.find(text, "school")
        return found.name if found else clean_unit(text)

    known = set(units.schools)
    # The name of a file with the pupils of many schools (学生信息导出) is no school's.
    own_school = of_tables(
        [named(u, "school", units) if by_code is None or u.name in known else "" for u in table_units]
    )
    if by_code is not None:
        own_school = np.where(by_code != "", by_code, own_school)
    schools = _written(frame, "school_name", school, own_school)
    towns = of_tables(
        [named(u, "township", units) or u.township or "" if u.level != "school" else "" for u in table_units]
    )

    def township(text: str) -> str:
        found = units.find(text, "township")
        return found.name if found else clean_unit(text)

    towns = _written(frame, "township", township, towns)
    villages = of_tables([named(u, "village", units) for u in table_units])
    village, by_village = _villages(book, frame, villages, towns)
    towns = np.where(towns == "", by_village, towns)
    towns = np.where(towns == "", _by_address(book, frame), towns)
    of_school = {name: town or "" for name, town in units.schools.items()}
    for u in table_units:
        if u.level == "school":
            of_school.setdefault(u.name, u.township or "")
    guess = _objects([of_school.get(s, "") for s in schools])[: len(schools)]
    guessed = (towns == "") & (guess != "")
    towns = np.where(guessed, guess, towns)
    return Home(schools, village, towns, guessed)


def _written(frame: Frame, field: str, read: Callable[[str], str], default: np.ndarray) -> np.ndarray:
    """What a column says, each distinct text read once; ``default`` where it is blank."""
    if not some(frame, field):
        return default
    texts, codes = encode([frame.squeezed(field)])
    usable = frame[field].state >= State.FAULTY
    names = _objects([read(t) if t else "" for t in texts.to_pylist()])[codes]
    return np.where(usable & (names != ""), names, default)


def _villages(
    book: Book, frame: Frame, default: np.ndarray, towns: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(township/village, township the village lies in) of every record."""
    written = (
        frame.squeezed("village") if some(frame, "village") else pa.array([""] * len(frame), pa.string())
    )
    text = pc.if_else(pc.equal(written, ""), pa.array(default.tolist(), pa.string()), written)
    joined = pc.binary_join_element_wise(pa.array(towns.tolist(), pa.string()), text, "\t")
    distinct, codes = encode([joined])
    names, found_towns = [], []
    for value in distinct.to_pylist():
        town, _, name = value.partition("\t")
        found = book.units.find(name, "village", town or None) if name else None
        if found is not None and (not town or found.township == town):
            names.append(f"{found.township or ''}/{found.name}")
            found_towns.append(found.township or "")
        else:
            names.append(f"{town}/{clean_unit(name)}" if name else "")
            found_towns.append("")
    return _objects(names)[codes], _objects(found_towns)[codes]


def _by_address(book: Book, frame: Frame) -> np.ndarray:
    """The listed township an address names."""
    result = np.full(len(frame), "", object)
    names = list(book.units.townships)
    if not names:
        return result
    pattern = "(?P<t>" + "|".join(sorted(map(_escaped, names), key=len, reverse=True)) + ")"
    for field in ADDRESSES:
        if some(frame, field):
            hit = pc.struct_field(pc.extract_regex(frame.squeezed(field), pattern), "t")
            found = _objects(pc.fill_null(hit, "").to_pylist())[: len(frame)]
            result = np.where(result == "", found, result)
    return result


def _objects(names: list[str]) -> np.ndarray:
    return np.array(names or [""], dtype=object)


def _escaped(name: str) -> str:
    return "".join(c if c.isalnum() or not c.isascii() else f"\\{c}" for c in name)
