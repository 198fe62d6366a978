"""A frame's children as ``matching`` compares them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.frames.frame import Frame
from lbt_audit.links.people.births import ages, births
from lbt_audit.links.people.places import places_of
from lbt_audit.matching.people.people import People
from lbt_audit.model.cell import State
from lbt_audit.model.units import Units

_PHONES = ("father_phone", "mother_phone", "parents_phone", "guardian_phone", "contact_phone")


def people_of(frame: Frame, units: Units | None = None) -> People:
    """One row per record of ``frame``. Names are as written: how they differ is matching's to say."""
    identity = frame["id_no"]
    birth_lo, birth_hi = births(frame)
    age_lo, age_hi = ages(frame)
    places = places_of(frame, units)
    sex = frame["sex"].facets["code"]
    return People(
        name=_written(frame, "child_name"),
        former_name=_column(frame, "former_name"),
        id_no=_facet(frame, "id_no", "norm"),
        id_valid=identity.facets["valid"],
        digits15=pc.not_equal(identity.facets["digits15"], "").to_numpy(zero_copy_only=False),
        birth_lo=birth_lo,
        birth_hi=birth_hi,
        age_lo=age_lo,
        age_hi=age_hi,
        sex=_sex(sex),
        father=_column(frame, "father_name"),
        father_id=_facet(frame, "father_id", "norm"),
        mother=_column(frame, "mother_name"),
        mother_id=_facet(frame, "mother_id", "norm"),
        guardian=_column(frame, "guardian_name"),
        phones=tuple(_facet(frame, f, "number") for f in _PHONES if frame.has(f).any()),
        village=places.village,
        township=places.township,
        school=places.school,
        grade=_number(frame, "grade"),
        class_name=_number(frame, "class_no"),
        xueji_no=_facet(frame, "xueji_no", "norm"),
    )


def _written(frame: Frame, field: str) -> pa.Array:
    """Cells that hold a value; "" for blanks and placeholders."""
    typed = frame[field]
    return pc.if_else(pa.array(typed.state >= State.FAULTY), typed.text, "")


def _column(frame: Frame, field: str) -> pa.Array | None:
    return _written(frame, field) if frame.has(field).any() else None


def _facet(frame: Frame, field: str, facet: str) -> pa.Array:
    return frame[field].facets[facet]


def _sex(codes: pa.Array) -> np.ndarray:
    words = codes.to_numpy(zero_copy_only=False)
    return np.where(words == "male", 1, np.where(words == "female", 2, 0)).astype(np.int8)


def _number(frame: Frame, facet: str) -> pa.Array:
    """Grade or class number as text, from the class column or the grade column; "" if unknown."""
    values = frame["class_name"].facets[facet]
    if facet in frame["grade"].facets:
        values = np.where(values > 0, values, frame["grade"].facets[facet])
    return pc.if_else(pa.array(values > 0), pa.array(values).cast(pa.string()), "")
