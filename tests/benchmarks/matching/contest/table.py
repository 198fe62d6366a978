"""The figures as a person reads them."""

from __future__ import annotations

from tests.benchmarks.matching.contest.summary import FIGURES, Summary
from tests.benchmarks.matching.measure.reliability import HEAD, Bin

HEADING = f"{'variant':16} {'tool':16}{'precision':>15}{'recall':>16}{'F1':>16}{'doubtful, true':>17}" + (
    f"{'s':>7}{'cpu s':>7}{'MB':>6}"
)


def line(variant: str, tool: str, s: Summary) -> str:
    """Means (and standard deviations in units of the fourth decimal) and what else is told of a tool."""
    figures = "".join(f"{s.mean(f):11.4f} ±{s.spread(f) * 1e4:3.0f}" for f in FIGURES)
    n, true = s.doubtful()
    doubtful = f"{n / len(s.seeds):,.0f}, {true:.0%}" if n else "–"
    cost = f"{s.mean('seconds'):7.2f}{s.mean('processor'):7.2f}{s.mean('megabytes'):6.0f}"
    return f"{variant:16} {tool:16}{figures}{doubtful:>17}{cost}"


def notes(s: Summary, most: int = 7) -> list[str]:
    """What it joined wrongly, what kinds of difference it finds worst, where its probabilities are off."""
    found = []
    if wrong := s.wrong():
        found.append("wrongly joined: " + ", ".join(f"{n} {what}" for what, n in wrong.most_common()))
    kinds = [
        f"{k.removeprefix('name: ')} {hit / n:.2f}" for k, (hit, n) in s.by_kind().items() if hit / n < 0.99
    ]
    if kinds:
        more = f" and {len(kinds) - most} more" if len(kinds) > most else ""
        found.append("least recall: " + ", ".join(kinds[:most]) + more)
    if off := [b for b in s.bins() if b.off]:
        found.append(
            "probability off: " + ", ".join(f"{b.predicted:.2f} is {b.true:.2f} ({b.n})" for b in off)
        )
    return found


def kinds(summaries: dict[str, Summary]) -> list[str]:
    """Recall of every kind of difference, tool beside tool."""
    kinds_of = {tool: s.by_kind() for tool, s in summaries.items()}
    first = next(iter(kinds_of.values()))
    lines = [f"  {'recall by kind':26}{'pairs':>8}" + "".join(f"{tool:>18}" for tool in kinds_of)]
    for kind in sorted(first):
        shares = "".join(f"{hit / n:18.3f}" for hit, n in (found[kind] for found in kinds_of.values()))
        lines.append(f"  {kind:26}{first[kind][1]:8,}{shares}")
    return lines


def reliability(tool: str, bins: list[Bin]) -> list[str]:
    """A reliability table, or that there is none."""
    if not bins:
        return [f"  {tool}: gives no probability"]
    return [f"  reliability of {tool}", f"  {HEAD}", *(f"  {b}" for b in bins)]


def ratio(ours: Summary, peer: Summary) -> str:
    """How much faster we are, by the clock and in processor time."""
    clock, processor = (peer.mean(w) / ours.mean(w) for w in ("seconds", "processor"))
    return f"{clock:.1f} × as fast by the clock, {processor:.1f} × in processor time"
