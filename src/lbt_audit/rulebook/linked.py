"""What other registers say of the same child, as facts rules may name: ``rules/linked.yaml``.

```yaml
child.last_visit:
  zh: 最近一次走访
  en: newest visit
  in: [visits]                       # kinds of register looked into
  where: {visit.in_person: true}     # records there that count
  newest: visit_date.hi              # the newest day among them; count: true how many; else whether there is one
  same: {helper_name: guardian_name} # records that count say there what this record says here
```

With ``kept: true`` the records need not be the child's: the fact is whether the registers of its own unit hold any such record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator

from lbt_audit.config.located import Located, load_mapping
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.rulebook.complaints import flaws_of
from lbt_audit.rulebook.condition import Condition
from lbt_audit.rulebook.flaw import Flaw
from lbt_audit.rulebook.located import tuples, walk
from lbt_audit.rulebook.params import AnyOperandName, OperandName, Params, TableKind
from lbt_audit.rulebook.params import Condition as WrittenCondition
from lbt_audit.rulebook.vocabulary import DAY, NUMBER, TRUTH, ValueType, Vocabulary

FILE = "linked.yaml"


@dataclass(frozen=True)
class Linked:
    """A fact about a child that the records of ``lists`` tell which are the child's, for which ``where`` is true and
    which agree in ``same`` (operand here → operand there): whether there is one, how many (``count``), or the newest
    day of the operand ``newest`` among them. ``kept``: whether the child's own unit has any record such as ``where``
    says in its registers, be it another child's."""

    name: str
    meaning: Text
    lists: tuple[str, ...]
    where: Condition | None = None
    newest: str | None = None
    count: bool = False
    same: Mapping[str, str] = field(default_factory=dict)
    kept: bool = False

    @property
    def type(self) -> ValueType:
        return DAY if self.newest else NUMBER if self.count else TRUTH


class _Written(Params):
    zh: str
    en: str
    lists: tuple[TableKind, ...] = Field(min_length=1, alias="in")
    where: WrittenCondition | None = None
    newest: OperandName | None = None
    count: bool = False
    same: Mapping[AnyOperandName, OperandName] = {}
    kept: bool = False

    @model_validator(mode="after")
    def _one_question(self) -> _Written:
        if self.count + bool(self.newest) + self.kept > 1:
            raise Flaw("count、newest、kept 只能写一个", "only one of count, newest and kept can stand")
        if self.kept and self.same:
            raise Flaw("kept 不与 same 同用", "kept stands without same")
        return self


def linked_types(folder: Path) -> Mapping[str, ValueType]:
    """The names there are and the types of their values, before anything is looked up."""
    return {
        name: DAY if "newest" in written else NUMBER if written.get("count") else TRUTH
        for name, written in _read(folder).items()
        if isinstance(written, Mapping)
    }


def read_linked(folder: Path, vocabulary: Vocabulary) -> Mapping[str, Linked]:
    """Every entry of the file. Raises ConfigError with everything wrong in it, with its line."""
    data, problems = _read(folder), []
    made = {}
    for name, written in data.items():
        lists = written.get("in") if isinstance(written, Mapping) else ()
        about = tuple(kind for kind in lists or () if isinstance(kind, str))
        try:
            w = _Written.model_validate(tuples(written), context=vocabulary.only(about))
        except ValidationError as error:
            problems += [_problem(data, name, flaw) for flaw in flaws_of(error, _Written)]
            continue
        if w.newest and vocabulary.operand(w.newest).type != DAY:
            problems.append(
                _problem(data, name, Flaw("newest 应为日期", "newest must be a day", ("newest",)))
            )
        made[name] = Linked(name, Text(w.zh, w.en), w.lists, w.where, w.newest, w.count, w.same, w.kept)
    if problems:
        raise ConfigError(problems)
    return made


def _problem(data: Located, name: str, flaw: Flaw) -> Problem:
    line = walk(data[name], flaw.path)[1] if flaw.path else data.lines[name]
    return Problem(FILE, line, Text(f"{name}：{flaw.text.zh}", f"{name}: {flaw.text.en}"))


def _read(folder: Path) -> Any:
    path = folder / FILE
    return load_mapping(path) if path.exists() else Located()
