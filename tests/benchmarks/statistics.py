"""The budget of a county's statistics: every figure of its tables recounted from the registers in under a second."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from lbt_audit.checks.registry import checks
from lbt_audit.config.load import load_county
from lbt_audit.engine.execute import run_rule
from lbt_audit.engine.reading.read import read
from lbt_audit.engine.request import Request

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "qinghe"


def recount() -> None:
    """The rules of group K on the sample county, its registers read and linked before."""
    county = load_county(SAMPLE / "lbt-audit.toml")
    reading = read(Request(paths=(SAMPLE,), county=county))
    tables = [t for s in reading.book.submissions for t in s.tables if t.counts is not None]
    figures = sum(t.counts.value.size for t in tables if t.counts is not None)
    children = sum(len(t) for s in reading.book.submissions for t in s.tables if t.kind == "roster")
    print(f"{len(tables)} statistics tables, {figures:,} figures, {children:,} children (budget: < 1 s)")
    total = 0.0
    for code, rule in reading.catalogue.rules.items():
        if code.startswith("K"):
            start = perf_counter()
            run_rule(rule, checks()[rule.check], reading.book)
            seconds = perf_counter() - start
            total += seconds
            print(f"  {code}  {1000 * seconds:6.0f} ms")
    print(f"  all  {1000 * total:6.0f} ms")
