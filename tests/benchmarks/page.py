"""The page of 50,000 issues: its size, what writing it costs, and how quick it is in headless Chromium."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from tests.cost import cpu
from tests.reports.factory import big_audit, clean_audit
from tests.reports.page.browser import CHROMIUM, Tab, browser

from lbt_audit.engine.audit import Audit
from lbt_audit.reports.formats import json
from lbt_audit.reports.page.page import write_page

ISSUES = 50_000
BUDGET = 0.3  # s for a filter, in the browser

# Choices are made in the page itself, so that only its own time is measured, up to the layout of what is shown then.
_MEASURE = """async () => {
  const times = {};
  const laidOut = () => document.querySelector("#issue-list table").getBoundingClientRect();
  const choose = (field, value) => { field.value = value; field.dispatchEvent(new Event("change")); laidOut(); };
  for (const name of ["unit", "town", "rule", "severity", "due", "text"]) {
    const field = document.getElementById(`filter-${name}`);
    if (!field) continue;
    const start = performance.now();
    choose(field, name === "text" ? "4999" : field.options[2].value);
    times[`filter by ${name}`] = (performance.now() - start) / 1000;
    choose(field, "");
  }
  for (const [at, head] of document.querySelectorAll("#issue-list thead th").entries()) {
    if (!head.querySelector("[role=button]")) continue;
    const start = performance.now();
    head.click();
    while (!head.hasAttribute("aria-sort")) await new Promise((done) => setTimeout(done));
    laidOut();
    times[`sort by column ${at + 1}`] = (performance.now() - start) / 1000;
  }
  return times;
}"""


def write(audit: Audit) -> bytes:
    out = io.BytesIO()
    write_page(audit, out, "../")
    return out.getvalue()


def page() -> None:
    audit = big_audit(ISSUES)
    print(f"The page of {ISSUES:,} issues (budget: ≤ 25 MB, filters under {BUDGET} s)")
    written = write(audit)
    spent, report = cpu(lambda: write(audit)), cpu(lambda: json.write(audit, io.BytesIO()))
    print(f"  size  {len(written) / 1e6:.1f} MB; a clean one {len(write(clean_audit())) / 1e6:.2f} MB")
    print(f"  written in  {spent:.2f} s   = {spent / report:.1f} × report.json")
    if CHROMIUM is None:
        print("  no Chromium: not measured")
        return
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        path = Path(folder, "page.html")
        path.write_bytes(written)
        tab = Tab(running, path, "issues")
        print(f"  opened in  {tab.page.evaluate('performance.now()') / 1000:.2f} s")
        for name, seconds in measured(tab).items():
            print(f"  {name:20} {seconds:.3f} s{'' if seconds < BUDGET else '   OVER BUDGET'}")


def measured(tab: Tab) -> dict[str, float]:
    """Seconds of every filter and sort, in the page."""
    tab.page.wait_for_selector("#issue-list tbody tr")
    times: dict[str, float] = tab.page.evaluate(_MEASURE)
    return times
