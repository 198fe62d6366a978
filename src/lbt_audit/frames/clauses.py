"""Whom a text speaks of: the one place where clauses about father, mother and others are told apart.

``父亲去世后母亲改嫁`` says 去世后 of the father and 改嫁 of the mother, ``爷爷去世父亲回家奔丧`` says 回家奔丧 of the
father and nothing else. A text is cut before everybody it names; what follows is said of that person, also
behind a comma or in brackets, up to the next person or the end of the sentence. Who counts as whom stands in
``rules/words.yaml``. All by RE2 and array arithmetic: linear in the text, each distinct text once.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lbt_audit.config.words import WordList, any_of, cut, matches, words
from lbt_audit.frames.logic import Mask
from lbt_audit.model.record import dataclass

_CUT: Final = "\x1f"  # before every piece; the next character says how it begins
_ELSE, _BOTH, _FATHER, _MOTHER, _COMMA, _STOP, _CHILD, _CARER = map(chr, range(1, 9))
# Position = what the piece is.
_BEGIN: Final = pa.array([_STOP, _ELSE, _BOTH, _FATHER, _MOTHER, _COMMA, _CHILD, _CARER])
_SPEAKER, _BOTH_AT, _COMMA_AT, _OF = 0, 2, 5, {"father": 3, "mother": 4, "child": 6, "carer": 7}
PERSONS: Final = ("nobody", *_OF)
"""Of whom something can be said: nobody in particular, the parents, the child, whoever looks after it."""
_NAMED: Final = "\x1e"  # in front of what stands right behind the person's name
_ADVERBS: Final = "(?:已经?|早年?|均|双双?|都|俱|皆|全部?|也|又|先后?|后|相继|就)*"


@dataclass(frozen=True)
class Spoken:
    """What texts say of each person, and what they say before naming anybody: string arrays, "" = nothing.

    Clauses are joined by "，"; ``named`` (bool): the text names a parent, or both. ``pieces`` of all texts, the text each
    comes from (``source``), whom it speaks of (``person``); ``speaker``: whose cell the texts are.
    """

    count: int
    pieces: pa.Array
    source: np.ndarray
    person: np.ndarray
    named: Mask
    speaker: str = ""

    def of(self, who: str, *more: str) -> pa.Array:
        """What is said of these, in the order of the text."""
        return self._gather(np.logical_or.reduce([self._means(one) for one in (who, *more)]))

    @cached_property
    def father(self) -> pa.Array:
        return self.of("father")

    @cached_property
    def mother(self) -> pa.Array:
        return self.of("mother")

    @cached_property
    def nobody(self) -> pa.Array:
        return self.of("nobody")

    def _means(self, who: str) -> Mask:
        if who == "nobody":
            return np.asarray(self.person == _SPEAKER)
        meant = self.person == _OF[who]
        if who in ("father", "mother"):
            meant = meant | (self.person == _BOTH_AT)
        return np.asarray(meant | (self.person == _SPEAKER) if who == self.speaker else meant)

    def _gather(self, mask: Mask) -> pa.Array:
        counts = np.bincount(self.source[mask], minlength=self.count)
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        texts = self.pieces.filter(pa.array(mask))
        return pc.binary_join(pa.ListArray.from_arrays(offsets, texts), "，")


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

    named = np.bincount(source[_names(begins)], minlength=len(pieces)) > 0
    return Spoken(len(pieces), text, source, person, np.asarray(named), speaker)


def _names(begins: np.ndarray) -> Mask:
    return np.asarray((begins == _BOTH_AT) | (begins == _OF["father"]) | (begins == _OF["mother"]))


@dataclass(frozen=True)
class _Patterns:
    person: str
    rewritten: tuple[tuple[str, str], ...]


@cache
def _patterns() -> _Patterns:
    someone_else, both, father, mother, child, carer = (
        words(name).pattern for name in ("someone_else", "parents", "father", "mother", "child", "carer")
    )
    someone_else = any_of((child, carer, someone_else))
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
            (child, _CUT + _CHILD),
            (carer, _CUT + _CARER),
            (words("someone_else").pattern, _CUT + _ELSE),
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


def said_of(texts: pa.Array, who: str, held: WordList) -> Mask:
    """Texts (distinct, without blanks or nulls) that say one of ``held`` of ``who`` or of nobody in particular."""
    hit = matches(texts, held.pattern)
    if hit.any():
        at = np.flatnonzero(hit)
        # 独居老人: before the text is cut at 老人.
        rest = held.elsewhere_cut(texts.take(pa.array(at)))
        hit[at] = claimed(spoken(rest).of("nobody", who), held)
    return hit


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
    doubted = any_of(held.doubted) if held.doubted else words("doubted").pattern
    cleared = cut(cleared, f"{doubted}[^，现]{{0,6}}?{held.pattern}")
    true = held.found(cleared, pattern)
    if held.needs:
        true &= matches(some, any_of(held.needs))
    if held.over:
        true &= ~matches(some, any_of(held.over))
    hit[at] = true
    return hit
