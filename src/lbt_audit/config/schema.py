"""What may stand in ``lbt-audit.toml``; every key with its description (see ``docs/county-file.md``)."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
AreaCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
ClassName = Annotated[str, StringConstraints(pattern=r"^D[0-9A-Z]{1,3}$")]
Count = Annotated[int, Field(strict=True, ge=0, le=3660)]


def _in_this_century(day: datetime.date) -> datetime.date:
    if day.year not in range(2000, 2100):
        raise PydanticCustomError("century", "century")
    return day


Day = Annotated[datetime.date, AfterValidator(_in_this_century)]


def _listed(value: Any) -> Any:
    """``"白石镇" = ["大坝村"]`` is short for ``"白石镇" = {villages = ["大坝村"]}``."""
    return {"villages": value} if isinstance(value, list) else value


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TownshipEntry(Section):
    """A township: a list of its villages, or a table with ``villages`` and ``aliases``."""

    villages: list[Name] = Field(
        default=[],
        description="村（居）名称 / names of its villages",
    )
    aliases: list[Name] = Field(
        default=[],
        description="乡镇的其他写法 / other spellings of the township",
    )


class SchoolEntry(Section):
    """A school, one ``[[units.schools]]`` block each."""

    name: Name = Field(
        description="学校全称 / full name of the school",
    )
    township: Name | None = Field(
        default=None,
        description="所在乡镇（县直学校不填） / its township; none for county schools",
    )
    aliases: list[Name] = Field(
        default=[],
        description="学校的其他写法 / other spellings",
    )
    code: str | None = Field(
        default=None,
        description="学校标识码 / school code",
    )


class UnitsSection(Section):
    """``[units]``: who reports; names found in the files are held against this list."""

    townships: dict[Name, Annotated[TownshipEntry, BeforeValidator(_listed)]] = Field(
        default={},
        description="乡镇 = 村名列表 / township = list of its villages",
    )
    schools: list[SchoolEntry] = Field(
        default=[],
        description="学校 / schools",
    )
    aliases: dict[Name, Name] = Field(
        default={},
        description="其他写法 = 标准名称 / other spelling = listed name",
    )
    minors: dict[Name, int] = Field(
        default={},
        description="单位 = 农村户籍不满16周岁未成年人数（村写“乡镇/村”） / unit = rural minors under 16 (township/village)",
    )


class DueSection(Section):
    """``[due]``: which registers every unit hands in each month."""

    township: list[Name] = Field(
        default=["roster"],
        description="每个乡镇每月应报的表类 / kinds every township hands in each month",
    )
    school: list[Name] = Field(
        default=["school_ledger"],
        description="每所有留守儿童的学校每月应报的表类 / kinds every school with left-behind pupils hands in",
    )
    village: list[Name] = Field(
        default=[],
        description="每个村（居）每月应报的表类 / kinds every village hands in",
    )
    exempt: list[Name] = Field(
        default=[],
        description="不需报送的单位 / units that owe none",
    )


class DeadlineEntry(Section):
    """One class of ``[deadlines]``: exactly one of ``working_days``, ``days``, ``date``, ``month_end``."""

    working_days: Count | None = Field(
        default=None,
        description="工作日数，起始日不计 / working days after the start day",
    )
    days: Count | None = Field(
        default=None,
        description="自然日数，末日遇节假日顺延 / calendar days; the last moves to the next working day",
    )
    date: Day | None = Field(
        default=None,
        description="固定日期（含当日） / a fixed date, inclusive",
    )
    month_end: Literal[True] | None = Field(
        default=None,
        description="月末 / the end of a month",
    )
    months: Count | None = Field(
        default=None,
        description="与 month_end 同用：0 本月末，1 下月末（默认 0） / with month_end: 0 this month, 1 next",
    )

    @model_validator(mode="after")
    def _one(self) -> DeadlineEntry:
        given = [self.working_days, self.days, self.date, self.month_end]
        if sum(v is not None for v in given) != 1 or (self.months is not None and not self.month_end):
            raise PydanticCustomError("deadline_shape", "deadline_shape")
        return self


class NoticesSection(Section):
    """``[notices]``: who signs the notices of rectification."""

    issuer: str = Field(
        default="",
        description="发文单位 / issuing office",
    )
    contact: str = Field(
        default="",
        description="联系人 / contact person",
    )
    phone: str = Field(
        default="",
        description="联系电话 / telephone",
    )
    templates: Name | None = Field(
        default=None,
        description="自备公文模板所在文件夹（相对本文件） / folder of the county's own templates",
    )


class MatchingSection(Section):
    """``[matching]``: how the same child is found."""

    dialect: Name | None = Field(
        default=None,
        description="本地方言，名称见 rules/sounds.yaml / dialect spoken here, by its name in rules/sounds.yaml",
    )
    sounds: list[list[Name]] = Field(
        default=[],
        description='本地不分的音，每对两个声母、韵母或音节，如 [["he", "huo"]] / pairs of sounds that are one here',
    )


class WaiverEntry(Section):
    """``[[waivers]]``: an issue accepted for a time."""

    issue: Name = Field(
        description="问题编号 / number (fingerprint) of the issue",
    )
    reason: Name = Field(
        description="理由 / reason",
    )
    approved_by: Name = Field(
        description="批准人 / who approved it",
    )
    until: Day = Field(
        description="有效期至（含当日） / valid until, inclusive",
    )


class CountyFile(Section):
    """The whole of ``lbt-audit.toml``."""

    county: Name | None = Field(
        default=None,
        description="县（市、区）名称 / name of the county",
    )
    as_of: Day | None = Field(
        default=None,
        description="统计截止日；不填则取文件中最新填报日期 / the day the data are to be true for",
    )
    issued_on: Day | None = Field(
        default=None,
        description="清单、通知下发日期，整改时限从次日起算；不填则为今天 / the day the lists go out; else today",
    )
    profile: Name | None = Field(
        default=None,
        description="口径配置名称 / name of the policy profile",
    )
    params: dict[str, Any] = Field(
        default={},
        description="口径参数，覆盖 profile 中的值 / parameters over the profile's",
    )
    extra_areas: list[AreaCode] = Field(
        default=[],
        description="另外认可的 6 位行政区划代码 / area codes accepted besides",
    )
    extra_ethnic: list[Name] = Field(
        default=[],
        description="另外认可的民族名称，如 穿青人 / ethnic names accepted besides",
    )
    known_phones: list[Name] = Field(
        default=[],
        description="村委会、学校等公用电话，多户共用不作问题 / office telephones many families may give",
    )
    salt: str = Field(
        default="",
        description="问题编号的密钥；不填则自动生成并另行保存 / key of the issue numbers; by default made and kept elsewhere",
    )
    mask: Literal["partial", "full", "none"] | None = Field(
        default=None,
        description="脱敏：partial 部分、full 全部、none 不脱敏 / masking of names and numbers",
    )
    previous: Name | None = Field(
        default=None,
        description="上期报送文件夹（相对本文件），同 --previous / folder of last period's files, as --previous",
    )
    rules: list[Name] = Field(
        default=[],
        description="县级自定义规则文件（相对本文件） / the county's own rule files",
    )
    schemas: list[Name] = Field(
        default=[],
        description="县级自定义表样文件 / the county's own schema files",
    )
    units_file: Name | None = Field(
        default=None,
        description="单位名单工作簿，代替 [units] / workbook with the units, instead of [units]",
    )
    units: UnitsSection = Field(
        default_factory=UnitsSection,
        description="单位名单 / list of units",
    )
    aliases: dict[Name, Name] = Field(
        default={},
        description="表头写法 = 字段 / header text = field key",
    )
    due: DueSection = Field(
        default_factory=DueSection,
        description="每月应报的表 / registers due each month",
    )
    deadlines: dict[ClassName, DeadlineEntry] = Field(
        default={},
        description="整改时限分类 / deadline classes",
    )
    holidays_file: Name | None = Field(
        default=None,
        description="节假日文件 csv（date,type），补充官方日历 / holidays beyond the published calendar",
    )
    notices: NoticesSection = Field(
        default_factory=NoticesSection,
        description="整改通知书 / notices",
    )
    matching: MatchingSection = Field(
        default_factory=MatchingSection,
        description="同一儿童的认定 / finding the same child",
    )
    waivers: list[WaiverEntry] = Field(
        default=[],
        description="豁免的问题 / waived issues",
    )
