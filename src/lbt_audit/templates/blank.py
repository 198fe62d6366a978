"""The kinds of register there are blank forms of, and a form of one."""

from __future__ import annotations

from typing import BinaryIO

from lbt_audit.config.county import County
from lbt_audit.engine.rules.load import county_dictionary, load_rules
from lbt_audit.model.dictionary import Dictionary
from lbt_audit.model.kind import Kind
from lbt_audit.model.text import Lang
from lbt_audit.resources import data_dir
from lbt_audit.templates.form import form_of
from lbt_audit.values.codes import read_code_lists

_ABOUT_CELLS = "BCDG"  # groups of rules that say something of single records: what the notes are made of


def blank_kinds(dictionary: Dictionary) -> dict[str, Kind]:
    """Lists of records somebody fills in, and forms of one record."""
    return {
        key: kind
        for key, kind in dictionary.kinds.items()
        if (kind.layout == "list" or (kind.layout == "form" and kind.template))
        and kind.audited
        and not kind.answers
        and not kind.signature.fallback
    }


def write_blank(
    out: BinaryIO, kind: str, county: County | None, unit: str, lang: Lang, copies: int = 1
) -> None:
    """Write a blank workbook of ``kind``, one of ``blank_kinds``; ``unit`` "" leaves room for it; ``copies`` of a form of
    one record, a sheet for each. Raises ConfigError."""
    from lbt_audit.templates.record import make_record
    from lbt_audit.templates.workbook import make_workbook

    catalogue, _, dictionary = load_rules(county_dictionary(county), county)
    form = form_of(dictionary.kinds[kind], dictionary, read_code_lists(data_dir("schemas") / "codes.yaml"))
    rules = [r for r in catalogue.rules.values() if kind in r.tables and r.code[0] in _ABOUT_CELLS]
    if form.kind.layout == "form":
        make_record(form, rules, unit, lang, copies).save(out)
    else:
        make_workbook(form, rules, unit, lang).save(out)
