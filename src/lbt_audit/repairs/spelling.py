"""One value, spelt as the registers ask for it; whatever has two readings stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, NamedTuple

from lbt_audit.model.cell import CellKind, State
from lbt_audit.model.characters import copied, normal
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex
from lbt_audit.model.text import Text
from lbt_audit.repairs.places import in_full
from lbt_audit.values.choices import without_number
from lbt_audit.values.code import CODE, YES_NO
from lbt_audit.values.codes import code_key
from lbt_audit.values.ethnic import ETHNIC_NAMES
from lbt_audit.values.kind import Context, Parsed, ValueKind
from lbt_audit.values.mask import COMPOUND_SURNAMES
from lbt_audit.values.text import (
    DOT,
    DOTS,
    INVISIBLE,
    clean,
    is_cross,
    is_null,
    is_tick,
    plain_number,
    squeeze,
)

WHY: Final[Mapping[str, Text]] = {
    "null": Text("程序留下的空值标记，改为空白", "a program's mark for nothing, made blank"),
    "invisible": Text("看不见的字符和首尾空格", "invisible characters and outer blanks"),
    "blanks": Text("多余的空格", "blanks inside"),
    "width": Text("全角改为半角", "full-width characters"),
    "radical": Text("形似的部首字符改为正字", "radicals that look like characters"),
    "dot": Text("间隔号统一为“·”", "the dot of a name"),
    "case": Text("身份证号末位字母改为大写", "lower case in a number"),
    "notation": Text("日期统一写法", "notation of a date"),
    "code": Text("代码、别名改为选项原文", "code or alias of an option"),
    "place": Text("补全省、市名称", "province and city in full"),
    "digits": Text("电话号码中的分隔符号", "separators in a telephone number"),
    "as_text": Text("号码改为文本格式", "a number made text"),
}


class Mended(NamedTuple):
    """What a cell should say, and why (a key of WHY)."""

    text: str
    why: str


@dataclass(frozen=True)
class Speller:
    """``labels``: code list → code → what the form prints; ``exact``: lists whose aliases say no more and no less
    than the option they stand for."""

    context: Context
    labels: Mapping[str, Mapping[str, str]]
    exact: frozenset[str] = frozenset()

    def mend(self, text: str, cell: CellKind, kind: ValueKind, codes: str | None) -> Mended | None:
        """``text`` of a cell of ``kind`` as it should be spelt; None where it is, or where nobody can say."""
        if cell not in (CellKind.TEXT, CellKind.NUMBER) or not text:
            return None
        cleaned = clean(text)
        if cleaned and cell == CellKind.TEXT and is_null(cleaned):
            return Mended("", "null")
        before = kind.parse(text, cell, self.context, codes)
        make = _SPELLINGS.get(kind.name, _plain)
        wanted = make(self, _Given(text, cleaned, cell, before, codes, kind))
        if wanted is None or (wanted == text and cell == CellKind.TEXT):
            return None
        after = kind.parse(wanted, CellKind.TEXT, self.context, codes)
        if not _means_the_same(before, after, kind):
            return None
        return Mended(wanted, _reason(text, wanted, cell, kind))


@dataclass(frozen=True)
class _Given:
    text: str
    cleaned: str
    cell: CellKind
    parsed: Parsed
    codes: str | None
    kind: ValueKind

    @property
    def right(self) -> bool:
        return self.parsed.state == State.OK

    def facet(self, name: str) -> object:
        position = tuple(self.kind.facets).index(name)
        return self.parsed.facets[position] if position < len(self.parsed.facets) else self.kind.facets[name]


_TOLD: Final = frozenset({"tidied", "copied", "hidden", "note"})
_TOLD_OF_PLACES: Final = _TOLD | {"norm"}
"""Facets that tell how a value was written, not what it is."""


def _means_the_same(before: Parsed, after: Parsed, kind: ValueKind) -> bool:
    if before.state != after.state or not set(after.faults) <= set(before.faults):
        return False
    told = _TOLD_OF_PLACES if kind.name == "place" else _TOLD
    pairs = zip(kind.facets, _full(before, kind), _full(after, kind), strict=True)
    return all(a == b for name, a, b in pairs if name not in told)


def _full(parsed: Parsed, kind: ValueKind) -> tuple[object, ...]:
    return parsed.facets or tuple(kind.facets.values())


def _reason(text: str, wanted: str, cell: CellKind, kind: ValueKind) -> str:
    if cell == CellKind.NUMBER and kind.name in _NUMBERS:
        return "as_text"
    steps = (
        ("invisible", lambda t: _INVISIBLE.sub("", t).strip().lstrip("'")),
        ("radical", lambda t: normal(t) if copied(t) else t),
        ("width", _halved),
        ("blanks", squeeze),
        ("case", str.upper),
    )
    done = text
    for why, step in steps:
        done = step(done)
        if done == wanted:
            return why
    return _REASONS.get(kind.name, "width")


# ── one function for each kind of value ─────────────────────────────────────────────────────────


def _plain(speller: Speller, given: _Given) -> str | None:
    """Free text is left alone, but for what nobody typed on purpose."""
    if given.cell != CellKind.TEXT:
        return None
    return _halved(_INVISIBLE.sub("", given.text).strip())


_MECHANICAL: Final = frozenset({"inner_blank", "dot_variant", "radical"})


def _name(speller: Speller, given: _Given) -> str | None:
    if given.cell != CellKind.TEXT or not given.right or not set(given.parsed.faults) <= _MECHANICAL:
        return None
    if any(given.facet(name) for name in ("remark", "former", "relation", "hidden")):
        return None
    norm = str(given.facet("norm"))
    if "inner_blank" in given.parsed.faults and not _one_person(norm):
        return None
    # Nothing but blanks may go, and dots change: what else stands there says something.
    dotted = DOT in norm or not any(c in f"{DOTS}.．。" for c in given.cleaned)
    return norm if dotted and _letters(given.cleaned) == _letters(norm) else None


def _one_person(name: str) -> bool:
    """Whether a name out of pieces can be but one: 李四 王五 are two, 欧阳 小明 is one."""
    return len(name) <= 3 or (len(name) == 4 and name.startswith(COMPOUND_SURNAMES))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _citizen_id(speller: Speller, given: _Given) -> str | None:
    known = given.right and given.facet("valid") and given.facet("id_type_guess") == "resident"
    return str(given.facet("norm")) if known and given.facet("note") in ("", "tidied") else None


def _xueji(speller: Speller, given: _Given) -> str | None:
    wanted = squeeze(given.cleaned).upper()
    return wanted if given.right and wanted == given.facet("norm") else None


_MONTH: Final = regex(r"[0-9]{4}(?:[-/]|\.(?!1$))[0-9]{1,2}")
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DATE: Final = regex(
    r"[12][0-9]{3}(?:[-./年\s]+[0-9]{1,2}[-./月\s]*(?:[0-9]{1,2}[日号]?)?|[0-9]{4})|[一二][〇○零O一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号])?"
)


def _date(speller: Speller, given: _Given) -> str | None:
    if not given.right or given.parsed.faults or not _DATE.fullmatch(given.cleaned):
        return None
    low, high, precision = int(str(given.facet("lo"))), int(str(given.facet("hi"))), given.facet("precision")
    shown = date.fromordinal(_EPOCH + low).isoformat() if low > -_EPOCH else ""
    if precision == "day" and low == high:
        return shown or None
    # 2015年3月 is how a month is written; 2015.1 may have been 2015.10 once.
    whole = precision == "month" and given.cell == CellKind.TEXT and _MONTH.fullmatch(given.cleaned)
    return shown[:7] or None if whole else _plain(speller, given)


_DIALLED: Final = regex(r"[0-9+()\-\s.·–—]+")


def _phone(speller: Speller, given: _Given) -> str | None:
    if not given.right or given.facet("second"):
        return None
    if given.facet("type") == "mobile":
        shown = plain_number(given.cleaned) if given.cell == CellKind.NUMBER else given.cleaned
        return str(given.facet("number")) if shown and _DIALLED.fullmatch(shown) else None
    return given.cleaned if given.cell == CellKind.TEXT else None


def _code(speller: Speller, given: _Given) -> str | None:
    if not given.right or given.parsed.faults:
        return None
    codes = given.codes or "yes_no"
    label = speller.labels.get(codes, {}).get(str(given.facet("code")))
    written = plain_number(given.cleaned) if given.cell == CellKind.NUMBER else given.cleaned
    if label is None or written is None:
        return None
    listed = speller.context.codes.get(codes, {})
    key = code_key(written)
    marks = given.kind.name == YES_NO.name and (is_tick(written) or is_cross(written))
    if key.isdigit():
        return _plain(
            speller, given
        )  # 1 is the best care in one list and no care at all on the form: which is meant nobody can say
    if key == code_key(label) or marks or (key.isascii() and _named(key, listed, given)):
        return label
    if codes in speller.exact and _named(key, listed, given):
        return label
    bare = code_key(without_number(written))  # 1.男
    return label if bare != key and bare == code_key(label) else _plain(speller, given)


def _named(key: str, listed: Mapping[str, str], given: _Given) -> bool:
    return listed.get(key) == given.facet("code")


def _ethnicity(speller: Speller, given: _Given) -> str | None:
    code = str(given.facet("code"))
    if not given.right or not code.isdigit() or not 1 <= int(code) <= len(ETHNIC_NAMES):
        return None
    bare = squeeze(given.cleaned)
    name = ETHNIC_NAMES[int(code) - 1]
    written = bare.removesuffix("族").removesuffix("民").removesuffix("族")
    return f"{name}族" if bare.isascii() or (written and name.startswith(written)) else None


def _integer(speller: Speller, given: _Given) -> str | None:
    bare = squeeze(given.cleaned)
    return bare if given.right and given.cell == CellKind.TEXT and re.fullmatch("[0-9]{1,9}", bare) else None


def _place(speller: Speller, given: _Given) -> str | None:
    if not given.right or given.cell != CellKind.TEXT:
        return None
    codes = [str(given.facet(name)) for name in ("province", "city", "county")]
    return in_full(squeeze(given.cleaned), *codes) or _plain(speller, given)


_SPELLINGS: Final[Mapping[str, Callable[[Speller, _Given], str | None]]] = {
    "name": _name,
    "citizen_id": _citizen_id,
    "xueji_no": _xueji,
    "date": _date,
    "phone": _phone,
    CODE.name: _code,
    YES_NO.name: _code,
    "ethnicity": _ethnicity,
    "integer": _integer,
    "place": _place,
}
_REASONS: Final[Mapping[str, str]] = {
    "name": "dot",
    "date": "notation",
    "phone": "digits",
    CODE.name: "code",
    YES_NO.name: "code",
    "ethnicity": "code",
    "place": "place",
}
_NUMBERS: Final = frozenset({"phone", "citizen_id", "xueji_no", "disability_card"})
"""Kinds of value that are numbers by name only: nothing is ever counted with them."""

_INVISIBLE: Final = regex(f"[{INVISIBLE}]")
_FULL_WIDTH: Final = {0xFF01 + n: 0x21 + n for n in (*range(15, 25), *range(32, 58), *range(64, 90))}


def _halved(text: str) -> str:
    """Digits and letters in their usual width; punctuation is the text's own."""
    return text.translate(_FULL_WIDTH)


def is_number(kind: ValueKind, text: str) -> bool:
    """Whether a program would take ``text`` for a number it is none of."""
    return kind.name in _NUMBERS and text[:1].isdigit()
