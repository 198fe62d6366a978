"""The cells of a form as rectangles, and what the words in them are: labels, groups, values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import field
from functools import lru_cache

from lbt_audit.intake.sheets.headers.mapping import find_field
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.dictionary import Dictionary, bare_header, normalise_header
from lbt_audit.model.kind import Kind
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

_LABEL = 40  # characters; what is longer is no label
_INSIDE = regex(r"(?:^|(?<=[\s；;，,。)）]))(?P<label>[^\s:：；;，,。]{2,20}?)\s*[:：]")
_SEAL = regex(r"\((?:盖章|公章|签章|章|签名|签字)\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A non-blank cell with the range it is merged over; rows are row numbers, columns 0-based."""

    top: int
    left: int
    bottom: int
    right: int
    text: str
    at: int  # position of its row in the grid


@dataclass(frozen=True)
class Cells:
    """``rows``: the cells of every row number from left to right; ``filled``: (row number, column) → cell."""

    rows: dict[int, list[Cell]] = field(default_factory=dict)
    filled: dict[tuple[int, int], Cell] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet) -> Cells:
        """All cells of a sheet. Merges reach no further than the sheet's own cells."""
        numbers = sheet.numbers.tolist()
        last = numbers[-1] if numbers else 0
        merged = {(m[0], m[1]): (min(m[2], last), min(m[3], sheet.width)) for m in sheet.merges.tolist()}
        cells = cls()
        for at, number in enumerate(numbers):
            line = cells.rows[number] = []
            for column, text in sheet.cells(at):
                if not text.strip():
                    continue
                bottom, right = merged.get((number, column), (number, column))
                cell = Cell(number, column, max(bottom, number), max(right, column), text, at)
                line.append(cell)
                cells.filled[number, column] = cell
        return cells

    def between(self, left: int, right: int, head: int) -> Cells:
        """The cells that touch these columns; titles alone in a row above row ``head`` stand over all columns."""
        rows = {}
        for number, line in self.rows.items():
            title = number < head and len(line) == 1
            rows[number] = [c for c in line if title or (c.left <= right and c.right >= left)]
        return Cells(rows, {at: c for at, c in self.filled.items() if left <= at[1] <= right})

    def reaches(self, cell: Cell, end: int) -> int:
        """The last row number ``cell`` stands beside: as merged, else down to the next cell of its column."""
        if cell.bottom > cell.top:
            return cell.bottom
        row = cell.top
        while row + 1 <= end and (row + 1, cell.left) not in self.filled:
            row += 1
        return row


class Words:
    """What the dictionary, and the form's own sections and labels, say of a text."""

    def __init__(self, dictionary: Dictionary, form: Kind) -> None:
        self.dictionary = dictionary
        self.form = form
        # The group a cell heads (父亲, 实际监护情况), and whether it is a label: forms are printed alike.
        self.group: Callable[[str], str | None] = lru_cache(8192)(self._group)
        self.is_label: Callable[[str], bool] = lru_cache(8192)(self._is_label)
        # The field a label under these groups (keys, outermost first) means, with how it was found.
        self.find: Callable[[str, tuple[str, ...]], tuple[str, str] | None] = lru_cache(8192)(self._find)
        self.is_leaf: Callable[[str], bool] = lru_cache(8192)(self._is_leaf)
        self.inside: Callable[[str], list[tuple[str, str]]] = lru_cache(8192)(self._inside)
        self.header: Callable[[str], str] = lru_cache(8192)(lambda text: "".join(text.split()).rstrip(":："))
        # The field of a label, as ``meaning`` says.
        self.meaning = lru_cache(8192)(self._meaning)
        self.leaves = frozenset(leaf for _, leaf in dictionary.under)
        # Persons known by their word before a label alone (受托人电话): under them nothing is the child's.
        with_leaves = {group for group, _ in dictionary.under}
        self.parties = frozenset(k for k, g in dictionary.groups.items() if g.person and k not in with_leaves)
        last = {path.rpartition("/")[2] for path in dictionary.configured}
        self.labels = frozenset({*dictionary.full, *self.leaves, *last, *form.labels})
        wanted = {*form.fact_keys, "as_of_date"}
        self.facts = {
            normalise_header(label): fact.key
            for fact in dictionary.facts.values()
            if fact.key in wanted
            for label in fact.labels
        }
        signed = [re.escape(word) for word in self.facts if word not in self.labels]
        self._signed = re.compile(
            rf"(?<![一-鿿])(?:{'|'.join(sorted(signed, key=len, reverse=True))})(?:[(（][^()（）]{{0,6}}[)）])?[:：]"
        )

    def _group(self, text: str) -> str | None:
        if len(text) > _LABEL:
            return None
        for word in (normalise_header(text), bare_header(text)):
            found = self.form.sections.get(word) or self.dictionary.group_of.get(word)
            if found is not None:
                return found
        return None

    def _is_label(self, text: str) -> bool:
        return len(text) <= _LABEL and (
            normalise_header(text) in self.labels or bare_header(text) in self.labels
        )

    def fact(self, text: str) -> str | None:
        """The fact a cell without a colon asks for: 填报单位(盖章), 填表人."""
        return self.facts.get(_SEAL.sub("", normalise_header(text))) if len(text) <= _LABEL else None

    def has_fact(self, text: str) -> bool:
        """Whether a line holds what a form is signed with: 填报单位(盖章)：, 填 表 人（签名）：."""
        return (":" in text or "：" in text) and self._signed.search("".join(text.split())) is not None

    def opens(self, line: Iterable[Cell]) -> bool:
        """Whether a line is the one under a title: 填报单位(盖章)：  填报日期：."""
        text = "".join("".join(c.text.split()) for c in line)
        return any(f"{word}" in text for word, key in self.facts.items() if key in ("unit_name", "fill_date")
                   and word not in self.labels)  # fmt: skip

    def _is_leaf(self, text: str) -> bool:
        """A label that does not say whose it is: 姓名, 民族."""
        word = normalise_header(text)
        return word in self.leaves and not any(w in word for w in self.dictionary.person_words)

    def is_vague(self, text: str) -> bool:
        """A label that means another field under 父亲 than alone: 联系电话, 务工地点."""
        word = normalise_header(text)
        found = self.dictionary.full.get(word)
        return word in self.dictionary.vague_headers or (
            found is not None and self.dictionary.fields[found[0]].group == "parents"
        )

    def _inside(self, text: str) -> list[tuple[str, str]]:
        """Labels with their values within a cell: ``姓名：张三  性别：男``. What stands before the first label
        has the label ""; a cell without labels, or with nothing but one, gives nothing."""
        if ":" not in text and "：" not in text:
            return []
        found = [m for m in _INSIDE.finditer(text) if self.is_label(m["label"])]
        if not found or (len(found) == 1 and found[0].start() == 0 and not text[found[0].end() :].strip()):
            return []
        parts = [("", text[: found[0].start()].strip())] if text[: found[0].start()].strip() else []
        for i, match in enumerate(found):
            end = found[i + 1].start() if i + 1 < len(found) else len(text)
            parts.append((match["label"], text[match.end() : end].strip()))
        return parts

    def _find(self, label: str, groups: tuple[str, ...]) -> tuple[str, str] | None:
        heads = tuple(self._head(key) for key in groups)
        return find_field((*heads, label), self.dictionary)

    def _meaning(self, label: str, groups: tuple[str, ...], person: str | None) -> tuple[str, str] | None:
        """The field of a label about ``person`` that stands under ``groups``, with how it was found."""
        found = self.find(label, (*groups, person)) if person is not None else None
        found = found or self.own(label) or self.find(label, groups) or self.find(label, ())
        return found or (self.find(label, (self.form.about,)) if self.form.about else None)

    def own(self, label: str) -> tuple[str, str] | None:
        """The field a label means that only this form has."""
        for word in (normalise_header(label), bare_header(label)):
            if word in self.form.labels:
                return self.form.labels[word], "standard"
        return None

    def is_person(self, group: str | None) -> bool:
        return group is not None and group in self.dictionary.groups and self.dictionary.groups[group].person

    def _head(self, key: str) -> str:
        group = self.dictionary.groups[key]
        return group.headers[0] if group.headers else group.word.zh
