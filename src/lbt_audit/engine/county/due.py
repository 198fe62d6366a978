"""``[due]`` of the county file, its kinds of register found by key or title."""

from __future__ import annotations

from dataclasses import replace

from lbt_audit.config.county import County
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.due import Due
from lbt_audit.model.errors import ConfigError
from lbt_audit.model.text import Text
from lbt_audit.schemas.problems import Problems


def due_kinds(county: County, dictionary: Dictionary) -> Due:
    """What is due each month, by keys of kinds. Raises ConfigError for kinds there are not."""
    by_title = {kind.title.zh: key for key, kind in dictionary.kinds.items()}
    problems = Problems(county.path.name)
    for level, names in county.due.kinds.items():
        for number, name in enumerate(names):
            if name not in dictionary.kinds and name not in by_title:
                what = Text("[due]：没有这种表“{}”", "[due]: no such kind of register {!r}")
                problems.unknown(
                    county.line("due", level, number), what, name, [*dictionary.kinds, *by_title]
                )
    if problems.found:
        raise ConfigError(problems.found)
    kinds = {
        level: tuple(by_title.get(name, name) for name in names) for level, names in county.due.kinds.items()
    }
    return replace(county.due, kinds=kinds)
