"""A child over several rows, one for each of its parents: 家长姓名 罗成安, 与儿童关系 父亲; below it 石桂芳, 母亲.

Such columns are the father's in his row and the mother's in hers. They are read under 父亲情况 and 母亲情况; of a third
person (祖父) as the guardian's, where the register names no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from lbt_audit.intake.sheets.headers.mapping import HeaderMap, Mapped, find_field
from lbt_audit.intake.sheets.layout import Block
from lbt_audit.intake.sheets.members import FATHER, MOTHER
from lbt_audit.intake.sheets.sheet import Sheet
from lbt_audit.model.dictionary import Dictionary, bare_header, normalise_header
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

_ROLES = frozenset({"guardian_rel", "member1_relation"})
_ROLE_HEADER = regex(r"(?:称谓|关系|身份|角色)$")
_WHOSE = regex(r"^(?:外出(?:务工)?)?(?:家长|父母亲?|家庭(?:主要)?成员|成员|家属|亲属|监护人)的?")
_PERSONS = frozenset({"parents", "guardian", "member1", "family"})
_GROUPS = ("father", "mother", "guardian")
_FATHER, _MOTHER = regex(FATHER), regex(MOTHER)
_OFTEN = 1 / 3  # of the children, that must have a row for each parent

Path = tuple[str, ...]


@dataclass(frozen=True)
class ParentRows:
    """``groups``: first row of a child → its further rows; ``at``: for father, mother and guardian the row of each
    of the block's rows that begins a child, -1 where it has none. All rows are indices into the block's data.
    ``columns``: the persons' columns, with the field each is of father, mother and guardian."""

    groups: Mapping[int, list[int]]
    at: Sequence[np.ndarray]
    columns: Mapping[int, tuple[str | None, ...]]
    role: int

    def further(self) -> list[int]:
        """The rows that go on with the child above, as indices into the block's data."""
        return [k for rows in self.groups.values() for k in rows]

    def headers(self, mapped: HeaderMap, paths: Mapping[int, Path]) -> HeaderMap:
        """What the headers mean, the persons' columns meaning one field for each person."""
        own = {i for i, fields in self.columns.items() if any(fields)} | {self.role}
        columns = {key: m for key, m in mapped.columns.items() if m.index not in own}
        for index, fields in self.columns.items():
            header = "/".join(" ".join(level.split()) for level in paths[index])
            for person, key in enumerate(fields):
                guards = person == len(_GROUPS) - 1
                if (
                    key is not None
                    and key not in columns
                    and not (guards and not (self.at[person] >= 0).any())
                ):
                    columns[key] = Mapped(key, index, header, "leaf", person=person)
        if any(m.person == len(_GROUPS) - 1 for m in columns.values()):
            header = "/".join(" ".join(level.split()) for level in paths[self.role])
            columns.setdefault(
                "guardian_rel", Mapped("guardian_rel", self.role, header, "leaf", person=len(_GROUPS) - 1)
            )
        return replace(
            mapped,
            columns=dict(sorted(columns.items(), key=lambda item: item[1].index)),
            unmapped=[u for u in mapped.unmapped if u.index not in own],
            notes=[n for n in mapped.notes if n.column not in own],
        )


def parent_rows(sheet: Sheet, block: Block, dictionary: Dictionary) -> ParentRows | None:
    """The rows of parents in a block; None where its children stand in one row each."""
    rows, paths = block.data, block.levels.paths
    fields = [(find_field(path, dictionary) or ("", ""))[0] if path else "" for path in paths]
    if len(rows) < 2 or fields.count("child_name") != 1 or {"father_name", "mother_name"} & set(fields):
        return None
    child = fields.index("child_name")
    for role in _roles(paths, fields):
        said = _persons(sheet.take(role, rows).to_pylist())
        if not {0, 1} <= set(said) or 3 * sum(p in (0, 1) for p in said) < sum(p is not None for p in said):
            continue
        children = _children(sheet, rows, fields, child, said)
        both = sum({0, 1} <= {said[k] for k in group} for group in children)
        columns = _columns(sheet, rows, paths, fields, children, child, role, dictionary)
        if both >= _OFTEN * len(children) and any("father_name" in c for c in columns.values()):
            at = [np.full(len(rows), -1) for _ in _GROUPS]
            for group in children:
                for k in reversed(group):
                    person = said[k]
                    if person is not None:
                        at[person][group[0]] = k
            return ParentRows({g[0]: g[1:] for g in children if len(g) > 1}, at, columns, role)
    return None


def _roles(paths: Sequence[Path], fields: Sequence[str]) -> Iterator[int]:
    """Columns that may say who the person of a row is."""
    for column, (path, field) in enumerate(zip(paths, fields, strict=True)):
        if path and (field in _ROLES or _ROLE_HEADER.search(bare_header(path[-1]))):
            yield column


def _persons(texts: Sequence[str]) -> list[int | None]:
    """0 father, 1 mother, 2 somebody else; None where nobody is named."""
    known = {text: _person(text) for text in set(texts)}
    return [known[text] for text in texts]


def _person(text: str) -> int | None:
    if not text.strip():
        return None
    return 0 if _FATHER.search(text) else 1 if _MOTHER.search(text) else 2


def _children(
    sheet: Sheet, rows: np.ndarray, fields: Sequence[str], child: int, said: Sequence[int | None]
) -> list[list[int]]:
    """The rows of each child: a blank name, or the same name and number again, goes on with the child above."""
    names = ["".join(t.split()) for t in sheet.take(child, rows).to_pylist()]
    number = next((c for f in ("id_no", "seq") for c in (i for i, g in enumerate(fields) if g == f)), None)
    numbers = (
        [t.strip() for t in sheet.take(number, rows).to_pylist()] if number is not None else [""] * len(rows)
    )
    groups: list[list[int]] = []
    for k, (name, own, person) in enumerate(zip(names, numbers, said, strict=True)):
        group = groups[-1] if groups else []
        first = group[0] if group else -1
        goes_on = (
            bool(group)
            and person is not None
            and person not in {said[i] for i in group}
            and name in ("", names[first])
            and own in ("", numbers[first])
        )
        if goes_on:
            group.append(k)
        else:
            groups.append([k])
    return groups


def _columns(
    sheet: Sheet,
    rows: np.ndarray,
    paths: Sequence[Path],
    fields: Sequence[str],
    children: Sequence[Sequence[int]],
    child: int,
    role: int,
    dictionary: Dictionary,
) -> dict[int, tuple[str | None, ...]]:
    """The persons' columns with the fields they mean: their headers say so, or the child's further rows say more."""
    found: dict[int, tuple[str | None, ...]] = {}
    seen: set[str] = set()
    for column, path in enumerate(paths):
        if not path or column in (child, role):
            continue
        leaf = _WHOSE.sub("", normalise_header(path[-1]))
        said = leaf != normalise_header(path[-1]) or (
            fields[column] != "" and dictionary.fields[fields[column]].group in _PERSONS
        )
        if said and "监护" in "".join(path) and any("家长" in p[-1] or "父母" in p[-1] for p in paths if p):
            continue  # the guardian's own columns beside the parents'
        theirs = tuple(_under(group, leaf or "姓名", dictionary) for group in _GROUPS)
        if theirs[0] is None or theirs[0] in seen:
            continue
        again = (
            bool(fields[column]) and fields[column] in fields[:column]
        )  # a second 身份证号 is not the child's
        if said or again or _goes_on(sheet, rows, column, children):
            found[column] = theirs
            seen.add(theirs[0])
    return found


def _under(group: str, leaf: str, dictionary: Dictionary) -> str | None:
    return dictionary.under.get((group, leaf)) or dictionary.under.get((group, bare_header(leaf)))


def _goes_on(sheet: Sheet, rows: np.ndarray, column: int, children: Sequence[Sequence[int]]) -> bool:
    """Whether a column says something of its own in the children's further rows."""
    text = sheet.take(column, rows).to_pylist()
    further = [(text[g[0]], text[k]) for g in children for k in g[1:]]
    own = sum(bool(t.strip()) and t != first for first, t in further)
    return 2 * int(own) > len(further) > 0
