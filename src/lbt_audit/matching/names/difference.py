"""The difference between two names, explained character by character."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from lbt_audit.matching.characters.alphabet import (
    LOOK_ALIKE,
    NEAR,
    PARTLY_ALIKE,
    SOUND,
    SPELT,
    VARIANT,
    WILD,
    relate,
)
from lbt_audit.matching.characters.codes import display
from lbt_audit.matching.characters.readings import (
    DEFAULT_CONFUSIONS,
    Confusion,
    near_sounds,
    reading_at,
    reading_set,
    syllable_set,
)
from lbt_audit.matching.characters.script import toneless
from lbt_audit.matching.characters.shapes import LOOK_ALIKE_FROM, shape_score
from lbt_audit.matching.characters.transcription import heard
from lbt_audit.matching.levels import Level
from lbt_audit.matching.names.forms import forms
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Lang, Text
from lbt_audit.values.mask import COMPOUND_SURNAMES

_ORDINALS: Final = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th")


@dataclass(frozen=True, slots=True)
class NameDifference:
    """How name ``b`` differs from name ``a``.

    ``positions``: places (from 0, in the longer name without blanks and dots) of the characters concerned;
    ``detail``: what happened there, in both languages.
    """

    a: str
    b: str
    level: Level
    positions: tuple[int, ...]
    detail: Text

    def explain(self, lang: Lang = "zh") -> str:
        """「覃晶莲」与「覃金莲」：第2字音近（jīng/jīn，前后鼻音 in–ing）."""
        if self.level == Level.EQUAL:
            return f"「{self.a}」{'两处相同' if lang == 'zh' else ': equal'}"
        if lang == "zh":
            return f"「{self.a}」与「{self.b}」：{self.detail.zh}"
        return f"“{self.a}” / “{self.b}”: {self.detail.en}"


@lru_cache(maxsize=100_000)
def compare_names(
    a: str, b: str, former: tuple[str, str] = ("", ""), confusions: tuple[Confusion, ...] = DEFAULT_CONFUSIONS
) -> NameDifference:
    """Classify and explain the difference of two names; ``former`` are their 曾用名, "" if none."""
    level = _level(a, b, confusions)
    if level > Level.TRADITIONAL:
        for x, y in ((former[0], b), (a, former[1])):
            if x and y and _level(x, y, confusions) <= Level.TRADITIONAL:
                known = former[0] if x == former[0] else former[1]
                text = Text(f"与曾用名「{known}」相符", f"agrees with the former name “{known}”")
                return NameDifference(a, b, Level.FORMER, (), text)
    positions, detail = _detail(a, b, level, confusions)
    return NameDifference(a, b, level, positions, detail)


def _level(a: str, b: str, confusions: tuple[Confusion, ...]) -> Level:
    import numpy as np
    import pyarrow as pa

    from lbt_audit.matching.names.comparison import compare
    from lbt_audit.matching.names.nameset import encode_names

    names, (left, right) = encode_names([pa.array([a], pa.string()), pa.array([b], pa.string())], confusions)
    return Level(int(compare(names, np.asarray(left), np.asarray(right)).level[0]))


def _detail(a: str, b: str, level: Level, confusions: tuple[Confusion, ...]) -> tuple[tuple[int, ...], Text]:
    one, other = forms(a), forms(b)
    x, y = one.plain, other.plain
    if level == Level.TRADITIONAL:
        pairs = [(p, q) for p, q in zip(one.cased, other.cased, strict=False) if p != q]
        shown = "、".join(f"{p}/{q}" for p, q in pairs)
        places = tuple(k for k, (p, q) in enumerate(zip(one.cased, other.cased, strict=False)) if p != q)
        return places, Text(f"繁简体不同（{shown}）", f"traditional and simplified form ({shown})")
    if level in (Level.EQUAL, Level.BLANK_DOT, Level.CASE, Level.UNKNOWN, Level.DIFFERENT):
        return (), level.text
    if level == Level.SWAPPED:
        places = tuple(k for k, (p, q) in enumerate(zip(x, y, strict=False)) if p != q)
        if len(one.parts) > 1 and sorted(one.parts) == sorted(other.parts):
            return places, Text("名字各部分次序颠倒", "parts of the name in another order")
        shown = "".join(display(x[k]) for k in places)
        return places, Text(f"字序颠倒（{shown}）", f"characters in another order ({shown})")
    if level == Level.SURNAME and (len(x) != len(y) or x[1] != y[1]):
        given = len(x) - 2 if x[:2] in COMPOUND_SURNAMES else len(x) - 1
        p, q = x[:-given], y[:-given]
        return tuple(range(max(len(p), len(q)))), Text(
            f"名同姓不同（{p}/{q}）", f"same given name, different surname ({p}/{q})"
        )
    if len(x) != len(y):
        return _length(x, y, level)
    places = tuple(k for k, (p, q) in enumerate(zip(x, y, strict=True)) if p != q)
    details = [_character(x[k], y[k], k, level, confusions) for k in places]
    zh, en = "；".join(t.zh for t in details), "; ".join(t.en for t in details)
    if level == Level.SURNAME:
        return places, Text(f"名同姓不同（{zh}）", f"same given name, different surname ({en})")
    return places, Text(zh, en)


def _length(x: str, y: str, level: Level) -> tuple[tuple[int, ...], Text]:
    from rapidfuzz.distance import Levenshtein

    edits = Levenshtein.editops(x, y)
    places = tuple(e.src_pos if len(x) >= len(y) else e.dest_pos for e in edits)
    longer = x if len(x) > len(y) else y
    chars = "".join(display(longer[k]) for k in places if k < len(longer))
    more = len(y) > len(x)
    if len(longer) - min(len(x), len(y)) > 1 and level in (Level.EXTRA, Level.MISSING) and _begins(x, y):
        rest = "".join(map(display, longer[min(len(x), len(y)) :]))
        zh = f"{'前' if more else '后'}者只有开头，少「{rest}」"
        return places, Text(zh, f"the {'first' if more else 'second'} is cut off, without “{rest}”")
    if level in (Level.DOUBLED, Level.UNDOUBLED):
        which = ("后", "the second") if more else ("前", "the first")
        return places, Text(f"{which[0]}者「{chars}」字重复", f"“{chars}” doubled in {which[1]}")
    if level in (Level.EXTRA, Level.MISSING):
        zh = f"后者{'多' if more else '少'}「{chars}」{'一字' if len(chars) == 1 else ''}"
        return places, Text(zh, f"the second has “{chars}” {'in addition' if more else 'missing'}")
    return places, Text(f"{level.text.zh}（{len(edits)}处不同）", f"{level.text.en} ({len(edits)} edits)")


def _begins(x: str, y: str) -> bool:
    """Whether the longer of two names goes on where the shorter ends; transcriptions of one sound count as one."""
    size = min(len(x), len(y))
    return heard(x[:size]) == heard(y[:size])


def _character(p: str, q: str, k: int, level: Level, confusions: tuple[Confusion, ...]) -> Text:
    """What became of one character."""
    zh_at, en_at = f"第{k + 1}字", f"{_ORDINALS[k] if k < len(_ORDINALS) else f'{k + 1}th'} character"
    shown = f"{display(p)}/{display(q)}"
    relation = relate(*sorted((p, q)), confusions)
    looks = shape_score(*sorted((p, q))) >= LOOK_ALIKE_FROM
    if relation == VARIANT:
        return Text(f"{zh_at}为异体字（{shown}）", f"{en_at} is a variant ({shown})")
    if relation == SPELT:
        return Text(f"{zh_at}以拼音代字（{shown}）", f"{en_at} typed as its syllable ({shown})")
    if relation == WILD:
        return Text(
            f"{zh_at}有一处未录入或无法显示（{shown}）", f"{en_at} not typed or not displayable ({shown})"
        )
    if relation in (SOUND, NEAR):
        heard, rules = _sounds(p, q, k == 0, confusions)
        alike = "且形近" if looks else ""
        if relation == SOUND:
            first, second = heard.split("/")
            tone = "，声调不同" if first != second and second else ""
            both = heard if tone else first
            return Text(
                f"{zh_at}同音{alike}（{shown}，{both}{tone}）",
                f"{en_at} sounds the same{' and looks alike' if looks else ''} ({shown}, {both})",
            )
        zh = "，".join(r.text.zh for r in rules)
        en = ", ".join(r.text.en for r in rules)
        return Text(
            f"{zh_at}音近{alike}（{shown}，{heard}，{zh}）",
            f"{en_at} sounds near{' and looks alike' if looks else ''} ({shown}, {heard}, {en})",
        )
    if LOOK_ALIKE <= relation < 255 or (k == 0 and level == Level.LOOK_ALIKE):
        return Text(f"{zh_at}形近（{shown}）", f"{en_at} looks alike ({shown})")
    if level == Level.NEAR_SOUND:
        heard = "/".join(reading_at(c, False) for c in (p, q))
        return Text(
            f"{zh_at}译音相近（{shown}，{heard}）", f"{en_at} sounds near in transcription ({shown}, {heard})"
        )
    if PARTLY_ALIKE <= relation < LOOK_ALIKE and k:
        return Text(f"{zh_at}仅部分相像（{shown}）", f"{en_at} is alike in part only ({shown})")
    return Text(f"{zh_at}不同音不同形（{shown}）", f"{en_at} differs in sound and shape ({shown})")


def _sounds(
    p: str, q: str, first: bool, confusions: tuple[Confusion, ...]
) -> tuple[str, tuple[Confusion, ...]]:
    """The two readings that are nearest, and the confusions that join them."""
    best: tuple[int, str, tuple[Confusion, ...]] | None = None
    shown = (reading_at(p, first), reading_at(q, first))
    for x in _with_tones(p, shown[0]):
        for y in _with_tones(q, shown[1]):
            rules = near_sounds(toneless(x), toneless(y), confusions)
            if rules is not None:
                rank = 2 * len(rules) + (x != y)
                if best is None or rank < best[0]:
                    best = (rank, f"{x}/{y}", rules)
    return (best[1], best[2]) if best else ("/", ())


def _with_tones(char: str, preferred: str) -> tuple[str, ...]:
    known = reading_set(char) or syllable_set(char)
    return tuple(dict.fromkeys([*([preferred] if preferred else []), *known]))
