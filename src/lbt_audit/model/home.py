"""What is the own county: without it nothing is elsewhere."""

from __future__ import annotations

from dataclasses import field

from lbt_audit.model.record import dataclass
from lbt_audit.model.text import Text
from lbt_audit.model.units import Units


@dataclass(frozen=True)
class HomeArea:
    """``units``: the county's list, or what the files show of it (``units.inferred``). ``code``: six digits of the
    county, "" where no table knows it. ``witnesses``: what the county was inferred from; empty where it was given."""

    units: Units = field(default_factory=Units)
    code: str = ""
    witnesses: tuple[Text, ...] = ()

    def stated(self) -> Text | None:
        """How the county was inferred, for the first lines of a report; None where it was given or is unknown."""
        if not self.witnesses:
            return None
        county = self.units.county
        zh = "、".join(w.zh for w in self.witnesses)
        en = ", ".join(w.en for w in self.witnesses)
        return Text(
            f"本县按报送文件推断为{county}（依据：{zh}）；如有不符，请用 --county 写明，或写入县级配置",
            f"The own county is taken to be {county}, as the files show ({en}); "
            "if that is wrong, name it with --county or in the county file",
        )
