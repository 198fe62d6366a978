"""Message templates of rules filled for all issues of a rule at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field as dataclass_field
from string import Formatter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.checks.hits import FromRecord
from lbt_audit.engine.privacy.births import is_birth, tells_day
from lbt_audit.engine.privacy.veil import Veil
from lbt_audit.facts import FACTS
from lbt_audit.frames.days import day_of, iso
from lbt_audit.frames.frame import Frame
from lbt_audit.model.characters import PRIVATE, coded
from lbt_audit.model.field import Field
from lbt_audit.model.person import PERSONS
from lbt_audit.model.record import dataclass
from lbt_audit.model.run import Run
from lbt_audit.model.text import Text

Details = Mapping[str, Sequence[str | Text] | FromRecord]

BLANK = Text("空白", "blank")
CONTROLS = r"[\x00-\x1f\x7f\x{2028}\x{2029}]+"
LONGEST_SHOWN = 300  # characters of a cell; of longer ones a message quotes the first hundred


@dataclass(frozen=True)
class Filler:
    """Fills placeholders; ``fields`` is the dictionary, for titles and privacy."""

    run: Run
    fields: Mapping[str, Field]
    params: Mapping[str, Any]
    veil: Veil
    _kept: dict[tuple[str, str], pa.Array] = dataclass_field(default_factory=dict)

    def per_row(self, template: Text, frame: Frame, rows: np.ndarray, details: Details) -> pa.Array:
        """One message per entry of ``rows``; ``details`` hold one text per entry."""
        take = pa.array(rows.astype(np.int64))
        parts: list[Any] = []
        for literal, name, _, _ in Formatter().parse(template[self.run.lang]):
            if literal:
                parts.append(pa.scalar(literal))
            if name is not None:
                parts.append(self._column(name, frame, take, details))
        n = len(rows)
        if not any(isinstance(p, pa.Array) for p in parts):
            return pa.array(["".join(str(p) for p in parts)]).take(pa.array(np.zeros(n, np.int32)))
        return pc.binary_join_element_wise(*parts, "")

    def once(self, template: Text, details: Mapping[str, str | Text]) -> str:
        """The message of an issue about no record."""
        parts = []
        for literal, name, _, _ in Formatter().parse(template[self.run.lang]):
            parts.append(literal)
            if name is not None:
                value = details[name] if name in details else self._constant(name)
                parts.append(self.veil.text(value[self.run.lang] if isinstance(value, Text) else value))
        return "".join(parts)

    def value(self, field: str, frame: Frame, take: pa.Array) -> pa.Array:
        """Cells of ``field`` as they may be shown: masked, on one line."""
        if 4 * len(take) < len(frame):
            return self.shown(frame.text(field).take(take), field)
        key = (frame.kind, field)
        if key not in self._kept:  # many rules show the same columns: mask each of them once
            self._kept[key] = self.shown(frame.text(field), field)
        return self._kept[key].take(take)

    def shown(self, text: pa.Array, field: str) -> pa.Array:
        """Cells of ``field``: masked, on one line, the beginning of long ones."""
        text = pc.replace_substring_regex(text, CONTROLS, " ")
        long = pc.greater(pc.utf8_length(text), LONGEST_SHOWN)
        if pc.any(long).as_py():
            text = pc.if_else(
                long, pc.binary_join_element_wise(pc.utf8_slice_codeunits(text, 0, 100), "…", ""), text
            )
        return coded_column(self.veil.column(text, self.fields[field]))

    def placed(self, value: str | None, field: str | None) -> str | None:
        """A cell a finding about a file points at; ``field`` None = a header or other words."""
        if value is None:
            return None
        if field is None or field not in self.fields:
            return self.veil.text(value)
        return str(self.shown(pa.array([value]), field)[0].as_py())

    def dated(self, field: str, values: pa.Array) -> np.ndarray:
        """Which cells tell a day of birth (bool): those of its column, and remarks with a day in them."""
        if is_birth(self.fields[field]):
            return pc.not_equal(pc.fill_null(values, ""), "").to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
        if self.fields[field].kind != "text":
            return np.zeros(len(values), np.bool_)
        return tells_day(values)

    def said(self, details: Details) -> dict[str, Any]:
        """What a check has to say of each issue, as it may be shown."""
        return {
            name: values if name == "p" or isinstance(values, FromRecord) else self._said(values)
            for name, values in details.items()
        }

    def _said(self, values: Any) -> pa.Array:
        if not isinstance(values, pa.Array):
            values = pa.array([v[self.run.lang] if isinstance(v, Text) else v for v in values], pa.string())
        return self.veil.column(values, None)

    def titles(self, fields: Sequence[str]) -> str:
        comma = "、" if self.run.lang == "zh" else ", "
        return comma.join(self.fields[f].title[self.run.lang] for f in fields)

    def cells(self, frame: Frame, rows: np.ndarray, points: Mapping[str, np.ndarray]) -> pa.Array:
        """One text per entry of ``rows``: title and masked value of each field pointed at there."""
        zh = self.run.lang == "zh"
        before, after, comma = ("“", "”", "、") if zh else (" “", "”", ", ")
        take = pa.array(rows.astype(np.int64))
        parts = []
        for field, mask in points.items():
            value, title = self.value(field, frame, take), self.fields[field].title[self.run.lang]
            told = pc.if_else(
                pc.equal(pc.utf8_trim_whitespace(value), ""),
                title + ("" if zh else " ") + BLANK[self.run.lang],
                pc.binary_join_element_wise(title + before, value, after, ""),
            )
            parts.append(pc.if_else(pa.array(mask), told, pa.scalar(None, pa.string())))
        if not parts:
            return pa.array([""]).take(pa.array(np.zeros(len(rows), np.int32)))
        return join_known(parts, comma)

    def who(self, keys: str) -> str:
        """``father+mother`` in words."""
        joiner = "、" if self.run.lang == "zh" else " and "
        return joiner.join(PERSONS[k][self.run.lang] for k in keys.split("+") if k)

    def _column(self, name: str, frame: Frame, take: pa.Array, details: Details) -> pa.Array | pa.Scalar:
        if name in details:
            values = details[name]
            if isinstance(values, FromRecord):
                return self._shown_of(values, frame, take)
            if name == "p":
                words = {k: self.who(str(k)) for k in set(values)}
                return pa.array([words[v] for v in values], pa.string())
            if isinstance(values, pa.Array):
                return values
            return pa.array([v[self.run.lang] if isinstance(v, Text) else v for v in values], pa.string())
        if name == "child":
            name = "child_name"
        if name == "list":
            return pa.scalar(self.run.kind_title(frame.kind))
        if name in self.fields:
            return pc.if_else(
                pc.equal(pc.utf8_trim_whitespace(frame.text(name).take(take)), ""),
                BLANK[self.run.lang],
                self.value(name, frame, take),
            )
        if name == "as_of" or name.startswith("param."):
            return pa.scalar(self._constant(name))
        return self._facet(name, frame, take)

    def _shown_of(self, shown: FromRecord, frame: Frame, take: pa.Array) -> pa.Array:
        """Of each issue the operand meant."""
        columns = [self._column(operand, frame, take, {}) for operand in shown.operands]
        result = columns[0]
        for number, column in enumerate(columns[1:], 1):
            result = pc.if_else(pa.array(shown.which == number), column, result)
        return result

    def _facet(self, name: str, frame: Frame, take: pa.Array) -> pa.Array:
        facet = frame.facet(name)
        field = name.partition(".")[0]
        if name in FACTS and FACTS[name].words:
            return self._worded(facet.values.take(take), FACTS[name].words)
        if facet.is_text:
            return self.veil.column(facet.values.take(take), self.fields.get(field))
        values = np.asarray(facet.values)[take.to_numpy()]
        if facet.is_day:
            # A birth date read out of an ID number is shown: the finding is about it. The number is not.
            return iso(values)
        text = pa.array(values).cast(pa.string())
        return pc.if_else(pa.array(facet.known[take.to_numpy()]), text, BLANK[self.run.lang])

    def _worded(self, codes: pa.Array, words: Mapping[str, Text]) -> pa.Array:
        """Codes, joined by commas, in words; every combination once."""
        comma = "、" if self.run.lang == "zh" else ", "
        encoded = codes.dictionary_encode()
        said = [
            comma.join(words[code][self.run.lang] for code in several.split(","))
            if several
            else BLANK[self.run.lang]
            for several in encoded.dictionary.to_pylist()
        ]
        return pa.array(said, pa.string()).take(encoded.indices)

    def _constant(self, name: str) -> str:
        if name == "as_of":
            return self.run.as_of.isoformat()
        if name.startswith("param."):
            return str(self.params[name.removeprefix("param.")])
        raise KeyError(name)


def coded_column(values: pa.Array) -> pa.Array:
    """Texts with what no other machine can show by its code."""
    strange = pc.fill_null(pc.match_substring_regex(values, PRIVATE), False)
    if not pc.any(strange).as_py():
        return values
    shown = pa.array([coded(text) for text in values.filter(strange).to_pylist()], pa.string())
    return pc.replace_with_mask(values, strange, shown)


def join_known(parts: Sequence[pa.Array], separator: str) -> pa.Array:
    """The texts of each row that are not null, joined. (Arrow's own join loses rows in which all are null.)"""
    led = [
        pc.if_else(pc.is_valid(p), pc.binary_join_element_wise(separator, pc.fill_null(p, ""), ""), "")
        for p in parts
    ]
    return pc.utf8_slice_codeunits(pc.binary_join_element_wise(*led, ""), len(separator))


def iso_day(number: int) -> str:
    return day_of(number).isoformat()
