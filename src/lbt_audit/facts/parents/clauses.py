"""Whom a text speaks of: the one place where clauses about father, mother and others are told apart.

``父亲去世后母亲改嫁`` says 去世后 of the father and 改嫁 of the mother, ``爷爷去世父亲回家奔丧`` says 回家奔丧 of the
father and nothing else. A text is cut before everybody it names; what follows is said of that person, also
behind a comma or in brackets, up to the next person or the end of the sentence. Who counts as whom stands in
``rules/words.yaml``. All by RE2 and array arithmetic: linear in the text, each distinct text once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.words import WordList, any_of, cut, matches, words
from lbt_audit.frames.logic import Mask

_CUT: Final = "\x1f"  # before every piece; the next character says how it begins
_ELSE, _BOTH, _FATHER, _MOTHER, _COMMA, _STOP = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
_BEGIN: Final = pa.array([_STOP, _ELSE, _BOTH, _FATHER, _MOTHER, _COMMA])  # position = what the piece is
_SPEAKER, _BOTH_AT, _COMMA_AT, _OF = 0, 2, 5, {"father": 3, "mother": 4}
_NAMED: Final = "\x1e"  # in front of what stands right behind the person's name
_ADVERBS: Final = "(?:已经?|早年?|均|双双?|都|俱|皆|全部?|也|又|先后?|后|相继|就)*"


@dataclass(frozen=True)
class Spoken:
    """What texts say of each parent, and what they say before naming anybody: string arrays, "" = nothing.

    Clauses are joined by "，"; ``named`` (bool): the text names a parent, or both.
    """

    father: pa.Array
    mother: pa.Array
    nobody: pa.Array
    named: Mask

    def of(self, parent: str) -> pa.Array:
        return self.father if parent == "father" else self.mother


def spoken(texts: pa.Array, speaker: str = "", persons: bool = True) -> Spoken:
    """Texts (distinct, without blanks or nulls) by whom they speak of.

    ``speaker``: whose cell it is (father, mother); he or she is meant until somebody is named. Without
    ``persons`` nobody is looked for: the names of people hold 妹 and 伯.
    """
    at = np.flatnonzero(matches(texts, _patterns().person)) if persons else np.zeros(0, np.int64)
    marked = texts
    if len(at):
        mask = np.zeros(len(texts), np.bool_)
        mask[at] = True
        marked = pc.replace_with_mask(texts, pa.array(mask), _mark_persons(texts.take(pa.array(at))))
    marked = pc.replace_substring_regex(marked, "[,，、()（）:：\\[\\]【】]", _CUT + _COMMA)
    marked = pc.replace_substring_regex(marked, "[。;；!！?？]", _CUT + _STOP)
    pieces = pc.split_pattern(pc.binary_join_element_wise(_STOP, marked, ""), _CUT)
    return _gathered(pieces, speaker)


def _gathered(pieces: pa.ListArray, speaker: str) -> Spoken:
    source = pc.list_parent_indices(pieces).to_numpy()
    flat = pc.list_flatten(pieces)
    begins = pc.index_in(pc.utf8_slice_codeunits(flat, 0, 1), value_set=_BEGIN).to_numpy()
    # Behind a comma the person before is still meant; every text begins with a stop.
    own = np.where(begins == _COMMA_AT, -1, np.arange(len(begins)))
    person = begins[np.maximum.accumulate(own)] if len(begins) else begins
    text = pc.utf8_slice_codeunits(flat, 1)
    text = pc.binary_join_element_wise(
        pa.array(["", _NAMED]).take(pa.array(_names(begins).astype(np.int8))), text, ""
    )

    def gather(mask: Mask) -> pa.Array:
        counts = np.bincount(source[mask], minlength=len(pieces))
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return pc.binary_join(pa.ListArray.from_arrays(offsets, text.filter(pa.array(mask))), "，")

    def of(parent: str) -> pa.Array:
        meant = (person == _OF[parent]) | (person == _BOTH_AT)
        return gather(meant | (person == _SPEAKER) if parent == speaker else meant)

    nobody = gather(person == _SPEAKER)
    named = np.bincount(source[_names(begins)], minlength=len(pieces)) > 0
    return Spoken(of("father"), of("mother"), nobody, np.asarray(named))


def _names(begins: np.ndarray) -> Mask:
    return np.asarray((begins == _BOTH_AT) | (begins == _OF["father"]) | (begins == _OF["mother"]))


@dataclass(frozen=True)
class _Patterns:
    person: str
    rewritten: tuple[tuple[str, str], ...]


@cache
def _patterns() -> _Patterns:
    someone_else, both, father, mother = (
        words(name).pattern for name in ("someone_else", "parents", "father", "mother")
    )
    person = any_of((someone_else, both, father, mother))
    care = "(?:带着?|照顾|照料|照看|看护|护理|陪护|伺候|赡养|陪伴?)"
    parent = any_of((both, father, mother))
    household = words("household").pattern
    return _Patterns(
        any_of((person, household)),
        (
            (rf"{care}(\p{{Han}}{{1,8}})的({person})", r"照看，\2\1"),  # 照顾瘫痪的奶奶
            (f"{care}{someone_else}", "照看"),
            (f"[与同跟向把下弃生对]{someone_else}", ""),  # 与奶奶失去联系, 丢下孩子出走
            ("([抚赡供喂奉])养", r"\1养，"),  # 由奶奶抚养父亲失联: no 养父
            (f"({words('doubted').pattern})({person})", r"\2\1"),  # 疑似父亲已去世
            # 母亲在父亲去世后改嫁
            (f"({parent})(?:自从|在|自|于)({person}[^,，。;；]{{1,12}}?(?:以后|之后|后|时|期间))", r"\2，\1"),
            (f"(?:丧失?|失去)({parent})", r"\1亡故，"),
            (someone_else, _CUT + _ELSE),
            (household, _CUT + _STOP),
            (both, _CUT + _BOTH),
            (f"[与同跟](?:{father}|{mother})", ""),  # 与母亲离异: said of whoever it is
            (father, _CUT + _FATHER),
            (mother, _CUT + _MOTHER),
        ),
    )


def _mark_persons(texts: pa.Array) -> pa.Array:
    for pattern, replacement in _patterns().rewritten:
        texts = pc.replace_substring_regex(texts, pattern, replacement)
    return texts


def claimed(said: pa.Array, held: WordList) -> Mask:
    """Texts of one person (as ``Spoken`` has them, bool) that say one of ``held``: not denied, not doubted, with
    what it needs, and not taken back."""
    short = any_of(held.short) if held.short else None
    pattern = held.pattern
    if short:
        pattern += f"|{_NAMED}{_ADVERBS}{short}|(?:^|，){_ADVERBS}{short}(?:，|$)"
    hit = matches(said, pattern)
    if not hit.any():
        return hit
    at = np.flatnonzero(hit)
    some = said.take(pa.array(at))
    cleared = cut(some, f"{words('denied').pattern}(?:被|有|再|因|曾)?{held.pattern}")
    cleared = cut(cleared, f"{words('doubted').pattern}[^，现]{{0,6}}?{held.pattern}")
    true = held.found(cleared, pattern)
    if held.needs:
        true &= matches(some, any_of(held.needs))
    if held.over:
        true &= ~matches(some, any_of(held.over))
    hit[at] = true
    return hit
