"""Whom the issues of a frame are about and who answers for them; worked out once per frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.identity.fingerprint import child_keys, hash_texts
from lbt_audit.engine.issues.assign import Assigner
from lbt_audit.engine.issues.categories import Vocabularies
from lbt_audit.frames.frame import Frame
from lbt_audit.model.blanks import BLANKS
from lbt_audit.model.record import dataclass
from lbt_audit.model.rule import Rule
from lbt_audit.model.unit import LOCAL, Unit

UNIT_COLUMNS = (
    "unit", "township", "village", "school", "responsible_level", "responsible_unit", "responsible_township",
)  # fmt: skip


@dataclass
class Subjects:
    """Keys and units of every record, each kept after it was first asked for."""

    assigner: Assigner
    words: Vocabularies
    salt: str
    shown: Callable[[pa.Array, str], pa.Array]  # cells of a field as they may be shown
    _keys: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    _units: dict[tuple[str, str], dict[str, np.ndarray]] = field(default_factory=dict)

    def keys(self, frame: Frame, rows: np.ndarray) -> np.ndarray:
        """Salted key (uint64) of the child in each of ``rows``."""
        if frame.kind not in self._keys:
            self._keys[frame.kind] = np.zeros(len(frame), np.uint64), np.zeros(len(frame), np.bool_)
        keys, known = self._keys[frame.kind]
        wanted = np.zeros(len(frame), np.bool_)
        wanted[rows] = True
        new = np.flatnonzero(wanted & ~known)
        if len(new):
            keys[new], known[new] = child_keys(frame, self.salt, new), True
        picked: np.ndarray = keys[rows]
        return picked

    def units(self, rule: Rule, frame: Frame, rows: np.ndarray) -> dict[str, np.ndarray]:
        """Word codes of UNIT_COLUMNS, and ``unit_key`` (uint64), for each of ``rows``."""
        kept = self._units.get((frame.kind, rule.responsible))
        if kept is None:
            kept = self._units[frame.kind, rule.responsible] = self._of_frame(rule, frame)
        return {column: values[rows] for column, values in kept.items()}

    def add(
        self,
        codes: dict[str, list[int]],
        unit: Unit,
        responsible: Unit,
        says: Mapping[str, str] | None = None,
    ) -> None:
        """Append one issue's UNIT_COLUMNS; ``says`` is what the record itself names."""
        says = says or {}
        values = {
            "unit": unit.name or None,
            "township": unit.name if unit.level == "township" else unit.township,
            "village": says.get("village") or (unit.name if unit.level == "village" else None),
            "school": says.get("school") or (unit.name if unit.level == "school" else None),
            "responsible_level": responsible.level,
            "responsible_unit": responsible.name or unit.name,
            "responsible_township": responsible.township if responsible.level in LOCAL else None,
        }
        for column, word in values.items():
            codes[column].append(self.words[column].code(word))

    def _of_frame(self, rule: Rule, frame: Frame) -> dict[str, np.ndarray]:
        """Combinations of table, village and school, each worked out once."""
        villages, village = _named(frame, "village")
        schools, school = _named(frame, "school_name")
        combined = (frame.table.astype(np.int64) * len(villages) + village) * len(schools) + school
        distinct, back = np.unique(combined, return_inverse=True)
        codes: dict[str, list[int]] = {k: [] for k in UNIT_COLUMNS}
        shown_villages, shown_schools = (
            self.shown(pa.array(texts, pa.string()), field_key).to_pylist()
            for texts, field_key in ((villages, "village"), (schools, "school_name"))
        )
        names = []
        for value in distinct.tolist():
            rest, s = divmod(value, len(schools))
            t, v = divmod(rest, len(villages))
            unit = frame.tables[t].unit
            says = {"village": villages[v], "school": schools[s]}
            responsible = self.assigner.responsible(rule, unit, says)
            self.add(codes, unit, responsible, {"village": shown_villages[v], "school": shown_schools[s]})
            names.append(f"{unit.level}|{unit.name}" if unit.known else "")
        result: dict[str, np.ndarray] = {k: np.array(v, np.int32)[back] for k, v in codes.items()}
        result["unit_key"] = hash_texts(names, self.salt)[back]
        return result


def _named(frame: Frame, field_key: str) -> tuple[list[str], np.ndarray]:
    """Distinct names a column holds, and for each record which."""
    encoded: Any = pc.dictionary_encode(frame.text(field_key))
    names = pc.replace_substring_regex(encoded.dictionary, BLANKS, "").to_pylist()
    return (names or [""]), encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
