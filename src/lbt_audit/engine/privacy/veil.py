"""Everything an audit shows goes through here: cells by what their column holds, and whatever else identifies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace

import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.engine.privacy.people import People, Span, Where
from lbt_audit.intake.table import Submission
from lbt_audit.model.field import Field
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.run import Mask
from lbt_audit.values.mask import mask_array, mask_identifying, mask_value
from lbt_audit.values.name import HAN

_MAY_NAME = f"[{HAN}][ \u3000\u00a0\t·•‧∙・．.]?[{HAN}]"
# Cells that name places, beside addresses: 石桥小学 is shown although somebody is called 石桥.
_PLACES = regex(r"school|village|township|place|unit|county|town|area|addr|group|class")


@dataclass(frozen=True)
class Veil:
    """What ``level`` hides. ``people``: whose names are hidden wherever they stand."""

    level: Mask
    people: People = field(default_factory=People)

    def column(self, values: pa.Array, of: Field | None) -> pa.Array:
        """Cells of a column (strings): its kind of value masked, and in other kinds the names and numbers that do not
        belong there. ``of`` None = words about the records."""
        if self.level == "none" or not len(values):
            return values
        if of is not None and of.privacy == "name":
            return mask_array(values, "name", self.level)
        encoded = pc.dictionary_encode(values)
        distinct = self._names_hidden(encoded.dictionary, of)
        if of is None:
            distinct = _each(distinct, "[0-9０-９]{3}", lambda text: mask_identifying(text, self.level))
        else:
            distinct = mask_array(distinct, of.privacy, self.level)
        return distinct.take(encoded.indices)

    def text(self, text: str) -> str:
        """Words about a file: a path, the name of a sheet or unit, a header, what a message quotes."""
        if self.level == "none":
            return text
        return self.texts([text])[text]

    def texts(self, texts: Iterable[str]) -> dict[str, str]:
        """Each of several as ``text`` shows it."""
        distinct = list(dict.fromkeys(texts))
        if self.level == "none":
            return dict(zip(distinct, distinct, strict=True))
        spans = self.people.find(distinct, "title")
        hidden = (self._hidden(text, spans.get(i, ())) for i, text in enumerate(distinct))
        return {text: mask_identifying(h, self.level) for text, h in zip(distinct, hidden, strict=True)}

    def files(self, submissions: Iterable[Submission]) -> tuple[Submission, ...]:
        """What is told of files: their headers, and why they were not read."""
        given = tuple(submissions)
        headers = self.texts(c.header for s in given for t in s.tables for c in t.columns.values())
        reasons = self.texts(value for s in given for value in s.detail.values())
        if all(a == b for shown in (headers, reasons) for a, b in shown.items()):
            return given
        return tuple(
            replace(
                s,
                detail={key: reasons[value] for key, value in s.detail.items()},
                tables=tuple(
                    replace(
                        t, columns={k: replace(c, header=headers[c.header]) for k, c in t.columns.items()}
                    )
                    for t in s.tables
                ),
            )
            for s in given
        )

    def names_in(self, values: pa.Array, of: Field) -> pa.Array:
        """Cells with the names in them masked, unless they are a column of names; nothing else is."""
        if self.level == "none" or of.privacy == "name" or not len(values):
            return values
        encoded = pc.dictionary_encode(values)
        return self._names_hidden(encoded.dictionary, of).take(encoded.indices)

    def _names_hidden(self, distinct: pa.Array, of: Field | None) -> pa.Array:
        where: Where = "title" if of is None else "address" if _is_place(of) else "text"
        may = pc.fill_null(pc.match_substring_regex(distinct, _MAY_NAME), False)
        texts = distinct.filter(may).to_pylist()
        spans = self.people.find(texts, where) if texts else {}
        if not spans:
            return distinct
        hidden = [self._hidden(text, spans[i]) if i in spans else text for i, text in enumerate(texts)]
        return pc.replace_with_mask(distinct, may, pa.array(hidden, pa.string()))

    def _hidden(self, text: str, spans: Sequence[Span]) -> str:
        for start, end in reversed(spans):
            text = text[:start] + mask_value(text[start:end], "name", self.level) + text[end:]
        return text


def _is_place(of: Field) -> bool:
    return of.privacy == "address" or _PLACES.search(of.key) is not None


def _each(values: pa.Array, pattern: str, change: Callable[[str], str]) -> pa.Array:
    """``change`` done to the values ``pattern`` is found in."""
    fits = pc.fill_null(pc.match_substring_regex(values, pattern), False)
    texts = values.filter(fits).to_pylist()
    if not texts:
        return values
    return pc.replace_with_mask(values, fits, pa.array([change(t) for t in texts], pa.string()))
