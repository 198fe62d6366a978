"""The county's own headers (``[aliases]``) held against the header dictionary."""

from __future__ import annotations

from lbt_audit.config.county import County
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.errors import ConfigError, Problem
from lbt_audit.model.nearest import nearest
from lbt_audit.model.text import Text


def with_county_headers(dictionary: Dictionary, county: County) -> Dictionary:
    """``dictionary`` with the county's headers. ConfigError names every field that does not exist, with
    its line and the nearest one, by key or by title."""
    titles = {f.title.zh: key for key, f in dictionary.fields.items()}
    problems = []
    for header, field in county.aliases.items():
        if field in dictionary.fields:
            continue
        near = titles.get(field) or nearest(field, dictionary.fields, 0.5)
        zh = f"，是否为 {near}？" if near else ""
        en = f"; did you mean {near}?" if near else ""
        line = county.line("aliases", header)
        text = Text(f"没有字段“{field}”{zh}", f"no such field {field!r}{en}")
        problems.append(Problem(county.path.name, line, text))
    if problems:
        raise ConfigError(problems)
    return dictionary.with_aliases(county.aliases)
