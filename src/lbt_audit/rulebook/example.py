"""Examples: small registers that show what a rule finds, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from lbt_audit.rulebook.flaw import Flaw
from lbt_audit.rulebook.params import AnyFieldName, MarkName, ParamName, Params, TableKind
from lbt_audit.rulebook.values import read_constant
from lbt_audit.rulebook.vocabulary import DAY, Vocabulary

CELL_KINDS = ("number", "date", "text", "bool", "error", "uncomputed", "long", "blank")
_BESIDE_ROW = ("as_of", "params", "facts", "issues")
_FORMS = ("rows", "tables", "previous", "sheet", "sheets", "file", "ledger")


def _cell(value: Any) -> Any:
    """A cell: text, number, true or false, nothing, or one of what a file types it as ({number: "5E+17"})."""
    if isinstance(value, Mapping):
        if len(value) != 1 or next(iter(value)) not in CELL_KINDS:
            kinds = ", ".join(CELL_KINDS)
            raise Flaw(
                f"单元格应为文字或 {{类型: 内容}}，类型有 {kinds}",
                f"a cell is a text or {{kind: text}}, one of {kinds}",
            )
    elif isinstance(value, list | tuple):
        raise Flaw("单元格不能是列表", "a cell is no list")
    return value


def _day(value: Any) -> date:
    day = value if isinstance(value, date) else read_constant(value, DAY)
    assert isinstance(day, date)
    return day


def _one_or_several(value: Any) -> Any:
    return (value,) if isinstance(value, Mapping) else value


def _unit(value: Any, info: ValidationInfo) -> str | Mapping[str, str]:
    """The unit that hands the registers in, or one for each kind of table."""
    names = value.values() if isinstance(value, Mapping) else (value,)
    if not all(isinstance(name, str) for name in names):
        raise Flaw("应为单位名称", "must be the name of a unit")
    if isinstance(value, Mapping) and isinstance(info.context, Vocabulary):
        for kind in value:
            info.context.table(kind)
    return value  # type: ignore[no-any-return]


Cell = Annotated[Any, PlainValidator(_cell)]
Row = Mapping[AnyFieldName, Cell]
Sheet = tuple[tuple[Cell, ...], ...]
Rows = Annotated[tuple[Row, ...], BeforeValidator(_one_or_several)]


class LedgerEntry(Params):
    """An issue as the rectification ledger holds it."""

    unit: str = Field(default="", description="who answers for it")
    status: Literal["new", "open", "claimed", "false_closing", "relapsed", "waived", "closed"]
    days_overdue: int = Field(default=0, description="days past its deadline")


class WrittenExample(Params):
    """``tables`` (or ``rows`` of one), a raw ``sheet``, raw ``sheets`` (file → sheet) beside tables, a ``file`` that cannot
    be read, or entries of a ``ledger``; a mapping without any of these is one row, a list several. ``previous``: last
    period's registers, a month older, of the same units; sheets of files in the folder 上期 are last period's too."""

    rows: Rows | None = None
    tables: Mapping[TableKind, Rows] | None = None
    previous: Mapping[TableKind, Rows] | None = None
    sheet: Sheet | None = None
    sheets: Mapping[str, Sheet] | None = None
    file: str | None = None
    ledger: tuple[LedgerEntry, ...] | None = None
    kind: TableKind | None = None
    as_of: Annotated[date, PlainValidator(_day)] | None = None
    params: Mapping[ParamName, Any] = {}
    facts: Mapping[MarkName, Cell] = {}
    unit: Annotated[str | Mapping[str, str] | None, PlainValidator(_unit)] = None
    issues: int = Field(default=1, ge=1)
    reason: str = "damaged"
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    merges: tuple[Annotated[str, Field(pattern=r"^[A-Z]{1,2}[0-9]+:[A-Z]{1,2}[0-9]+$")], ...] = ()

    @model_validator(mode="after")
    def _something(self) -> WrittenExample:
        if all(getattr(self, form) is None for form in _FORMS):
            raise Flaw("示例没有内容", "the example shows nothing")
        return self


def _long_form(value: Any) -> Any:
    if isinstance(value, tuple):
        return {"rows": value}
    if not isinstance(value, Mapping) or set(value) & set(_FORMS):
        return value
    beside = {key: value[key] for key in _BESIDE_ROW if key in value}
    return {**beside, "rows": ({key: cell for key, cell in value.items() if key not in beside},)}


Example = Annotated[WrittenExample, BeforeValidator(_long_form)]


class Examples(Params):
    """Each rule shows both."""

    found: tuple[Example, ...] = Field(min_length=1)
    silent: tuple[Example, ...] = Field(min_length=1)
