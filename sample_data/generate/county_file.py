"""``lbt-audit.toml`` of a sample county."""

from __future__ import annotations

from datetime import date

from sample_data.generate.people import AS_OF
from sample_data.generate.places import COUNTY, SCHOOLS, TOWNSHIPS
from sample_data.generate.views.registers import village_phones


def county_file(townships: list[str], as_of: date = AS_OF, form_day: date = date(2026, 11, 20)) -> str:
    """``form_day``: the day named for corrections of forms (class DF)."""
    phones = [phone for township in townships for phone in village_phones(township)]
    lines = [
        "# Sample county (invented). See docs/county-file.md for every key.",
        f'county = "{COUNTY}"',
        f"as_of = {as_of}",
        f"issued_on = {as_of}",  # so that the sample's deadlines stay what its stories say
        'profile = "three_month_county"',
        'salt = "qinghe-sample"  # invented like the rest; a real one is kept secret',
        'extra_areas = ["529901"]',
        'extra_ethnic = ["穿青人", "革家人"]',
        "known_phones = [",
        *(f'  "{phone}",' for phone in phones),
        "]",
        "",
        "[units.townships]",
        *(f'"{t}" = [{", ".join(f"{chr(34)}{v}{chr(34)}" for v in TOWNSHIPS[t])}]' for t in townships),
        "",
    ]
    for school in SCHOOLS:
        if school.township is not None and school.township not in townships:
            continue
        lines += ["[[units.schools]]", f'name = "{school.name}"']
        lines += [f'township = "{school.township}"'] if school.township else []
        lines += [f'code = "{school.code}"'] if school.code else []
        if school.aliases:
            lines.append(f"aliases = [{', '.join(f'{chr(34)}{a}{chr(34)}' for a in school.aliases)}]")
        lines.append("")
    lines += [
        "[due]",
        'township = ["花名册"]',
        'school = ["学校台账"]',
        'village = ["village_book"]',
        "",
        "[deadlines]",
        "D0 = {working_days = 0}",
        "D3 = {working_days = 3}",
        "D5 = {working_days = 5}",
        "D10 = {working_days = 10}",
        f"DF = {{date = {form_day}}}",
        "DM = {month_end = true, months = 1}",
        "",
        "[notices]",
        'issuer = "青禾县农村留守儿童关爱保护工作领导小组办公室"',
        'contact = "陈老师"',
        'phone = "0857-7210000"',
        "",
    ]
    return "\n".join(lines)
