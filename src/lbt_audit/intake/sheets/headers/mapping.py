"""Header paths → fields, by the dictionary and nothing else; a near miss is only suggested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from types import MappingProxyType

from lbt_audit.intake.sheets.headers.joined import joined_fields
from lbt_audit.intake.table import Note, Unmapped
from lbt_audit.model.dictionary import Dictionary, bare_header, normalise_header
from lbt_audit.model.kind import Heading
from lbt_audit.model.record import dataclass
from lbt_audit.model.regex import regex

_RANK = {"configured": 0, "standard": 1, "leaf": 1, "alias": 2}
_SUGGESTED = 300  # unknown headers; a sheet with more is no register with misspelt ones
_SIMILAR = 72.0  # of 100; below it a suggestion misleads more often than it helps


@dataclass(frozen=True)
class Mapped:
    """A column and the field its header means."""

    field: str
    index: int  # 0-based sheet column
    header: str  # levels as read, joined by "/"
    match: str
    joined: bool = False  # the cells hold other fields as well
    person: int | None = (
        None  # whose row of a child's holds the cell (sheets/parent_rows.py); None = the child's own
    )


@dataclass
class HeaderMap:
    """What the headers of one table mean."""

    columns: dict[str, Mapped] = field(default_factory=dict)
    unmapped: list[Unmapped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def map_headers(
    paths: Sequence[tuple[int, tuple[str, ...]]],
    samples: Sequence[int],
    dictionary: Dictionary,
    row: int,
    about: str | None = None,
    decided: Mapping[int, str] = MappingProxyType({}),
    form: Mapping[int, Heading] = MappingProxyType({}),
) -> HeaderMap:
    """Map ``paths`` (column, header levels from the top down); ``samples`` counts the column's non-blank
    cells, ``row`` is the leaf header's row number, for notes, ``about`` what the register is about, ``decided`` the
    fields of columns whose cells say what their headers mean, ``form`` what the county's own form says of columns."""
    result = HeaderMap()
    claims: dict[str, list[Mapped]] = {}
    for (index, path), count in zip(paths, samples, strict=True):
        header = written(path)
        if index in form:
            own = form[index]
            if own.field is not None and own.confirmed:
                claims.setdefault(own.field, []).append(Mapped(own.field, index, header, "configured"))
            elif own.field is not None:
                result.unmapped.append(Unmapped(index, header, own.field, count, proposed=True))
            continue
        together = joined_fields(path, dictionary, lambda p: find_field(p, dictionary)) if path else ()
        for key in together:
            claims.setdefault(key, []).append(Mapped(key, index, header, "alias", joined=True))
        if together:
            continue
        found = find_field(path, dictionary, about) if path else None
        if index in decided:
            found = decided[index], "alias"
        if found is None:
            if path or count:
                near = suggest(path, dictionary) if len(result.unmapped) < _SUGGESTED else None
                result.unmapped.append(Unmapped(index, header, near, count))
            if not path and count:
                result.notes.append(Note("headerless_column", row, index, None, {"count": str(count)}))
            continue
        key, match = found
        claims.setdefault(key, []).append(Mapped(key, index, header, match))
    for key, claimants in list(claims.items()):
        spare = dictionary.spares.get(key)
        if len(claimants) > 1 and spare and spare not in claims:
            claimants.sort(key=lambda m: (_RANK[m.match], m.index))
            other = claimants.pop(1)
            claims[spare] = [Mapped(spare, other.index, other.header, other.match)]
    counts = {index: n for (index, _), n in zip(paths, samples, strict=True)}
    for key, claimants in claims.items():
        # The likeliest column: the better header, then the one with data, then the first.
        best = min(claimants, key=lambda m: (_RANK[m.match], counts[m.index] == 0, m.index))
        result.columns[key] = best
        for other in claimants:
            if other is not best:
                result.unmapped.append(Unmapped(other.index, other.header, key, counts[other.index]))
                detail = {"header": other.header, "first": best.header}
                # Bare 姓名 twice: nobody can say whose; two named columns: one is too many.
                bare = normalise_header(other.header) == normalise_header(best.header)
                topic = "ambiguous_header" if bare and key in _WHOSE else "duplicate_field"
                result.notes.append(Note(topic, row, other.index, key, detail))
    result.columns = dict(sorted(result.columns.items(), key=lambda item: item[1].index))
    result.unmapped.sort(key=lambda u: u.index)
    return result


def written(path: Sequence[str]) -> str:
    """A header path as it is shown."""
    return "/".join(" ".join(level.split()) for level in path)


_WHOSE = frozenset({"child_name", "contact_phone", "id_no", "birth_date"})


def vague_notes(columns: dict[str, Mapped], dictionary: Dictionary, row: int) -> list[Note]:
    """联系电话 and the like, standing alone in a register of several persons, where the county does not say whose."""
    return [
        Note("ambiguous_header", row, m.index, m.field, {"header": m.header})
        for m in columns.values()
        if "/" not in m.header
        and m.match != "configured"
        and normalise_header(m.header) in dictionary.vague_headers
    ]


def find_field(
    path: Sequence[str], dictionary: Dictionary, about: str | None = None
) -> tuple[str, str] | None:
    """The field a header path means, with how it was found; None where the dictionary is silent. In a register
    ``about`` something (a header group), that group claims bare headers other such groups would (类别 of orphans is
    no 走访类别), and those of columns such a register does not have (困难及诉求)."""
    return _find_field(tuple(path), _Key(dictionary), about)


@lru_cache(maxsize=65536)
def _find_field(path: tuple[str, ...], key: _Key, about: str | None) -> tuple[str, str] | None:
    """`find_field`, each header looked up once: the registers of a county are printed alike."""
    dictionary = key.dictionary
    found = (
        _of_person(path, key)
        or _find(path, key)
        or next((f for q in questions(path) if (f := _find(q, key))), None)
    )
    if about is None or len(path) != 1 or (found is not None and found[1] == "configured"):
        return found
    leaves: tuple[str, ...] = (normalise_header(path[0]), *opened(normalise_header(path[0])))
    if found is None or dictionary.fields[found[0]].group != about:  # 委托期限(起) is no 委托期限
        leaf = bare_header(path[0])
        leaves = (*leaves, leaf, _PAPER.sub("", _OF_CHILDREN.sub("", leaf)))
    under = (dictionary.under.get((about, leaf)) for leaf in leaves)
    claimed = next((f for f in under if f is not None), None)
    vague = normalise_header(path[0]) in dictionary.vague_headers
    free = (
        found is None
        or vague
        or _event(found[0], dictionary)
        or found[0] not in dictionary.about.get(about, ())
    )
    if claimed is None or not free:
        return found
    return claimed, "leaf"


def _event(field_key: str, dictionary: Dictionary) -> bool:
    """Whether a field belongs to something done for the child: what one register is about, and others mention."""
    return dictionary.fields[field_key].group in {k.about for k in dictionary.kinds.values() if k.about}


# 农村留守儿童基本情况登记表 and 家访记录表 as headers: the paper, and whose it is, around what they mean
_OF_CHILDREN = regex(r"^(?:农村)?(?:留守)?(?:儿童|学生)(?=..)")
_PAPER = regex(r"(?<=..)(?:[书表卡单册]|材料|资料|复印件|扫描件|原件)$")
_SOMEBODY = regex(r"^(?:监护人|法定监护人|家长|父母|家庭成员|成员|亲属|联系人)?\d?")
_PARENTS = ("father", "mother")


def _of_person(path: tuple[str, ...], key: _Key) -> tuple[str, str] | None:
    """Brackets that say whose the column is: 监护人(父亲)电话 is the father's phone, 身份证号(监护人) the guardian's."""
    d = key.dictionary
    header = normalise_header(path[-1])
    match = _NAMED.search(header)
    group = d.group_of.get(match[1]) if match is not None else None
    if match is None or group is None or not d.groups[group].person or header in d.full:
        return None
    before, after = header[: match.start()], header[match.end() :]
    if group in _PARENTS:  # a guardian or family member of whom the brackets say who it is
        before = _SOMEBODY.sub("", before)
    if before and after:
        return None
    found = _find((match[1], before or after or "姓名"), key)
    return found if found is not None and (not before or d.fields[found[0]].group == group) else None


_NAMED = regex(r"\(([^()]+)\)")
_PART = regex(r"\(([^()]{1,2})\)")
_LAST = regex(r"^([^()]+)\(([^()]+)\)$")
_SIGNED = regex(r"\((?:本人)?(?:签字|签名|签章|盖章|手印)\)")


def opened(header: str) -> tuple[str, ...]:
    """What a normal header may be with what stands in brackets as a part of it: 委托期限(起) is 委托期限起, 签字(受托人) is
    受托人签字. That somebody signs there himself, as 受托人(签字) says, makes his name no mark."""
    header = _SIGNED.sub("", header)
    last = _LAST.match(header)
    return (_PART.sub(r"\1", header), *([last[2] + last[1]] if last is not None else []))


_ASKING = regex(r"^(?:请问|请填写|请输入|请选择|填写)?(?:您家?的?|你家?的?)?")
_ASKED = regex(r"(?:是|为|叫)?(?:什么|多少|哪里|哪个|哪一个|哪所|谁|何时|几)?(?:名字)?$")


def questions(path: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A header as people say it (您孩子的姓名是？, 爸爸名字) as the words of a header, nearest first."""
    leaf = bare_header(path[-1])
    plain = _ASKED.sub("", _ASKING.sub("", leaf).rstrip("?？:：。"))
    for pattern, word in _SPOKEN:
        plain = pattern.sub(word, plain)
    for text in (plain, plain.replace("的", "")):
        for word in ("儿童", "学生", ""):
            asked = _CHILDREN.sub(word, text, count=1)
            if asked and asked != leaf:
                yield (*path[:-1], asked)


_CHILDREN = regex("孩子|宝宝|小孩|子女|幼儿|小朋友|儿童|学生|娃娃|娃")
_SPOKEN = tuple(
    (regex(pattern), word)
    for pattern, word in (
        ("爸爸", "父亲"),
        ("妈妈", "母亲"),
        ("名字", "姓名"),
        ("手机号码?|电话号码", "联系电话"),
        ("是?男孩?还是女孩?|^男女$", "性别"),
        ("(?:现在|目前|现)?(?:正在)?(?:就?读|上|念)(?:几|哪个)年级", "年级"),
        ("(?:现在|目前|现)?在?(?:哪里?|哪儿|什么地方)(?:务工|打工|上班|工作)", "务工地点"),
        ("有(?:哪些|什么)$|住?在?哪里?$", ""),
        ("是否在(?=学校)", "是否"),
    )
)
ASKING = regex("^[您你请]|[?？]$|爸爸|妈妈|名字|男女|孩子|娃|哪|几年级|什么")
"""What a header says that people speak rather than write."""


class _Key:
    """Makes a dictionary hashable by identity, for the cache."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary

    def __hash__(self) -> int:
        return id(self.dictionary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.dictionary is self.dictionary


@lru_cache(maxsize=32768)
def _find(path: tuple[str, ...], key: _Key) -> tuple[str, str] | None:
    d = key.dictionary
    levels = [normalise_header(p) for p in path]
    joined = "/".join(levels)
    for header in (joined, levels[-1]):
        if header in d.configured:
            return d.configured[header], "configured"
    groups = [g for g in (_group(level, d) for level in reversed(levels[:-1])) if g is not None]
    person = next((g for g in groups if d.groups[g].person), None)
    for leaf in dict.fromkeys((levels[-1], *opened(levels[-1]), bare_header(path[-1]))):
        for group in groups:
            if (group, leaf) in d.under and (person is None or group == person):
                return d.under[(group, leaf)], "leaf"
        if person is not None:
            # 父亲 / 姓名 where the level above is the bare word
            full = d.full.get(d.groups[person].word.zh + leaf)
            if full is not None:
                return full
        full = d.full.get(leaf)
        if full is not None and (person is None or _fits(full[0], leaf, person, d)):
            return full
    for n in range(len(levels) - 1, 0, -1):
        full = d.full.get("".join(levels[n - 1 :]))
        if full is not None:
            return full
    return None


def _group(level: str, d: Dictionary) -> str | None:
    found = d.group_of.get(level) or d.group_of.get(bare_header(level))
    if found is None and level.endswith(("情况", "信息")):
        found = d.group_of.get(level[:-2])
    return found


def _fits(field_key: str, leaf: str, person: str, d: Dictionary) -> bool:
    """Under 父亲情况 a bare 性别 is not the child's; 母亲电话 says itself whose it is, and what is said of the family
    (委托照料原因) is nobody's."""
    return d.fields[field_key].group in (person, "family") or any(word in leaf for word in d.person_words)


def suggest(path: Sequence[str], dictionary: Dictionary) -> str | None:
    """The field whose header is most alike, for a human to decide; None where nothing is near."""
    if not path:
        return None
    from rapidfuzz import fuzz, process

    leaf = bare_header(path[-1])
    if len(leaf) < 2:
        return None
    group = next((g for g in (_group(normalise_header(p), dictionary) for p in path[:-1]) if g), None)
    options = {h: key for (g, h), key in dictionary.under.items() if g == group} if group else {}
    options |= {h: key for h, (key, _) in dictionary.full.items() if h not in options}
    best = process.extractOne(leaf, list(options), scorer=fuzz.ratio, score_cutoff=_SIMILAR)
    return options[best[0]] if best else None
