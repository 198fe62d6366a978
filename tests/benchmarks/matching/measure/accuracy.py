"""Precision, recall and F1 of links against the truth, by kind of difference, and of the kinds named."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from tests.benchmarks.matching.rosters import Roster

ACCEPT = {
    "equal": {"equal"}, "two_slips": {"same_sound", "near_sound", "look_alike", "different"},
    # "Alike in part" names the character and its looks, and leaves open whether it is a slip.
    "look_alike": {"look_alike", "partly_alike"}, "former": {"former"}, "missing": {"missing"}, "unrelated": {"unrelated"},
}  # fmt: skip


def true_pairs(left: Roster, right: Roster) -> set[tuple[int, int]]:
    """All pairs of rows of one child."""
    rows: dict[int, list[int]] = defaultdict(list)
    for j, key in enumerate(right.truth.tolist()):
        rows[key].append(j)
    return {(i, j) for i, key in enumerate(left.truth.tolist()) for j in rows.get(key, ())}


def kinds_of_pair(left: Roster, right: Roster, i: int, j: int) -> dict[str, str]:
    """How name, birth date and number of two rows of one child differ; "several" where both rows suffered."""
    found = {}
    for what in left.kinds:
        a, b = left.kinds[what][i], right.kinds[what][j]
        found[what] = a if a == b or b == "equal" else b if a == "equal" else "several"
    return found


def kind_of_pair(left: Roster, right: Roster, i: int, j: int) -> str:
    """The one slip between the names of two rows, "equal", or "several"."""
    a, b = left.kind[i], right.kind[j]
    return b if a == "equal" else a if b == "equal" else "several"


def measure(
    left: Roster, right: Roster, pairs: set[tuple[int, int]], truth: set[tuple[int, int]]
) -> dict[str, Any]:
    """Precision, recall, F1; wrong pairs by what they share; by kind of difference, true pairs and those found."""
    hit = len(pairs & truth)
    precision, recall = hit / max(len(pairs), 1), hit / max(len(truth), 1)
    wrong = Counter(_wrongly_joined(left, right, i, j) for i, j in pairs - truth)
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    rows = Counter(i for i, _ in truth), Counter(j for _, j in truth)
    for i, j in truth:
        kinds = [f"{what}: {kind}" for what, kind in kinds_of_pair(left, right, i, j).items()]
        if rows[0][i] > 1 or rows[1][j] > 1:
            kinds.append("entered twice")
        total.update(kinds)
        if (i, j) in pairs:
            found.update(kinds)
    return {
        "precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "wrong": dict(wrong), "missed": len(truth - pairs), "by_kind": {k: (found[k], total[k]) for k in total},
    }  # fmt: skip


def _wrongly_joined(left: Roster, right: Roster, i: int, j: int) -> str:
    if left.household[i] == right.household[j]:
        return "household"
    return "namesakes" if left.columns["name"][i] == right.columns["name"][j] else "others"


def kinds_right(
    left: Roster, right: Roster, pairs: dict[tuple[int, int], str], truth: set[tuple[int, int]]
) -> dict[str, Any]:
    """Share of right links whose named difference is the slip that was made, overall and by kind."""
    right_by: Counter[str] = Counter()
    total: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for (i, j), level in pairs.items():
        if (i, j) not in truth:
            continue
        kind = kind_of_pair(left, right, i, j)
        if kind in ("several", "equal"):
            continue
        total[kind] += 1
        accepted = ACCEPT.get(kind, {kind})
        # The level says what the right name is against the left: a character lost on the left is one more.
        if left.kind[i] != "equal":
            accepted = {{"missing": "extra", "extra": "missing"}.get(a, a) for a in accepted}
        ok = level in accepted or _also(left.columns["name"][i] or "", right.columns["name"][j] or "", level)
        right_by[kind] += ok
        if not ok:
            confused[kind, level] += 1
    return {
        "share": round(sum(right_by.values()) / max(sum(total.values()), 1), 4),
        "by_kind": {k: f"{right_by[k]}/{total[k]}" for k in sorted(total)},
        "confused": {f"{a}→{b}": n for (a, b), n in confused.most_common(12)},
    }


def _also(a: str, b: str, level: str) -> bool:
    """Whether a slip made for another reason is of this kind as well, by pypinyin alone."""
    if level != "same_sound" or len(a) != len(b):
        return False
    from pypinyin import lazy_pinyin, pinyin

    if lazy_pinyin(a) == lazy_pinyin(b):
        return True
    return all(
        set(pinyin(x, heteronym=True, style=0)[0]) & set(pinyin(y, heteronym=True, style=0)[0])
        for x, y in zip(a, b, strict=True)
    )


def namesakes_joined(left: Roster, right: Roster, pairs: set[tuple[int, int]]) -> int:
    """Wrong links between two children of one name."""
    return sum(
        left.truth[i] != right.truth[j] and left.columns["name"][i] == right.columns["name"][j]
        for i, j in pairs
    )


def twins_joined(left: Roster, right: Roster, pairs: set[tuple[int, int]]) -> int:
    """Wrong links within a household of children born on one day."""
    return sum(
        bool(
            left.truth[i] != right.truth[j]
            and left.household[i] == right.household[j]
            and abs(left.lo[i] - right.lo[j]) < 40
        )
        for i, j in pairs
    )
