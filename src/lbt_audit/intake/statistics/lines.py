"""Whose figures a line of a statistics table holds: a unit's, or the sum of several."""

from __future__ import annotations

from lbt_audit.intake.sheets.units import guess_unit
from lbt_audit.intake.statistics.words import Lexicon
from lbt_audit.intake.table import Line
from lbt_audit.model.regex import regex
from lbt_audit.model.unit import Unit
from lbt_audit.model.units import Units

_TOTAL = regex(r"^(?P<who>.*?)(?P<what>小计|合计|总计|共计|累计)(?:[:：（(].*)?$")
_WHOLE = regex(r"^(?:全[县乡镇街道村校区市]{1,2}|本[县乡镇村校])?$")


def read_line(labels: tuple[str, ...], own: Unit, units: Units, words: Lexicon) -> Line:
    """The line with these ``labels`` in the table of the unit ``own``."""
    texts = [text for text in ("".join(label.split()) for label in labels) if text]
    if not texts:
        return Line("", "unit", own)
    name = texts[-1]
    meaning = words.read([name])
    if meaning is not None and meaning.share and not meaning.indicator:
        return Line(name, "share")
    total = _TOTAL.match(name)
    if total is not None:
        who = total["who"] or (texts[-2] if len(texts) > 1 else "")
        whole = _WHOLE.match(who) is not None
        unit = own if whole else find(who, texts[:-1], own, units)
        role = "subtotal" if total["what"] == "小计" or (unit is not None and unit != own) else "total"
        return Line("".join(dict.fromkeys((who, total["what"]))), role, unit)  # type: ignore[arg-type]
    if meaning is not None and not meaning.indicator:  # 人数, 数量: the table's own figures
        return Line(own.name, "unit", own)
    return Line(name, "unit", find(name, texts[:-1], own, units))


def find(name: str, before: list[str], own: Unit, units: Units) -> Unit | None:
    """The unit a label means: a listed one, or without a list by the ending of its name."""
    township = own.name if own.level == "township" else own.township
    for text in before:
        above = units.find(text, "township")
        township = above.name if above else township
    found = units.find(name, None, township) or units.find(f"{township or ''}{name}")
    if found is not None or units.listed:
        return found
    guessed = guess_unit(name)
    if guessed is None or guessed.name != name:
        return None
    if guessed.level == "village" and guessed.township is None:
        return Unit("village", name, township)
    return guessed
