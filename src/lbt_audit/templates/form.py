"""What a blank form asks: its columns in order, each with header, options, example and whether it must be filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lbt_audit.model.dictionary import Dictionary, without_number
from lbt_audit.model.field import Field
from lbt_audit.model.kind import Heading, Kind
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.values.codes import CodeList

_EXAMPLES: Final[Mapping[str, str]] = {
    "name": "韦小花",
    "citizen_id": "529901201503020019",
    "xueji_no": "G529901201503020019",
    "date": "2015-03-02",
    "phone": "13985720001",
    "place": "浙江省宁波市",
    "address": "某县某镇某村一组",
    "ethnicity": "苗族",
    "relation": "祖父",
    "integer": "1",
    "grade": "三年级",
    "class_name": "1班",
}
_YES_NO: Final = "yes_no"
_THERE: Final = "有无"


@dataclass(frozen=True)
class FormColumn:
    """``group``: what is printed over ``leaf``, "" where nothing is; ``options``: what may be chosen, in the words of the
    form; ``several``: more than one of them; ``always``: to be filled for every record, ``sometimes``: for some."""

    field: Field
    group: str
    leaf: str
    options: tuple[str, ...] = ()
    several: bool = False
    always: bool = False
    sometimes: bool = False

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def is_number(self) -> bool:
        """Whether programs would take it for a number it is none of, and eat its digits."""
        return self.field.kind in ("citizen_id", "xueji_no", "phone", "disability_card")

    @property
    def example(self) -> str:
        if self.field.kind == "place" and not self.key.endswith("work_place"):
            return ""  # the unit's own villages and townships
        return self.options[0] if self.options else _EXAMPLES.get(self.field.kind, "")


@dataclass(frozen=True)
class Form:
    """``labels``: what stands between title and columns, to be filled once."""

    kind: Kind
    columns: tuple[FormColumn, ...]
    labels: tuple[Text, ...]

    @property
    def grouped(self) -> bool:
        """Whether there is a row of headers above the columns' own."""
        return any(column.group for column in self.columns)


def form_of(kind: Kind, dictionary: Dictionary, lists: Mapping[str, CodeList]) -> Form:
    """The form of a kind of register: the county's own where it has one, else the columns it prescribes or requires."""
    if kind.headings:
        columns = tuple(_heading(heading, kind, dictionary, lists) for heading in kind.headings)
        return Form(kind, columns, tuple(dict.fromkeys(kind.facts.values())))
    keys = kind.template or ("seq", *kind.required)
    several = len({dictionary.fields[key].group for key in keys}) > 1
    columns = tuple(
        _column(dictionary.fields[key], kind, dictionary, lists, several) for key in dict.fromkeys(keys)
    )
    return Form(kind, columns, tuple(dict.fromkeys(kind.facts.values())))


def _column(
    field: Field, kind: Kind, dictionary: Dictionary, lists: Mapping[str, CodeList], several: bool
) -> FormColumn:
    group = dictionary.groups.get(field.group)
    under = several and group is not None and group.person and field.leaves
    above = group.headers[0] if under and group is not None else ""
    return _asking(field, above, field.leaves[0] if under else field.titles[0], kind, lists)


def _heading(
    heading: Heading, kind: Kind, dictionary: Dictionary, lists: Mapping[str, CodeList]
) -> FormColumn:
    """A column as the county prints it; what nobody has confirmed, or nobody reads, takes any text."""
    group, _, leaf = without_number(heading.printed).rpartition("/")
    if heading.field is None or not heading.confirmed:
        plain = Field(heading.printed, Text(leaf, leaf), "text", "child", "sensitive", (leaf,))
        return FormColumn(plain, group, leaf)
    return _asking(dictionary.fields[heading.field], group, leaf, kind, lists)


def _asking(field: Field, group: str, leaf: str, kind: Kind, lists: Mapping[str, CodeList]) -> FormColumn:
    condition = kind.required.get(field.key)
    required = field.key in kind.required
    return FormColumn(
        field,
        group,
        leaf,
        _options(field, leaf, lists),
        field.kind == "codes",
        required and condition is None,
        required and condition is not None,
    )


def _options(field: Field, header: str, lists: Mapping[str, CodeList]) -> tuple[str, ...]:
    """As the header asks: 有无委托其他监护人 is answered 有 or 无, 是否寄宿 是 or 否."""
    if field.kind == _YES_NO and _THERE in header:
        return tuple(_THERE)
    if field.kind not in ("code", "codes", _YES_NO):
        return ()
    found = lists.get(field.codes or _YES_NO)
    return tuple(label.zh for label in found.labels.values()) if found else ()
