"""Faults of single values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import Field, ValidationInfo, model_validator

from lbt_audit.checks.base import Check
from lbt_audit.checks.hits import RowHits
from lbt_audit.checks.reasons import Reasons, Shown
from lbt_audit.checks.records.schema_pass import failing
from lbt_audit.frames.book import Book
from lbt_audit.frames.condition import evaluate
from lbt_audit.frames.frame import Frame
from lbt_audit.frames.logic import Mask
from lbt_audit.frames.texts import some
from lbt_audit.model.rule import Rule
from lbt_audit.model.text import Text, filled
from lbt_audit.rulebook.flaw import Flaws, unknown
from lbt_audit.rulebook.params import BothTexts, Condition, FieldName, Params, SeverityName, ValueKindName
from lbt_audit.rulebook.vocabulary import Vocabulary
from lbt_audit.schemas.checks import PANDERA, asked

_MOBILE = 11  # digits
_WINDOWS = 18 - _MOBILE + 1  # places a mobile number can have inside an ID number


class Faults(Params):
    faults: Mapping[str, BothTexts] = Field(
        min_length=1,
        description="fault → its text in `{fault}`, which may hold facets of the value (`{lo}`): a fault a parser "
        "names, a check of the column in the schema (`in_range`), or one that `also`, `part_of` or `begins` defines",
    )
    kinds: tuple[ValueKindName, ...] = Field((), description="columns of these kinds of value")
    fields: tuple[FieldName, ...] = Field((), description="columns named one by one")
    except_: tuple[FieldName, ...] = Field((), alias="except", description="columns left out")
    unless: tuple[str, ...] = Field((), description="a cell with one of these faults belongs to another rule")
    spared: str | None = Field(
        None, description="part of a value that, where true, excuses it (`known` of a telephone)"
    )
    when: Condition | None = Field(None, description="records that are looked at")
    lawful: Mapping[FieldName, Condition] = Field(
        {},
        description="field → condition under which its faults are none (a passport where 证件类型 says so)",
    )
    also: Mapping[str, Mapping[FieldName, Condition]] = Field(
        {}, description="fault → field → condition under which a value its parser accepts has this fault"
    )
    part_of: Mapping[str, ValueKindName] = Field(
        {},
        description="fault → kind: the mobile number stands inside an ID number of that kind in the same record",
    )
    begins: Mapping[str, tuple[str, ...]] = Field(
        {}, description="fault → first digits of a mobile number that has it"
    )
    otherwise: BothTexts | None = Field(
        None,
        description="what to say of any other check of the schema (`str_matches` …) that a value of any column fails; "
        "`{must}` is what the check asks",
    )
    severities: Mapping[str, SeverityName] = Field({}, description="fault → severity, in place of the rule's")

    @model_validator(mode="after")
    def _faults_exist(self, info: ValidationInfo) -> Faults:
        defined = [(part, fault) for part in ("also", "part_of", "begins") for fault in getattr(self, part)]
        flaws = [
            unknown("这种毛病（faults 中没有）", "fault under faults", fault, self.faults).below(part, fault)
            for part, fault in (*defined, *(("severities", fault) for fault in self.severities))
            if fault not in self.faults
        ]
        if isinstance(info.context, Vocabulary):
            parsed = {fault for kind in info.context.kinds.values() for fault in kind}
            known = {*parsed, *PANDERA, *(fault for _, fault in defined)}
            flaws += [
                unknown("这种毛病", "fault", fault, known).below(part, *at)
                for part in ("faults", "unless")
                for number, fault in enumerate(getattr(self, part))
                for at in [(fault,) if part == "faults" else (number,)]
                if fault not in known
            ]
        if flaws:
            raise Flaws(flaws)
        if isinstance(info.context, Vocabulary):
            self._excuse_exists(info.context)
        return self

    def _excuse_exists(self, vocabulary: Vocabulary) -> None:
        fields = [f for key, f in vocabulary.fields.items() if f.kind in self.kinds or key in self.fields]
        parts = {name for f in fields for name, type_ in f.parts.items() if type_.name == "truth"}
        if self.spared is not None and self.spared not in parts:
            raise unknown("这一真假项", "part that is true or false", self.spared, parts).below("spared")


def run(rule: Rule[Faults], frame: Frame, book: Book) -> RowHits | None:
    """Values that cannot be as they stand: those their parser finds fault with, or that fail a check of their column
    in the schema. One issue per record, pointing at every faulty cell and joining their faults in words; the gravest
    decides how grave it is."""
    p = rule.params
    fields = _columns(p, frame)
    others = list(_others(p, frame))
    if not fields and not others:
        return None
    reasons = Reasons(len(frame), [*p.faults.values(), *(text for _, text, _ in others)])
    windows = {fault: _windows_of(frame, kind) for fault, kind in p.part_of.items()}
    where = evaluate(p.when, frame).true if p.when is not None else np.ones(len(frame), np.bool_)
    shown = Shown()
    points: dict[str, Mask] = {}
    severity = np.zeros(len(frame), np.int8)
    checked = np.zeros(len(frame), np.bool_)
    for field in fields:
        checked |= frame.has(field)
        at = where & ~failing(frame, field, p.unless) & ~_excused(p, frame, field)
        faulty = np.zeros(len(frame), np.bool_)
        for number, name in enumerate(p.faults):
            hit = at & failing(frame, field, [name])
            if field in p.also.get(name, {}):
                hit |= at & evaluate(p.also[name][field], frame).true
            if name in windows:
                hit |= at & _inside(frame, field, windows[name])
            if name in p.begins:
                hit |= at & _begins(frame, field, p.begins[name])
            if hit.any():
                faulty |= hit
                reasons.add(number, hit)
                shown.add(p.faults[name], frame, field, hit)
                level = p.severities.get(name, rule.severity)
                severity[hit] = np.maximum(severity[hit], int(level))
        if faulty.any():
            points[field] = faulty
    for number, (field, _, hit) in enumerate(others, len(p.faults)):
        reasons.add(number, where & hit)
        points[field] = points.get(field, False) | (where & hit)
        severity[where & hit] = np.maximum(severity[where & hit], int(rule.severity))
    row = np.flatnonzero(reasons.found).astype(np.int32)
    return RowHits(
        row=row,
        issue=np.arange(len(row), dtype=np.int32),
        points={field: mask[row] for field, mask in points.items()},
        details={"fault": shown.fill(reasons.words(row), row)},
        severity=severity[row],
        checked=int(checked.sum()),
    )


def _columns(p: Faults, frame: Frame) -> list[str]:
    """The fields the rule looks at that some file has, in the dictionary's order."""
    return [
        key
        for key, field in frame.fields.items()
        if (field.kind in p.kinds or key in p.fields) and key not in p.except_ and some(frame, key)
    ]


def _others(p: Faults, frame: Frame) -> Iterator[tuple[str, Text, Mask]]:
    """(field, what its check asks, rows that fail it) of every check that only ``otherwise`` words."""
    if p.otherwise is None:
        return
    for field in frame.fields:
        for check, arguments in frame.schema.columns.get(field, frame.fields[field].checks).items():
            if check in PANDERA and check not in p.faults and some(frame, field):
                hit = failing(frame, field, [check])
                if hit.any():
                    yield field, filled(p.otherwise, {"must": asked(check, arguments)}), hit


def _excused(p: Faults, frame: Frame, field: str) -> Mask:
    excused = np.zeros(len(frame), np.bool_)
    if field in p.lawful:
        excused |= evaluate(p.lawful[field], frame).true
    if p.spared is not None:
        excused |= np.asarray(frame[field].facets[p.spared])
    return excused


def _inside(frame: Frame, field: str, windows: list[np.ndarray]) -> Mask:
    """The mobile number of ``field`` is one of the windows of its record."""
    number = _mobiles(frame[field].facets["number"])
    inside = np.zeros(len(frame), np.bool_)
    for window in windows:
        inside |= (window == number[:, None]).any(axis=1)
    return inside & (number > 0)


def _begins(frame: Frame, field: str, digits: tuple[str, ...]) -> Mask:
    """The mobile number of ``field`` begins with any of ``digits``."""
    pattern = f"^(?:{'|'.join(map(re.escape, digits))})"
    numbers = frame[field].facets["number"]
    mobile = pc.match_substring_regex(numbers, "^1[3-9][0-9]{9}$")
    found = pc.and_(mobile, pc.match_substring_regex(numbers, pattern))
    return np.asarray(found.to_numpy(zero_copy_only=False))


def _mobiles(numbers: pa.Array) -> np.ndarray:
    """Mobile numbers as int64, -1 for all else."""
    mobile = pc.match_substring_regex(numbers, "^1[3-9][0-9]{9}$")
    digits = pc.if_else(mobile, numbers, "-1")
    return np.asarray(pc.cast(digits, pa.int64()).to_numpy(zero_copy_only=False))


def _windows_of(frame: Frame, kind: str) -> list[np.ndarray]:
    return [
        _windows(frame.facet(f"{key}.number").values)
        for key, field in frame.fields.items()
        if field.kind == kind and some(frame, key)
    ]


def _windows(numbers: pa.Array) -> np.ndarray:
    """Every run of eleven digits inside each 18-character number, int64 of shape (n, 8); -2 elsewhere."""
    found = np.full((len(numbers), _WINDOWS), -2, np.int64)
    at = np.flatnonzero(pc.not_equal(numbers, "").to_numpy(zero_copy_only=False))
    if not len(at):
        return found
    text = pc.replace_substring(numbers.take(pa.array(at)), "X", "0")
    value = pc.cast(text, pa.int64()).to_numpy(zero_copy_only=False)
    for start in range(_WINDOWS):
        found[at, start] = value // 10 ** (_WINDOWS - 1 - start) % 10**_MOBILE
    ends_in_x = pc.ends_with(numbers, "X").to_numpy(zero_copy_only=False)
    found[ends_in_x, _WINDOWS - 1] = -2
    return found


CHECK = Check(
    name="faults",
    params=Faults,
    crosses="record",
    details={"fault": "the faults found, in words"},
    on_frame=run,
)
