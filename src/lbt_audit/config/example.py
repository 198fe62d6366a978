"""The county file ``lbt-audit init`` writes: every key, explained, most of them switched off."""

from __future__ import annotations

from lbt_audit.model.text import Lang

COUNTY = "青禾县"  # its name in the example

_ZH = """\
# lbt-audit 县级配置。去掉行首 # 即启用该项；说明见文档 docs/county-file.md。
# 中文键名须加英文引号。

county = "青禾县"                    # 县（市、区）名称
# as_of = 2026-10-31                 # 统计截止日；不填则取文件中最新填报日期
# issued_on = 2026-11-05             # 清单、通知下发日期，整改时限从次日起算；不填则为今天
# profile = "three_month_county"     # 口径配置
# extra_areas = ["529901"]           # 另外认可的 6 位行政区划代码
# extra_ethnic = ["穿青人"]          # 另外认可的民族名称
# known_phones = ["0999-1234567"]    # 村委会、学校等公用电话，多户共用不作问题
# salt = "…"                         # 问题编号的密钥；不填（建议）则自动生成并保存在本文件之外
# mask = "partial"                   # 脱敏：partial 部分、full 全部、none 不脱敏
# previous = "../2026-09"            # 上期报送文件夹，与本期比对（同 --previous）
# rules = ["rules/own.yaml"]         # 县级自定义规则文件（相对本文件）
# schemas = ["schemas/roster.yaml"]  # 县级自定义表样文件（以表类命名）
# units_file = "单位名单.xlsx"       # 代替下面的 [units]：乡镇、村、学校各一列的工作簿
# holidays_file = "holidays-2027.csv"  # 每行 日期,休|班，补充官方日历以外的年份

[params]                             # 口径参数，覆盖 profile 中的值
# min_away_months = 3                # 外出几个月以上算外出务工
# away_scope = "any"                 # any 不限，cross_county 须跨县
# age_limit = 16                     # 不满多少周岁
# definition = "civil"               # civil 民政口径，school 教育口径
# rural_only = true                  # 只算农村户籍
# visit_max_days = 30                # 走访间隔不超过多少天

[units.townships]                    # 乡镇 = 村名列表
"白石镇" = ["大坝村", "青杠村"]
# "清水乡" = {villages = ["河边村"], aliases = ["清水"]}

[[units.schools]]                    # 每所学校一段
name = "清水中心小学"
# township = "清水乡"                # 县直学校不填
# aliases = ["清水小学"]
# code = "2152990001"

[units.aliases]                      # 其他写法 = 标准名称
# "大坝" = "大坝村"

[units.minors]                       # 单位 = 农村户籍不满16周岁未成年人数（K09）
# "白石镇" = 5200

[due]                                # 每月应报的表（表类或其名称），据此指出未报的单位
# township = ["花名册"]              # 每个乡镇
# school = ["学校台账"]              # 每所有留守儿童的学校
# village = []                       # 每个村（居）
# exempt = ["青禾县第一中学"]        # 不需报送的单位

[aliases]                            # 表头写法 = 字段
# "孩子大名" = "child_name"

[deadlines]                          # 整改时限（起始日不计；每类只填一种）
# D3 = {working_days = 3}          # 工作日
# D5 = {days = 7}                  # 自然日，末日遇节假日顺延
# DF = {date = 2026-11-20}         # 固定日期（含当日）
# DM = {month_end = true, months = 1}  # 月末：0 本月，1 下月

[notices]                            # 整改通知书
# issuer = "青禾县民政局"
# contact = "张某"
# phone = "0999-7654321"
# templates = "模板"                 # 自备公文模板所在文件夹

[matching]                           # 同一儿童的认定
# dialect = "西南官话"               # 本地方言：普通话、西南官话、湘语、赣语、客家话、粤语、吴语
# sounds = [["lan", "nuan"]]         # 本地另有哪些音不分：每对两个声母、韵母或音节，不带声调

# [[waivers]]                        # 豁免的问题
# issue = "00c0ffee00c0ffee"
# reason = "户口正在办理"
# approved_by = "王某"
# until = 2026-12-31                 # 含当日
"""

_EN = """\
# County file of lbt-audit. Remove a leading # to switch a key on; see docs/county-file.md.
# Keys that are not ASCII need quotes.

county = "青禾县"                    # name of the county
# as_of = 2026-10-31                 # the day the data are to be true for; else the newest filling date
# issued_on = 2026-11-05             # the day the lists go out: deadlines count from the next one; else today
# profile = "three_month_county"     # policy profile
# extra_areas = ["529901"]           # six-digit area codes accepted besides
# extra_ethnic = ["穿青人"]          # ethnic names accepted besides
# known_phones = ["0999-1234567"]    # office telephones many families may give
# salt = "…"                         # key of the issue numbers; by default (better) made and kept elsewhere
# mask = "partial"                   # masking of names and numbers: partial, full, none
# previous = "../2026-09"            # folder of last period's files, compared with this period's
# rules = ["rules/own.yaml"]         # the county's own rule files (beside this file)
# schemas = ["schemas/roster.yaml"]  # the county's own forms, named after their kind
# units_file = "units.xlsx"          # instead of [units]: a workbook with columns township, village, school
# holidays_file = "holidays-2027.csv"  # lines date,holiday|workday beyond the published calendar

[params]                             # parameters over the profile's
# min_away_months = 3                # months away from which a parent counts as a migrant worker
# away_scope = "any"                 # any | cross_county
# age_limit = 16                     # children below this age
# definition = "civil"               # civil (civil affairs) | school
# rural_only = true                  # rural households only
# visit_max_days = 30                # days between two visits at most

[units.townships]                    # township = list of its villages
"白石镇" = ["大坝村", "青杠村"]
# "清水乡" = {villages = ["河边村"], aliases = ["清水"]}

[[units.schools]]                    # one block per school
name = "清水中心小学"
# township = "清水乡"                # leave out for county schools
# aliases = ["清水小学"]
# code = "2152990001"

[units.aliases]                      # other spelling = listed name
# "大坝" = "大坝村"

[units.minors]                       # unit = its rural minors under 16 (K09)
# "白石镇" = 5200

[due]                                # registers due each month: who handed in none is told
# township = ["roster"]              # of every township
# school = ["school_ledger"]         # of every school with left-behind pupils
# village = []                       # of every village
# exempt = ["青禾县第一中学"]        # units that owe none

[aliases]                            # header text = field key
# "孩子大名" = "child_name"

[deadlines]                          # the start day is not counted; one way of counting per class
# D3 = {working_days = 3}
# D5 = {days = 7}                  # calendar days; the last moves off a holiday
# DF = {date = 2026-11-20}         # a fixed date, inclusive
# DM = {month_end = true, months = 1}  # 0 = this month, 1 = next

[notices]                            # notices of rectification
# issuer = "青禾县民政局"
# contact = "张某"
# phone = "0999-7654321"
# templates = "templates"            # folder of your own .docx templates

[matching]                           # finding the same child
# dialect = "西南官话"               # spoken here: 普通话, 西南官话, 湘语, 赣语, 客家话, 粤语, 吴语
# sounds = [["lan", "nuan"]]         # sounds that are one here besides: two initials, finals or syllables each

# [[waivers]]                        # waived issues
# issue = "00c0ffee00c0ffee"
# reason = "household registration under way"
# approved_by = "王某"
# until = 2026-12-31                 # inclusive
"""


def example(lang: Lang) -> str:
    """An example county file. It holds no key: it may be handed on with the registers."""
    return _ZH if lang == "zh" else _EN
