"""What was done to bring a pupil back, what came of it, and who was told."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow.compute as pc

from lbt_audit.facts.absence.episodes import any_row, episodes
from lbt_audit.frames.facet import Facet
from lbt_audit.frames.frame import Derivation, Frame
from lbt_audit.frames.logic import Logic, Mask
from lbt_audit.frames.texts import filled, holds, some
from lbt_audit.model.regex import regex

_COUNT = regex(r"([两二三四五六七八九2-9])次")
_NUMBERS: Final = {n: i for i, n in enumerate("二三四五六七八九", 2)} | {"两": 2}
_SAID: Final = ("persuade_record", "persuade_result", "remark")
_NEGATIVE: Final = r"^(否|无|没有|未|未劝返|未家访|没有劝返|0|/|—|-+)$"


def persuaded(frame: Frame) -> Facet:
    count = frame.facet("persuade_count")
    did = (count.known & (count.values > 0)) | filled(frame, "persuade_date")
    did |= holds(frame, _SAID, "persuaded")
    did |= _result(frame)
    place = [frame.has(f) for f in ("persuade_count", "persuade_date", "persuade_record", "persuade_result")]
    did = any_row(frame, did)
    return Facet.truth(Logic(did, ~did & np.logical_or.reduce(place)))


def _result(frame: Frame) -> Mask:
    """A result of an attempt is written, under a header that speaks of attempts."""
    of_attempts = frame.per_table(
        [
            "劝" in t.columns["persuade_result"].header if "persuade_result" in t.columns else False
            for t in frame.tables
        ],
        np.bool_,
    )
    return np.asarray(
        of_attempts & filled(frame, "persuade_result") & ~_matches(frame, "persuade_result", _NEGATIVE)
    )


def _matches(frame: Frame, field: str, pattern: str) -> Mask:
    if not some(frame, field):
        return np.zeros(len(frame), np.bool_)
    return np.asarray(pc.match_substring_regex(frame.squeezed(field), pattern).to_numpy(zero_copy_only=False))


def attempts(frame: Frame) -> Facet:
    n = len(frame)
    count = frame.facet("persuade_count")
    stated = np.where(count.known, count.values, 0).astype(np.int64)
    for field in _SAID[:2]:
        if some(frame, field):
            column = frame.squeezed_encoded(field)
            said = [_said(text) for text in column.dictionary.to_pylist()]
            stated = np.maximum(
                stated, np.array(said or [0], np.int64)[column.indices.to_numpy(zero_copy_only=False)]
            )
    episode = episodes(frame)
    size = int(episode.max(initial=-1)) + 1
    rows = filled(frame, "persuade_date") | _result(frame)
    most = np.zeros(size, np.int64)
    np.maximum.at(most, episode, stated)
    most = np.maximum(most, np.bincount(episode[rows], minlength=size))
    return Facet(most[episode].astype(np.int32), np.ones(n, np.bool_))


def _said(text: str) -> int:
    """两次上门, 家访2次: the number in words."""
    match = _COUNT.search(text or "")
    return (_NUMBERS.get(match[1]) or int(match[1])) if match else 0


def back(frame: Frame) -> Facet:
    back = holds(frame, (*_SAID, "whereabouts"), "back_in_class") | filled(frame, "returned_date")
    back |= _matches(frame, "persuade_result", "^(是|成功)$")
    back = any_row(frame, back)
    failed = any_row(frame, _came_to_nothing(frame))
    return Facet.truth(Logic(back, failed & ~back))


def failed(frame: Frame) -> Facet:
    failed = any_row(frame, _came_to_nothing(frame))
    return Facet.truth(Logic(failed, np.zeros(len(frame), np.bool_)))


def _came_to_nothing(frame: Frame) -> Mask:
    return holds(frame, _SAID, "not_persuaded") | _matches(frame, "persuade_result", "^(否|未|未成功|没有)$")


def lost(frame: Frame) -> Facet:
    lost = holds(frame, ("whereabouts", "persuade_record", "remark"), "lost_pupil")
    back = frame.facet("absence.back").as_logic().true
    lost = any_row(frame, lost) & ~back
    return Facet.truth(Logic(lost, ~lost & (frame.has("whereabouts") | back)))


def reported(own: str, words: str) -> Derivation:
    def run(frame: Frame) -> Facet:
        denied = holds(frame, ("absence_reports", "remark"), "unreported")
        said = filled(frame, own) & ~_matches(frame, own, _NEGATIVE) & ~_matches(frame, own, "^(未|没|否|无)")
        told = said | (holds(frame, ("absence_reports", "remark", "persuade_record"), words) & ~denied)
        told = any_row(frame, told)
        asked = frame.has(own) | frame.has("absence_reports")
        return Facet.truth(Logic(told, ~told & asked))

    return run
