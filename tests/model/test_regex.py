"""Regular expressions that are compiled at their first use."""

import importlib
import pkgutil
import re

import pytest

import lbt_audit
from lbt_audit.model.regex import _Later, regex


def test_compiled_when_first_used_and_once(monkeypatch):
    made = []
    real = re.compile
    monkeypatch.setattr(re, "compile", lambda *of: made.append(of) or real(*of))
    later = regex("(镇)|乡", re.IGNORECASE)
    assert made == []
    assert later.search("白石镇")[1] == "镇"
    assert later.sub("", "白石镇") == "白石"
    assert later.groups == 1
    assert made == [("(镇)|乡", re.IGNORECASE)]


def test_bytes():
    assert regex(rb"a(b)").findall(b"ab ab") == [b"b", b"b"]


def test_it_has_nothing_a_pattern_lacks():
    with pytest.raises(AttributeError):
        _ = regex("a").compile


def test_every_expression_of_the_program_compiles():
    """What importing a module no longer tells."""
    found = []
    for module in pkgutil.walk_packages(lbt_audit.__path__, "lbt_audit."):
        if module.name.startswith("lbt_audit.matching.build") or module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            for each in value if isinstance(value, tuple) else (value,):
                if isinstance(each, _Later):
                    assert each.pattern
                    found.append(each)
    assert len(found) > 300
