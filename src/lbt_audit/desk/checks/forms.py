"""Blank forms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lbt_audit.config.load import load_county
from lbt_audit.desk.checks.job import FormJob, Tell
from lbt_audit.model.text import Text
from lbt_audit.templates.blank import blank_kinds, write_blank


def blank(job: FormJob, _: Tell) -> Path:
    """Write a blank form; its path. Raises ConfigError for what is wrong in the county file."""
    county = load_county(job.settings.county) if job.settings.county is not None else None
    with job.out.open("wb") as stream:
        write_blank(stream, job.kind, county, "", job.settings.lang)
    return job.out


@cache
def forms() -> Mapping[str, Text]:
    """Kinds of register there are blank forms of → what they are called."""
    from lbt_audit.engine.rules.load import county_dictionary

    return {key: kind.title for key, kind in blank_kinds(county_dictionary(None)).items()}
